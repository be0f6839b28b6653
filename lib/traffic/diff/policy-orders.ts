import type { Configuration } from '../configuration';
import { inPolicyOrder } from '../permitted';
import { isOfNetworkPolicy, type PolicyOrder, type Rule } from '../rule';

/** The rules of networks before and after a change, for one possible order of their firewall policies. */
interface OrderedChange {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  /** The orders that are possible on each side: `before, then after`. */
  readonly text: string;
}

const BOTH: readonly PolicyOrder[] = ['before', 'after'];

/**
 * Returns a change of the networks whose enforcement order is not known on a side, once for each combination of possible orders. An order
 * that depends on the same on both sides is the same.
 */
export function changesByPolicyOrder(before: Configuration, after: Configuration): OrderedChange[] {
  const uncertain = uncertainNetworks(before, after);
  if (uncertain.size === 0) return [];
  return BOTH.flatMap((old) =>
    BOTH.flatMap((now): OrderedChange[] => {
      const networks = [...uncertain].filter(([, isPossible]) => isPossible(old, now)).map(([network]) => network);
      if (networks.length === 0) return [];
      const inOrder = ({ rules }: Configuration, order: PolicyOrder): Rule[] => {
        const orders = new Map(networks.map((network) => [network, order]));
        return inPolicyOrder(
          rules.filter(({ network }) => orders.has(network)),
          orders,
        );
      };
      const text = old === now ? `${now} its firewall rules` : `${old} its firewall rules, and then ${now} them`;
      return [{ before: inOrder(before, old), after: inOrder(after, now), text }];
    }),
  );
}

type IsPossible = (old: PolicyOrder, now: PolicyOrder) => boolean;

function uncertainNetworks(before: Configuration, after: Configuration): Map<string, IsPossible> {
  const names = new Set(
    [...before.rules, ...after.rules]
      .filter((rule) => rule.network !== '' && isOfNetworkPolicy(rule))
      .map(({ network }) => network),
  );
  return new Map(
    [...names].flatMap((name): [string, IsPossible][] => {
      // a configuration without policies for a network permits the same in both orders
      const [old, now] = [before, after].map(({ enforcementOrders }) => enforcementOrders.get(name));
      if ((old ?? now)?.order !== undefined && (now ?? old)?.order !== undefined) return [];
      const isSame = old === undefined || now === undefined || old.content === now.content;
      const isPossible: IsPossible = (first, second) =>
        (old?.order ?? first) === first && (now?.order ?? second) === second && (!isSame || first === second);
      return [[name, isPossible]];
    }),
  );
}
