import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep } from '../../input';
import { bindAll, boundRole, DocumentedRules, type EditionedRulesProps } from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { PLATFORM, PROMETHEUS } from '../roles';
import { PROMETHEUS_COST_METRICS } from './prometheus-cost-metrics@2025-03';
import { PROMETHEUS_COST_METRICS_2025_04 } from './prometheus-cost-metrics@2025-04';
import { PROMETHEUS_COST_METRICS_2025_10 } from './prometheus-cost-metrics@2025-10';

/** The editions of the document; the first is the default. */
const EDITIONS = [PROMETHEUS_COST_METRICS, PROMETHEUS_COST_METRICS_2025_04, PROMETHEUS_COST_METRICS_2025_10];

/**
 * The props of `PrometheusCostMetricsRule`.
 *
 * Rows: `cost-metrics`. Editions: `2025-03` (default), `2025-04`, `2025-10`.
 */
export interface PrometheusCostMetricsRuleProps extends EditionedRulesProps {
  /** The source: vCluster Platform, or the cluster agent that connects on its behalf. */
  readonly platform: IPeer;
  /** The destination: the machines on which the Prometheus of the connected cluster runs. */
  readonly prometheus: IHostGroup;
}

const FORM: PropsForm<PrometheusCostMetricsRuleProps> = {
  needed: 'both ends',
  example: '{ platform, prometheus }',
  names: { platform: true, prometheus: true, edition: true, omit: true, ports: true, versions: true },
};

/**
 * Opens 9090/tcp from vCluster Platform to Prometheus for cost metrics, as vCluster's networking page documents it.
 *
 * According to the document, the local cluster agent is a proxy between the two. If the agent opens the connection, `platform` is the
 * machines of the agent.
 *
 * Throws before anything is created: `world-not-allowed` if `platform` is open to the world, `host-group-required` if `prometheus` is
 * not a host group, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new PrometheusCostMetricsRule(stack, 'cost-metrics', {
 *   platform: Peer.address('203.0.113.7'),
 *   prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
 * });
 */
export class PrometheusCostMetricsRule extends DocumentedRules {
  /** The port table of the default edition. */
  public static readonly PORTS: PortTable = readOnlyDeep(PROMETHEUS_COST_METRICS);

  constructor(scope: Construct, id: string, props: PrometheusCostMetricsRuleProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(EDITIONS, props.edition, place),
      editions: () => EDITIONS,
      bind: ({ flows }) =>
        bindAll(flows, {
          [PLATFORM.id]: boundRole('platform', props.platform),
          [PROMETHEUS.id]: boundRole('prometheus', props.prometheus),
        }),
    });
  }
}
