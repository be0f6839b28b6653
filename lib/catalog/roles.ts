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
