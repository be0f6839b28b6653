import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup, IPeer } from '../../access';
import { checkMember, type PropsForm, refusal, shown, readOnlyDeep } from '../../input';
import {
  bindGiven,
  type Binding,
  boundRole,
  DocumentedRules,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
  endpointPort,
  flowsWith,
  endpointMachines,
  recordWarning,
} from '../../opening';
import { type DocumentedFlow, type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { CONTROL_PLANE, HEALTH_CHECKER, WORKER } from '../roles';

/** The backend that carries the traffic of Flannel between servers. A cluster runs one backend. */
export enum FlannelBackend {
  /** Opens both documented ports, 8285/udp and 8472/udp. */
  DOCUMENTED = 'documented',
  /** Opens 8472/udp for VXLAN, the backend of Flannel's own manifest. */
  VXLAN = 'vxlan',
  /** Opens 8285/udp for the UDP backend, which is for debugging and very old kernels. */
  UDP = 'udp',
}

/** The id of the table. */
const TABLE = 'kubeadm-flannel';
const API_SERVER = 'api-server';

/**
 * The props of `KubeadmFlannelClusterRules`.
 *
 * Rows: `api-server`, `flannel-udp`, `flannel-vxlan`, `kubelet`, `etcd`, `kube-proxy-health`; since 2026-03: `controller-manager`,
 * `scheduler`. Editions: `2024-12` (default), `2026-03`.
 */
export interface KubeadmFlannelClusterRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane. Its servers are `controlPlane` and `workers`, and its port replaces that of `api-server`. Props that
   * differ from it are an error.
   * @default - the servers are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The servers of the control plane.
   * @default - those of `endpoint`; needed without it
   */
  readonly controlPlane?: IHostGroup;
  /**
   * The servers on which workloads run.
   * @default - those of `endpoint`; needed without it
   */
  readonly workers?: IHostGroup;
  /**
   * The Flannel backend of the cluster.
   * @default FlannelBackend.DOCUMENTED
   */
  readonly flannel?: FlannelBackend;
  /**
   * Whether all traffic between the servers of the control plane is already allowed. If so, no ports are opened between them.
   * @default false
   */
  readonly freeAccessBetweenControlPlanes?: boolean;
  /**
   * Whether Flannel is also opened between workers. This is a supplement: the document leaves it out, but without it pods on
   * different workers cannot reach each other, unless an existing rule allows it.
   * @default - closed, with a warning; `false` keeps it closed without a warning
   */
  readonly workerToWorkerFlannel?: boolean;
  /**
   * The machines that check the health of workers for cloud load balancers, such as `GcpHealthCheckers.IPV4`. They reach 10256/tcp
   * of kube-proxy, which is a supplement.
   * @default - 10256/tcp stays closed
   */
  readonly healthCheckers?: IPeer;
}

const FORM: PropsForm<KubeadmFlannelClusterRulesProps> = {
  needed: 'the servers of the cluster',
  example: '{ controlPlane, workers }',
  names: {
    endpoint: true,
    controlPlane: true,
    workers: true,
    flannel: true,
    freeAccessBetweenControlPlanes: true,
    workerToWorkerFlannel: true,
    healthCheckers: true,
    ...EDITIONED_RULES_PROPS,
  },
};

/**
 * Opens the ports between the servers of a kubeadm cluster with Flannel, as Apinizer documents them.
 *
 * From workers to the control plane: 6443/tcp and Flannel. From the control plane to workers: 10250/tcp and Flannel. Between servers
 * of the control plane: 6443/tcp, 2379-2380/tcp, 10250/tcp and Flannel. Flannel is 8285/udp and 8472/udp.
 *
 * Throws before anything is created: `flannel-backend-invalid`, `not-a-boolean`, `host-group-required` if a role is not a host group,
 * `world-not-allowed` if `healthCheckers` are open to the world, `control-plane-endpoint-required`, `endpoint-differs`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeadmFlannelClusterRules(stack, 'cluster', {
 *   controlPlane: firewall.networkTag('k8s-control-plane'),
 *   workers: firewall.networkTag('k8s-worker'),
 *   flannel: FlannelBackend.VXLAN,
 *   workerToWorkerFlannel: true,
 * });
 */
export class KubeadmFlannelClusterRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: KubeadmFlannelClusterRulesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      endpoint: (place) => endpointPort(props.endpoint, [API_SERVER], place),
      bind: (table, place) => bindCluster({ scope: this, table, place }, props),
    });
    if (props.workerToWorkerFlannel === undefined) recordWarning(this, 'flannel-closed', {});
  }
}

/** The row of the backend that the cluster does not run. */
const UNUSED_ROW: Readonly<Record<FlannelBackend, string | undefined>> = {
  [FlannelBackend.DOCUMENTED]: undefined,
  [FlannelBackend.VXLAN]: 'flannel-udp',
  [FlannelBackend.UDP]: 'flannel-vxlan',
};

/** The construct and its table. */
interface BindRequest {
  readonly scope: Construct;
  readonly table: PortTable;
  readonly place: string;
}

function bindCluster({ scope, table, place }: BindRequest, props: KubeadmFlannelClusterRulesProps): Binding[] {
  const { endpoint, healthCheckers } = props;
  const controlPlane = endpointMachines(props.controlPlane, endpoint, {
    ...{ scope, place, prop: 'controlPlane', part: 'controlPlane' },
  });
  const workers = endpointMachines(props.workers, endpoint, { scope, place, prop: 'workers', part: 'workers' });
  return bindGiven(neededFlows(table, props, place), {
    // machines that are missing are an error of the roles
    [WORKER]: boundRole('workers', workers!),
    [CONTROL_PLANE]: boundRole('controlPlane', controlPlane!),
    ...(healthCheckers !== undefined && { [HEALTH_CHECKER]: boundRole('healthCheckers', healthCheckers) }),
  });
}

function neededFlows(table: PortTable, props: KubeadmFlannelClusterRulesProps, place: string): DocumentedFlow[] {
  const {
    flannel = FlannelBackend.DOCUMENTED,
    freeAccessBetweenControlPlanes = false,
    workerToWorkerFlannel = false,
  } = props;
  for (const [name, value] of Object.entries({ freeAccessBetweenControlPlanes, workerToWorkerFlannel })) {
    if (typeof value !== 'boolean') {
      throw refusal(place, 'not-a-boolean', `${name} must be true or false`, shown(value));
    }
  }
  const backend = { members: FlannelBackend, name: 'FlannelBackend', prop: 'flannel' };
  checkMember(flannel, { ...backend, code: 'flannel-backend-invalid' }, place);
  const documented = table.flows.filter(
    ({ source, destination }) =>
      !(freeAccessBetweenControlPlanes && source.id === CONTROL_PLANE && destination.id === CONTROL_PLANE),
  );
  const supplements = (table.supplements ?? []).filter(({ source }) => workerToWorkerFlannel || source.id !== WORKER);
  return flowsWith([...documented, ...supplements], (row) => row !== UNUSED_ROW[flannel]);
}
