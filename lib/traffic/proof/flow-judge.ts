import type { AddressFamily } from '../../net';
import type { FlowJson, ProvenanceJson } from '../../provenance';
import type { Configuration, SelectedMachines } from '../configuration';
import { type FarEnds, farEndsOfPeers } from '../named-ends';
import {
  allowedBy,
  isUnknownFarEnd,
  permittedBy,
  type TrafficSet,
  rowText,
  trafficDifference,
  trafficIntersection,
  trafficRows,
} from '../permitted';
import { isFirewallVpc, namedPeers } from '../read';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  type GroupName,
  notAttachedReason,
  type PeerName,
  policyOf,
  type Rule,
  type RulePeer,
  UNORDERED,
} from '../rule';
import {
  existsIn,
  FAMILIES,
  intersection,
  isWhole,
  parsePorts,
  type PortInterval,
  regionIntersection,
  WHOLE,
} from '../sets';
import { stackNetworks, withProjects } from '../stack-networks';
import { EndJudge, type JudgedEnd, joinedVerdict, type NearEnd, type RuleVerdict } from '../verdict';
import { worldFamiliesOf } from './open-traffic';
import { FAR_END, rangeOf, type UndocumentedTraffic } from './undocumented';

/** What the rules of all files do with a flow, at the machines that send it and at those that receive it. */
export interface FlowVerdict {
  readonly verdict: RuleVerdict;
  /** The end whose rules decide: those of the machines that send it (egress), or of those that receive it (ingress). */
  readonly direction: Direction;
  /** The rules of this end that may match, in the order of evaluation. */
  readonly rules: readonly Rule[];
  /** Whether the files create the machines and have no rule of them in this direction. */
  readonly isWithoutRules: boolean;
  /** Whether it depends on the IP addresses of machines, and these are not given. */
  readonly isOfUnknownAddresses: boolean;
  /** Why it is not known; absent if IP ranges that are not known decide. */
  readonly reason?: string;
  /** What is closed although some of the flow is open, as rows: `egress 443/tcp from tag:web to 10.0.0.0/9`. */
  readonly closed: readonly string[];
  /** The families in which it is open to most of the internet, although some of it is closed. */
  readonly worldFamilies: readonly AddressFamily[];
}

/** What the rules of both ends do with traffic that rules of a stack allow. */
interface TrafficVerdict {
  readonly isRefused: boolean;
  /** Why it is not known; absent if it is. */
  readonly notKnown?: string;
  /** Whether its ends have no IP addresses of one family in common. */
  readonly isWithoutPackets?: true;
}

/** The verdicts from the one that decides against all others to the one that every other decides against. */
const ORDER: readonly RuleVerdict[] = [
  'refused',
  'not known',
  'depends on the enforcement order of the network',
  'depends on the IP address',
  'passes',
];

/** The peers of the flows of a stack. */
interface PeersOfStack {
  readonly peers: ProvenanceJson['peers'];
  /** How rules select the machines of each host group of each peer. */
  readonly selected: readonly (readonly (SelectedMachines | undefined)[])[];
  /** Each peer as far ends. */
  readonly farEnds: readonly (readonly FarEnds[])[];
  /** The networks in the rules of the stack. */
  readonly networks: ReadonlySet<string>;
}

/** What is known about the peers of all stacks, by file. */
interface PeersOfAll {
  readonly selected: ReadonlyMap<string, PeersOfStack['selected']>;
  readonly farEnds: ReadonlyMap<string, PeersOfStack['farEnds']>;
}

/** An end of what rules allow, by the names that it has in the rules of all files. */
interface NamedEndOfRow {
  readonly machines: readonly SelectedMachines[];
  readonly peers: readonly RulePeer[];
}

/** What the rules of one end do with a flow. */
interface FlowEnd extends JudgedEnd {
  readonly near: NearEnd;
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
}

/** A flow between peers of a stack. */
type AskedFlow = Pick<FlowJson, 'port' | 'source' | 'destination' | 'external' | 'family'>;

/** The indexes of the peers at the two ends of packets. */
interface Ends {
  readonly near: number;
  readonly far: number;
  readonly ports: PortInterval;
  /** The only family of the packets. */
  readonly family?: AddressFamily;
}

/** IP ranges that only Terraform knows, and that a state or a user gives. */
export interface GivenRangesOfEnd {
  readonly file: string;
  /** A peer of the provenance by its index, and one of its host groups, which is a prefix list; or the name that rules of the file have. */
  readonly end: { readonly peer: number; readonly group?: number } | PeerName;
  readonly ranges: readonly string[];
}

