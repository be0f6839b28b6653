import { Construct, type IConstruct } from 'constructs';
import { APINIZER_NODE_PORTS } from '../catalog/apinizer-node-ports@2024-12';
import { warn } from '../framework/warn';
import type { Flow } from '../model/flow';
import { checkObject } from '../model/object-given';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { bindServices, type ApinizerNodePortsProps } from './apinizer-services';
import type { IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { openFlows, placeOf } from './open-flows';

/** The default of the kube-apiserver flag `--service-node-port-range`. */
const FIRST_NODE_PORT = 30000;
const LAST_NODE_PORT = 32767;

/** Lets users and API clients reach the NodePorts of Apinizer: only what is given clients is opened. */
export class ApinizerNodePorts extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(APINIZER_NODE_PORTS);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ApinizerNodePortsProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'workers', '{ workers, managementConsole: { clients } }', place);
    const table = tableOf(APINIZER_NODE_PORTS.id, props.edition, place);
    const bindings = bindServices({ table, props, place });
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings,
      props,
    }));
    for (const { port, row } of this.flows) {
      if (port.fromPort < FIRST_NODE_PORT || port.toPort > LAST_NODE_PORT) {
        warn(
          this,
          `NodePort ${port.numbers} of ${row.name} is outside ${FIRST_NODE_PORT}-${LAST_NODE_PORT}: it works only if the kube-apiserver ` +
            'has a --service-node-port-range that includes it',
        );
      }
    }
  }
}
