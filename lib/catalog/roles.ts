import type { Role } from '../model/port-table';

/** The Kubernetes API server, which calls webhooks and extension APIs. */
export const KUBERNETES_API: Role = { id: 'kubernetes-api', title: 'Kubernetes' };
/** The machines on which vCluster Platform runs. */
export const PLATFORM: Role = { id: 'platform', title: 'the platform' };
/** The machines on which the Prometheus of a connected cluster runs. */
export const PROMETHEUS: Role = { id: 'prometheus', title: 'Prometheus' };
/** The machines of the Kubernetes control plane. */
export const CONTROL_PLANE: Role = { id: 'control-plane', title: 'Kubernetes Master/Control Plane servers' };
/** The machines on which workloads run. */
export const WORKER: Role = { id: 'worker', title: 'Worker servers' };
/** Who opens the management console. */
export const CONSOLE_CLIENT: Role = { id: 'console-client', title: 'users of the Api Management Console' };
/** Who opens the portal. */
export const PORTAL_CLIENT: Role = { id: 'portal-client', title: 'users of the Api Portal' };
/** Who calls APIs through the gateway. */
export const GATEWAY_CLIENT: Role = { id: 'gateway-client', title: 'clients of the Apinizer API Gateway' };
/** The machines of the configuration database. */
export const MONGODB: Role = { id: 'mongodb', title: 'Mongodb servers' };
/** The machines to which traffic logs are written. */
export const ELASTICSEARCH: Role = { id: 'elasticsearch', title: 'Elasticsearch servers' };
/** The address of the load balancer before the control plane. */
export const VIRTUAL_IP: Role = { id: 'virtual-ip', title: 'the VIP of the Load Balancer' };
/** The machines of the load balancer, as the control plane sees them. */
export const LOAD_BALANCER: Role = { id: 'load-balancer', title: 'the Load Balancer' };
/** The proxies of a load balancer of Google, as its backends see them. */
export const PROXY_SUBNET: Role = { id: 'proxy-subnet', title: 'the proxy-only subnet of the load balancer' };
/** The machines from which a cloud checks the health of backends. */
export const HEALTH_CHECKER: Role = { id: 'health-checker', title: 'the health checkers of the cloud' };
/** The control plane of a cluster, in the words of Kubernetes itself. */
export const CLUSTER_CONTROL_PLANE: Role = { id: 'control-plane', title: 'the control plane' };
/** The workers of a cluster, in the words of Kubernetes itself. */
export const CLUSTER_WORKER: Role = { id: 'worker', title: 'worker nodes' };
/** The machines on which Metrics Server can run. */
export const METRICS_SERVER_NODE: Role = { id: 'metrics-server', title: 'Metrics Server' };
/** The machines on which Rancher runs. */
export const RANCHER_SERVER: Role = { id: 'rancher', title: 'Rancher nodes' };
/** Who uses Rancher. */
export const RANCHER_CLIENT: Role = { id: 'rancher-client', title: 'any source that needs the Rancher UI or API' };
/** What ends TLS before Rancher. */
export const TLS_PROXY: Role = { id: 'tls-proxy', title: 'load balancer or proxy that does external SSL termination' };
/** A cluster that Rancher manages. */
export const REGISTERED_CLUSTER: Role = { id: 'registered-cluster', title: 'hosted or registered Kubernetes' };
/** The machines of a cluster, whatever runs on them. */
export const NODE: Role = { id: 'node', title: 'nodes' };
/** The machines on which virtual clusters run. */
export const VCLUSTER: Role = { id: 'vcluster', title: 'vCluster' };
