import { addTo, ClusterPortsError, grouped } from '../../input';
import type { AddressFamily } from '../../net';
import {
  type Deviation,
  type FlowJson,
  type HostnameJson,
  type PeerJson,
  type ProvenanceJson,
  rulesOf,
} from '../../provenance';
import type { NotEvaluated } from '../configuration';
import { ANY_MACHINE, notAttachedReason, resourceAddress, type Rule, type RulePeer } from '../rule';
import {
  type Bounds,
  boundsOf,
  contains,
  difference,
  FAMILIES,
  intersection,
  type PortInterval,
  portTexts,
  rangesIn,
  rangeText,
} from '../sets';
import {
  egressToDns,
  neededBy,
  neededByHostname,
  type ProvenanceContext,
  readTerraform,
  refusalInWords,
  selectedGroups,
  UNKNOWN_ORDER,
} from '../read';
import { isUncertainName } from '../verdict';
import { Coverage } from './coverage';
import { documentDoubt, hostnameDoubt } from './document-claims';
import { FlowJudge, type FlowVerdict } from './flow-judge';
import { type HostnameOmission, hostnameOmissions } from './omitted-hostnames';
import { OpenTraffic } from './open-traffic';
import { readProvenStack } from './proven-stack';
import { type UndocumentedTraffic, undocumentedTraffic } from './undocumented';

/**
 * What holds of the provenance of a stack. Provenance is a claim: a document may say something else, a rule may be gone, or may permit
 * something else.
 */
export interface Claims {
  /** For each flow of the provenance what is wrong, or nothing if everything holds that can be checked. */
  readonly flows: readonly (Doubt | undefined)[];
  /** The same for each hostname. */
  readonly hostnames: readonly (Doubt | undefined)[];
  /** What rules allow in addition to what the flows that name them need, by Terraform address: `it also allows 22/tcp`. */
  readonly excess: ReadonlyMap<string, string>;
  /** The rules that the flows of each rule need, by Terraform address. */
  readonly needed: ReadonlyMap<string, readonly Rule[]>;
  /** Why it is not known whether the rules of flows and hostnames apply; nothing if it is known. In the order of the provenance. */
  readonly notKnown: {
    readonly flows: readonly (FlowNotKnown | undefined)[];
    readonly hostnames: readonly (readonly HostnameNotKnown[])[];
  };
  /** For each flow why its source may not send it, although its rules are as they should be; nothing if it may, or it is not known. */
  readonly closedAtSource: readonly (ClosedSource | undefined)[];
  /** For each flow whether its ends have no IP addresses of one family in common. */
  readonly withoutPackets: readonly boolean[];
  /** What holds of the hostnames that constructs omit, in the order of the provenance. */
  readonly omittedHostnames: readonly HostnameOmission[];
  /** Returns what rules allow and no flow or hostname is for. */
  readonly undocumented: () => UndocumentedTraffic[];
}

/** A stack that is read. */
interface ReadStack extends StackRules {
  readonly provenance: ProvenanceJson;
  readonly rules: readonly Rule[];
  /** Why its own file does not say where its policies apply, if other files do. */
  readonly attached: ReadonlySet<string>;
}

/** Reads a stack. A firewall policy of a different stack may use its rule groups. */
function rulesOfStack(json: unknown, file: string, judge: FlowJudge): ReadStack {
  const { provenance, context, notEvaluated, unattached, addresses, ...own } = readProvenStack(json, file);
  const rules = own.rules.map((rule) => (rule.unenforced === undefined ? rule : judge.enforced(rule)));
  const unenforced = new Set(own.rules.map((rule) => rule.unenforced));
  const attached = new Set(
    rules.flatMap(({ network }) => (judge.networksOf(network).length > 0 ? (notAttachedReason(network) ?? []) : [])),
  );
  return {
    provenance,
    rules,
    attached,
    context,
    existing: grouped(rules, resourceAddress),
    unevaluated: reasonsByAddress(notEvaluated),
    unattached: reasonsByAddress([
      // a different stack may attach the policy
      ...unattached.filter(({ reason }) => !unenforced.has(reason) && !attached.has(reason)),
      ...rules.flatMap(unenforcedPart),
    ]),
    addresses,
    open: new OpenTraffic(rules.filter((rule) => rule.unenforced === undefined)),
    verdictOnRules: (needed) => judge.verdictOnRules(needed, file),
  };
}

