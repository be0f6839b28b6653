import { isOfNetworkPolicy, POLICY_STAGES, type PolicyOrder, type Rule } from '../rule';

/** Returns rules as they are evaluated if the firewall policies of networks are evaluated in an order; absent networks stay as they are. */
export function inPolicyOrder(rules: readonly Rule[], orders: ReadonlyMap<string, PolicyOrder>): Rule[] {
  return rules.map((rule) => {
    const { network, precedence } = rule;
    const order = isOfNetworkPolicy(rule) ? orders.get(network) : undefined;
    if (order === undefined || precedence.stage === POLICY_STAGES[order]) return rule;
    return { ...rule, precedence: { ...precedence, stage: POLICY_STAGES[order] } };
  });
}
