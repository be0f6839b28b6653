import { addTo } from '../../../input';
import type { AddressFamily } from '../../../net';
import type { Configuration } from '../../configuration';
import { byPrecedence, inPolicyOrder, permittedBy } from '../../permitted';
import { ALL_INSTANCES, ANY_MACHINE, isOfNetworkPolicy, type GroupName, type Rule } from '../../rule';
import { overlap, type Region, regionIntersection, regionUnion } from '../../sets';
import { isUncertainName } from '../../verdict';

/** What a rule allows to machines at any IP address, and to which of its machines. */
interface InEffect {
  readonly groups: readonly GroupName[];
  readonly region: Region;
}

/**
 * Finds out what rules allow that no rule decides earlier. A rule that could not be evaluated, or that applies only to machines with a
 * second name, decides nothing, and neither does a policy that may be evaluated later.
 */
export class RulesInEffect {
  private readonly others = new Map<string, Rule[]>();

  constructor(private readonly configuration: Pick<Configuration, 'rules' | 'enforcementOrders'>) {
    for (const rule of configuration.rules) {
      if (rule.action === 'allow' || rule.direction !== 'ingress') continue;
      for (const group of new Set(rule.groups)) {
        if (!isUncertainName(group)) addTo(this.others, keyOf(rule, group), rule);
      }
    }
  }

  /** Returns what is in effect of what a rule allows in one family. */
  public of(rule: Rule, allowed: Region, family: AddressFamily): InEffect {
    if (this.others.size === 0) return { groups: rule.groups, region: allowed };
    const parts = rule.groups.map((group) => ({ group, region: this.forGroup({ rule, allowed, family }, group) }));
    const open = parts.filter(({ region }) => region.length > 0);
    if (parts.every(({ region }) => region === allowed)) return { groups: rule.groups, region: allowed };
    const [first = [], ...rest] = open.map(({ region }) => region);
    return { groups: open.map(({ group }) => group), region: rest.reduce(regionUnion, first) };
  }

  private forGroup(
    { rule, allowed, family }: { readonly rule: Rule; readonly allowed: Region; readonly family: AddressFamily },
    group: GroupName,
  ): Region {
    const { direction, network, ports } = rule;
    const isOther = (other: Rule): boolean =>
      overlap(other.ports, ports) && other.peers.some((peer) => peer.name === ANY_MACHINE && peer.family === family);
    const others = [...new Set([group, ALL_INSTANCES] as const)].flatMap((name) =>
      (this.others.get(keyOf(rule, name)) ?? []).filter(isOther),
    );
    if (others.length === 0) return allowed;
    const regions = this.inPossibleOrders([rule, ...others], network).map(([own, ...denying]) => {
      const earlier = denying.filter((other) => byPrecedence(other, own) < 0).map((other) => ofGroup(other, group));
      if (earlier.length === 0) return allowed;
      const permitted = permittedBy([ofGroup(own, group), ...earlier]);
      return regionIntersection(allowed, permitted.at({ direction, network, group, peer: ANY_MACHINE, family }));
    });
    return regions.includes(allowed) ? allowed : regions.reduce(regionUnion);
  }

  /** Returns rules once for each order in which the firewall policies of their network may be evaluated. */
  private inPossibleOrders(rules: readonly Rule[], network: string): (readonly Rule[])[] {
    const hasPolicies = rules.some(isOfNetworkPolicy);
    if (!hasPolicies || this.configuration.enforcementOrders.get(network)?.order !== undefined) return [rules];
    return (['before', 'after'] as const).map((order) => inPolicyOrder(rules, new Map([[network, order]])));
  }
}

function keyOf({ network }: Rule, group: GroupName): string {
  return `${network}|${group}`;
}

/** Returns a rule for only some of its machines, and without far ends that are named. */
function ofGroup(rule: Rule, group: GroupName): Rule {
  return { ...rule, groups: [group], peers: rule.peers.filter(({ name }) => name === ANY_MACHINE) };
}
