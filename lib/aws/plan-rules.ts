import { stackOf } from '../framework/framework';
import { awsProvider } from '../framework/providers';
import type { FarEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import { refusal, shown } from '../model/refusal';
import type { IAwsSecurityGroup } from './aws-host-group';
import { awsPeers } from './aws-peers';
import type { Direction } from './rule-address';
import { ruleQuotas } from './rule-quota';
import { SecurityGroupRule } from './security-group-rule';

const LONGEST_DESCRIPTION = 255;
const DESCRIPTION = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/;

/** Works out the rules for one direction of a flow group at a security group: one per port and far end. */
export function planRules(
  direction: Direction,
  group: IAwsSecurityGroup,
  farEnd: FarEnd,
  flowGroup: FlowGroup,
): SecurityGroupRule[] {
  const { scope, place, flows } = flowGroup;
  const stack = stackOf(scope, place);
  const provider = awsProvider(stack, place);
  const identity = group._identity(stack, place);
  const peers = awsPeers(farEnd, stack, place);
  const quotas = ruleQuotas(direction, identity);
  return flows.flatMap((flow) => {
    const needs = [flow];
    const rules = peers.map(
      (peer) => new SecurityGroupRule(provider, direction, identity, flow.port, peer, needs, quotas[peer.counts]),
    );
    checkDescription(rules[0].describe(needs), place);
    return rules;
  });
}

/** What AWS takes as the description of a rule. Its provider does not check it, so the mistake would show in the middle of an apply. */
function checkDescription(description: string, place: string): void {
  if (!DESCRIPTION.test(description)) {
    const allowed = 'letters, digits, spaces and _ . : / ( ) # , @ [ ] + = & ; { } ! $ * -';
    throw refusal(place, `on AWS the description of a rule may hold only ${allowed}`, shown(description));
  }
  if (description.length > LONGEST_DESCRIPTION) {
    const need = `on AWS the description of a rule has at most ${LONGEST_DESCRIPTION} characters: shorten the names in the table or the reason`;
    throw refusal(place, need, shown(description));
  }
}
