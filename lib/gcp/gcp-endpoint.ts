import { checkProvider } from '../framework/provider-instance';
import { AddressFamily } from '../model/address-family';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import { parseIpAddress } from '../model/ip-address';
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
    if (!hasForm(id, INSTANCE)) {
      throw refusal(
        'GcpEndpoint.instance',
        needed('an instance', 'zones/europe-west3-a/instances/worker-1'),
        shown(id),
      );
    }
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
    if (!hasForm(network, /^projects\//)) {
      throw refusal(
        place,
        'network must be the id of a network, as "projects/prod/global/networks/main"',
        shown(network),
      );
    }
    checkForm(network, NETWORK, place);
    return new GcpEndpoint(address, { ipAddress: address, network });
  }

  /**
   * The control plane of a GKE cluster, as a source.
   * @param cluster as `projects/prod/locations/europe-west3/clusters/main`, or the id of a resource
   */
  public static gkeControlPlane(cluster: string): GcpEndpoint {
    const place = 'GcpEndpoint.gkeControlPlane';
    if (!hasForm(cluster, CLUSTER)) {
      throw refusal(place, needed('a cluster', 'locations/europe-west3/clusters/main'), shown(cluster));
    }
    return new GcpEndpoint(cluster, { gkeMasterCluster: cluster });
  }

  /** Always `gcp`. */
  public readonly cloud = 'gcp';
  /** The id or address. */
  public readonly label: string;
  /** @internal */
  public readonly _network?: string;
  /** @internal */
  public readonly _block: EndpointBlock;

  private constructor(endpoint: string, block: EndpointBlock) {
    this.label = endpoint;
    this._network = block.network;
    this._block = Object.freeze(block);
    Object.freeze(this);
  }

  /** @internal */
  public _planCheck(request: CheckRequest): PlannedRule[] {
    checkProvider(request.provider, request.place, this.cloud);
    return planConnectivityTest(this, request);
  }
}

function checkIpv4(address: string, place: string): void {
  if (isIpv4(address)) return;
  const [, host] = /^(.*)\/32$/.exec(String(address)) ?? [];
  const fix = isIpv4(host) ? shown(host) : 'GcpEndpoint.instance(id)';
  throw refusal(place, 'an IPv4 address is needed', shown(address), fix);
}

function isIpv4(text: unknown): boolean {
  return typeof text === 'string' && parseIpAddress(text)?.family === AddressFamily.IPV4;
}

function needed(what: string, example: string): string {
  return `the id of ${what} is needed, as "projects/prod/${example}"`;
}
