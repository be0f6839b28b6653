import type { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import {
  type CheckRequest,
  Cloud,
  type IEndpoint,
  type PlannedResource,
  plannedResource,
  type PlannedRule,
} from '../../access';
import {
  addCheck,
  awsCheckProvider,
  checkId,
  checkProvider,
  checkTokens,
  coreOf,
  knownExpression,
  ownerOf,
  unreachableMessage,
} from '../../framework';
import { hasForm, holdsToken, literal, readOnly, refusal, shown } from '../../input';
import { Ledger, StackRecord } from '../../opening';
import { idOfResource } from './resource-key';
import { SecurityGroupRule } from './security-group';

const ENDPOINT = /^(?:i|eni|igw|vgw|tgw|tgw-attach|vpce|pcx)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** An instance, a network interface or a gateway of a VPC, at one end of a reachability check. */
export class AwsEndpoint implements IEndpoint {
  /**
   * Returns the endpoint with this id.
   * @param id of an instance, a network interface, a gateway or a VPC endpoint, such as `i-0123456789abcdef0`, or the id of a resource
   */
  public static fromId(id: string): AwsEndpoint {
    checkTokens(id, 'AwsEndpoint.fromId');
    if (!hasForm(id, ENDPOINT)) {
      const need = 'an endpoint needs the id of an instance, a network interface, a gateway or a VPC endpoint';
      const fix = idOfResource(id, /^aws_/, (text) => `AwsEndpoint.fromId(${text})`);
      throw refusal('AwsEndpoint.fromId', 'endpoint-id-invalid', need, shown(id), fix);
    }
    return new AwsEndpoint(id);
  }

  /** Always `AWS Reachability Analyzer`. */
  public readonly checkedBy: string = 'AWS Reachability Analyzer';
  /** Always `aws`. */
  public readonly cloud: Cloud = Cloud.AWS;
  /** The name of the endpoint in errors: its id. */
  public readonly label: string;

  private constructor(id: string) {
    this.label = id;
    readOnly(this);
  }

  /** @internal */
  public _planCheck(request: CheckRequest): PlannedRule[] {
    checkProvider(request.provider, request.place, 'aws');
    return planAnalysis(this, request);
  }
}

/**
 * Plans a path, an analysis of it, and a resource that makes the analysis run again.
 *
 * Terraform creates an analysis once, and replaces it only if the trigger changes. The trigger lists the rules and the prefix lists,
 * because `replace_triggered_by` does not react to a resource that is created.
 */
function planAnalysis(source: IEndpoint, request: CheckRequest): PlannedRule[] {
  const { stack, place, flow, destination, failsApply } = request;
  const { Ec2NetworkInsightsPath, Ec2NetworkInsightsAnalysis } = awsCheckProvider(stack, place);
  const { DataResource } = coreOf(stack);
  const id = checkId(request, source);
  const provider = request.provider as TerraformProvider | undefined;
  const message = unreachableMessage(request, source);
  const planned = (type: string, make: PlannedResource['make']): PlannedRule =>
    plannedResource({
      address: `${type}.${id}`,
      identity: `check|${stack.node.path}|${type}|${id}`,
      what: `the check of ${flow.key}`,
      advice: 'one check',
      make,
    });
  const path = planned(Ec2NetworkInsightsPath.tfResourceType, (parent) => {
    const ends = { source: source.label, destination: destination.label };
    const { protocol, fromPort: destinationPort } = flow.port;
    const resource = new Ec2NetworkInsightsPath(parent, `path_${id}`, { ...ends, protocol, destinationPort, provider });
    resource.overrideLogicalId(id);
    return resource;
  });
  const trigger = planned(DataResource.tfResourceType, (parent) => {
    const triggersReplace = analysisTriggers(request);
    const resource = new DataResource(parent, `trigger_${id}`, { triggersReplace });
    resource.overrideLogicalId(id);
    return resource;
  });
  const analysis = planned(Ec2NetworkInsightsAnalysis.tfResourceType, (parent) => {
    const errorMessage = `${literal(message)}.`;
    const resource = new Ec2NetworkInsightsAnalysis(parent, `analysis_${id}`, {
      networkInsightsPathId: `\${${path.address}.id}`,
      lifecycle: {
        replaceTriggeredBy: [trigger.address],
        ...(failsApply && { postcondition: [{ condition: '${self.path_found}', errorMessage }] }),
      },
      provider,
    });
    resource.overrideLogicalId(id);
    const found = `\${${Ec2NetworkInsightsAnalysis.tfResourceType}.${id}.path_found}`;
    if (!failsApply) addCheck(stack, { id, condition: found, message });
    return resource;
  });
  return [path, trigger, analysis];
}

/** Returns the values that make an analysis run again when they change: rules, prefix lists, and the triggers of the user. */
function analysisTriggers(request: CheckRequest): Record<string, unknown> {
  const { rules, resources, triggers = {} } = request;
  return {
    ...Object.fromEntries(rules.map((address, index) => [address, ruleIds(address, resources[index] as WithForEach)])),
    ...Object.fromEntries(referencedPrefixLists(request).flatMap(listTriggers)),
    ...Object.fromEntries(Object.entries(triggers).map(([name, value]) => [name, literalTrigger(value)])),
  };
}

type WithForEach = IConstruct & { readonly forEach?: unknown };

/** Returns the expression for the id of a rule. A rule with `for_each` has several ids. */
function ruleIds(address: string, { forEach }: WithForEach): string {
  return forEach === undefined ? `\${${address}.id}` : `\${values(${address})[*].id}`;
}

/** Returns the `AwsPrefixList`s that the rules refer to, because their ranges can change while the rules stay the same. */
function referencedPrefixLists({ stack, place, resources }: CheckRequest): PrefixListReference[] {
  const checked = new Set(resources);
  const created = Ledger.of(stack).created();
  const ids = created.flatMap(({ rule, resource }) =>
    rule instanceof SecurityGroupRule && checked.has(resource) ? rule.prefixLists.map(({ id }) => id) : [],
  );
  const lists = ids.flatMap((id) => prefixListAt(id, stack, place) ?? []);
  return [...new Map(lists.map((list) => [list.name, list])).values()];
}

interface PrefixListReference {
  readonly name: string;
  readonly list: Ec2ManagedPrefixList;
}

function prefixListAt(id: string, stack: Construct, place: string): PrefixListReference | undefined {
  const address = knownExpression(id, stack, place)?.replace(/\.id$/, '');
  if (address === undefined) return undefined;
  const owner = ownerOf(id, stack, place);
  const list = StackRecord.find(owner)?.at(address) as Ec2ManagedPrefixList | undefined;
  return list && { name: owner === stack ? address : `${owner.node.path}/${address}`, list };
}

function listTriggers({ name, list }: PrefixListReference): [string, unknown][] {
  return [
    [name, list.id],
    [`${name}.version`, list.version],
  ];
}

function literalTrigger(value: string): string {
  return holdsToken(value) ? value : literal(value);
}