/** Why it is not known whether a flow is open. */
interface FlowNotKnown {
  readonly text: string;
  /** True if rules decide by the IP addresses of machines, and these are not given. */
  readonly isOfAddresses?: true;
}

/** Why it is not known whether the rules of a hostname apply. */
interface HostnameNotKnown {
  readonly text: string;
  /** The ports that it is about. */
  readonly ports: readonly string[];
  /** The Terraform addresses of the rules that it is about. */
  readonly rules: readonly string[];
}

/** Returns what rules allow in addition to what is needed, by Terraform address. */
function excessByAddress(
  needed: ReadonlyMap<string, readonly Rule[]>,
  { existing, unevaluated }: StackRules,
): Map<string, string> {
  return new Map(
    [...needed].flatMap(([address, need]) => {
      const text = unevaluated.has(address) ? undefined : excessOf(existing.get(address) ?? [], need);
      return text === undefined ? [] : [[address, text] as const];
    }),
  );
}

/** Why the source of a flow may not send it. */
interface ClosedSource {
  readonly reason: string;
  /** True if the files have no outbound rule of it at all: what is not in them may manage its outbound traffic. */
  readonly isWithoutRules?: true;
}

/** What does not hold of a flow or a hostname. */
interface Doubt {
  /** Why its document does not have it so; absent if it has. */
  readonly contradiction?: string;
  /** What rules do other than open it as recorded; absent if they open it so. */
  readonly deviation?: Deviation;
  /** Whether the rules open it, or some of it. */
  readonly isOpen: boolean;
  /** The families in which they open it to most of the internet, if they open only some of it. */
  readonly worldFamilies?: readonly AddressFamily[];
  /** The Terraform addresses of the rules that open it, if they are not those that were created for it. */
  readonly openedBy?: readonly string[];
  /** The ports of a hostname that it is about; absent if about all. */
  readonly ports?: readonly string[];
  /** True if the firewalls are disabled by the code, so that its document holds and nothing is open. */
  readonly isDisabled?: true;
  /** The Terraform addresses of the rules for the other ports, which are as they should be. */
  readonly intact?: readonly string[];
}

/**
 * Checks the provenance of a synthesized stack against the tables of this package, against the rules of the stack, and against the rules of
 * all files that are read together.
 *
 * @param judge the judge of these files; by default the stack is the only one
 */
export function checkClaims(json: unknown, file: string, judge = new FlowJudge(readTerraform(json, file))): Claims {
  const { provenance, rules, attached, ...stack } = rulesOfStack(json, file, judge);
  const { context } = stack;
  const needOf = neededBy(provenance, context);
  const groupsOf = (peer: number): ReturnType<typeof selectedGroups> => selectedGroups(provenance.peers[peer], context);
  const needed = new Map<string, Rule[]>();
  const verdicts = provenance.flows.map((flow) => {
    const verdictOn = (isAllowed: boolean): FlowVerdict | undefined => judge.verdictOn(flow, file, isAllowed);
    return onFlow(flow, provenance, { ...stack, verdictOn }, () => {
      const need = needOf(flow);
      const withDns = [...need, ...egressToDns([flow], groupsOf, context)];
      for (const address of rulesOf(flow)) for (const rule of withDns) addTo(needed, address, rule);
      return need;
    });
  });
  const flows = provenance.flows.map((flow, at): Doubt | undefined => {
    return withContradiction(verdicts[at].doubt, documentDoubt(flow, provenance));
  });
  const excess = excessByAddress(needed, stack);
  const doubts = {
    flows: provenance.flows.map((flow, at) =>
      isRefuted(flows[at]) ? flows[at] : withContradiction(flows[at], excessOfFlow(flow, excess)),
    ),
    hostnames: hostnameDoubts(provenance, stack),
  };
  return {
    ...doubts,
    excess,
    needed,
    notKnown: allNotKnown(provenance, stack, doubts, verdicts),
    closedAtSource: verdicts.map((verdict) => verdict.closedAtSource),
    withoutPackets: provenance.flows.map((flow) => judge.isWithoutPackets(flow, file)),
    omittedHostnames: hostnameOmissions(provenance, {
      rules: rules.map((rule) => judge.inSharedVpcs(rule)),
      needOf: (hostname) => neededByHostname(hostname, provenance.peers, context),
    }),
    undocumented: () =>
      undocumentedTraffic({ provenance, context, rules }, believedOf(provenance, doubts)).flatMap((traffic) => {
        const { notKnown, ...rest } = traffic;
        const isKnown = notKnown === undefined || attached.has(notKnown);
        const { isRefused, ...found } = judge.verdictOnTraffic(traffic, file);
        return isRefused ? [] : [{ ...rest, ...found, ...(!isKnown && { notKnown }) }];
      }),
  };
}

