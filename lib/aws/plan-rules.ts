import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { awsProvider } from '../framework/providers';
import type { AddressFamily } from '../model/address-family';
import type { ResolvedEnd } from '../model/far-end';
import type { Flow } from '../model/flow';
import type { FlowGroup } from '../model/flow-group';
import { refusal, shown } from '../model/refusal';
import { describeFlows, longestDescription } from '../model/rule-description';
import type { IAwsSecurityGroup } from './aws-host-group';
import { ruleFarEnds } from './aws-peers';
import type { RuleDirection } from './rule-address';
import { ruleQuotas } from './rule-quota';
import { LONGEST_AWS_DESCRIPTION, SecurityGroupRule } from './security-group-rule';

const DESCRIPTION = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/;

/** Works out the rules for one direction of a flow group at a security group: one per port and far end. */
export function planRules(
  direction: RuleDirection,
  group: IAwsSecurityGroup,
  end: ResolvedEnd,
  { scope, place, flows }: FlowGroup,
): SecurityGroupRule[] {
  const stack = stackOf(scope, place);
  const provider = awsProvider(stack, place);
  const identity = group._identity(stack, place);
  checkProviderOf(identity.provider, stack, place);
  const peers = ruleFarEnds(end, stack, place);
  const quotas = ruleQuotas(direction, identity);
  return flows.flatMap((flow) => {
    const needs = [flow];
    const descriptions = new Map<AddressFamily | undefined, string>();
    return peers.map((peer) => {
      const { world, counts, agreements } = peer;
      const description = descriptions.get(world) ?? descriptionOf(flow, world, place);
      descriptions.set(world, description);
      const agreed = agreements ? [...identity.agreements, ...agreements] : identity.agreements;
      return new SecurityGroupRule(
        provider,
        direction,
        identity,
        flow.port,
        peer,
        needs,
        description,
        quotas[counts],
        agreed,
      );
    });
  });
}

/** What AWS takes as a description. Its provider does not check it, so a mistake would show in the middle of an apply. */
function descriptionOf(flow: Flow, world: AddressFamily | undefined, place: string): string {
  const description = describeFlows([flow], LONGEST_AWS_DESCRIPTION, world);
  if (!DESCRIPTION.test(description)) {
    const allowed = 'letters, digits, spaces and _ . : / ( ) # , @ [ ] + = & ; { } ! $ * -';
    throw refusal(place, `on AWS the description of a rule may hold only ${allowed}`, shown(description));
  }
  if (longestDescription(flow, world) > LONGEST_AWS_DESCRIPTION) {
    const need = `on AWS a description has at most ${LONGEST_AWS_DESCRIPTION} characters, some for those who share the rule: shorten the names in the table or the reason`;
    throw refusal(place, need, shown(description));
  }
  return description;
}
