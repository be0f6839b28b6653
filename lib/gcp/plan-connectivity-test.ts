import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addCheck } from '../framework/check-block';
import { checkId, unreachable } from '../framework/check-id';
import { googleCheckProvider } from '../framework/check-providers';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import { plannedResource, type PlannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { rowKey } from '../model/rule-description';
import { literal } from '../model/token-text';
import type { EndpointBlock } from './gcp-endpoint';

const RUN = 'google_network_management_connectivity_test_run';
const ADVICE = 'one check';

/** An end as a test names it. */
type GcpEnd = IEndpoint & { readonly _block: EndpointBlock };

/** A test, and its result, which Google works out anew whenever Terraform reads it. */
export function planConnectivityTest(source: GcpEnd, request: CheckRequest): PlannedRule[] {
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
    const made = new NetworkManagementConnectivityTest(parent, `test_${id}`, config);
    made.overrideLogicalId(id);
    if (!failsApply) addScopedCheck(request, source, id);
    return made;
  });
  return failsApply ? [test, planRun(request, source, id)] : [test];
}

function checkRequest({ place, triggers, destination }: CheckRequest): void {
  if (triggers !== undefined) {
    const need = 'triggers are for AWS, because a Connectivity Test runs whenever Terraform reads it';
    throw refusal(place, need, 'ends on gcp', 'no triggers');
  }
  if ((destination as GcpEnd)._block.gkeMasterCluster !== undefined) {
    const need =
      'the destination of a check must be a machine or an address, because a control plane of GKE only connects';
    throw refusal(place, need, destination.label, 'GcpEndpoint.address(address, network)');
  }
}

/** A data source of the check alone: what it says is a warning. */
function addScopedCheck(request: CheckRequest, source: GcpEnd, id: string): void {
  const { stack, rules } = request;
  const name = `\${google_network_management_connectivity_test.${id}.name}`;
  const provider = request.provider && { provider: (request.provider as IConstruct & { fqn: string }).fqn };
  addCheck(stack, {
    id,
    data: { [RUN]: { [id]: { name, depends_on: [...rules], ...provider } } },
    condition: `\${data.${RUN}.${id}.reachability_details[0].result == "REACHABLE"}`,
    message: unreachable(request, source),
  });
}

/** A data source of the stack, whose condition stops the apply. */
function planRun(request: CheckRequest, source: GcpEnd, id: string): PlannedRule {
  const { DataGoogleNetworkManagementConnectivityTestRun } = googleCheckProvider(request.stack, request.place);
  return planned(request, `data.${RUN}`, id, (parent) => {
    const condition = '${self.reachability_details[0].result == "REACHABLE"}';
    const made = new DataGoogleNetworkManagementConnectivityTestRun(parent, `run_${id}`, {
      name: `\${google_network_management_connectivity_test.${id}.name}`,
      dependsOn: request.rules.map((fqn) => ({ fqn })),
      lifecycle: { postcondition: [{ condition, errorMessage: `${literal(unreachable(request, source))}.` }] },
      provider: request.provider as TerraformProvider | undefined,
    });
    made.overrideLogicalId(id);
    return made;
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