/** The doubts about the flows and hostnames of a provenance, in their order. */
type Doubts = Pick<Claims, 'flows' | 'hostnames'>;

function allNotKnown(
  provenance: ProvenanceJson,
  stack: StackRules,
  doubts: Doubts,
  verdicts: readonly OnFlow[],
): Claims['notKnown'] {
  const { flows, hostnames = [], peers } = provenance;
  return {
    flows: flows.map((_, at) => (isRefuted(doubts.flows[at]) ? undefined : verdicts[at].notKnown)),
    hostnames: hostnames.map((hostname, at) =>
      hostnameNotKnown(openPart(hostname, doubts.hostnames[at]), peers, stack),
    ),
  };
}

/** Returns the flows and hostnames that rules open. */
function believedOf(
  { flows, hostnames = [] }: ProvenanceJson,
  doubts: Doubts,
): Parameters<typeof undocumentedTraffic>[1] {
  return {
    flows: flows.filter((_, at) => !isRefuted(doubts.flows[at])),
    hostnames: hostnames.map((hostname, at) => openPart(hostname, doubts.hostnames[at])),
  };
}

/** Whether rules do not open what a flow or hostname says. */
function isRefuted(doubt: Doubt | undefined): boolean {
  return doubt?.isOpen === false;
}

/** Returns a hostname with the ports at which rules allow it. */
function openPart(hostname: HostnameJson, doubt: Doubt | undefined): HostnameJson {
  if (doubt === undefined || doubt.isOpen) return hostname;
  const { ports = hostname.ports } = doubt;
  return { ...hostname, ports: hostname.ports.filter((port) => !ports.includes(port)) };
}

function reasonsByAddress(notEvaluated: readonly NotEvaluated[]): Map<string, string> {
  return new Map([...notEvaluated].reverse().map((one) => [resourceAddress(one), one.reason]));
}

/**
 * Returns why it is not known whether the rules of a flow open it: they could not be evaluated, and what could be evaluated is
 * not enough, or the networks of their policy are not known.
 */
function notKnownOf(
  flow: FlowJson,
  { existing, unevaluated, unattached }: StackRules,
  needed: () => readonly Rule[],
): string | undefined {
  const named = rulesOf(flow);
  const withoutNetwork = named.find((address) => unattached.has(address));
  if (withoutNetwork !== undefined) return unattached.get(withoutNetwork);
  const missing = named.find((address) => unevaluated.has(address));
  if (missing === undefined) return undefined;
  const rules = named.flatMap((address) => existing.get(address) ?? []);
  return hasAll(rules, needed()) ? undefined : unevaluated.get(missing);
}

