import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep, refusal } from '../../input';
import {
  bindGiven,
  type Binding,
  boundRole,
  DocumentedRules,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
} from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { ELASTICSEARCH, MONGODB, WORKER } from '../roles';

/** The id of the table. */
const TABLE = 'apinizer-data-stores';

/**
 * The props of `ApinizerDataStoreRules`. At least one database is required.
 *
 * Rows: `mongodb`, `elasticsearch`; since 2026-03: `elasticsearch-transport`. Editions: `2024-12` (default), `2026-03`.
 */
export interface ApinizerDataStoreRulesProps extends EditionedRulesProps {
  /** The source: the servers on which Apinizer runs. */
  readonly workers: IPeer;
  /**
   * The servers of the configuration database, which workers reach on 25080/tcp.
   * @default - 25080/tcp stays closed
   */
  readonly mongodb?: IHostGroup;
  /**
   * The servers that store traffic logs, which workers reach on 9200/tcp. Since edition 2026-03 they also reach each other on 9300/tcp.
   * @default - 9200/tcp and 9300/tcp stay closed
   */
  readonly elasticsearch?: IHostGroup;
}

const FORM: PropsForm<ApinizerDataStoreRulesProps> = {
  needed: 'workers and their databases',
  example: '{ workers, mongodb, elasticsearch }',
  names: {
    workers: true,
    mongodb: true,
    elasticsearch: true,
    ...EDITIONED_RULES_PROPS,
  },
};

/**
 * Opens the databases of Apinizer to the workers, as Apinizer documents them: MongoDB on 25080/tcp, Elasticsearch on 9200/tcp.
 *
 * Throws before anything is created: `role-missing` if neither database is set, `host-group-required` if a database is not a host group,
 * `world-not-allowed` if `workers` are open to the world, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ApinizerDataStoreRules(stack, 'data-stores', {
 *   workers: firewall.networkTag('k8s-worker'),
 *   mongodb: firewall.networkTag('mongodb'),
 *   elasticsearch: ExternalHosts.named('elasticsearch', '10.8.0.16/28'),
 * });
 */
export class ApinizerDataStoreRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: ApinizerDataStoreRulesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      bind: (table, place) => bindStores(table, props, place),
    });
  }
}

function bindStores(table: PortTable, props: ApinizerDataStoreRulesProps, place: string): Binding[] {
  const { workers, mongodb, elasticsearch } = props;
  const bindings = bindGiven(table.flows, {
    [WORKER]: boundRole('workers', workers),
    ...(mongodb !== undefined && { [MONGODB]: boundRole('mongodb', mongodb) }),
    ...(elasticsearch !== undefined && { [ELASTICSEARCH]: boundRole('elasticsearch', elasticsearch) }),
  });
  if (bindings.length === 0) {
    throw refusal(place, 'role-missing', 'at least one of mongodb and elasticsearch is required', 'none');
  }
  return bindings;
}
