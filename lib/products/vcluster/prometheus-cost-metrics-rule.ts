import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep, refusal } from '../../input';
import {
  bindGiven,
  boundRole,
  type BoundRole,
  DocumentedRules,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
} from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { CLUSTER_AGENT, PLATFORM, PROMETHEUS } from '../roles';

/** The id of the table. */
const TABLE = 'prometheus-cost-metrics';

/**
 * The props of `PrometheusCostMetricsRule`.
 *
 * Rows: `cost-metrics`. Editions: `2025-03` (default), `2025-04`, `2025-10`.
 */
export interface PrometheusCostMetricsRuleProps extends EditionedRulesProps {
  /**
   * The source in the vendor's command: vCluster Platform. The platform or the agent is needed, or both.
   * @default - closed for the platform; `agent` is needed
   */
  readonly platform?: IPeer;
  /**
   * The local cluster agent, which proxies the requests of the platform to Prometheus according to the text of the document.
   * @default - closed for the agent; `platform` is needed
   */
  readonly agent?: IPeer;
  /** The destination: the machines on which the Prometheus of the connected cluster runs. */
  readonly prometheus: IHostGroup;
}

const FORM: PropsForm<PrometheusCostMetricsRuleProps> = {
  needed: 'both ends',
  example: '{ platform, prometheus }',
  names: {
    platform: true,
    agent: true,
    prometheus: true,
    ...EDITIONED_RULES_PROPS,
  },
};

/**
 * Opens 9090/tcp to Prometheus for cost metrics, as vCluster's networking page documents it: from the platform, as in the vendor's
 * command, and from the local cluster agent, which is a proxy between the two according to the text. Give the machines that connect:
 * `platform`, `agent` or both.
 *
 * Throws before anything is created: `role-missing` without `platform` and `agent`, `world-not-allowed` if one of them is open to the
 * world, `host-group-required` if `prometheus` is not a host group, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new PrometheusCostMetricsRule(stack, 'cost-metrics', {
 *   platform: Peer.address('203.0.113.7'),
 *   prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
 * });
 */
export class PrometheusCostMetricsRule extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: PrometheusCostMetricsRuleProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      bind: ({ flows }, place) => bindGiven(flows, sourcesAndPrometheus(props, place)),
    });
  }
}

function sourcesAndPrometheus(
  { platform, agent, prometheus }: PrometheusCostMetricsRuleProps,
  place: string,
): Record<string, BoundRole> {
  if (platform === undefined && agent === undefined) {
    const need = 'platform or agent is needed, because one of them connects to Prometheus';
    throw refusal(place, 'role-missing', need, 'none', "platform: Peer.address('203.0.113.7')");
  }
  return {
    ...(platform !== undefined && { [PLATFORM]: boundRole('platform', platform) }),
    ...(agent !== undefined && { [CLUSTER_AGENT]: boundRole('agent', agent) }),
    [PROMETHEUS]: boundRole('prometheus', prometheus),
  };
}
