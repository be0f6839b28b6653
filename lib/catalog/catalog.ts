import type { HostTable } from '../model/host-table';
import type { PortTable } from '../model/port-table';
import { APINIZER_DATA_STORES } from './apinizer-data-stores@2024-12';
import { APINIZER_INSTALLATION_HOSTS } from './apinizer-installation-hosts@2024-12';
import { APINIZER_NODE_PORTS } from './apinizer-node-ports@2024-12';
import { KUBEADM_FLANNEL } from './kubeadm-flannel@2024-12';
import { PROMETHEUS_COST_METRICS } from './prometheus-cost-metrics@2025-03';
import { VCLUSTER_PLATFORM } from './vcluster-platform@2025-03';

/** All tables, in the order in which people read them. */
export const CATALOG: readonly PortTable[] = [
  VCLUSTER_PLATFORM,
  PROMETHEUS_COST_METRICS,
  KUBEADM_FLANNEL,
  APINIZER_NODE_PORTS,
  APINIZER_DATA_STORES,
];

/** All tables of hosts. */
export const HOST_CATALOG: readonly HostTable[] = [APINIZER_INSTALLATION_HOSTS];
