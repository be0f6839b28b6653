import type { Role } from '../tables';

/** The Kubernetes API server, which calls webhooks and extension APIs. */
export const KUBERNETES_API: Role = { id: 'kubernetes-api', title: 'Kubernetes' };
/** The machines on which vCluster Platform runs. */
export const PLATFORM: Role = { id: 'platform', title: 'the platform' };
/** The machines on which the agent of a connected cluster runs, which proxies requests of the platform. */
export const CLUSTER_AGENT: Role = { id: 'agent', title: 'the local cluster agent' };
/** The machines on which the Prometheus of a connected cluster runs. */
export const PROMETHEUS: Role = { id: 'prometheus', title: 'Prometheus' };
/** The machines of the Kubernetes control plane. */
export const CONTROL_PLANE: Role = { id: 'control-plane', title: 'Kubernetes Master/Control Plane servers' };
/** The machines on which workloads run. */
export const WORKER: Role = { id: 'worker', title: 'Worker servers' };
/** The users of the management console. */
export const CONSOLE_CLIENT: Role = { id: 'console-client', title: 'users of the Api Management Console' };
/** The users of the portal. */
export const PORTAL_CLIENT: Role = { id: 'portal-client', title: 'users of the Api Portal' };
/** The clients that call APIs through the gateway. */
export const GATEWAY_CLIENT: Role = { id: 'gateway-client', title: 'clients of the Apinizer API Gateway' };
/** The machines of the configuration database. */
export const MONGODB: Role = { id: 'mongodb', title: 'Mongodb servers' };
/** The machines that store traffic logs. */
export const ELASTICSEARCH: Role = { id: 'elasticsearch', title: 'Elasticsearch servers' };
/** The virtual IP address of the load balancer in front of the control plane. */
export const VIRTUAL_IP: Role = { id: 'virtual-ip', title: 'the VIP of the Load Balancer' };
/** The machines from which the load balancer connects to the control plane. */
export const LOAD_BALANCER: Role = { id: 'load-balancer', title: 'the Load Balancer' };
/** The proxies from which a Google load balancer connects to its backends. */
export const PROXY_SUBNET: Role = { id: 'proxy-subnet', title: 'the proxy-only subnet of the load balancer' };
/** The machines from which a cloud checks the health of load balancer backends. */
export const HEALTH_CHECKER: Role = { id: 'health-checker', title: 'the health checkers of the cloud' };
/** The control plane of a cluster, with the title that Kubernetes documents use. */
export const CLUSTER_CONTROL_PLANE: Role = { id: 'control-plane', title: 'the control plane' };
/** The workers of a cluster, with the title that Kubernetes documents use. */
export const CLUSTER_WORKER: Role = { id: 'worker', title: 'worker nodes' };
/** The nodes on which Metrics Server can run. */
export const METRICS_SERVER_NODE: Role = { id: 'metrics-server', title: 'Metrics Server' };
/** The machines on which Rancher runs. */
export const RANCHER_SERVER: Role = { id: 'rancher', title: 'Rancher nodes' };
/** The users and API clients of Rancher. */
export const RANCHER_CLIENT: Role = { id: 'rancher-client', title: 'any source that needs the Rancher UI or API' };
/** A load balancer or proxy that terminates TLS in front of Rancher. */
export const TLS_PROXY: Role = { id: 'tls-proxy', title: 'load balancer or proxy that does external SSL termination' };
/** A cluster that Rancher manages. */
export const REGISTERED_CLUSTER: Role = { id: 'registered-cluster', title: 'hosted or registered Kubernetes' };
/** All nodes of a cluster. */
export const NODE: Role = { id: 'node', title: 'nodes' };
/** The machines on which virtual clusters run. */
export const VCLUSTER: Role = { id: 'vcluster', title: 'vCluster' };