/** Judges the flows of stacks by the rules of all files together, as `explain` judges a packet. */
export class FlowJudge {
  private readonly judge: EndJudge;
  /** The IP ranges that are given, by the name that rules have for them. */
  private readonly given: ReadonlyMap<PeerName, readonly RulePeer[]>;
  private readonly stacks = new Map<string, PeersOfStack>();
  private ofAll: PeersOfAll | undefined;
  private rules: ReadonlyMap<string, Rule> | undefined;

  constructor(
    private readonly configuration: Configuration,
    given: readonly GivenRangesOfEnd[] = [],
  ) {
    this.given = new Map(given.flatMap((one) => this.namedRanges(one)));
    const rules = configuration.rules.map((rule) => ({ ...rule, peers: this.known(rule.peers) }));
    this.judge = new EndJudge(this.given.size === 0 ? configuration : { ...configuration, rules });
  }

  /** Returns a rule of a stack with what the firewall policies of all files make of it. */
  public enforced(rule: Rule): Rule {
    const { unenforced, leftOpenBy } = this.inAllFiles(rule);
    return { ...rule, unenforced, leftOpenBy };
  }

  /** Returns a rule of a stack with all machines of the stack that it is for because firewall policies use several rule groups. */
  public inSharedVpcs(rule: Rule): Rule {
    if (!rule.groups.some(isFirewallVpc)) return rule;
    const stack = this.configuration.stackNames?.get(rule.file);
    const { groups } = this.inAllFiles(rule);
    return {
      ...rule,
      groups: groups.map((name) => name.replace(`machines:${stack ?? ''}/`, 'machines:') as GroupName),
    };
  }

  private inAllFiles(rule: Rule): Rule {
    // a rule for further machines comes after that for its own
    const inOrder = (): Rule[] => [...this.configuration.rules].reverse();
    this.rules ??= new Map(inOrder().map((one) => [`${one.file}\n${one.address}`, one]));
    return this.rules.get(`${rule.file}\n${rule.address}`) ?? rule;
  }

  /**
   * Returns what rules do with a flow of a stack; nothing if the files have no rule of its machines and do not create them.
   *
   * @param isAllowed whether the rules that were created for it allow it, unless rules deny it
   */
  public verdictOn(flow: AskedFlow, file: string, isAllowed: boolean): FlowVerdict | undefined {
    const ports = parsePorts(flow.port);
    const stack = this.stackOf(file);
    if (ports === undefined || stack === undefined) return undefined;
    const { source, destination, family } = flow;
    const sent = this.endsAt('egress', { near: source, far: destination, ports, family }, stack, isAllowed);
    const received =
      flow.external === true
        ? []
        : this.endsAt('ingress', { near: destination, far: source, ports, family }, stack, isAllowed);
    const both = [sent, received]
      .filter((ends) => ends.length > 0)
      .map((ends) => ({ ends, verdict: joinedVerdict(ends.map(({ verdict }) => verdict)) }));
    if (both.length === 0) return undefined;
    const { ends } = both.reduce((one, other) =>
      ORDER.indexOf(other.verdict) <= ORDER.indexOf(one.verdict) ? other : one,
    );
    return flowVerdict(ends, [...sent, ...received]);
  }

  /**
   * Returns what rules do with what outbound rules of a stack in a network on GCP are needed for, such as a hostname; nothing for
   * other rules, and for those of a policy that the files attach to no network.
   */
  public verdictOnRules(needed: readonly Rule[], file: string): FlowVerdict | undefined {
    const stack = this.stackOf(file);
    const inNetworks = needed.flatMap((rule) =>
      rule.network === ''
        ? this.mayBeDeniedByFilter(rule)
          ? [rule]
          : []
        : this.networksOf(rule.network).map((network) => ({ ...rule, network })),
    );
    const ends = inNetworks.flatMap(({ direction, network, groups, peers, ports: [ports] }) =>
      groups.flatMap((group) =>
        withProjects(network, stack?.networks ?? new Set()).flatMap((at): FlowEnd[] => {
          const near = { direction, network: at, group };
          const found = this.judge.judge(near, peers, ports);
          return found === undefined ? [] : [{ ...found, near, peers, ports }];
        }),
      ),
    );
    return ends.length === 0 ? undefined : flowVerdict(ends, ends);
  }

