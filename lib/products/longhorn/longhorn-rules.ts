// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `LonghornRules`.
 *
 * Rows: `manager`, `conversion-webhook`, `admission-webhook`, `recovery-backend`, `process-manager`, `proxy`, `disk`, `instance`,
 * `spdk`, `data`, `iscsi`, `backing-image-manager`, `backing-image-transfer`, `backing-image-data-source`,
 * `backing-image-export`, `nfs`. Editions: `1.12` (default).
 */
export interface LonghornRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Longhorn Manager". */
  readonly manager: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "UI".
   * @default - none; needed unless `omit` has its rows
   */
  readonly ui?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Longhorn CSI plugin".
   * @default - none; needed unless `omit` has its rows
   */
  readonly csiPlugin?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Backup/Snapshot Recurring Job Pod".
   * @default - none; needed unless `omit` has its rows
   */
  readonly recurringJob?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Longhorn Driver Deployer".
   * @default - none; needed unless `omit` has its rows
   */
  readonly driverDeployer?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Kubernetes API server".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
  /** The machines that the document calls "Share Manager". */
  readonly shareManager: IHostGroup;
  /** The machines that the document calls "Instance Manager". */
  readonly instanceManager: IHostGroup;
  /** The machines that the document calls "Backing Image Data Source". */
  readonly backingImageDataSource: IHostGroup;
  /** The machines that the document calls "Backing Image Manager". */
  readonly backingImageManager: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Node in the cluster".
   * @default - none; needed unless `omit` has its rows
   */
  readonly node?: IPeer;
}

/**
 * Opens the ports of Longhorn, as "Longhorn Networking" documents them:
 * https://github.com/longhorn/website/blob/0f622500d3b8233f6f160932851f7189e3f8ba0e/content/docs/1.12.1/references/networking.md
 *
 * Opened: 9500/tcp to Longhorn Manager from Longhorn Manager, UI, Longhorn CSI plugin, Backup/Snapshot Recurring Job Pod and
 * Longhorn Driver Deployer; 9501/tcp, 9502/tcp to Longhorn Manager from Kubernetes API server; 9503/tcp to Longhorn Manager from
 * Share Manager; 8500/tcp, 8501/tcp, 8502/tcp, 8503/tcp, 8504/tcp to Instance Manager from Longhorn Manager; 10000-30000/tcp to
 * Instance Manager from Instance Manager, Backing Image Data Source and Backing Image Manager; 3260/tcp to Instance Manager from
 * Node in the cluster; 8000/tcp to Backing Image Manager from Longhorn Manager; 30001-31000/tcp to Backing Image Manager from
 * Backing Image Manager; 8000/tcp to Backing Image Data Source from Longhorn Manager and Backing Image Manager; 8002/tcp to
 * Backing Image Data Source from Instance Manager; 2049/tcp to Share Manager from Node in the cluster.
 *
 * Ports of pods: `manager`, `conversion-webhook`, `admission-webhook`, `recovery-backend`, `process-manager`, `proxy`, `disk`,
 * `instance`, `spdk`, `data`, `iscsi`, `backing-image-manager`, `backing-image-transfer`, `backing-image-data-source`,
 * `backing-image-export`, `nfs`. A firewall of machines sees them only if pods have IP addresses of its network; under an overlay
 * it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new LonghornRules(stack, 'longhorn', {
 *   manager: firewall.networkTag('manager'),
 *   ui: Peer.named('ui', '10.2.0.0/16'),
 *   csiPlugin: Peer.named('csi-plugin', '10.3.0.0/16'),
 *   recurringJob: Peer.named('recurring-job', '10.4.0.0/16'),
 *   driverDeployer: Peer.named('driver-deployer', '10.5.0.0/16'),
 *   kubernetesApi: Peer.named('kubernetes-api', '10.6.0.0/16'),
 *   shareManager: firewall.networkTag('share-manager'),
 *   instanceManager: firewall.networkTag('instance-manager'),
 *   backingImageDataSource: firewall.networkTag('backing-image-data-source'),
 *   backingImageManager: firewall.networkTag('backing-image-manager'),
 *   node: Peer.named('node', '10.11.0.0/16'),
 * });
 */
export class LonghornRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('longhorn')[0]);
  }

  constructor(scope: Construct, id: string, props: LonghornRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('longhorn', props));
  }
}
