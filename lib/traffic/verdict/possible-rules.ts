import type { Configuration, NotEvaluated, PossibleRule } from '../configuration';
import { coversName, isUnknownFarEnd } from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type GroupName,
  type PeerName,
  type Rule,
  type RulePeer,
} from '../rule';
import { intersection, overlap, type PortInterval } from '../sets';

/** The packets that a rule may allow. */
interface AskedPackets {
  readonly direction: Direction;
  readonly network: string;
  readonly group: GroupName;
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
}

/** A rule that may exist, or may select more than its names say, with where and why. */
interface Uncertain extends PossibleRule {
  readonly address: string;
  readonly reason: string;
}

/** Rules that could not be evaluated, or only in part, and that may allow something. */
export class PossibleRules {
  private readonly allowing: readonly Uncertain[];

  constructor({ rules, notEvaluated }: Pick<Configuration, 'rules' | 'notEvaluated'>) {
    const listed = new Set(rules.map(({ address }) => address));
    const missing = notEvaluated.flatMap((one) => possibleRulesOf(one, listed));
    const reasons = new Map(notEvaluated.map(({ address, reason }) => [address, reason]));
    const named = rules.flatMap((rule) => withUncertainNames(rule, reasons));
    this.allowing = [...missing, ...named].filter(({ action = 'allow' }) => action === 'allow');
  }

  /** Returns where and why a rule that could not be evaluated may allow some of the packets; nothing if none may. */
  public reasonFor(asked: AskedPackets): string | undefined {
    const found = this.allowing.find((one) => mayAllow(one, asked));
    return found && `${found.address}: ${found.reason}`;
  }
}

/** The types of rules of a Secure Web Proxy, which decide by hostnames about packets of the machines behind it. */
const HOSTNAME_RULE = /(?:^|\.)google_network_security_(?:gateway_security_policy_rule|url_lists)\./;

/** The types of rules that decide about packets by machines, IP ranges and ports. */
const RULE =
  /(?:^|\.)(?:aws_(?:default_)?security_group|aws_vpc_security_group_(ingress|egress)_rule|aws_security_group_rule|google_compute_firewall|google_compute_network_firewall_policy_rule)\./;

function possibleRulesOf(
  { address, reason, known, possible, comparedAs, farEnd }: NotEvaluated,
  listed: ReadonlySet<string>,
): Uncertain[] {
  const [found, direction] = RULE.exec(address) ?? HOSTNAME_RULE.exec(address) ?? [];
  // an unknown name or far end is in a rule that is evaluated
  if (found === undefined || comparedAs !== undefined || farEnd !== undefined) return [];
  if (possible !== undefined) return possible.map((one) => ({ ...one, address, reason }));
  if (known !== undefined) return [{ action: known.action, direction: known.direction, address, reason }];
  return listed.has(address) ? [] : [{ direction: direction as Direction | undefined, address, reason }];
}

const UNCERTAIN = /^\w[\w-]*:(?:\S+\/)?(?:one of |\w+ of |(?:var|local|each|count)\.)/;

/** Whether a name may be a second name of other machines: of some values, only the place is known where they are used. */
export function isUncertainName(name: string): boolean {
  return UNCERTAIN.test(name);
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

function mayAllow({ address, direction, network, groups, peers, ports }: Uncertain, asked: AskedPackets): boolean {
  return (
    isOfAsked(address, asked) &&
    (direction === undefined || direction === asked.direction) &&
    (network === undefined || network === asked.network) &&
    (ports === undefined || overlap(ports, [asked.ports])) &&
    (groups === undefined || groups.some((group) => group === ALL_INSTANCES || mayBe(group, asked.group))) &&
    (peers === undefined || peers.some((peer) => asked.peers.some((one) => mayInclude(peer, one))))
  );
}

/** Whether a rule may be for machines: those of its cloud, or those behind a filter of hostnames. */
function isOfAsked(address: string, { network, group }: AskedPackets): boolean {
  if (HOSTNAME_RULE.test(address) || group.startsWith('machines:')) {
    return HOSTNAME_RULE.test(address) && group.startsWith('machines:');
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

function mayInclude({ name, family, addresses }: RulePeer, asked: RulePeer): boolean {
  if (family !== asked.family) return false;
  if (isUnknownFarEnd(name)) return true;
  const isNamed = name === ANY_MACHINE || mayBe(name, asked.name);
  return isNamed && intersection(addresses, asked.addresses).length > 0;
}

function kindOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}