  /** Whether a rule that could not be evaluated may deny what a filter of hostnames allows. */
  private mayBeDeniedByFilter({ network, groups }: Rule): boolean {
    return groups.some((group) => group.startsWith('machines:')) && this.judge.mayBeDenied(network);
  }

  /** Whether the ends of a flow of a stack have no IP addresses of one family in common. */
  public isWithoutPackets({ port, source, destination, family: only }: AskedFlow, file: string): boolean {
    const ports = parsePorts(port);
    const stack = this.stackOf(file);
    if (ports === undefined || stack === undefined) return false;
    const [from, to] = [source, destination].map((at) => stack.farEnds[at].flatMap(({ peers }) => peers));
    const isOfFlow = ({ family }: RulePeer): boolean => (only ?? family) === family && existsIn(family, ports);
    return from.length > 0 && to.length > 0 && !haveFamilyInCommon(from.filter(isOfFlow), to);
  }

  /** Returns the networks in which rules apply: that of a rule, or those to which the files attach its policy. */
  public networksOf(network: string): readonly string[] {
    const policy = policyOf(network);
    return policy === undefined ? [network] : (this.configuration.attachments?.get(policy) ?? []);
  }

  /** Returns whether rules of one of the two ends refuse what rules of a stack allow at the other, or why this is not known. */
  public verdictOnTraffic({ direction, port, from, to }: UndocumentedTraffic, file: string): TrafficVerdict {
    const ports = parsePorts(port);
    const stack = this.stackOf(file);
    if (ports === undefined || stack === undefined) return { isRefused: false };
    const [source, destination] = [from, to].map((end) => this.endOf(end, file, stack));
    const judged = (['egress', 'ingress'] as const).map((side) => {
      const [near, far] = side === 'egress' ? [source, destination] : [destination, source];
      const peers = far.peers.filter(({ family }) => existsIn(family, ports));
      // the rules at this end allow it, unless those of other stacks deny it
      if (side === direction && !near.machines.some(({ network }) => this.judge.mayDeny({ direction, network }))) {
        return [];
      }
      return near.machines.flatMap((at) => {
        const families = new Set(near.peers.map(({ family }) => family));
        const seen = peers.filter(({ family }) => families.has(family));
        return seen.length === 0 ? [] : (this.judge.judge({ direction: side, ...at }, seen, ports) ?? []);
      });
    });
    // machines whose IP addresses are of different families have no packets between them
    const isWithoutPackets = !haveFamilyInCommon(source.peers, destination.peers);
    const isRefused = judged.some((ends) => ends.length > 0 && ends.every(({ verdict }) => verdict === 'refused'));
    const notKnown = judged.flat().find(({ verdict }) => verdict === 'not known')?.reason;
    return { isRefused, ...(notKnown !== undefined && { notKnown }), ...(isWithoutPackets && { isWithoutPackets }) };
  }

  /** Returns an end of a row by the names that it has in the rules of all files. */
  private endOf(
    { name, network = '', machines }: UndocumentedTraffic['from'],
    file: string,
    stack: PeersOfStack,
  ): NamedEndOfRow {
    const [, text, within] = FAR_END.exec(name)!;
    const range = rangeOf(within ?? name);
    const addresses = (peer: RulePeer): RulePeer[] => {
      if (range === undefined) return [peer];
      const shared = peer.family === range.family ? intersection(peer.addresses, range.bounds) : [];
      return shared.length === 0 ? [] : [{ ...peer, addresses: shared }];
    };
    if (range !== undefined && within === undefined) {
      return { machines: [], peers: [{ name: ANY_MACHINE, family: range.family, addresses: range.bounds }] };
    }
    if (isUnknownFarEnd(text as PeerName)) {
      const far = this.farNameInAll(text as PeerName, file);
      return { machines: [], peers: this.known(namedPeers(far as EndName)).flatMap(addresses) };
    }
    const selected = machines && stack.selected[machines.peer][machines.group];
    const own = selected?.group ?? this.nameInAll(text as GroupName, file);
    const networks = withProjects(selected?.network ?? network, stack.networks);
    const known = machinesIn(stack, { group: own, networks });
    const peers = known ?? (own === ALL_INSTANCES ? FAMILIES.map(anyOf) : namedPeers(own));
    return { machines: networks.map((at) => ({ group: own, network: at })), peers: peers.flatMap(addresses) };
  }

