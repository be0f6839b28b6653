import { grouped, refusal, shown } from '../../input';
import { notKnownText } from '../../provenance';
import type { Configuration, NotEvaluated, SelectedMachines } from '../configuration';
import { type DocumentedRow, DocumentedRowIndex } from '../documented-row';
import { isHostname, type NamedEnd, NO_MACHINES, peersOfEnd } from '../named-ends';
import { coversName } from '../permitted';
import { ANY_MACHINE, type EndName, type RulePeer } from '../rule';
import {
  boundsOf,
  existsIn,
  FAMILIES,
  meantPorts,
  NOTHING,
  parsePrintedPorts,
  type PortInterval,
  PORTS_NEED,
  rangesIn,
  rangeText,
  union,
  writtenPorts,
} from '../sets';
import { EndJudge } from '../verdict';
import {
  type AskedPacket,
  type EndAnswer,
  type EvaluatedGate,
  type GateAnswer,
  nameOf,
  type Verdict,
  VERDICTS,
  OF_FIREWALL_TEAM,
  WITHOUT_RULES,
} from './answer';
import { EndFinder, listed, type QuestionEnd } from './ends';
import { gatesInOrder, hasMachineFirewalls } from './gates';
import { uniformParts } from './port-parts';
import { judgedByRules, NO_SUCH_PACKETS } from './judged-by-rules';
import { judgedBySubnets, withoutEvaluatedAcls } from './network-acls';
import {
  areClientsOfProxy,
  maybeRequestedBy,
  partlyRequestedBy,
  hostnameRequestsFor,
  isAskedFor,
  omittedHostnamesNeeding,
  omittedRowsNeeding,
  requestsFor,
  rowsNeeding,
} from './requests';
import { checkNetworkIsUsed } from './network';
import { inPossibleClusters } from './possible-clusters';
import { checkAskedRegion, inAllRegions, inRegion, remarkOnRegion } from './regions';
import { answersTogether } from './several-machines';

/** A packet, and the question whether it passes. */
interface Question {
  /** Who opens the connection: a label, id, key, Terraform address or IP address. */
  readonly from: string;
  /** Who receives it, in the same form. */
  readonly to: string;
  /** Ports as outputs print them: `443/tcp`, `2379-2380/tcp`, `8/icmp`; or only a protocol: `50/ip`. */
  readonly port: string;
  /** The IP address of a source that is given by name. Without it, the verdict may depend on the IP address. */
  readonly fromIp?: string;
  /** The same for the destination. */
  readonly toIp?: string;
  /** The network on GCP; required if the machines may be in several. */
  readonly network?: string;
  /** The region of the machines on GCP, for the rules of regional firewall policies. */
  readonly region?: string;
}

/** Whether a packet passes, and why: it passes if the source may send it and the destination may receive it. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly port: string;
  /** Which of several ports pass, if not all have one verdict: that of all is then the one that decides against the others. */
  readonly parts?: readonly PortPart[];
  readonly source: EndAnswer;
  readonly destination: EndAnswer;
  /** Everything on the way of the packet that these files say something about, in the order in which it passes them. */
  readonly gates: readonly GateAnswer[];
  /** The first of them that refuses it; absent if none is known to. */
  readonly refusedBy?: GateAnswer;
  /** The rows that need the packet, if it does not pass and constructs of these files open it for them. */
  readonly needed: readonly DocumentedRow[];
  /** The rows that need the packet, if it does not pass and constructs of these files omit them. */
  readonly omitted: readonly DocumentedRow[];
  /** How IP addresses were read, if they are of machines with known IP ranges, and rows whose firewall is disabled. */
  readonly remarks: readonly string[];
  /** Rules that could not be evaluated: with them, the verdict may be different. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Some of the ports of a question, and what becomes of their packets. */
interface PortPart {
  readonly ports: readonly string[];
  readonly verdict: Verdict;
}

/** Explains whether packets pass both ends, which rules decide, and which documents ask for them. Several ports pass only together. */
export function explain(everywhere: Configuration, question: Question): Explanation {
  checkAskedRegion(everywhere, question.region);
  return inPossibleClusters(everywhere, question, explainAsNamed);
}

