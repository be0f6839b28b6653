import type { HostnameTable } from '../model/host-table';
import type { PortTable } from '../model/port-table';
import { APINIZER_DATA_STORES } from './apinizer-data-stores@2024-12';
import { APINIZER_DATA_STORES_2026_03 } from './apinizer-data-stores@2026-03';
import { APINIZER_INSTALLATION_HOSTS } from './apinizer-installation-hosts@2024-12';
import { APINIZER_INSTALLATION_HOSTS_2026_03 } from './apinizer-installation-hosts@2026-03';
import { APINIZER_NODE_PORTS } from './apinizer-node-ports@2024-12';
import { APINIZER_NODE_PORTS_2026_03 } from './apinizer-node-ports@2026-03';
import { CONTROL_PLANE_VIP } from './control-plane-vip@2024-12';
import { CONTROL_PLANE_VIP_2026_03 } from './control-plane-vip@2026-03';
import { KUBEADM_FLANNEL } from './kubeadm-flannel@2024-12';
import { KUBEADM_FLANNEL_2026_03 } from './kubeadm-flannel@2026-03';
import { METRICS_SERVER } from './metrics-server@2026-07';
import { PROMETHEUS_COST_METRICS } from './prometheus-cost-metrics@2025-03';
import { PROMETHEUS_COST_METRICS_2025_04 } from './prometheus-cost-metrics@2025-04';
import { PROMETHEUS_COST_METRICS_2025_10 } from './prometheus-cost-metrics@2025-10';
import { RANCHER } from './rancher@2025-11';
import { VCLUSTER_PLATFORM } from './vcluster-platform@2025-03';
import { VCLUSTER_PLATFORM_2025_04 } from './vcluster-platform@2025-04';
import { VCLUSTER_PLATFORM_2025_10 } from './vcluster-platform@2025-10';

/** All tables, in the order in which people read them. Of the editions of a table, the first is the default one. */
export const CATALOG: readonly PortTable[] = [
  VCLUSTER_PLATFORM,
  PROMETHEUS_COST_METRICS,
  KUBEADM_FLANNEL,
  CONTROL_PLANE_VIP,
  APINIZER_NODE_PORTS,
  APINIZER_DATA_STORES,
  METRICS_SERVER,
  RANCHER,
  VCLUSTER_PLATFORM_2025_04,
  VCLUSTER_PLATFORM_2025_10,
  PROMETHEUS_COST_METRICS_2025_04,
  PROMETHEUS_COST_METRICS_2025_10,
  KUBEADM_FLANNEL_2026_03,
  CONTROL_PLANE_VIP_2026_03,
  APINIZER_NODE_PORTS_2026_03,
  APINIZER_DATA_STORES_2026_03,
];

/** All tables of hosts, in the same order. */
export const HOSTNAME_CATALOG: readonly HostnameTable[] = [
  APINIZER_INSTALLATION_HOSTS,
  APINIZER_INSTALLATION_HOSTS_2026_03,
];