  /** Returns the name that machines of a stack have in the rules of all files. */
  private nameInAll(name: GroupName, file: string): GroupName {
    const qualified = this.qualified(name, file);
    return qualified !== undefined && this.judge.knows(qualified) ? qualified : name;
  }

  /** Returns ranges that are given by the names that rules have; those of several names only if no rule has some of these. */
  private namedRanges({ file, end, ranges }: GivenRangesOfEnd): [PeerName, readonly RulePeer[]][] {
    const peers = ranges.flatMap((text): RulePeer[] => {
      const range = rangeOf(text);
      return range === undefined ? [] : [{ name: ANY_MACHINE, family: range.family, addresses: range.bounds }];
    });
    if (typeof end === 'string') return [[this.farNameInAll(end, file), peers]];
    const found = this.peersOfAll().farEnds.get(file)?.[end.peer][end.group === undefined ? 0 : end.group + 1].peers;
    const names = new Set((found ?? []).map(({ name }) => name).filter(isUnknownFarEnd));
    const areTogether = this.configuration.rules.every((rule) => {
      const count = new Set(rule.peers.map(({ name }) => name).filter((name) => names.has(name))).size;
      return count === 0 || count === names.size;
    });
    return areTogether ? [...names].map((name, at) => [name, at === 0 ? peers : []]) : [];
  }

  /** Returns far ends with the ranges that are given in place of those that are not known. */
  private known(peers: readonly RulePeer[]): readonly RulePeer[] {
    if (!peers.some(({ name }) => this.given.has(name))) return peers;
    return peers.flatMap((peer) => {
      const found = this.given.get(peer.name);
      return found === undefined ? [peer] : found.filter(({ family }) => family === peer.family);
    });
  }

  /** Returns the name that ranges of a stack that are not known have in the rules of all files. */
  private farNameInAll(name: PeerName, file: string): PeerName {
    const qualified = this.qualified(name as GroupName, file) as PeerName | undefined;
    const isKnown = this.configuration.rules.some(({ peers }) => peers.some((peer) => peer.name === qualified));
    return isKnown && qualified !== undefined ? qualified : name;
  }

  private qualified(name: GroupName, file: string): GroupName | undefined {
    const stack = this.configuration.stackNames?.get(file);
    const colon = name.indexOf(':') + 1;
    return stack === undefined ? undefined : (`${name.slice(0, colon)}${stack}/${name.slice(colon)}` as GroupName);
  }

  /** Judges a flow by the rules of each host group at one end. */
  private endsAt(direction: Direction, ends: Ends, stack: PeersOfStack, isAllowed: boolean): FlowEnd[] {
    const { near, far, ports, family: only } = ends;
    return stack.peers[near].hostGroups.flatMap(({ selectedBy }, index): FlowEnd[] => {
      const selected = stack.selected[near][index];
      if (selectedBy === undefined || selected === undefined) return [];
      const attached = this.networksOf(selected.network);
      const networks = attached.length > 0 ? attached : [selected.network];
      return networks
        .flatMap((one) => withProjects(one, stack.networks))
        .flatMap((network): FlowEnd[] => {
          const isAttached = notAttachedReason(network) === undefined;
          const end = { direction, network, group: selected.group };
          const isOwn = direction === 'ingress' || selectedBy.egress === 'documented';
          const isDefault = direction === 'egress' && network !== '';
          if (((isOwn && isAllowed) || isDefault) && isAttached && !this.judge.mayDeny(end)) {
            return [{ verdict: 'passes', rules: [], hasRules: true, near: end, peers: [], ports }];
          }
          const families = new Set(stack.farEnds[near][index + 1].peers.map(({ family }) => family));
          const peers = stack.farEnds[far]
            .flatMap((each) => seenIn(network, each))
            .filter(({ family }) => families.has(family) && (only ?? family) === family && existsIn(family, ports));
          const found = peers.length === 0 ? undefined : this.judge.judge(end, peers, ports);
          return found === undefined ? [] : [{ ...found, near: end, peers, ports }];
        });
    });
  }

  private peersOfAll(): PeersOfAll {
    this.ofAll ??= {
      selected: this.configuration.selectedMachines?.() ?? new Map(),
      farEnds: farEndsOfPeers(this.configuration),
    };
    return this.ofAll;
  }

