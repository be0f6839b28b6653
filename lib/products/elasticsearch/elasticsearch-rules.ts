// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The choices for `remoteClusters` of `ElasticsearchRules`. How clusters for which this one is a remote cluster authenticate, or
 * none.
 */
export enum ElasticsearchRemoteClusters {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `remote-cluster` (9443/tcp). */
  API_KEY = 'api-key',
  /** Opens `elasticsearch-transport` (9300-9400/tcp). */
  CERTIFICATE = 'certificate',
}

/**
 * The props of `ElasticsearchRules`.
 *
 * Rows: `elasticsearch`, `elasticsearch-transport`, `kibana`, `remote-cluster`. Editions: `2026-11` (default).
 */
export interface ElasticsearchRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "external users of the REST API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "Elasticsearch nodes". */
  readonly elasticsearch: IHostGroup;
  /** The machines that the document calls "Kibana". */
  readonly kibana: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "external users of Kibana".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kibanaClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clusters for which this one is a remote cluster".
   * @default - none; needed with `remoteClusters` api-key, or with `remoteClusters` certificate
   */
  readonly remoteCluster?: IPeer;
  /**
   * External clients that use the transport API. `true` opens `elasticsearch-transport` (9300-9400/tcp).
   * @default false
   */
  readonly transportClients?: boolean;
  /**
   * How clusters for which this one is a remote cluster authenticate, or none.
   * @default ElasticsearchRemoteClusters.NONE
   */
  readonly remoteClusters?: ElasticsearchRemoteClusters;
}

/**
 * Opens the ports of Elasticsearch, as "Ports of a self-managed Elasticsearch cluster" documents them:
 * https://github.com/elastic/docs-content/blob/483a78595c751a41a06961ef0b8959cbec82732f/deploy-manage/deploy/self-managed/_snippets/ports.md
 *
 * Opened by default: 9200-9300/tcp to Elasticsearch nodes from external users of the REST API and Kibana; 9300-9400/tcp to
 * Elasticsearch nodes from Elasticsearch nodes; 5601/tcp to Kibana from external users of Kibana.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ElasticsearchRules(stack, 'elasticsearch', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   elasticsearch: firewall.networkTag('elasticsearch'),
 *   kibana: firewall.networkTag('kibana'),
 *   kibanaClient: Peer.named('kibana-client', '10.4.0.0/16'),
 * });
 */
export class ElasticsearchRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('elasticsearch')[0]);
  }

  constructor(scope: Construct, id: string, props: ElasticsearchRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('elasticsearch', props));
  }
}
