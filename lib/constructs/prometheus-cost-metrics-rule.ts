import { Construct, type IConstruct } from 'constructs';
import { PROMETHEUS_COST_METRICS } from '../catalog/prometheus-cost-metrics@2025-03';
import { PLATFORM, PROMETHEUS } from '../catalog/roles';
import type { Flow } from '../model/flow';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { bindAll, boundRole } from './bindings';
import type { EditionedRulesProps, IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { openFlows, placeOf } from './open-flows';

/** Who reads cost metrics, and where Prometheus runs. */
export interface PrometheusCostMetricsRuleProps extends EditionedRulesProps {
  /** The vCluster Platform, or the cluster agent that acts for it. */
  readonly platform: IPeer;
  /** The machines on which the Prometheus of the connected cluster runs. */
  readonly prometheus: IHostGroup;
}

/**
 * Lets the vCluster Platform read cost metrics from Prometheus: 9090/tcp.
 *
 * The document calls the local cluster agent a proxy between the two: where the agent opens the connection, its machines are
 * the `platform` of this rule.
 */
export class PrometheusCostMetricsRule extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(PROMETHEUS_COST_METRICS);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: PrometheusCostMetricsRuleProps) {
    super(scope, id);

    checkObject(props, 'both ends', '{ platform, prometheus }', placeOf(this));
    const table = tableOf(PROMETHEUS_COST_METRICS.id, props.edition, placeOf(this));
    const bindings = bindAll(table.flows, {
      [PLATFORM.id]: boundRole('platform', props.platform),
      [PROMETHEUS.id]: boundRole('prometheus', props.prometheus),
    });
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings,
      props,
    }));
  }
}