/** Returns why it is not known whether the rules of a hostname apply: each reason once, with the ports and rules that it is about. */
function hostnameNotKnown(
  hostname: HostnameJson,
  peers: ProvenanceJson['peers'],
  stack: StackRules,
): HostnameNotKnown[] {
  const all = rulesOf(hostname);
  const found = hostname.ports.flatMap((port): HostnameNotKnown[] => {
    const need = neededByHostname({ ...hostname, ports: [port] }, peers, stack.context);
    const missing = missingAt(port, all, need, stack);
    if (missing.length > 0) {
      const reasons = missing.flatMap(
        (address) => stack.unattached.get(address) ?? stack.unevaluated.get(address) ?? [],
      );
      return [{ text: [...new Set(reasons)].join('; '), ports: [port], rules: missing }];
    }
    const text = uncertainty(stack.verdictOnRules(need));
    return text === undefined ? [] : [{ text, ports: [port], rules: all }];
  });
  return [...grouped(found, ({ text }) => text)].map(([text, same]) => ({
    text,
    ports: same.flatMap(({ ports }) => ports),
    rules: [...new Set(same.flatMap(({ rules }) => rules))],
  }));
}

/** The part of the name of a resource that says its port: of a rule group or URL list that a construct creates. */
const OWN_PORT = /-(tls|http|\d+)$/;
const PORTS: Readonly<Record<string, string>> = { tls: '443/tcp', http: '80/tcp' };

/**
 * Returns the Terraform addresses of those rules of a hostname because of which it is not known to be open at a port: those that list it, else
 * those of which it is not known what they list. None if rules are known to open it.
 */
function missingAt(
  port: string,
  all: readonly string[],
  need: readonly Rule[],
  { existing, unevaluated, unattached }: StackRules,
): readonly string[] {
  const rulesAt = (addresses: readonly string[]): Rule[] => addresses.flatMap((address) => existing.get(address) ?? []);
  const missing = all.filter((address) => unattached.has(address) || unevaluated.has(address));
  if (missing.length === 0 || hasAll(rulesAt(all.filter((address) => !unattached.has(address))), need)) return [];
  const listing = missing.filter((address) => hasAll(rulesAt([address]), need));
  if (listing.length > 0) return listing;
  const ofPort = missing.filter((address) => {
    const [, own = port] = OWN_PORT.exec(address) ?? [];
    return own === port || PORTS[own] === port || `${own}/tcp` === port;
  });
  return ofPort.length > 0 ? ofPort : missing;
}

/** Returns why it is not known what rules do; nothing if it is, or if only IP addresses decide. */
function uncertainty(found: FlowVerdict | undefined): string | undefined {
  if (found?.verdict === 'depends on the enforcement order of the network') return UNKNOWN_ORDER;
  return found?.verdict === 'not known' ? (found.reason ?? unknownRanges(found)) : undefined;
}

function unknownRanges({ direction }: Pick<FlowVerdict, 'direction'>): string {
  return `${direction === 'egress' ? 'outbound' : 'inbound'} rules for IP ranges that are not known decide`;
}

/** Returns the part of a rule that is not known, if no firewall is known to evaluate it. */
function unenforcedPart({ file, address, unenforced }: Rule): NotEvaluated[] {
  return unenforced === undefined ? [] : [{ file, address, reason: unenforced }];
}

/** Reasons to doubt a flow, why it is not known whether it is open, or why its source may not send it. Nothing of all if rules open it. */
interface OnFlow {
  readonly doubt?: Doubt;
  readonly notKnown?: FlowNotKnown;
  readonly closedAtSource?: ClosedSource;
}

/** The rules of a stack, and the verdict of all files together on one of its flows. */
interface RulesForFlow extends StackRules {
  readonly verdictOn: (isAllowed: boolean) => FlowVerdict | undefined;
}

