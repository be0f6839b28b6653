import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import {
  type CheckRequest,
  Cloud,
  type IEndpoint,
  type PlannedResource,
  plannedResource,
  type PlannedRule,
  rowKey,
} from '../../access';
import {
  addCheck,
  checkId,
  checkProvider,
  checkTokens,
  googleCheckProvider,
  unreachableMessage,
} from '../../framework';
import { hasForm, holdsToken, literal, readOnly, refusal, shown } from '../../input';
import { AddressFamily, parseIpAddress } from '../../net';
import { checkForm, INSTANCE, NETWORK } from './forms';

const CLUSTER = /^projects\/[a-z0-9.:-]+\/(?:locations|zones)\/[a-z0-9-]+\/clusters\/[a-z0-9-]+$/;

/** The form of values that can only be known after apply. */
const NO_TEXT = /(?!)/;

/** The attributes of a Connectivity Test that select an end. */
interface EndpointBlock {
  readonly instance?: string;
  readonly ipAddress?: string;
  readonly network?: string;
  readonly gkeMasterCluster?: string;
}

/** An instance, an IP address or a GKE control plane, at one end of a reachability check. */
export class GcpEndpoint implements IEndpoint {
  /**
   * Returns an instance.
   * @param id such as `projects/prod/zones/europe-west3-a/instances/worker-1`, or the id of a resource
   */
  public static instance(id: string): GcpEndpoint {
    checkTokens(id, 'GcpEndpoint.instance');
    if (!hasForm(id, INSTANCE)) {
      throw refusal(
        'GcpEndpoint.instance',
        'endpoint-id-invalid',
        needed('an instance', 'zones/europe-west3-a/instances/worker-1'),
        shown(id),
      );
    }
    return new GcpEndpoint(id, { instance: id });
  }