  private stackOf(file: string): PeersOfStack | undefined {
    const known = this.stacks.get(file);
    const provenance = this.configuration.provenance.get(file);
    if (known !== undefined || provenance === undefined) return known;
    const { selected, farEnds } = this.peersOfAll();
    const stack = {
      peers: provenance.peers,
      selected: selected.get(file)!,
      farEnds: farEnds.get(file)!.map((ends) => ends.map((end) => ({ ...end, peers: this.known(end.peers) }))),
      networks: stackNetworks(file, this.configuration),
    };
    this.stacks.set(file, stack);
    return stack;
  }
}

/** Returns the verdict on a flow by the host groups of the end that decides; `all` has those of both ends. */
function flowVerdict(deciding: readonly FlowEnd[], all: readonly FlowEnd[]): FlowVerdict {
  const verdict = joinedVerdict(deciding.map((end) => end.verdict));
  return {
    verdict,
    direction: deciding[0].near.direction,
    isWithoutRules: deciding.every(({ hasRules }) => !hasRules),
    isOfUnknownAddresses: deciding.some(isOfUnknownAddresses),
    reason: verdict === 'not known' ? deciding.find(({ reason }) => reason !== undefined)?.reason : undefined,
    rules: [...new Set(deciding.flatMap(({ rules }) => rules))],
    closed: verdict === 'depends on the IP address' ? all.flatMap(closedRows) : [],
    worldFamilies: verdict === 'depends on the IP address' ? [...new Set(deciding.flatMap(openToWorld))] : [],
  };
}

function haveFamilyInCommon(some: readonly RulePeer[], others: readonly RulePeer[]): boolean {
  return some.some(({ family }) => others.some((peer) => peer.family === family));
}

function anyOf(family: RulePeer['family']): RulePeer {
  return { name: ANY_MACHINE, family, addresses: WHOLE[family] };
}

/** Returns machines with the IP addresses that their stack knows; nothing if none of its peers has them. */
function machinesIn(
  { peers, selected, farEnds, networks: own }: PeersOfStack,
  { group, networks }: { readonly group: GroupName; readonly networks: readonly string[] },
): readonly RulePeer[] | undefined {
  const isIn = (network: string): boolean => withProjects(network, own).some((one) => networks.includes(one));
  const found = peers.flatMap(({ hostGroups }, at) =>
    hostGroups.flatMap((_, index) => {
      const one = selected[at][index];
      return one?.group === group && isIn(one.network) ? [farEnds[at][index + 1].peers] : [];
    }),
  );
  const known = found.filter((ends) => ends.some(({ family, addresses }) => !isWhole(family, addresses)));
  return known.length > 0 ? known.flat() : found.at(0);
}

/** Returns far ends as rules of a network on GCP see them: a tag or an account of a different network has no meaning there. */
function seenIn(network: string, { peers, networks }: FarEnds): readonly RulePeer[] {
  if (network === '' || networks.length === 0 || networks.includes(network)) return peers;
  return peers.map((peer) => ({ ...peer, name: ANY_MACHINE }));
}

/** Whether a verdict depends on the IP addresses of machines, and these are not known. Else only some of the ports are open. */
function isOfUnknownAddresses({ verdict, near, peers, ports: [from, to], rules }: FlowEnd): boolean {
  if (verdict !== 'depends on the IP address') return false;
  const traffic = permittedBy(rules);
  return peers.some(({ name, family, addresses }) => {
    if (name === ANY_MACHINE || !isWhole(family, addresses)) return false;
    const open = regionIntersection([{ from, to, addresses }], traffic.at({ ...near, peer: name, family }));
    return open.some((slab) => !isWhole(family, slab.addresses));
  });
}

/** Returns the part of a flow that the rules of one end do not open, as rows. */
function closedRows(end: FlowEnd): string[] {
  if (end.verdict === 'passes') return [];
  const closed = trafficDifference(neededAt(end), permittedBy(end.rules));
  return trafficRows(closed).flatMap((row) => (row.permitted ? [rowText(row)] : []));
}

/** Returns the families in which the rules of the machines that receive a flow open it to most of the internet. */
function openToWorld(end: FlowEnd): AddressFamily[] {
  if (end.near.direction === 'egress') return [];
  return worldFamiliesOf(trafficIntersection(neededAt(end), permittedBy(end.rules)));
}

/** Returns what a flow needs at one end. */
function neededAt({ near: { direction, network, group }, peers, ports }: FlowEnd): TrafficSet {
  const needed: Rule = {
    address: '',
    file: '',
    direction,
    network,
    groups: [group],
    peers,
    ports: [ports],
    action: 'allow',
    precedence: UNORDERED,
  };
  return allowedBy([needed]);
}
