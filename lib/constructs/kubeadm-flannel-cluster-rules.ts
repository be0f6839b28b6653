import { Construct, type IConstruct } from 'constructs';
import { KUBEADM_FLANNEL } from '../catalog/kubeadm-flannel@2024-12';
import { CONTROL_PLANE, HEALTH_CHECKER, WORKER } from '../catalog/roles';
import { warn } from '../framework/warn';
import type { Flow } from '../model/flow';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import type { DocumentedFlow, PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { refusal, shown } from '../model/refusal';
import { flowsWith, boundRole } from './bindings';
import type { EditionedRulesProps, IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { FlannelBackend } from './flannel-backend';
import { openFlows, placeOf } from './open-flows';
import { bindGiven } from './optional-roles';

/** The servers of a cluster, and what is particular about it. */
export interface KubeadmFlannelClusterRulesProps extends EditionedRulesProps {
  /** The servers of the control plane. */
  readonly controlPlane: IHostGroup;
  /** The servers on which workloads run. */
  readonly workers: IHostGroup;
  /**
   * The backend of Flannel.
   * @default FlannelBackend.DOCUMENTED
   */
  readonly flannel?: FlannelBackend;
  /**
   * Whether the servers of the control plane reach each other freely already, so that nothing is opened between them.
   * @default false
   */
  readonly freeAccessBetweenControlPlanes?: boolean;
  /**
   * Whether Flannel is opened between workers too: a supplement, because the document leaves it out. Without it, pods on two
   * workers do not reach each other unless something else lets them.
   * @default - stays closed, with a warning; `false` stays closed without one
   */
  readonly workerToWorkerFlannel?: boolean;
  /**
   * The machines that check the health of workers for the load balancers of a cloud, as `GcpHealthCheckers.IPV4`: 10256/tcp of
   * kube-proxy, a supplement.
   * @default - stays closed
   */
  readonly healthCheckers?: IPeer;
}

/**
 * Opens the ports between the servers of a kubeadm cluster with Flannel.
 *
 * Workers to the control plane: 6443/tcp and Flannel. Control plane to workers: 10250/tcp and Flannel. Between servers of the
 * control plane: 6443/tcp, 2379-2380/tcp, 10250/tcp and Flannel. Flannel is 8285/udp and 8472/udp.
 */
export class KubeadmFlannelClusterRules extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(KUBEADM_FLANNEL);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: KubeadmFlannelClusterRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'the servers of the cluster', '{ controlPlane, workers }', place);
    const table = tableOf(KUBEADM_FLANNEL.id, props.edition, place);
    const { controlPlane, workers, healthCheckers } = props;
    const bindings = bindGiven(neededFlows(table, props, place), {
      [WORKER.id]: boundRole('workers', workers),
      [CONTROL_PLANE.id]: boundRole('controlPlane', controlPlane),
      ...(healthCheckers !== undefined && { [HEALTH_CHECKER.id]: boundRole('healthCheckers', healthCheckers) }),
    });
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings,
      props,
    }));
    if (props.workerToWorkerFlannel === undefined) {
      warn(
        this,
        'Flannel between workers is not in the document and stays closed, so pods on two workers cannot reach each other: ' +
          'set workerToWorkerFlannel to true to open it, or to false where something else does',
      );
    }
  }
}

const NOT_OF_BACKEND: Readonly<Record<FlannelBackend, string | undefined>> = {
  [FlannelBackend.DOCUMENTED]: undefined,
  [FlannelBackend.VXLAN]: 'flannel-udp',
  [FlannelBackend.UDP]: 'flannel-vxlan',
};

function neededFlows(table: PortTable, props: KubeadmFlannelClusterRulesProps, place: string): DocumentedFlow[] {
  const {
    flannel = FlannelBackend.DOCUMENTED,
    freeAccessBetweenControlPlanes = false,
    workerToWorkerFlannel = false,
  } = props;
  for (const [name, value] of Object.entries({ freeAccessBetweenControlPlanes, workerToWorkerFlannel })) {
    if (typeof value !== 'boolean') throw refusal(place, `${name} must be true or false`, shown(value));
  }
  if (!Object.values(FlannelBackend).includes(flannel)) {
    throw refusal(place, 'flannel must be one of FlannelBackend', shown(flannel), 'FlannelBackend.VXLAN');
  }
  const documented = table.flows.filter(
    ({ source, destination }) =>
      !(freeAccessBetweenControlPlanes && source === CONTROL_PLANE && destination === CONTROL_PLANE),
  );
  const supplements = (table.supplements ?? []).filter(({ source }) => workerToWorkerFlannel || source !== WORKER);
  return flowsWith([...documented, ...supplements], (row) => row !== NOT_OF_BACKEND[flannel]);
}