/** Finds out whether the rules that were created for a flow open it, or other rules do, or other rules stop it. */
function onFlow(flow: FlowJson, { peers }: ProvenanceJson, stack: RulesForFlow, needed: () => readonly Rule[]): OnFlow {
  const { existing, addresses } = stack;
  const named = rulesOf(flow);
  const missing = named.find((address) => !addresses.has(address));
  if (missing === undefined && flow.external === true && isSelected(peers[flow.destination])) {
    return {
      doubt: contradicted('it says that the firewall team opens it, and rules of stacks select these machines'),
    };
  }
  try {
    const need = needed();
    const text = missing === undefined ? notKnownOf(flow, stack, () => need) : undefined;
    if (text !== undefined) return withoutItsRules(flow, stack.verdictOn(false)) ?? { notKnown: { text } };
    const rules = named.flatMap((address) => existing.get(address) ?? []);
    const isAllowed = missing === undefined && hasAll(rules, need);
    const verdict = stack.verdictOn(isAllowed);
    if (isAllowed) return verdict === undefined ? {} : stopped(verdict);
    if (missing === undefined && rules.length === 0 && isDisabled(flow, peers)) {
      if (isOpenAtBothEnds(flow, verdict)) return {};
      return { doubt: { ...closed('its firewall is disabled'), isDisabled: true } };
    }
    const what = missing === undefined ? undefined : `its rule ${missing} does not exist`;
    if (verdict?.reason !== undefined) return { notKnown: { text: verdict.reason } };
    const doubt =
      openedByOthers(named, { need, verdict, isExternal: flow.external }, stack, what) ??
      openInPart(need, stack, what) ??
      closed(what ?? `no rule of this stack opens ${flow.port} between these machines`);
    return { doubt };
  } catch (error) {
    if (error instanceof ClusterPortsError) return { doubt: contradicted(unopenable(flow, error, stack)) };
    throw error;
  }
}

/** Returns what is known about a flow although its own rules could not be evaluated: other rules open it, or it is closed with and without them. */
function withoutItsRules(flow: FlowJson, verdict: FlowVerdict | undefined): OnFlow | undefined {
  if (isOpenAtBothEnds(flow, verdict)) return {};
  const isClosed =
    verdict?.verdict === 'refused' &&
    (verdict.direction === 'egress' || verdict.rules.some(({ action }) => action !== 'allow'));
  return isClosed ? stopped(verdict) : undefined;
}

/** Whether the rules of both ends allow a flow. Outbound rules say nothing about a destination that no rules judge. */
function isOpenAtBothEnds({ external }: Pick<FlowJson, 'external'>, verdict: FlowVerdict | undefined): boolean {
  return verdict?.verdict === 'passes' && (verdict.direction === 'ingress' || external === true);
}

/** Returns why no rule can open a flow as the provenance has it, beginning with the rules that it names. */
function unopenable(flow: FlowJson, error: ClusterPortsError, { context }: StackRules): string {
  const named = rulesOf(flow);
  const rule = named.length === 0 ? 'no rule can' : `${listed(named)} cannot`;
  return `${rule} be for it: ${refusalInWords(error, flow, context)}`;
}

/** Whether the code disables the firewalls of a flow. */
function isDisabled({ source, destination }: FlowJson, peers: ProvenanceJson['peers']): boolean {
  return [source, destination].some((at) => peers[at].hostGroups.some(({ selectedBy }) => selectedBy?.isDisabled));
}

/** Returns what rules do with a flow that its own rules allow. */
function stopped({
  verdict,
  direction,
  rules,
  isOfUnknownAddresses,
  isWithoutRules,
  reason: notKnown = unknownRanges({ direction }),
  closed: rows,
  worldFamilies,
}: FlowVerdict): OnFlow {
  const isSent = direction === 'egress';
  const denying = [...new Set(rules.filter(({ action }) => action !== 'allow').map(resourceAddress))];
  switch (verdict) {
    case 'passes':
      return {};
    case 'not known':
      return { notKnown: { text: notKnown } };
    case 'depends on the enforcement order of the network':
      return { notKnown: { text: UNKNOWN_ORDER } };
    case 'depends on the IP address': {
      if (isOfUnknownAddresses) {
        const deciding = denying.length > 0 ? denying : allowing(rules);
        const [far, decide] = [isSent ? 'destination' : 'source', deciding.length === 1 ? 'decides' : 'decide'];
        const text = `${listed(deciding)} ${decide} by the IP addresses of its ${far}, which are not given`;
        return { notKnown: { text, isOfAddresses: true } };
      }
      if (isSent) return { closedAtSource: { reason: `in part, without ${listed(rows)}` } };
      return { doubt: { ...inPart(`${EARLIER} ${listed(rows)}`), worldFamilies } };
    }
    case 'refused': {
      const by = listed(denying);
      if (!isSent) return { doubt: closed(`${EARLIER} it: ${by}`) };
      if (isWithoutRules) return { closedAtSource: { reason: 'it has no outbound rule', isWithoutRules } };
      const reason = denying.length === 0 ? 'no outbound rule allows it' : `outbound rules deny it: ${by}`;
      return { closedAtSource: { reason } };
    }
  }
}

