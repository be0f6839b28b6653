import { isOfNetworkPolicy, type PolicyOrder, type Rule, stageInOrder } from '../rule';

/** Returns rules as they are evaluated if the firewall policies of networks are evaluated in an order; absent networks stay as they are. */
export function inPolicyOrder(rules: readonly Rule[], orders: ReadonlyMap<string, PolicyOrder>): Rule[] {
  return rules.map((rule) => {
    const { network, precedence } = rule;
    const order = isOfNetworkPolicy(rule) ? orders.get(network) : undefined;
    const stage = order === undefined ? precedence.stage : stageInOrder(rule, order);
    return stage === precedence.stage ? rule : { ...rule, precedence: { ...precedence, stage } };
  });
}
