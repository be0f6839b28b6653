import { Construct, type IConstruct } from 'constructs';
import { APINIZER_DATA_STORES } from '../catalog/apinizer-data-stores@2024-12';
import { ELASTICSEARCH, MONGODB, WORKER } from '../catalog/roles';
import type { Flow } from '../model/flow';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { refusal } from '../model/refusal';
import { boundRole, type BoundRole } from './bindings';
import type { EditionedRulesProps, IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { openFlows, placeOf } from './open-flows';
import { bindGiven } from './optional-roles';

/** The workers, and the databases that they reach. At least one database is needed. */
export interface ApinizerDataStoreRulesProps extends EditionedRulesProps {
  /** The servers on which Apinizer runs. */
  readonly workers: IPeer;
  /**
   * The servers of the configuration database, 25080/tcp.
   * @default - stays closed
   */
  readonly mongodb?: IHostGroup;
  /**
   * The servers to which traffic logs are written, 9200/tcp.
   * @default - stays closed
   */
  readonly elasticsearch?: IHostGroup;
}

/** Lets Apinizer on the workers reach its databases: MongoDB on 25080/tcp, Elasticsearch on 9200/tcp. */
export class ApinizerDataStoreRules extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(APINIZER_DATA_STORES);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ApinizerDataStoreRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'workers and their databases', '{ workers, mongodb, elasticsearch }', place);
    const roles: Record<string, BoundRole> = {
      [WORKER.id]: boundRole('workers', props.workers),
      ...(props.mongodb !== undefined && { [MONGODB.id]: boundRole('mongodb', props.mongodb) }),
      ...(props.elasticsearch !== undefined && { [ELASTICSEARCH.id]: boundRole('elasticsearch', props.elasticsearch) }),
    };
    const table = tableOf(APINIZER_DATA_STORES.id, props.edition, place);
    const bindings = bindGiven(table.flows, roles);
    if (bindings.length === 0) throw refusal(place, 'at least one of mongodb and elasticsearch is needed', 'none');
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