const EARLIER = 'rules that are evaluated earlier deny';

function closed(reason: string): Doubt {
  return { deviation: { kind: 'closed', reason }, isOpen: false };
}

function inPart(reason: string): Doubt {
  return { deviation: { kind: 'closed in part', reason }, isOpen: true };
}

/** Returns the doubt about something that no rules can be for. */
function contradicted(contradiction: string): Doubt {
  return { contradiction, isOpen: false };
}

/** Whether only these rules allow everything that is needed, by the same names or by broader ones. */
function hasAll(rules: readonly Rule[], need: readonly Rule[]): boolean {
  return new Coverage(rules).hasAll(need) || new OpenTraffic(rules).hasAll(need);
}

/** What would have to be open, and the verdict of all files together, if they were asked. */
interface Wanted {
  readonly need: readonly Rule[];
  readonly verdict?: FlowVerdict;
  /** Whether the firewall team manages the destination, so that no rule of the files is for it. */
  readonly isExternal?: boolean;
}

/**
 * Returns the doubt about something that its own rules do not open, if other rules open it; nothing if they do not. `what` says what is
 * wrong with its own rules, if more is wrong than that they do not open it.
 */
function openedByOthers(
  named: readonly string[],
  { need, verdict, isExternal }: Wanted,
  { open }: StackRules,
  what?: string,
): Doubt | undefined {
  if (need.length === 0) return undefined;
  // outbound rules tell nothing about a destination whose rules are not in the files
  const isWhole = verdict?.direction === 'ingress' || isExternal === true;
  const isOpen =
    verdict === undefined ? open.hasAll(need) : verdict.verdict === 'passes' && (isWhole || open.hasAll(need));
  if (!isOpen) return undefined;
  const openedBy = open.hasAll(need) || verdict === undefined ? open.openers(need) : allowing(verdict.rules);
  const others = openedBy.filter((address) => !named.includes(address));
  const isOnlyOthers = others.length === openedBy.length;
  const own =
    named.length === 0
      ? 'it names no rule'
      : `its rule ${listed(named)} ${isOnlyOthers ? 'does not open it' : 'does not open all of it'}`;
  // a rule of a different stack may have the same address
  const together =
    openedBy.length === 0 ? 'outbound traffic is allowed without it' : 'the rules of all stacks together open it';
  const opening =
    others.length === 0
      ? together
      : `${listed(others)} ${others.length > 1 ? 'open' : 'opens'} ${isOnlyOthers ? 'it' : 'the rest'}`;
  return { deviation: { kind: 'opened otherwise', reason: `${what ?? own}, and ${opening}` }, isOpen: true, openedBy };
}

function allowing(rules: readonly Rule[]): string[] {
  return [...new Set(rules.filter(({ action }) => action === 'allow').map(resourceAddress))];
}

/** Returns the doubt about something of which the rules of the stack open some, and not all; nothing if they open all or nothing. */
function openInPart(need: readonly Rule[], { open }: StackRules, what?: string): Doubt | undefined {
  const rows = open.closedPart(need);
  if (rows.length === 0) return undefined;
  const rest = `the ${what === undefined ? '' : 'other '}rules do not open ${listed(rows)}`;
  const reason = what === undefined ? rest : `${what}, and ${rest}`;
  return { ...inPart(reason), worldFamilies: open.worldFamilies(need), openedBy: open.openers(need) };
}

/** Whether rules select machines, so that no firewall team has to. */
function isSelected({ hostGroups }: PeerJson): boolean {
  return hostGroups.some(({ selectedBy }) => selectedBy !== undefined && selectedBy.kind !== 'prefix-list');
}