/** Explains packets between pods of clusters that are different ones if their names are. */
function explainAsNamed(everywhere: Configuration, question: Question): Explanation {
  const configuration = inRegion(everywhere, question.region);
  const finder = new EndFinder(inAllRegions(configuration));
  const known = { documented: new DocumentedRowIndex([configuration]), judge: new EndJudge(configuration) };
  const parts = uniformParts(portsOf(question), configuration);
  const answers = parts.map((port) =>
    answerAt({ configuration, port, network: question.network, ...known }, question, finder),
  );
  checkNetworkIsUsed(
    question.network,
    answers.flatMap(({ source, destination }) => [source, destination]),
  );
  const remark = [remarkOnRegion(everywhere, question.region) ?? []].flat();
  // of all ports, ICMP is of one family only
  const exist = answers.map(({ source, destination }) =>
    [source, destination].every(({ reason }) => reason !== NO_SUCH_PACKETS),
  );
  const existing = exist.includes(true) ? exist : exist.map(() => true);
  const together = answersAtPorts(
    parts.filter((_, at) => existing[at]),
    answers.filter((_, at) => existing[at]),
  );
  return { ...together, port: question.port, remarks: [...together.remarks, ...remark] };
}

/** Returns one answer for several ports: the one that decides against all others, with everything that the other ones name too. */
function answersAtPorts(parts: readonly PortInterval[], answers: readonly Answer[]): Answer {
  const verdict = strictest(answers.map((each) => each.verdict));
  const deciding = answers.filter((each) => each.verdict === verdict);
  const [first, ...others] = deciding;
  const byVerdict = grouped([...answers.entries()], ([, each]) => each.verdict);
  const told = [...byVerdict].map(([each, own]): PortPart => {
    const ports = own.map(([at]) => boundsOf([...parts[at]])).reduce(union, NOTHING);
    return { verdict: each, ports: writtenPorts(ports) };
  });
  if (others.length === 0 && told.length === 1) return first;
  const joined = <T>(of: (each: Answer) => readonly T[]): T[] => [
    ...new Map(deciding.flatMap(of).map((one) => [JSON.stringify(one), one])).values(),
  ];
  const end = (side: 'source' | 'destination'): EndAnswer => ({
    ...first[side],
    matching: joined((each) => each[side].matching),
    deniesByName: joined((each) => each[side].deniesByName),
    requested: joined((each) => each[side].requested),
  });
  return {
    ...first,
    source: end('source'),
    destination: end('destination'),
    needed: joined(({ needed }) => needed),
    omitted: joined(({ omitted }) => omitted),
    remarks: joined(({ remarks }) => remarks),
    ...(told.length > 1 && { parts: told }),
  };
}

/** An answer about ports that no rule tells apart. */
type Answer = Omit<Explanation, 'port'>;

function answerAt(asked: AskedPacket, question: Question, finder: EndFinder): Answer {
  const { configuration } = asked;
  const { network } = question;
  const from = finder.find(question.from, question.fromIp, { name: '--from', ipAddress: '--from-ip', network });
  const to = finder.find(question.to, question.toIp, { name: '--to', ipAddress: '--to-ip', network });
  const pairs = (from.candidates ?? [from]).flatMap((source) =>
    (to.candidates ?? [to]).map((destination) => ({ from: source, to: destination })),
  );
  const all = pairs.map((pair) => ({ ...pair, ...judged(pair.from, pair.to, { asked, finder }) }));
  const needed = all.flatMap((pair) => pair.needed);
  const disabled = needed.flatMap(({ row: { row }, isDisabled }) =>
    isDisabled ? [`The firewall for ${row} is disabled`] : [],
  );
  const ends = all.length === 1 ? all[0].answers : answersTogether({ from, to }, all);
  const acls = new Map(all.flatMap((pair) => pair.acls.map((gate) => [JSON.stringify(gate), gate])));
  const source = {
    end: from.end,
    answer: ends.source,
    isPods: mayBePods(from),
    isAskedFor: ends.destination.requested.length > 0 || pairs.every((pair) => isAskedFor(pair.from, pair.to, asked)),
  };
  const destination = { end: to.end, answer: ends.destination, isPods: mayBePods(to) };
  const gates = gatesInOrder(source, destination, {
    acls: [...acls.values()],
    hasMachineFirewalls: hasMachineFirewalls(configuration),
  });
  const refusedBy = gates.find(({ verdict }) => verdict === 'refused');
  return {
    ...ends,
    gates,
    ...(refusedBy && { refusedBy }),
    needed: distinctRows(needed.map(({ row }) => row)),
    omitted: distinctRows(all.flatMap(({ omitted }) => omitted)),
    remarks: [...[from, to].flatMap(({ remark }) => remark ?? []), ...new Set(disabled)],
    notEvaluated: withoutEvaluatedAcls(configuration).filter(
      ({ isOfHostnames }) => isOfHostnames !== true || pairs.some((pair) => isHostname(pair.to.end)),
    ),
  };
}

