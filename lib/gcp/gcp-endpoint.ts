import { AddressFamily } from '../model/address-family';
import { parseHost } from '../model/cidr';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import type { PlannedRule } from '../model/planned-rule';
import { refusal, shown } from '../model/refusal';
import { hasForm, holdsToken } from '../model/token-text';
import { checkForm, INSTANCE, NETWORK } from './forms';
import { planConnectivityTest } from './plan-connectivity-test';

const CLUSTER = /^projects\/[a-z0-9.:-]+\/(?:locations|zones)\/[a-z0-9-]+\/clusters\/[a-z0-9-]+$/;

/** How a Connectivity Test names an end. */
export interface EndpointBlock {
  readonly instance?: string;
  readonly ipAddress?: string;
  readonly network?: string;
  readonly gkeMasterCluster?: string;
}

/** A machine, an address or a control plane of Google, at an end of a check. */
export class GcpEndpoint implements IEndpoint {
  /**
   * A machine.
   * @param id as `projects/prod/zones/europe-west3-a/instances/worker-1`, or the id of a resource
   */
  public static instance(id: string): GcpEndpoint {
    if (!hasForm(id, INSTANCE)) throw refusal('GcpEndpoint.instance', 'the id of an instance is needed', shown(id));
    return new GcpEndpoint(id, { instance: id });
  }

  /**
   * An IPv4 address in a network.
   * @param address as `10.0.0.7`, or a value known to Terraform
   * @param network the id of the VPC network: `projects/prod/global/networks/main`
   */
  public static address(address: string, network: string): GcpEndpoint {
    const place = 'GcpEndpoint.address';
    if (typeof address !== 'string' || !holdsToken(address)) checkIpv4(address, place);
    if (!hasForm(network, /^projects\//)) throw refusal(place, 'network must be the id of a network', shown(network));
    checkForm(network, NETWORK, place);
    return new GcpEndpoint(address, { ipAddress: address, network });
  }

  /**
   * The control plane of a GKE cluster, as a source.
   * @param cluster as `projects/prod/locations/europe-west3/clusters/main`, or the id of a resource
   */
  public static gkeControlPlane(cluster: string): GcpEndpoint {
    const place = 'GcpEndpoint.gkeControlPlane';
    if (!hasForm(cluster, CLUSTER)) throw refusal(place, 'the id of a cluster is needed', shown(cluster));
    return new GcpEndpoint(cluster, { gkeMasterCluster: cluster });
  }

  /** Always `gcp`. */
  public readonly cloud = 'gcp';
  /** The id or address. */
  public readonly endpoint: string;
  /** @internal */
  public readonly _network?: string;
  /** @internal */
  public readonly _block: EndpointBlock;

  private constructor(endpoint: string, block: EndpointBlock) {
    this.endpoint = endpoint;
    this._network = block.network;
    this._block = Object.freeze(block);
    Object.freeze(this);
  }

  /** @internal */
  public _planCheck(request: CheckRequest): PlannedRule[] {
    return planConnectivityTest(this, request);
  }
}

function checkIpv4(address: string, place: string): void {
  if (parseHost(address, place).family === AddressFamily.IPV4) return;
  throw refusal(place, 'an IPv4 address is needed', shown(address), 'GcpEndpoint.instance(id)');
}
