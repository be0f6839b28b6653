import { checkedPeer, type IPeer } from '../../access';
import { checkReason, readOnly } from '../../input';
import { checkPortNumber } from '../../net';

const DNS_PORT = 53;

/**
 * The name servers of pods. A network policy that restricts what pods send also closes DNS, without which they find nothing by name, so
 * pods with `Egress.DOCUMENTED` must say what they use.
 */
export class KubernetesDns {
  /**
   * Returns the name servers of most clusters: the pods with the label `k8s-app: kube-dns` in the namespace `kube-system`, as kubeadm,
   * EKS, AKS and GKE have them, at 53/tcp and 53/udp. Each policy with egress opens them.
   * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/
   */
  public static kubeDns(): KubernetesDns {
    return new KubernetesDns('kube-dns', undefined, DNS_PORT);
  }

  /**
   * Returns other name servers, such as those of OpenShift or a NodeLocal DNSCache: IP ranges or pods. Each policy with egress opens
   * them in TCP and UDP. Throws `peer-required` unless `servers` is a peer or a host group, and `port-invalid` for a number that is not a
   * port.
   * @param servers such as `Peer.address("169.254.20.10")`, or `KubernetesPods.labelled(...)`
   * @param port the port at which they listen, from 1 to 65535; of pods the port of the container. 53 if it is left out
   */
  public static servers(servers: IPeer, port?: number): KubernetesDns {
    const place = 'KubernetesDns.servers';
    if (port !== undefined) checkPortNumber(port, place);
    return new KubernetesDns('servers', checkedPeer(servers, { prop: 'servers', place }), port ?? DNS_PORT);
  }

  /**
   * Returns no name server: policies with egress close DNS. Throws without a reason.
   * @param reason why the pods need no DNS; it goes into the description of the policies
   */
  public static none(reason: string): KubernetesDns {
    return new KubernetesDns('none', undefined, DNS_PORT, checkReason(reason, 'KubernetesDns.none'));
  }

  /** @internal */
  public readonly _kind: 'kube-dns' | 'servers' | 'none';
  /** @internal */
  public readonly _servers?: IPeer;
  /** @internal */
  public readonly _port: number;
  /** @internal */
  public readonly _reason?: string;

  private constructor(
    kind: 'kube-dns' | 'servers' | 'none',
    servers: IPeer | undefined,
    port: number,
    reason?: string,
  ) {
    this._kind = kind;
    this._servers = servers;
    this._port = port;
    this._reason = reason;
    readOnly(this);
  }
}
