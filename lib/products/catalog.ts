import type { HostnameTable, PortTable } from '../tables';
import {
  APINIZER_DATA_STORES,
  APINIZER_DATA_STORES_2026_03,
  APINIZER_INSTALLATION_HOSTS,
  APINIZER_INSTALLATION_HOSTS_2026_03,
  APINIZER_NODE_PORTS,
  APINIZER_NODE_PORTS_2026_03,
} from './apinizer/catalog';
import {
  CONTROL_PLANE_VIP,
  CONTROL_PLANE_VIP_2026_03,
  KUBEADM_FLANNEL,
  KUBEADM_FLANNEL_2026_03,
} from './kubeadm/catalog';
import { METRICS_SERVER } from './metrics-server';
import { RANCHER } from './rancher';
import {
  PROMETHEUS_COST_METRICS,
  PROMETHEUS_COST_METRICS_2025_04,
  PROMETHEUS_COST_METRICS_2025_10,
  VCLUSTER_PLATFORM,
  VCLUSTER_PLATFORM_2025_04,
  VCLUSTER_PLATFORM_2025_10,
} from './vcluster/catalog';

/** All port tables, in the order of docs/ports.md. The first edition of a table is the default. */
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

/** All hostname tables. The first edition of a table is the default. */
export const HOSTNAME_CATALOG: readonly HostnameTable[] = [
  APINIZER_INSTALLATION_HOSTS,
  APINIZER_INSTALLATION_HOSTS_2026_03,
];

export { HOSTNAME_REASONS, REQUEST_TEMPLATE } from './apinizer/catalog';
export { EXTERNAL_CHECKS } from './kubeadm/catalog';