/** Whether an end is pods, or one of several ends that it may be is. */
function mayBePods(end: QuestionEnd): boolean {
  return (end.candidates ?? [end]).some((one) => one.end.groups.some((group) => group.startsWith('pods:')));
}

/** A question as one pair of ends, and how to find different ones. */
interface AskedPair {
  readonly asked: AskedPacket;
  readonly finder: EndFinder;
}

/** The answer to a question about one pair of ends. */
interface JudgedPair extends Pick<Explanation, 'omitted'> {
  /** What the network ACLs of the subnets of both ends do. */
  readonly acls: readonly EvaluatedGate[];
  readonly answers: Answers & Pick<Explanation, 'verdict'>;
  readonly needed: ReturnType<typeof rowsNeeding>;
}

/** Judges a packet between two ends that are known. */
function judged(from: QuestionEnd, to: QuestionEnd, { asked, finder }: AskedPair): JudgedPair {
  const { source, destination } = isHostname(to.end)
    ? answersInProtocols(from, to, { asked, finder })
    : portAnswers(from, to, asked);
  const acls = judgedBySubnets(from, to, asked.port, asked.configuration.subnets);
  const ofEnds = togetherVerdict(source.verdict, destination, to);
  const verdict = strictest([ofEnds, ...acls.map((gate) => gate.verdict)]);
  const answers = { verdict, source, destination };
  if (verdict === 'passes') return { answers, acls, needed: [], omitted: [] };
  const omitted = (isHostname(to.end) ? omittedHostnamesNeeding : omittedRowsNeeding)(from, to, asked);
  const isJudged = [source, destination].some((end) => end.verdict !== 'not judged');
  if (!isJudged) {
    finder.expectSelected(from, '--from');
    finder.expectSelected(to, '--to');
  }
  if (!isJudged && isElsewhere(from) && isElsewhere(to) && omitted.length === 0) {
    const need = `one of the two must be machines that rules of the configuration select${withoutAddressesText(finder)}`;
    throw refusal('--from, --to', 'machines-missing', need, `${shown(from.text)} and ${shown(to.text)}`);
  }
  return { answers, acls, needed: rowsNeeding(from, to, asked), omitted };
}

/** Returns which machines no IP address finds, as a part of a sentence; of pods, no file has the IP addresses. */
function withoutAddressesText(finder: EndFinder): string {
  const names = finder.withoutAddresses();
  if (names.length === 0) return '';
  return `, by their names if their IP addresses are not in these files, as of ${listed(names.map(shown))}`;
}

