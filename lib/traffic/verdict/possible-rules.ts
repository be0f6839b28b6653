import type { Configuration, NotEvaluated, PossibleRule } from '../configuration';
import { mayBeUsed } from '../read';
import { coversName, isUnknownFarEnd } from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  EARLIEST_STAGE,
  FIREWALL_STAGE,
  type GroupName,
  notAttachedReason,
  type PeerName,
  POLICY_STAGES,
  type Rule,
  type RulePeer,
  UNORDERED,
} from '../rule';
import { intersection, overlap, type PortInterval } from '../sets';

/** The packets that a rule may match. */
interface AskedPackets {
  readonly direction: Direction;
  readonly network: string;
  readonly group: GroupName;
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
}

/** A rule that may exist, or may select more than its names say, with where and why. */
interface Uncertain extends PossibleRule {
  readonly file: string;
  readonly address: string;
  readonly reason: string;
}

/** A rule that could not be evaluated, as the rule that it would be if it matched everything that it may match. */
export interface AssumedRule {
  readonly rule: Rule;
  /** Where and why it could not be evaluated. */
  readonly reason: string;
}

/** Rules that could not be evaluated, or only in part, and that may decide about packets. */
export class PossibleRules {
  private readonly all: readonly Uncertain[];
  /** The rules in networks, if one of the networks may be the same as a different one. */
  private readonly inNetworks: readonly Rule[];
  private readonly mayDenyOnGcp: boolean;
  private readonly mayDenyByName: boolean;

  constructor({ rules, notEvaluated, ruleGroups }: Pick<Configuration, 'rules' | 'notEvaluated' | 'ruleGroups'>) {
    const listed = new Set(rules.map(({ address }) => address));
    const isUsed = (one: NotEvaluated): boolean =>
      !RULE_GROUP.test(one.address) || ruleGroups === undefined || mayBeUsed(one, ruleGroups);
    const missing = notEvaluated.filter(isUsed).flatMap((one) => possibleRulesOf(one, listed));
    const reasons = new Map(notEvaluated.map(({ address, reason }) => [address, reason]));
    const named = rules.flatMap((rule) => withUncertainNames(rule, reasons));
    this.all = [...missing, ...named];
    const inNetworks = rules.filter(({ network }) => network !== '' && notAttachedReason(network) === undefined);
    this.inNetworks = inNetworks.some(({ network }) => isUncertainNetwork(network)) ? inNetworks : [];
    this.mayDenyOnGcp = [...this.all, ...this.inNetworks].some(
      ({ address, action = 'allow' }) => action !== 'allow' && !isOnAws(address) && !HOSTNAME_RULE.test(address),
    );
    this.mayDenyByName = missing.some(({ address, action = 'allow' }) => action !== 'allow' && isOfFilters(address));
  }

  /** Returns where and why a rule that could not be evaluated may allow some of the packets; nothing if none may. */
  public reasonFor(asked: AskedPackets): string | undefined {
    return this.rulesFor(asked).find(({ rule }) => rule.action === 'allow')?.reason;
  }

  /** Returns the rules that may match some of the packets. */
  public rulesFor(asked: AskedPackets): AssumedRule[] {
    const { network } = asked;
    const ofOthers = this.inNetworks
      .filter((rule) => rule.network !== network && [rule.network, network].some(isUncertainNetwork))
      .map((rule) => ({ ...rule, network, reason: `it is not known whether ${rule.network} is ${network}` }));
    return [...this.all, ...ofOthers].flatMap((one) => assumedRule(one, asked) ?? []);
  }

  /**
   * Whether a rule that could not be evaluated may deny something in a network, or a filter to machines without one. Security groups only
   * allow.
   */
  public mayDenyIn(network: string): boolean {
    return network === '' ? this.mayDenyByName : this.mayDenyOnGcp;
  }
}

/** The types of rules of a Secure Web Proxy, which decide by hostnames about packets of the machines behind it. */
const HOSTNAME_RULE = /(?:^|\.)google_network_security_(?:gateway_security_policy_rule|url_lists)\./;

/** The rule groups of AWS Network Firewall. Whether one that could not be read allows something, its firewall policy decides. */
const RULE_GROUP = /(?:^|\.)aws_networkfirewall_rule_group\./;

/** The types of rules that decide about packets by machines, IP ranges and ports. */
const RULE =
  /(?:^|\.)(?:kubernetes_network_policy(?:_v1)?|aws_(?:default_)?security_group|aws_vpc_security_group_(ingress|egress)_rule|aws_security_group_rule|google_compute_firewall|google_compute_(?:(?:region_)?network_)?firewall_policy_rule)\./;

/** Network policies, which only allow. Other manifests have no rules that are known. */
const NETWORK_POLICY = /(?:^|\.)kubernetes_(?:network_policy(?:_v1)?|manifest)\./;

function possibleRulesOf(
  { file, address, reason, known, possible, comparedAs, farEnd }: NotEvaluated,
  listed: ReadonlySet<string>,
): Uncertain[] {
  const [found, direction] = RULE.exec(address) ?? HOSTNAME_RULE.exec(address) ?? RULE_GROUP.exec(address) ?? [];
  const isRule = found !== undefined || (possible !== undefined && NETWORK_POLICY.test(address));
  // an unknown name or far end is in a rule that is evaluated
  if (!isRule || comparedAs !== undefined || farEnd !== undefined) return [];
  if (possible !== undefined) return possible.map((one) => ({ ...one, file, address, reason }));
  if (RULE_GROUP.test(address) && known === undefined) {
    return listed.has(address) ? [] : [{ action: 'deny', direction: 'egress', file, address, reason }];
  }
  if (known !== undefined) return [{ action: known.action, direction: known.direction, file, address, reason }];
  return listed.has(address) ? [] : [{ direction: direction as Direction | undefined, file, address, reason }];
}

