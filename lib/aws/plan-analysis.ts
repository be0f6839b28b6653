import type { TerraformProvider } from 'cdktf';
import { addCheck } from '../framework/check-block';
import { checkId, unreachable } from '../framework/check-id';
import { awsCheckProvider } from '../framework/check-providers';
import { coreOf } from '../framework/framework';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import { plannedResource, type PlannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import { literal } from '../model/token-text';
import { analysisTriggers } from './analysis-triggers';

const ADVICE = 'one check';

/**
 * A path, an analysis of it, and what makes the analysis run again: an analysis is a resource, made once, and Terraform makes
 * it anew when the rules that exist are other ones, or the prefix lists behind them. (A rule that is created triggers nothing by itself.)
 */
export function planAnalysis(source: IEndpoint, request: CheckRequest): PlannedRule[] {
  const { stack, place, flow, destination, failsApply } = request;
  const { Ec2NetworkInsightsPath, Ec2NetworkInsightsAnalysis } = awsCheckProvider(stack, place);
  const { DataResource } = coreOf(stack);
  const id = checkId(request, source);
  const provider = request.provider as TerraformProvider | undefined;
  const message = unreachable(request, source);
  const planned = (type: string, make: PlannedResource['make']): PlannedRule =>
    plannedResource({
      address: `${type}.${id}`,
      identity: `check|${stack.node.path}|${type}|${id}`,
      what: `the check of ${flow.key}`,
      advice: ADVICE,
      make,
    });
  const path = planned(Ec2NetworkInsightsPath.tfResourceType, (parent) => {
    const ends = { source: source.label, destination: destination.label };
    const { protocol, fromPort: destinationPort } = flow.port;
    const made = new Ec2NetworkInsightsPath(parent, `path_${id}`, { ...ends, protocol, destinationPort, provider });
    made.overrideLogicalId(id);
    return made;
  });
  const trigger = planned(DataResource.tfResourceType, (parent) => {
    const triggersReplace = analysisTriggers(request);
    const made = new DataResource(parent, `trigger_${id}`, { triggersReplace });
    made.overrideLogicalId(id);
    return made;
  });
  const analysis = planned(Ec2NetworkInsightsAnalysis.tfResourceType, (parent) => {
    const errorMessage = `${literal(message)}.`;
    const made = new Ec2NetworkInsightsAnalysis(parent, `analysis_${id}`, {
      networkInsightsPathId: `\${${path.address}.id}`,
      lifecycle: {
        replaceTriggeredBy: [trigger.address],
        ...(failsApply && { postcondition: [{ condition: '${self.path_found}', errorMessage }] }),
      },
      provider,
    });
    made.overrideLogicalId(id);
    const found = `\${${Ec2NetworkInsightsAnalysis.tfResourceType}.${id}.path_found}`;
    if (!failsApply) addCheck(stack, { id, condition: found, message });
    return made;
  });
  return [path, trigger, analysis];
}
