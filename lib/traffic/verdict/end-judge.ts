import { addTo } from '../../input';
import type { Configuration } from '../configuration';
import {
  assumingRanges,
  boundedRules,
  byPrecedence,
  coversName,
  hasBroaderNames,
  inPolicyOrder,
  isUnknownFarEnd,
  type Pair,
  permittedBy,
} from '../permitted';
import {
  type Action,
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  isOfNetworkPolicy,
  type GroupName,
  notAttachedReason,
  type PeerName,
  type Rule,
  type RulePeer,
} from '../rule';
import { intersection, overlap, type PortInterval, regionDifference, regionIntersection } from '../sets';
import { type AssumedRule, PossibleRules } from './possible-rules';

/** More unknown ranges than this are assumed to be independent of each other, also where one range is in several rules. */
const MAX_ASSUMED = 5;

/**
 * Whether packets pass the rules of one end. It may depend on the IP address of an end that is given only by name, on when the firewall
 * policies of a network are evaluated, which only the configuration of that network says, or on IP ranges that are not known.
 */
export type RuleVerdict =
  'passes' | 'refused' | 'depends on the IP address' | 'depends on the enforcement order of the network' | 'not known';

/** The machines whose rules are asked, and whether they send the packets (egress) or receive them (ingress). */
export type NearEnd = Pick<Pair, 'direction' | 'network' | 'group'>;

/** What the rules of one end do with packets. */
export interface JudgedEnd {
  readonly verdict: RuleVerdict;
  /** Whether the machines have rules in this direction, for whatever packets. */
  readonly hasRules: boolean;
  /** The rules that may match the packets, in the order of evaluation. */
  readonly rules: readonly Rule[];
  /** Why it is not known whether they pass; absent if IP ranges that are not known decide. */
  readonly reason?: string;
  /** The rule that could not be evaluated and is the reason; absent if there is a different one. */
  readonly possible?: ChangingRule;
}

/** A rule that could not be evaluated and that may change a verdict. */
export interface ChangingRule extends Pick<Rule, 'address' | 'action'> {
  /** The verdict without the rule. */
  readonly otherwise: RuleVerdict;
}

/** Packets of machines, and the rules that are known to match some of them, in the order of evaluation. */
interface JudgedPackets {
  readonly near: NearEnd;
  readonly rules: readonly Rule[];
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
}

/** What rules that could not be evaluated may do, one after the other: together they would hide each other. */
const ACTIONS: readonly Action[] = ['allow', 'deny', 'next'];

/** Joins the verdicts about several machines. */
export function joinedVerdict(verdicts: readonly RuleVerdict[]): RuleVerdict {
  const [first] = verdicts;
  if (verdicts.every((verdict) => verdict === first)) return first;
  const uncertain = (['not known', 'depends on the enforcement order of the network'] as const).find((one) =>
    verdicts.includes(one),
  );
  return uncertain ?? 'depends on the IP address';
}

/** Judges packets by the rules that a configuration has for one of their ends. */
export class EndJudge {
  private readonly scopes = new Map<string, RulesByGroup>();
  private readonly possible: PossibleRules;

  constructor(
    private readonly configuration: Pick<
      Configuration,
      'rules' | 'notEvaluated' | 'groups' | 'enforcementOrders' | 'isolatedPods' | 'ruleGroups'
    >,
  ) {
    this.possible = new PossibleRules(configuration);
    for (const rule of configuration.rules) {
      const key = scopeOf(rule);
      const scope = this.scopes.get(key) ?? new RulesByGroup();
      this.scopes.set(key, scope);
      scope.add(rule);
    }
  }

