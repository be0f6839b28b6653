import type { EndpointUse } from '../opening';
import { CONTROL_PLANE, LOAD_BALANCER, NODE, WORKER } from './roles';

const API_SERVER = 'api-server';

/**
 * What each construct that is generated from a table takes from the endpoint of a control plane, by the id of the table. A role that also
 * reaches other ports than the endpoint, such as the clients of NodePorts, is not taken from it.
 */
export const ENDPOINT_USES: Readonly<Partial<Record<string, EndpointUse>>> = {
  keepalived: { roles: { [NODE]: 'loadBalancer' }, rows: [] },
  'kube-vip': { roles: { [CONTROL_PLANE]: 'controlPlane', client: 'workers' }, rows: [API_SERVER] },
  kubeadm: {
    roles: { [CONTROL_PLANE]: 'controlPlane', [WORKER]: 'workers', [LOAD_BALANCER]: 'virtualAddress' },
    rows: [API_SERVER],
  },
  kubernetes: { roles: { [CONTROL_PLANE]: 'controlPlane', [WORKER]: 'workers' }, rows: [API_SERVER] },
};