/** A flow is not the whole story if one of its rules allows more. */
function excessOfFlow(flow: FlowJson, excess: ReadonlyMap<string, string>): string | undefined {
  const address = excess.size === 0 ? undefined : rulesOf(flow).find((one) => excess.has(one));
  return address === undefined ? undefined : excess.get(address)!.replace(/^it /, 'its rule ');
}

/** Adds to what is wrong with the rules what is wrong with the document; the first contradiction is enough. */
function withContradiction(doubt: Doubt | undefined, contradiction: string | undefined): Doubt | undefined {
  return contradiction === undefined ? doubt : { isOpen: true, contradiction, ...doubt };
}

/** What a stack has of rules. */
interface StackRules {
  readonly context: ProvenanceContext;
  readonly existing: ReadonlyMap<string, readonly Rule[]>;
  /** Why rules could not be evaluated, by Terraform address. */
  readonly unevaluated: ReadonlyMap<string, string>;
  /** Why it is not known where the rules of a policy apply, by Terraform address; everything else about them is known. */
  readonly unattached: ReadonlyMap<string, string>;
  readonly addresses: ReadonlySet<string>;
  /** What all rules together open. */
  readonly open: OpenTraffic;
  /** What the rules of all files together do with what rules of the stack are needed for. */
  readonly verdictOnRules: (needed: readonly Rule[]) => FlowVerdict | undefined;
}

function hostnameDoubts(provenance: ProvenanceJson, stack: StackRules): (Doubt | undefined)[] {
  return (provenance.hostnames ?? []).map((hostname) => {
    return withContradiction(hostnameRuleDoubt(hostname, provenance, stack), hostnameDoubt(hostname, provenance));
  });
}

/** Judges each port of a hostname for itself, because filters have a rule for each protocol. */
function hostnameRuleDoubt(hostname: HostnameJson, { peers }: ProvenanceJson, stack: StackRules): Doubt | undefined {
  const { existing, unevaluated, addresses, open, context } = stack;
  const named = rulesOf(hostname);
  if (hostname.filter === undefined && hostname.external !== true && named.length === 0) {
    return closed('it names no rule');
  }
  const missing = named.find((address) => !addresses.has(address));
  const what = missing && `its rule ${missing} does not exist`;
  if (missing === undefined && named.some((address) => unevaluated.has(address))) return undefined;
  const needAt = (...ports: string[]): Rule[] => neededByHostname({ ...hostname, ports }, peers, context);
  const rulesAt = (all: readonly string[]): Rule[] => all.flatMap((address) => existing.get(address) ?? []);
  const own = rulesAt(named);
  const lost = hostname.ports.filter((port) => !hasAll(own, needAt(port)));
  if (lost.length === 0) return what === undefined ? deniedHostname(hostname, needAt, stack) : closed(what);
  const held = hostname.ports.filter((port) => !lost.includes(port));
  const parts = {
    ...(held.length > 0 && {
      ports: lost,
      intact: named.filter((address) => held.some((port) => hasAll(rulesAt([address]), needAt(port)))),
    }),
  };
  const others = openedByOthers(named, { need: needAt(...lost) }, stack, what);
  if (others !== undefined) return { ...others, ...parts };
  const some = openInPart(needAt(...lost), stack, what);
  if (some !== undefined) return { ...some, ...parts };
  const closedPorts = lost.filter((port) => !open.hasAll(needAt(port)));
  const at = closedPorts.length === hostname.ports.length ? '' : ` at ${closedPorts.join(' ')}`;
  return {
    ...closed(what ?? `no rule of this stack allows ${hostname.hostname}${at} to these machines`),
    ...parts,
  };
}