  /**
   * Returns an IPv4 address in a network.
   * @param address such as `10.0.0.7`, or a value that is known after apply
   * @param network the id of the VPC network: `projects/prod/global/networks/main`
   */
  public static address(address: string, network: string): GcpEndpoint {
    const place = 'GcpEndpoint.address';
    if (!hasForm(address, NO_TEXT)) checkIpv4(address, place);
    checkTokens(address, place);
    if (!hasForm(network, /^projects\//)) {
      throw refusal(
        place,
        'network-id-invalid',
        'network must be the id of a network, such as "projects/prod/global/networks/main"',
        shown(network),
      );
    }
    checkForm(network, NETWORK, place);
    return new GcpEndpoint(address, { ipAddress: address, network });
  }

  /**
   * Returns the control plane of a GKE cluster, which can only be the source of a check.
   * @param cluster such as `projects/prod/locations/europe-west3/clusters/main`, or the id of a resource
   */
  public static gkeControlPlane(cluster: string): GcpEndpoint {
    const place = 'GcpEndpoint.gkeControlPlane';
    checkTokens(cluster, place);
    if (!hasForm(cluster, CLUSTER)) {
      throw refusal(
        place,
        'endpoint-id-invalid',
        needed('a cluster', 'locations/europe-west3/clusters/main'),
        shown(cluster),
      );
    }
    return new GcpEndpoint(cluster, { gkeMasterCluster: cluster });
  }

  /** Always `Google Connectivity Tests`. */
  public readonly checkedBy: string = 'Google Connectivity Tests';
  /** Always `gcp`. */
  public readonly cloud: Cloud = Cloud.GCP;
  /** The name of the endpoint in errors: its id or its IP address. */
  public readonly label: string;
  /** @internal */
  public readonly _network?: string;
  /** @internal */
  public readonly _block: EndpointBlock;

  private constructor(endpoint: string, block: EndpointBlock) {
    this.label = endpoint;
    this._network = block.network;
    this._block = Object.freeze(block);
    readOnly(this);
  }

  /** @internal */
  public _planCheck(request: CheckRequest): PlannedRule[] {
    checkProvider(request.provider, request.place, 'gcp');
    return planConnectivityTest(this, request);
  }
}

function checkIpv4(address: string, place: string): void {
  if (isIpv4(address)) return;
  const [, single] = /^(.*)\/32$/.exec(String(address)) ?? [];
  const fix = isIpv4(single) ? shown(single) : 'GcpEndpoint.instance(id)';
  throw refusal(place, 'ip-address-invalid', 'an IPv4 address is needed', shown(address), fix);
}

function isIpv4(text: unknown): boolean {
  return typeof text === 'string' && parseIpAddress(text)?.family === AddressFamily.IPV4;
}

function needed(what: string, example: string): string {
  return `the id of ${what} is needed, such as "projects/prod/${example}"`;
}

const RUN = 'google_network_management_connectivity_test_run';
const ADVICE = 'one check';

/** An end that a Connectivity Test can select. */
type GcpEnd = IEndpoint & { readonly _block: EndpointBlock };

/** Plans a test, and a data source or check that reads its result. Google runs the test again whenever Terraform reads it. */
function planConnectivityTest(source: GcpEnd, request: CheckRequest): PlannedRule[] {
  const { stack, place, flow, rules, failsApply } = request;
  checkRequest(request);
  const { NetworkManagementConnectivityTest } = googleCheckProvider(stack, place);
  const id = checkId(request, source);
  const name = id.replace('_', '-');
  const destination = { ...(request.destination as GcpEnd)._block, port: flow.port.fromPort };
  const provider = request.provider as TerraformProvider | undefined;
  const dependsOn = rules.map((fqn) => ({ fqn }));
  const test = planned(request, NetworkManagementConnectivityTest.tfResourceType, id, (parent) => {
    const description = literal(`${String(flow.port)} [${rowKey(flow)}]`);
    const ends = { source: source._block, destination, protocol: 'TCP' };
    const config = { name, description, ...ends, dependsOn, provider };
    const resource = new NetworkManagementConnectivityTest(parent, `test_${id}`, config);
    resource.overrideLogicalId(id);
    if (!failsApply) addScopedCheck(request, source, id);
    return resource;
  });
  return failsApply ? [test, planRun(request, source, id)] : [test];
}

function checkRequest({ place, triggers, destination }: CheckRequest): void {
  if (triggers !== undefined) {
    const need = 'triggers are only for AWS, because a Connectivity Test runs whenever Terraform reads it';
    throw refusal(place, 'triggers-not-supported', need, 'endpoints on gcp', 'no triggers');
  }
  if ((destination as GcpEnd)._block.gkeMasterCluster !== undefined) {
    const need =
      'the destination of a check must be an instance or an IP address, because a GKE control plane is only a source';
    const got = holdsToken(destination.label) ? 'a cluster that is known after apply' : destination.label;
    throw refusal(place, 'endpoint-not-supported', need, got, 'GcpEndpoint.address(address, network)');
  }
}

/** Adds a `check` block with a data source inside, so that a failure is only a warning. */
function addScopedCheck(request: CheckRequest, source: GcpEnd, id: string): void {
  const { stack, rules } = request;
  const name = `\${google_network_management_connectivity_test.${id}.name}`;
  const provider = request.provider && { provider: (request.provider as IConstruct & { fqn: string }).fqn };
  addCheck(stack, {
    id,
    data: { [RUN]: { [id]: { name, depends_on: [...rules], ...provider } } },
    condition: `\${data.${RUN}.${id}.reachability_details[0].result == "REACHABLE"}`,
    message: unreachableMessage(request, source),
  });
}

/** Plans a data source whose postcondition fails the apply. */
function planRun(request: CheckRequest, source: GcpEnd, id: string): PlannedRule {
  const { DataGoogleNetworkManagementConnectivityTestRun } = googleCheckProvider(request.stack, request.place);
  return planned(request, `data.${RUN}`, id, (parent) => {
    const condition = '${self.reachability_details[0].result == "REACHABLE"}';
    const resource = new DataGoogleNetworkManagementConnectivityTestRun(parent, `run_${id}`, {
      name: `\${google_network_management_connectivity_test.${id}.name}`,
      dependsOn: request.rules.map((fqn) => ({ fqn })),
      lifecycle: { postcondition: [{ condition, errorMessage: `${literal(unreachableMessage(request, source))}.` }] },
      provider: request.provider as TerraformProvider | undefined,
    });
    resource.overrideLogicalId(id);
    return resource;
  });
}

function planned({ stack, flow }: CheckRequest, type: string, id: string, make: PlannedResource['make']): PlannedRule {
  return plannedResource({
    address: `${type}.${id}`,
    identity: `check|${stack.node.path}|${type}|${id}`,
    what: `the check of ${flow.key}`,
    advice: ADVICE,
    make,
  });
}