  /**
   * Judges packets between machines and far ends. Returns nothing if the configuration neither has a rule of the machines in this direction
   * nor creates them: then rules decide that are not in it. Machines in a network always have rules, because networks have defaults.
   */
  public judge(near: NearEnd, peers: readonly RulePeer[], ports: PortInterval): JudgedEnd | undefined {
    const ofGroup = this.scopes.get(scopeOf(near))?.of(near.group) ?? [];
    const isManaged =
      near.network !== '' ||
      ofGroup.length > 0 ||
      this.configuration.groups.has(near.group as EndName) ||
      this.isIsolated(near);
    if (!isManaged) return undefined;
    const rules = ofGroup.filter((rule) => mayMatch(rule, peers, ports)).sort(byPrecedence);
    const enforced = rules.filter(({ unenforced }) => unenforced === undefined);
    const verdict = this.verdictOf(near, enforced, peers, ports);
    const notAttached = notAttachedReason(near.network);
    const unrefused = verdict === 'passes' ? undefined : unrefusedReason(ofGroup, rules, peers);
    const found = { rules, hasRules: ofGroup.length > 0 };
    const reason = notAttached ?? unrefused;
    if (reason !== undefined) return { ...found, verdict: 'not known', reason };
    const changing = this.changingRule(verdict, { near, rules: enforced, peers, ports });
    if (changing === undefined) return { ...found, verdict };
    const { address, action } = changing.rule;
    const possible = { address, action, otherwise: verdict };
    return { ...found, verdict: 'not known', reason: changing.reason, possible };
  }

  /** Whether a network policy selects the pods: all of its rules may be gone. */
  private isIsolated({ direction, group }: NearEnd): boolean {
    return (this.configuration.isolatedPods ?? []).some(
      (isolated) => isolated.direction === direction && coversName<GroupName>(isolated.group, group),
    );
  }

  /** Whether rules apply to machines by this name, or the configuration creates them. */
  public knows(group: GroupName): boolean {
    return (
      this.configuration.groups.has(group as EndName) || [...this.scopes.values()].some((scope) => scope.has(group))
    );
  }

  /** Whether a direction of a network, or of security groups, has rules that deny, or may have one that could not be evaluated. */
  public mayDeny(scope: Pick<NearEnd, 'direction' | 'network'>): boolean {
    return this.scopes.get(scopeOf(scope))?.isDenying === true || this.possible.mayDenyIn(scope.network);
  }

  /** Whether a rule that could not be evaluated may deny something in a network. */
  public mayBeDenied(network: string): boolean {
    return this.possible.mayDenyIn(network);
  }

  /** Returns a rule that could not be evaluated and may change a verdict; nothing if none may. */
  private changingRule(verdict: RuleVerdict, { near, rules, peers, ports }: JudgedPackets): AssumedRule | undefined {
    const order = this.configuration.enforcementOrders.get(near.network)?.order;
    const assumed = this.possible.rulesFor({ ...near, peers, ports }).map((one) => {
      // a policy that may be attached to this network is evaluated in its order
      const [rule] = order === undefined ? [one.rule] : inPolicyOrder([one.rule], new Map([[near.network, order]]));
      return { ...one, rule };
    });
    const isChangedBy = (some: readonly AssumedRule[]): boolean => {
      const ordered = [...rules, ...some.map(({ rule }) => rule)].sort(byPrecedence);
      return some.length > 0 && this.verdictOf(near, ordered, peers, ports) !== verdict;
    };
    const changing = ACTIONS.map((action) => assumed.filter(({ rule }) => rule.action === action)).find(isChangedBy);
    return changing?.find((one) => isChangedBy([one])) ?? changing?.[0];
  }

  /** Tries every order of evaluation, and everything that unknown ranges may contain, because they may contain any IP address. */
  private verdictOf(
    near: NearEnd,
    rules: readonly Rule[],
    peers: readonly RulePeer[],
    ports: PortInterval,
  ): RuleVerdict {
    if (notAttachedReason(near.network) !== undefined) return 'not known';
    const verdicts = this.inPossibleOrders(rules, near.network).map((ordered): RuleVerdict => {
      const found = new Set(assumptions(ordered).map((assumed) => certainVerdict(assumed, near, peers, ports)));
      return found.size === 1 ? [...found][0] : 'not known';
    });
    const [first] = verdicts;
    return verdicts.every((one) => one === first) ? first : 'depends on the enforcement order of the network';
  }

  /** Returns rules as they are evaluated, once for each order in which the firewall policies of the network may be evaluated. */
  private inPossibleOrders(rules: readonly Rule[], network: string): readonly (readonly Rule[])[] {
    const hasPolicies = rules.some(isOfNetworkPolicy);
    const { enforcementOrders } = this.configuration;
    if (network === '' || !hasPolicies || enforcementOrders.get(network)?.order !== undefined) return [rules];
    return (['before', 'after'] as const).map((order) => inPolicyOrder(rules, new Map([[network, order]])));
  }
}