/** Returns the doubt about a hostname that its own rules allow, and that rules of its network deny before; nothing if they do not. */
function deniedHostname(
  { ports }: HostnameJson,
  needAt: (...ports: string[]) => Rule[],
  { verdictOnRules }: StackRules,
): Doubt | undefined {
  const verdicts = ports.map((port) => ({ port, found: verdictOnRules(needAt(port)) }));
  const denied = verdicts.filter(({ found }) => found?.verdict === 'refused').map(({ port }) => port);
  const some = verdicts.filter(({ found }) => found?.verdict === 'depends on the IP address');
  if (denied.length + some.length === 0) return undefined;
  const denying = verdicts.flatMap(({ found }) => found?.rules.filter(({ action }) => action !== 'allow') ?? []);
  const by = listed([...new Set(denying.map(resourceAddress))]);
  const rows = some.flatMap(({ found }) => found!.closed);
  if (rows.length > 0) {
    return { ...inPart(`${EARLIER} ${listed(rows)}`), ports: [...denied, ...some.map(({ port }) => port)] };
  }
  if (denied.length === ports.length) return closed(`${EARLIER} it: ${by}`);
  return { ...closed(`${EARLIER} it at ${denied.join(' ')}: ${by}`), ports: denied };
}

/**
 * Returns what rules allow in addition to what is needed: other ports, other far ends, or other machines. `isSameStack` tells whether names
 * mean the same on both sides; if not, only ports and IP ranges are compared.
 */
export function excessOf(rules: readonly Rule[], allNeeded: readonly Rule[], isSameStack = true): string | undefined {
  const allowing = rules.filter(({ action }) => action === 'allow');
  const needed = allNeeded.filter(({ direction }) => allowing.some((rule) => rule.direction === direction));
  const [allowed, documented] = [allowing, needed].map(intervalBounds);
  const ports = difference(allowed, documented);
  if (ports.length > 0) {
    const isOther = intersection(allowed, documented).length === 0;
    return `it ${isOther ? 'allows' : 'also allows'} ${textsOf(ports).join(', ')}`;
  }
  const names = new Set(needed.flatMap(({ peers }) => peers.map(({ name }) => name)));
  if (isSameStack) {
    const groups = new Set(needed.flatMap((need) => need.groups.map((group) => `${need.network}|${group}`)));
    const other = allowing.flatMap((rule) => rule.groups.filter((group) => !groups.has(`${rule.network}|${group}`)));
    if (other.length > 0) return `it also applies to ${[...new Set(other)].join(', ')}`;
    const far = allowing.flatMap(({ peers }) => peers.map(({ name }) => name).filter((name) => !names.has(name)));
    // a name that is not known may be that of the far end that is needed
    const isNeeded = [...names].every((name) => allowing.some(({ peers }) => peers.some((peer) => peer.name === name)));
    const named = far.filter((name) => name !== ANY_MACHINE && (isNeeded || !isUncertainName(name)));
    if (named.length > 0) return `it also allows ${[...new Set(named)].join(', ')}`;
  } else if ([...names].some((name) => name !== ANY_MACHINE)) {
    return undefined;
  }
  const ranges = FAMILIES.flatMap((family) => {
    const addresses = addressesOf(needed, family);
    const wider = rangesIn(addressesOf(allowing, family)).filter((range) => !contains(addresses, range));
    return wider.map((range) => rangeText(family, range));
  });
  return ranges.length === 0 ? undefined : `it also allows ${listed(ranges)}`;
}

const MOST_LISTED = 3;

function listed(texts: readonly string[]): string {
  const more = texts.length > MOST_LISTED ? ` and ${texts.length - MOST_LISTED} more` : '';
  return texts.slice(0, MOST_LISTED).join(', ') + more;
}

function addressesOf(rules: readonly Rule[], family: RulePeer['family']): Bounds {
  const peers = rules.flatMap((rule) => rule.peers);
  return boundsOf(
    peers.filter((peer) => peer.family === family && peer.name === ANY_MACHINE).flatMap(({ addresses }) => addresses),
  );
}

function intervalBounds(rules: readonly Rule[]): Bounds {
  return boundsOf(rules.flatMap(({ ports }) => ports.flat()));
}

function textsOf(ports: Bounds): string[] {
  const numbers = ports.map(Number);
  const intervals = numbers.flatMap((from, at): PortInterval[] => (at % 2 === 0 ? [[from, numbers[at + 1]]] : []));
  return intervals.flatMap(portTexts);
}