const UNCERTAIN = /^\w[\w-]*:(?:\S+\/)?(?:one of |\w+ of |(?:var|local|each|count)\.)/;

/** Whether a name may be a second name of other machines: of some values, only the place is known where they are used. */
export function isUncertainName(name: string): boolean {
  return UNCERTAIN.test(name);
}

/** A variable or a value of a loop, with the name of its stack if there are several. */
const UNCERTAIN_NETWORK = /^(?:[\w-]+\/)?(?:var|local|each|count)\./;

/** Whether the name of a network may be a second name of a different one. */
function isUncertainNetwork(network: string): boolean {
  return UNCERTAIN_NETWORK.test(network);
}

const KINDS: Readonly<Record<string, string>> = {
  sg: 'security group',
  tag: 'network tag',
  account: 'service account',
  'secure-tag': 'secure tag',
};

/** Returns a rule whose machines or far ends have an uncertain name. */
function withUncertainNames(rule: Rule, reasons: ReadonlyMap<string, string>): Uncertain[] {
  const name = [...rule.groups, ...rule.peers.map((peer) => peer.name)].find(
    (one) => isUncertainName(one) && !isUnknownFarEnd(one as PeerName),
  );
  if (name === undefined) return [];
  const [kind, text] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
  const reason = reasons.get(rule.address) ?? `the ${KINDS[kind] ?? 'machines'} ${text} is known after apply`;
  return [{ ...rule, reason }];
}

/** Returns the rule that matches everything that an uncertain rule may match of some packets; nothing if it matches none of them. */
function assumedRule(one: Uncertain, asked: AskedPackets): AssumedRule | undefined {
  const { address, reason, action = 'allow', direction, network, groups, ports } = one;
  const isPossible =
    isOfAsked(address, asked) &&
    (direction === undefined || direction === asked.direction) &&
    (network === undefined || network === asked.network) &&
    (ports === undefined || overlap(ports, [asked.ports])) &&
    (groups === undefined ||
      groups.some((group) => group === ALL_INSTANCES || mayBe(group, asked.group) || isPart(group, asked.group, one)));
  const peers = isPossible ? assumedPeers(one, asked) : [];
  if (peers.length === 0) return undefined;
  const rule: Rule = {
    address,
    file: one.file,
    direction: asked.direction,
    network: asked.network,
    groups: [asked.group],
    peers,
    ports: ports ?? [asked.ports],
    action,
    precedence: one.precedence ?? earliest(address),
  };
  return { rule, reason: `${address}: ${reason}` };
}

/** A rule whose place is not known may be evaluated before all others. */
function earliest(address: string): Rule['precedence'] {
  if (isOnAws(address) || NETWORK_POLICY.test(address)) return UNORDERED;
  if (/(?:^|\.)google_compute_firewall\./.test(address)) return { stage: FIREWALL_STAGE, priority: -1 };
  const isHierarchical = !/(?:^|\.)google_compute_(?:region_)?network_firewall_policy_rule\./.test(address);
  return { stage: isHierarchical ? EARLIEST_STAGE : POLICY_STAGES.before, priority: -1 };
}

function assumedPeers(uncertain: Uncertain, asked: AskedPackets): readonly RulePeer[] {
  const { peers } = uncertain;
  if (peers === undefined) return asked.peers;
  return asked.peers.flatMap((one) =>
    peers.flatMap((peer) => {
      if (!mayInclude(peer, one) && !(peer.family === one.family && isPart(peer.name, one.name, uncertain))) return [];
      const addresses = isUnknownFarEnd(peer.name) ? one.addresses : intersection(peer.addresses, one.addresses);
      return [{ ...one, addresses }];
    }),
  );
}

/** Whether a rule is one of a filter of hostnames. */
function isOfFilters(address: string): boolean {
  return HOSTNAME_RULE.test(address) || RULE_GROUP.test(address);
}

/** Whether a rule may be for machines: those of its cloud, those behind a filter of hostnames, or pods. */
function isOfAsked(address: string, { network, group }: AskedPackets): boolean {
  const isOfFilter = isOfFilters(address);
  if (isOfFilter || group.startsWith('machines:')) return isOfFilter && group.startsWith('machines:');
  if (NETWORK_POLICY.test(address) || group.startsWith('pods:')) {
    return NETWORK_POLICY.test(address) && group.startsWith('pods:');
  }
  return isOnAws(address) === (network === '');
}

function isOnAws(address: string): boolean {
  return /(?:^|\.)aws_/.test(address);
}

/** Whether a name may select some of the machines of a different one. */
function mayBe<T extends GroupName | PeerName>(name: T, asked: T): boolean {
  return coversName(name, asked) || (isUncertainName(name) && kindOf(name) === kindOf(asked));
}

/** Whether a rule that denies is for a part of machines behind a filter, or of the names below a domain. */
function isPart<T extends GroupName | PeerName>(name: T, asked: T, { action }: Uncertain): boolean {
  return action === 'deny' && FILTERED.test(asked) && coversName(asked, name);
}

const FILTERED = /^(?:host|machines):/;

function mayInclude({ name, family, addresses }: RulePeer, asked: RulePeer): boolean {
  if (family !== asked.family) return false;
  if (isUnknownFarEnd(name)) return true;
  const isNamed = name === ANY_MACHINE || mayBe(name, asked.name);
  return isNamed && intersection(addresses, asked.addresses).length > 0;
}

function kindOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}
