import { Construct, type IConstruct } from 'constructs';
import { type Flow, type IDependableResource, type IEndpoint, isEndpoint } from '../access';
import { checkProvider, checkProviderStack, expressionOf, stackOf } from '../framework';
import {
  checkObject,
  checkPropNames,
  checkProps,
  checkScope,
  nearestName,
  type PropNames,
  type PropsForm,
  refusal,
  shown,
} from '../input';
import { Protocol } from '../net';
import { commitResources, type IDocumentedRules, placeOf } from '../opening';

/** A flow to check, and one machine at each end of it. */
export interface ReachabilityCheck {
  /**
   * The name of a row that only one flow has, such as `kubelet`, or else the key of a flow: `worker>control-plane/api-server`.
   */
  readonly flow: string;
  /** The machine that opens the connection. */
  readonly source: IEndpoint;
  /** The machine that listens. Only the first port of a range is checked. */
  readonly destination: IEndpoint;
}

/** The construct whose flows are checked, and the checks. */
export interface ReachabilityChecksProps {
  /** The construct whose rules are checked. */
  readonly rules: IDocumentedRules;
  /** At least one. */
  readonly checks: ReachabilityCheck[];
  /**
   * Whether an unreachable destination fails the apply.
   * @default false: a `check` block of Terraform warns
   */
  readonly failApply?: boolean;
  /**
   * On AWS, further values that make an analysis run again when they change, by a name of letters, digits, hyphens and
   * underscores: `{ routes: route.id }`. They may be known after apply. On GCP triggers are an error: a test runs whenever
   * Terraform reads it.
   * @default - only the rules, and the prefix lists of this package that they refer to
   */
  readonly triggers?: Record<string, string>;
  /**
   * The provider instance with an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/**
 * Asks the cloud after an apply whether machines reach each other on documented ports.
 *
 * On AWS each check is a path and an analysis of Reachability Analyzer, which runs again when the rules or their prefix lists
 * change. On Google Cloud it is a Connectivity Test, which runs whenever Terraform reads it. No packet is sent: the answer is
 * about the configuration of the network, and not about a process that listens. On AWS both ends must be in one region, only
 * IPv4 is analysed, and every analysis is billed.
 *
 * An analysis keeps its answer until one of its `triggers` changes. If something else was the cause (a network ACL, a route),
 * run it again: `terraform apply -replace=aws_ec2_network_insights_analysis.check_...`, with the Terraform address from
 * `dependables`. With `failApply`, every plan fails until then.
 *
 * @example
 * new ReachabilityChecks(stack, 'checks', {
 *   rules: cluster,
 *   checks: [
 *     {
 *       flow: 'worker>control-plane/api-server',
 *       source: AwsEndpoint.fromId('i-0123456789abcdef0'),
 *       destination: AwsEndpoint.fromId('i-0fedcba9876543210'),
 *     },
 *   ],
 * });
 */
export class ReachabilityChecks extends Construct {
  /** The checks, for `dependsOn` of other resources. */
  public readonly dependables: IDependableResource[];
  /** The resources of the checks, in the same order, for `addOverride` after a cast to `TerraformResource`. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ReachabilityChecksProps) {
    checkScope(scope, id, 'ReachabilityChecks');
    super(scope, id);

    const place = placeOf(this);
    const stack = stackOf(this, place);
    checkReachabilityProps(props, place);
    const { rules: construct, checks, failApply = false, triggers, provider } = props;
    checkProviderStack(provider, stack, place);
    if (stackOf(construct, place) !== stack) {
      const need = 'rules must be checked in their own stack';
      throw refusal(place, 'rules-stack-mismatch', need, `those of "${construct.node.path}"`);
    }
    const { dependables, resources } = construct;
    const request = {
      stack,
      place,
      rules: dependables.map(({ fqn }) => fqn),
      resources,
      triggers,
      failsApply: failApply,
      provider,
    };
    const rules = checks.flatMap((check, index) => {
      const checkPlace = `${place}, checks[${index}]`;
      checkEnds(check, stack, checkPlace);
      const flow = checkedFlow(check.flow, construct.flows, place);
      checkCloud(flow, check.source, checkPlace);
      return check.source._planCheck({ ...request, flow, destination: check.destination });
    });
    const opened = commitResources({ scope: this, place, rules, agreements: [] });
    ({ dependables: this.dependables, resources: this.resources } = opened);
  }
}

const FORM: PropsForm<ReachabilityChecksProps> = {
  needed: 'rules and checks',
  example: '{ rules, checks }',
  names: { rules: true, checks: true, failApply: true, triggers: true, provider: true },
};
const CHECK: PropNames<ReachabilityCheck> = { flow: true, source: true, destination: true };
const TRIGGER = /^[\w-]+$/;

function checkReachabilityProps(props: ReachabilityChecksProps, place: string): void {
  checkProps(props, FORM, place);
  const { rules, checks, failApply, triggers, provider } = props;
  if (typeof rules !== 'object' || rules === null || !Array.isArray(rules.flows)) {
    throw refusal(place, 'rules-required', 'rules must be a construct of documented ports', shown(rules));
  }
  if (!Array.isArray(checks) || checks.length === 0) {
    const need = 'checks must have at least one flow';
    throw refusal(place, 'checks-missing', need, shown(checks), '[{ flow, source, destination }]');
  }
  if (failApply !== undefined && typeof failApply !== 'boolean') {
    throw refusal(place, 'not-a-boolean', 'failApply must be true or false', shown(failApply));
  }
  if (triggers !== undefined) checkTriggers(triggers, place);
  checkProvider(provider, place);
}

function checkTriggers(triggers: Record<string, string>, place: string): void {
  checkObject(triggers, 'triggers by name', '{ routes: route.id }', place);
  for (const [name, value] of Object.entries<unknown>(triggers)) {
    if (!TRIGGER.test(name)) {
      const need = 'the name of a trigger must be letters, digits, hyphens and underscores';
      throw refusal(place, 'trigger-invalid', need, shown(name));
    }
    if (typeof value !== 'string') {
      throw refusal(place, 'trigger-invalid', `trigger ${name} must be text`, shown(value));
    }
  }
}

/** Throws unless the ends of a check are two different machines of one cloud. */
function checkEnds(check: ReachabilityCheck, stack: Construct, place: string): void {
  checkObject(check, 'a flow and its ends', '{ flow, source, destination }', place);
  checkPropNames(check, CHECK, place);
  const { source, destination } = check;
  for (const [end, value] of Object.entries({ source, destination })) {
    if (isEndpoint(value)) continue;
    const fix = 'AwsEndpoint.fromId(id) or GcpEndpoint.instance(id)';
    throw refusal(place, 'endpoint-required', `${end} must be one machine, not a group`, shown(value), fix);
  }
  if (source.cloud !== destination.cloud) {
    const got = `${source.cloud} and ${destination.cloud}`;
    throw refusal(place, 'endpoints-of-two-clouds', 'both ends of a check must be in one cloud', got);
  }
  const [from, to] = [source, destination].map(({ label, _network = '' }) =>
    [label, _network].map((value) => expressionOf(value, stack, place)),
  );
  if (from.join(' ') === to.join(' ')) {
    throw refusal(place, 'endpoints-equal', 'source and destination must be two machines', `${from[0]} twice`);
  }
}

/** Throws if the ends are in a different cloud than the rules, because the result would not depend on the rules. */
function checkCloud({ key, destination }: Flow, { cloud }: IEndpoint, place: string): void {
  if (destination.cloud === cloud) return;
  const need = `the ends must be in the cloud of ${key}, ${destination.cloud}`;
  throw refusal(place, 'endpoint-cloud-mismatch', need, `ends on ${cloud}`);
}

/** Returns the flow that a check names. Throws unless exactly one flow has the name, and it can be checked. */
function checkedFlow(name: string, flows: readonly Flow[], place: string): Flow {
  const named = flows.filter(({ key, row }) => key === name || row.name === name);
  // each host group of a role has a flow of its own, with the same key and port
  const found = [...new Map(named.map((flow) => [`${flow.key} ${String(flow.port)}`, flow])).values()];
  if (found.length !== 1) {
    const known = [...new Set(flows.map(({ key }) => key))];
    const meant = found[0]?.key ?? (typeof name === 'string' ? suggestedFlow(name, flows) : undefined);
    const got = found.length > 1 ? `${shown(name)}, which is ${found.length} flows` : shown(name);
    const fix = meant === undefined || meant === name ? undefined : shown(meant);
    throw refusal(place, 'flow-unknown', `flow must be one of ${known.join(', ')}`, got, fix);
  }
  const [flow] = found;
  if (flow.port.protocol !== Protocol.TCP) {
    const need = 'only tcp flows can be checked';
    throw refusal(place, 'flow-not-checkable', need, `${flow.key} (${String(flow.port)})`);
  }
  if (flow.external) {
    const need = 'only flows that this library opens can be checked';
    throw refusal(place, 'flow-not-checkable', need, `${flow.key}, which the firewall team opens`);
  }
  return flow;
}

/** Returns the name of a row or the key of a flow that is spelled most like `name`. */
function suggestedFlow(name: string, flows: readonly Flow[]): string | undefined {
  const nearest = nearestName(name, [...flows.map(({ key }) => key), ...flows.map(({ row }) => row.name)]);
  const [first, second] = flows.filter(({ row }) => row.name === nearest);
  return second === undefined ? nearest : first.key;
}
