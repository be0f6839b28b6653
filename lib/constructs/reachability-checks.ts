import { Construct, type IConstruct } from 'constructs';
import { commitResources } from '../framework/commit';
import { stackOf } from '../framework/framework';
import { checkProvider, checkProviderOf } from '../framework/provider-instance';
import { isEndpoint, type IEndpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { nearestName } from '../model/nearest-name';
import { Protocol } from '../model/protocol';
import { refusal, shown } from '../model/refusal';
import type { IDocumentedRules } from './documented-rules';
import { placeOf } from './open-flows';

/** One flow, and one machine at each end of it. */
export interface ReachabilityCheck {
  /** A row name such as `kubelet` where one flow has it, else the flow: `worker>control-plane/api-server`. */
  readonly flow: string;
  /** Where connections start. */
  readonly source: IEndpoint;
  /** Who listens. Of a range of ports the first is checked. */
  readonly destination: IEndpoint;
}

/** Which flows of a construct are checked. */
export interface ReachabilityChecksProps {
  /** The construct whose rules are checked. */
  readonly rules: IDocumentedRules;
  /** The flows, at least one. */
  readonly checks: ReachabilityCheck[];
  /**
   * Whether an end that is not reached fails the apply.
   * @default false: a check of Terraform warns
   */
  readonly failApply?: boolean;
  /**
   * The provider instance of an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/**
 * Asks the cloud after an apply whether machines reach each other on documented ports: AWS by a Reachability Analyzer path and
 * an analysis, which runs again when other rules exist; Google by a Connectivity Test, which runs whenever Terraform reads it.
 *
 * No packet is sent: the answer is about the configuration of the network, not about a process that listens. On AWS both ends
 * are in one region, IPv4 alone is analysed, and every analysis is billed.
 */
export class ReachabilityChecks extends Construct {
  /** Terraform addresses of the checks. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ReachabilityChecksProps) {
    super(scope, id);

    const place = placeOf(this);
    const stack = stackOf(this, place);
    const { rules: construct, checks, failApply = false, provider } = props;
    checkProps(props, place);
    checkProviderOf(provider, stack, place);
    if (stackOf(construct, place) !== stack) {
      throw refusal(place, 'rules must be checked in the stack where they stand', `those of "${construct.node.path}"`);
    }
    const asked = { stack, place, rules: construct.addresses, failsApply: failApply, provider };
    const rules = checks.flatMap(({ flow, source, destination }, index) => {
      checkEnds(source, destination, `${place}, checks[${index}]`);
      return source._planCheck({ ...asked, destination, flow: checkedFlow(flow, construct.flows, place) });
    });
    ({ addresses: this.addresses, resources: this.resources } = commitResources({
      scope: this,
      place,
      rules,
      agreements: [],
    }));
  }
}

function checkProps({ rules, checks, failApply, provider }: ReachabilityChecksProps, place: string): void {
  if (typeof rules !== 'object' || rules === null || !Array.isArray(rules.flows)) {
    throw refusal(place, 'rules must be a construct of documented ports', shown(rules));
  }
  if (!Array.isArray(checks) || checks.length === 0) {
    throw refusal(place, 'checks must have at least one flow', shown(checks), '[{ flow, source, destination }]');
  }
  if (failApply !== undefined && typeof failApply !== 'boolean') {
    throw refusal(place, 'failApply must be true or false', shown(failApply));
  }
  checkProvider(provider, place);
}

function checkEnds(source: IEndpoint, destination: IEndpoint, place: string): void {
  for (const [end, value] of Object.entries({ source, destination })) {
    if (!isEndpoint(value)) {
      const fix = 'AwsEndpoint.fromId(id) or GcpEndpoint.instance(id)';
      throw refusal(
        place,
        `${end} must be one machine, because a group is no place that packets leave from`,
        shown(value),
        fix,
      );
    }
  }
  if (source.cloud !== destination.cloud) {
    throw refusal(place, 'both ends of a check must be in one cloud', `${source.cloud} and ${destination.cloud}`);
  }
}

function checkedFlow(name: string, flows: readonly Flow[], place: string): Flow {
  const found = flows.filter(({ key, row }) => key === name || row.name === name);
  if (found.length !== 1) {
    const known = flows.map(({ key }) => key);
    const nearest = found[0]?.key ?? (typeof name === 'string' ? nearestName(name, known) : undefined);
    const got = found.length > 1 ? `${shown(name)}, which is ${found.length} flows` : shown(name);
    throw refusal(
      place,
      `flow must be one of ${[...new Set(known)].join(', ')}`,
      got,
      nearest === name ? undefined : nearest && shown(nearest),
    );
  }
  const [flow] = found;
  if (flow.port.protocol !== Protocol.TCP) {
    throw refusal(
      place,
      'a check must be of a tcp flow, because nothing answers on udp',
      `${flow.key} (${String(flow.port)})`,
    );
  }
  if (flow.external) {
    throw refusal(place, 'a check must be of a flow that is opened here', `${flow.key}, which others open`);
  }
  return flow;
}