function distinctRows(rows: readonly DocumentedRow[]): DocumentedRow[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function isElsewhere({ end }: QuestionEnd): boolean {
  return end.groups.length === 0;
}

/** The answers of both ends. */
type Answers = Pick<Explanation, 'source' | 'destination'>;

function portAnswers(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): Answers {
  return { source: sourceAnswer(from, to, asked), destination: destinationAnswer(from, to, asked) };
}

/**
 * Judges a packet to a hostname: by the filter that the machines are behind, else by their own rules. If the firewall team is asked to allow
 * it, rules of the machines that do not allow it say nothing: they see the IP addresses of a proxy or of the hostname.
 */
function hostnameAnswers(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): Answers {
  const behind = behindFilters(from, asked);
  const filtered = behind && judgedByRules('egress', behind, to, asked);
  const destination = notJudged(to, NOT_SELECTED);
  if (filtered?.verdict === 'passes') return { source: filtered, destination };
  const requests = hostnameRequestsFor(from, to, asked);
  const source = filtered ?? sourceAnswer(from, to, asked);
  if (requests.length === 0) {
    const isAtProxy = filtered === undefined && (from.end.isExternal || areClientsOfProxy(from, asked));
    return { source, destination: isAtProxy ? notAsked(nameOf(to)) : destination };
  }
  const [{ through }] = requests;
  const reason = `it connects through ${through}, and these files do not say to which IP addresses`;
  const requested = requests.map(({ request }) => request);
  return {
    source: source.verdict === 'passes' || source.verdict === 'not judged' ? source : notJudged(from, reason),
    destination: { ...WITHOUT_RULES, verdict: 'asked for, not known to be open', name: nameOf(to), requested },
  };
}

/** The protocols in which filters of AWS Network Firewall find hostnames. */
const MATCHED_IN = ['TLS', 'HTTP'];

/**
 * Judges a packet to a hostname. Without a protocol, the rules that decide are those that list the hostname in any. Throws if it does not pass
 * only because the question does not say the protocol by which its filter finds it.
 */
function answersInProtocols(from: QuestionEnd, to: QuestionEnd, { asked, finder }: AskedPair): Answers {
  const answers = hostnameAnswers(from, to, asked);
  const { verdict, matching } = answers.source;
  if (!['refused', 'not known'].includes(verdict) || / over \w+$/.test(to.text)) return answers;
  const hostname = to.text.startsWith('host:') ? to.text : `host:${to.text}`;
  const inProtocols = MATCHED_IN.map((protocol) => {
    const name = `${hostname} over ${protocol}`;
    const found = finder.find(name, undefined, { name: '--to', ipAddress: '--to-ip' });
    return { name, source: hostnameAnswers(from, found, asked).source };
  });
  const allowed = inProtocols.filter(({ source }) =>
    verdict === 'refused' ? source.verdict !== 'refused' : source.verdict === 'passes',
  );
  if (allowed.length > 0) {
    const need = 'a hostname must have its protocol, because the filter allows it only in some';
    const names = allowed.map(({ name }) => shown(name)).join(' or ');
    throw refusal('--to', 'hostname-protocol-required', need, shown(to.text), names);
  }
  const listing = inProtocols.map(({ source }) => source).filter((source) => source.matching.length > 0);
  if (matching.length > 0 || listing.length === 0) return answers;
  return { ...answers, source: joinedListings(answers.source, listing) };
}

/** Returns an answer with the rules that list a hostname in some protocol, and with everything that is not known about them. */
function joinedListings(answer: EndAnswer, listing: readonly EndAnswer[]): EndAnswer {
  const prefix = notKnownText('');
  const reasons = [...new Set(listing.flatMap(({ reason }) => reason?.replace(prefix, '') ?? []))];
  return {
    ...answer,
    ...(reasons.length > 0 && { reason: notKnownText(reasons.join('; ')) }),
    matching: listing.flatMap((one) => one.matching),
    nearest: undefined,
  };
}

/** Returns machines as the rules of their filters of hostnames select them; nothing if no filter is known to have them. */
function behindFilters(from: QuestionEnd, { configuration }: AskedPacket): QuestionEnd | undefined {
  const { end, peers } = from;
  if (end.groups.length > 0 || end.isExternal) return undefined;
  const machines = end.behindFilters.length > 0 ? end.behindFilters : inRangesOfFilters(peers, configuration);
  if (machines.length === 0) return undefined;
  const networks = [...new Set(machines.map(({ network }) => network))].filter((network) => network !== '');
  const ofNetwork = networks.length === 1 ? { networks, isOfNetwork: true as const } : { networks };
  const groups = machines.map(({ group }) => group);
  const filtered: NamedEnd = { ...end, groups, ranges: [], addresses: NO_MACHINES.addresses, ...ofNetwork };
  return { ...from, end: filtered, peers: peersOfEnd(filtered) };
}

/** Returns IP addresses as the rules of filters select them; none if no filter has all of them. */
function inRangesOfFilters(peers: readonly RulePeer[], { rules }: Configuration): SelectedMachines[] {
  const known = new Set(rules.flatMap(({ groups }) => groups).filter((group) => group.startsWith('machines:')));
  const ranges = peers.flatMap(({ name, family, addresses }) =>
    name === ANY_MACHINE ? rangesIn(addresses).map((range): EndName => `machines:${rangeText(family, range)}`) : [],
  );
  const areKnown = ranges.length > 0 && ranges.every((range) => [...known].some((group) => coversName(group, range)));
  return areKnown ? ranges.map((group) => ({ group, network: '' })) : [];
}

const NOT_SELECTED = 'it is not machines that rules of these files select';

function sourceAnswer(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): EndAnswer {
  const { end } = from;
  if (end.isExternal) return notJudged(from, OF_FIREWALL_TEAM);
  if (end.groups.length === 0) return notJudged(from, NOT_SELECTED);
  return judgedByRules('egress', from, to, asked);
}

function destinationAnswer(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): EndAnswer {
  const { end } = to;
  if (!end.isExternal) {
    if (end.groups.length > 0) return judgedByRules('ingress', to, from, asked);
    return notJudged(to, NOT_SELECTED);
  }
  const name = nameOf(to);
  const families = FAMILIES.filter((family) => existsIn(family, asked.port));
  const exist = families.some((family) =>
    [from, to].every(({ peers }) => peers.some((peer) => peer.family === family)),
  );
  if (!exist) return { ...WITHOUT_RULES, verdict: 'refused', name, reason: NO_SUCH_PACKETS };
  const requested = requestsFor(from, to, asked);
  if (requested.length > 0) return { ...WITHOUT_RULES, verdict: 'asked for, not known to be open', name, requested };
  const partlyBy = partlyRequestedBy(from, to, asked);
  if (partlyBy.length > 0) return notAsked(name, partlyBy);
  const { constructs, unknown } = maybeRequestedBy(from, to, asked);
  if (unknown.length === 0) return notAsked(name);
  const reason = `${OF_FIREWALL_TEAM}, and whether ${constructs.join(', ')} asks for the packet depends on ${unknown.join(', ')}`;
  return { ...WITHOUT_RULES, verdict: 'not known', name, reason };
}

/** Returns the answer of a firewall of the firewall team about a packet for which no access request asks, or only for some of its IP addresses. */
function notAsked(name: string, partlyBy: readonly string[] = []): EndAnswer {
  const reason =
    partlyBy.length === 0
      ? `${OF_FIREWALL_TEAM}, and no access request of these files asks for the packet`
      : `${OF_FIREWALL_TEAM}, and is asked for only some of these IP addresses by ${partlyBy.join(', ')}`;
  return { ...WITHOUT_RULES, verdict: 'not known', name, reason };
}

function notJudged(end: QuestionEnd, reason: string): EndAnswer {
  return { ...WITHOUT_RULES, verdict: 'not judged', name: nameOf(end), reason };
}

/** A packet passes if no end stops it. An end outside of the configuration stops nothing that these files could tell. */
function togetherVerdict(source: Verdict, destination: EndAnswer, to: QuestionEnd): Verdict {
  // machines that rules select refuse what no rule allows, so rules that are not in these files decide
  const ofDestination: Verdict =
    destination.verdict === 'not judged' && !isElsewhere(to) ? 'not known' : destination.verdict;
  return strictest([source, ofDestination]);
}

/** Returns the verdict that decides against the others. */
function strictest(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'not known';
}

function portsOf({ port }: Pick<Question, 'port'>): readonly PortInterval[] {
  const ports = parsePrintedPorts(port);
  if (ports !== undefined) return ports;
  const meant = meantPorts(port);
  throw refusal('--port', 'port-invalid', PORTS_NEED, shown(port), meant && shown(meant));
}
