// The ids of roles that constructs written by hand give machines to.

/** The Kubernetes API server, which calls webhooks and extension APIs. */
export const KUBERNETES_API = 'kubernetes-api';
/** The machines on which vCluster Platform runs. */
export const PLATFORM = 'platform';
/** The machines on which the agent of a connected cluster runs, which proxies requests of the platform. */
export const CLUSTER_AGENT = 'agent';
/** The machines on which the Prometheus of a connected cluster runs. */
export const PROMETHEUS = 'prometheus';
/** The machines of the Kubernetes control plane. */
export const CONTROL_PLANE = 'control-plane';
/** The machines on which workloads run. */
export const WORKER = 'worker';
/** The users of the management console. */
export const CONSOLE_CLIENT = 'console-client';
/** The users of the portal. */
export const PORTAL_CLIENT = 'portal-client';
/** The clients that call APIs through the gateway. */
export const GATEWAY_CLIENT = 'gateway-client';
/** The machines of the configuration database. */
export const MONGODB = 'mongodb';
/** The machines that store traffic logs. */
export const ELASTICSEARCH = 'elasticsearch';
/** The virtual IP address of the load balancer in front of the control plane. */
export const VIRTUAL_IP = 'virtual-ip';
/** The machines from which the load balancer connects to the control plane. */
export const LOAD_BALANCER = 'load-balancer';
/** The proxies from which a Google load balancer connects to its backends. */
export const PROXY_SUBNET = 'proxy-subnet';
/** The machines from which a cloud checks the health of load balancer backends. */
export const HEALTH_CHECKER = 'health-checker';
/** All nodes of a cluster. */
export const NODE = 'node';
/** The machines on which virtual clusters run. */
export const VCLUSTER = 'vcluster';
/** The public URL or the load balancer of vCluster Platform. */
export const PLATFORM_ENDPOINT = 'platform-endpoint';
/** The DNS resolver of a connected cluster. */
export const DNS = 'dns';
