import type { Circumstance, EnforcementOrder, NotEvaluated } from '../configuration';
import { FIREWALL_STAGE, isOfNetworkPolicy, type Rule } from '../rule';
import type { Resource } from '../terraform';

const ATTRIBUTE = 'network_firewall_policy_enforcement_order';
const ORDERS: Readonly<Record<string, 'before' | 'after'>> = {
  BEFORE_CLASSIC_FIREWALL: 'before',
  AFTER_CLASSIC_FIREWALL: 'after',
};

/** When the firewall policies of networks are evaluated: before or after the firewall rules. */
export class EnforcementOrders {
  private readonly known = new Map<string, EnforcementOrder>();
  /** The orders of networks that may be any network, because their name or project is not known. */
  private readonly ofAnyName: string;

  constructor(networks: readonly (readonly [name: string, resource: Resource])[]) {
    for (const [name, resource] of networks) {
      const order = orderIn(resource);
      const former = this.known.get(name);
      const isSame = former === undefined || (former.order !== undefined && former.order === order.order);
      this.known.set(name, isSame ? order : { content: `${former.content}\n${order.content}` });
    }
    const uncertain = networks.filter(([name]) => !/^[^.]+\/[-a-z0-9]+$/.test(name));
    this.ofAnyName = uncertain.map(([name, resource]) => `${name} ${orderIn(resource).content}`).join('\n');
  }

  /** The networks of which there is a resource or data source. */
  public get networks(): readonly string[] {
    return [...this.known.keys()];
  }

  /** Returns the order of a network. */
  public of(network: string): EnforcementOrder {
    return this.known.get(network) ?? { content: this.ofAnyName };
  }
}

function orderIn(resource: Resource): EnforcementOrder {
  const { block } = resource;
  const value = block.value(ATTRIBUTE);
  const isData = /(?:^|\.)data\./.test(block.address);
  const order = value === undefined && !isData ? 'after' : typeof value === 'string' ? ORDERS[value] : undefined;
  return order === undefined
    ? { content: resource.contentOf([ATTRIBUTE, 'name', 'project']) }
    : { order, content: order };
}

/** The rules of one network and direction that depend on the order. */
interface Kinds {
  hasFirewalls: boolean;
  hasPolicies: boolean;
}

/** Returns the networks that have both firewall rules and rules of policies in one direction, so that the order decides. */
function networksWithBoth(rules: readonly Rule[]): Set<string> {
  const kinds = new Map<string, Kinds>();
  for (const rule of rules) {
    const { network, direction, precedence } = rule;
    if (network === '') continue;
    const key = `${direction} ${network}`;
    const known = kinds.get(key) ?? { hasFirewalls: false, hasPolicies: false };
    if (precedence.stage === FIREWALL_STAGE) known.hasFirewalls = true;
    else if (isOfNetworkPolicy(rule)) known.hasPolicies = true;
    kinds.set(key, known);
  }
  const both = [...kinds].filter(([, { hasFirewalls, hasPolicies }]) => hasFirewalls && hasPolicies);
  return new Set(both.map(([key]) => key.slice(key.indexOf(' ') + 1)));
}

type Orders = ReadonlyMap<string, EnforcementOrder>;

/** Why it is not known in which order the rules of a network are evaluated. */
export const UNKNOWN_ORDER =
  'it is not known whether the firewall policies of this network are evaluated before or after its firewall rules';

/** Reports the networks whose order decides and is not known. Comparisons evaluate both orders, so that no gate needs this. */
export function uncertainOrders(rules: readonly Rule[], orders: Orders, file: string): NotEvaluated[] {
  return [...networksWithBoth(rules)]
    .filter((network) => orders.get(network)?.order === undefined)
    .map((network) => ({
      file,
      address: network,
      reason: UNKNOWN_ORDER,
      content: orders.get(network)?.content ?? '',
      stops: {},
    }));
}

/** Whether something that was not evaluated is the order of a network. */
export function isUncertainOrder({ reason }: NotEvaluated): boolean {
  return reason === UNKNOWN_ORDER;
}

/** Returns the orders that decide about rules of other configurations: those of networks with rules of one kind, or none. */
export function orderCircumstances(rules: readonly Rule[], orders: Orders, file: string): Circumstance[] {
  const evaluated = networksWithBoth(rules);
  return [...orders]
    .filter(([network, { content }]) => !evaluated.has(network) && content !== '')
    .map(([network, { content }]) => ({
      file,
      address: `enforcement order of ${network}`,
      reason: 'decides whether firewall policies are evaluated before the firewall rules of a network',
      content,
      stops: { changed: 'opened' },
    }));
}