/**
 * Returns why machines are not known to refuse packets that no rule passes: rules that match are in no firewall policy of the files, no
 * other rule of the machines is in one, or their policy does not drop such packets.
 */
function unrefusedReason(
  ofGroup: readonly Rule[],
  matching: readonly Rule[],
  peers: readonly RulePeer[],
): string | undefined {
  const isNothingEnforced = ofGroup.every(({ unenforced }) => unenforced !== undefined);
  const [ofMatching, ofAll] = [matching, ofGroup].map((rules) => [
    ...new Set(rules.flatMap(({ unenforced }) => unenforced ?? [])),
  ]);
  if (ofMatching.length > 0) return ofMatching[0];
  if (isNothingEnforced && ofAll.length > 0) return ofAll.sort().join('; ');
  const open = ofGroup.flatMap(({ leftOpenBy = [] }) => leftOpenBy);
  const asked = peers.map(({ name }) => / over (\w+)$/.exec(name)?.[1]);
  const isOpen = (protocols: readonly string[]): boolean =>
    asked.some((protocol) => protocol === undefined || protocols.includes(protocol));
  return open.find(({ protocols }) => isOpen(protocols))?.reason;
}

function scopeOf({ direction, network }: { readonly direction: Direction; readonly network: string }): string {
  return `${direction}|${network}`;
}

/** The rules of one direction of a network, or of security groups, by the machines that they apply to. */
class RulesByGroup {
  public isDenying = false;
  private readonly byGroup = new Map<GroupName, Rule[]>();

  public add(rule: Rule): void {
    if (rule.action !== 'allow') this.isDenying = true;
    for (const group of new Set(rule.groups)) addTo(this.byGroup, group, rule);
  }

  public has(group: GroupName): boolean {
    return this.byGroup.has(group);
  }

  /** Returns the rules that apply to machines: by their name, by a broader name, and those for all machines. */
  public of(group: GroupName): Rule[] {
    const names = hasBroaderNames(group) ? [...this.byGroup.keys()].filter((name) => coversName(name, group)) : [group];
    return [...new Set([...names, ALL_INSTANCES].flatMap((name) => this.byGroup.get(name as GroupName) ?? []))];
  }
}

/** Whether a rule may match some of the packets. A rule whose IP ranges are not known may match all of them. */
function mayMatch(rule: Rule, peers: readonly RulePeer[], ports: PortInterval): boolean {
  return (
    overlap(rule.ports, [ports]) &&
    rule.peers.some(
      ({ name, family, addresses }) =>
        isUnknownFarEnd(name) ||
        peers.some(
          (peer) =>
            peer.family === family &&
            (name === ANY_MACHINE || coversName(name, peer.name)) &&
            intersection(addresses, peer.addresses).length > 0,
        ),
    )
  );
}

function assumptions(rules: readonly Rule[]): (readonly Rule[])[] {
  const names = new Set<PeerName>(rules.flatMap(({ peers }) => peers.map(({ name }) => name)).filter(isUnknownFarEnd));
  if (names.size > MAX_ASSUMED) return [boundedRules(rules, 'least'), boundedRules(rules, 'most')];
  const sets = [...names].reduce<PeerName[][]>((all, name) => all.flatMap((set) => [set, [...set, name]]), [[]]);
  return sets.map((set) => assumingRanges(rules, (name) => set.includes(name)));
}

function certainVerdict(
  rules: readonly Rule[],
  near: NearEnd,
  peers: readonly RulePeer[],
  [from, to]: PortInterval,
): RuleVerdict {
  const traffic = permittedBy(rules);
  const parts = peers.map(({ name, family, addresses }) => {
    const asked = [{ from, to, addresses }];
    const permitted = traffic.at({ ...near, peer: name, family });
    if (regionDifference(asked, permitted).length === 0) return 'all';
    return regionIntersection(asked, permitted).length === 0 ? 'none' : 'some';
  });
  if (parts.every((part) => part === 'all')) return 'passes';
  return parts.every((part) => part === 'none') ? 'refused' : 'depends on the IP address';
}
