// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `OpenSearchRules`.
 *
 * Rows: `rest-api`, `transport`, `cross-cluster-search`, `dashboards`, `performance-analyzer`. Editions: `2026-07` (default).
 */
export interface OpenSearchRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients of the OpenSearch REST API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "OpenSearch nodes". */
  readonly node: IHostGroup;
  /** The machines that the document calls "OpenSearch Dashboards". */
  readonly dashboards: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clusters that search this one".
   * @default - none; needed with `crossClusterSearch` true
   */
  readonly remoteCluster?: IPeer;
  /**
   * The IP ranges or machines that the document calls "users of OpenSearch Dashboards".
   * @default - none; needed unless `omit` has its rows
   */
  readonly dashboardsClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clients of Performance Analyzer".
   * @default - none; needed with `performanceAnalyzer` true
   */
  readonly metricsClient?: IPeer;
  /**
   * Performance Analyzer. `true` opens `performance-analyzer` (9600/tcp).
   * @default true
   */
  readonly performanceAnalyzer?: boolean;
  /**
   * Cross cluster search. `true` opens `cross-cluster-search` (9300/tcp).
   * @default false
   */
  readonly crossClusterSearch?: boolean;
}

/**
 * Opens the ports of OpenSearch, as "Install OpenSearch: Network requirements" documents them:
 * https://github.com/opensearch-project/documentation-website/blob/cf95a341c9b617c96ca8773b258512a18b93ab6b/_install-and-configure/install-opensearch/index.md
 *
 * Opened by default: 9200/tcp to OpenSearch nodes from clients of the OpenSearch REST API and OpenSearch Dashboards; 9300/tcp to
 * OpenSearch nodes from OpenSearch nodes; 5601/tcp to OpenSearch Dashboards from users of OpenSearch Dashboards; 9600/tcp to
 * OpenSearch nodes from clients of Performance Analyzer.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new OpenSearchRules(stack, 'opensearch', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   node: firewall.networkTag('node'),
 *   dashboards: firewall.networkTag('dashboards'),
 *   dashboardsClient: Peer.named('dashboards-client', '10.4.0.0/16'),
 *   metricsClient: Peer.named('metrics-client', '10.5.0.0/16'),
 * });
 */
export class OpenSearchRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('opensearch')[0]);
  }

  constructor(scope: Construct, id: string, props: OpenSearchRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('opensearch', props));
  }
}
