import { grouped } from '../input';
import {
  AddressFamily,
  canonicalRange,
  NODE_PORTS,
  parseCidr,
  publicHosting,
  redundantRanges,
  sortedRanges,
} from '../net';
import {
  type FlowJson,
  type PeerJson,
  type ProvenanceJson,
  rulesOf,
  WARNING_TEXTS,
  warningFacts,
  type WarningJson,
  type WarningKind,
} from '../provenance';
import type { Configuration, Note } from './configuration';
import type { DocumentedRowIndex } from './documented-row';
import { isUnknownFarEnd } from './permitted';
import { ANY_MACHINE, type GroupName, resourceAddress, type Rule, type RulePeer } from './rule';
import { FAMILIES, isPublic, overlap, parsePorts, type PortInterval, PUBLIC, WHOLE } from './sets';
import { PossibleRules } from './verdict';

/** The warnings of constructs, as far as they hold. */
interface JudgedWarnings {
  /** Those that hold; some with what rules change about them. Those that rules refute are gone. */
  readonly warnings: readonly Note[];
  /** Those that no construct of the file can have given. */
  readonly doubts: readonly Note[];
}

/** Judges the warnings of a provenance by the file and the rules: a warning is a claim too, and other rules may open what it misses. */
export function judgedWarnings(configuration: Configuration, index: DocumentedRowIndex): JudgedWarnings {
  const warnings: Note[] = [];
  const doubts: Note[] = [];
  for (const [file, provenance] of configuration.provenance) {
    const flowsBy = grouped(provenance.flows, ({ construct }) => construct);
    const paths = pathsIn(configuration.stacks.get(file));
    const place: Place = { configuration, index, file, provenance, flowsBy, paths };
    (provenance.warnings ?? []).forEach((warning, at) => {
      const judged = judgedWarning(warning, place);
      if (judged === 'refuted') return;
      if ('text' in judged) warnings.push({ file, address: warning.construct, text: judged.text });
      else doubts.push({ file, address: `warnings[${at}]`, text: judged.doubt });
    });
  }
  return { warnings, doubts };
}

/** Where a warning is looked for. */
interface Place {
  readonly configuration: Configuration;
  readonly index: DocumentedRowIndex;
  readonly file: string;
  readonly provenance: ProvenanceJson;
  /** The flows of each construct. */
  readonly flowsBy: ReadonlyMap<string, readonly FlowJson[]>;
  /** The paths of the constructs of resources, by Terraform address. */
  readonly paths: ReadonlyMap<string, string>;
}

interface AskedWarning extends Place {
  readonly construct: string;
  readonly facts: Readonly<Record<string, string | undefined>>;
}

/** The text to repeat, `refuted` if rules say otherwise, or nothing if the file has nothing that the warning is about. */
type Found = { readonly text: string } | 'refuted' | undefined;

function judgedWarning(warning: WarningJson, place: Place): Exclude<Found, undefined> | { readonly doubt: string } {
  const { construct, text } = warning;
  const said = `its provenance says ${JSON.stringify(text)} about ${JSON.stringify(construct)}`;
  const known = warningFacts(warning);
  if (known === undefined) return { doubt: `${said}, and this version of cluster-ports has no such warning` };
  const found = JUDGES[known.kind]({ ...place, construct, facts: known.facts });
  return found ?? { doubt: `${said}, and the file has nothing that this is about` };
}

const JUDGES: Readonly<Record<WarningKind, (asked: AskedWarning) => Found>> = {
  'egress-documented': judgedEgress,
  'flannel-closed': judgedFlannel,
  'load-balancer-addresses': judgedLoadBalancer,
  'node-port-outside': judgedNodePort,
  'public-hosting': judgedHosting,
  'redundant-ranges': judgedRanges,
};

interface Lacking {
  readonly name: string;
  readonly verb: 'is' | 'are';
  readonly ports: readonly string[];
  /** The ports at which only some of it is open: DNS asks over UDP first. */
  readonly overTcp?: readonly string[];
  readonly isOnInternet?: true;
}

/** What the outbound traffic of documented flows lacks. Names, time and packages come from anywhere, but packages only from the internet. */
const LACKING: readonly Lacking[] = [
  { name: 'DNS', verb: 'is', ports: ['53/udp'], overTcp: ['53/tcp'] },
  { name: 'time', verb: 'is', ports: ['123/udp'] },
  { name: 'package mirrors', verb: 'are', ports: ['443/tcp', '80/tcp'], isOnInternet: true },
];

function judgedEgress({
  configuration,
  file,
  paths,
  provenance,
  construct,
  facts: { group = '' },
}: AskedWarning): Found {
  const address = `aws_security_group.group_${group}`;
  const path = paths.get(address);
  const isInUse = provenance.peers.some(({ hostGroups }) =>
    hostGroups.some(({ selectedBy }) => selectedBy?.value === `\${${address}.id}`),
  );
  if (path === undefined ? !isInUse : path !== `${construct}/Resource`) return undefined;
  const stack = configuration.stackNames?.get(file);
  const names: GroupName[] = [`sg:${address}`, ...(stack === undefined ? [] : [`sg:${stack}/${address}` as const])];
  const outbound = configuration.rules.filter(
    ({ direction, action, groups }) =>
      direction === 'egress' && action === 'allow' && groups.some((one) => names.includes(one)),
  );
  const possible = new PossibleRules(configuration);
  const all = LACKING.map((lacking) => openOf(lacking, { outbound, names, possible }));
  if (all.every(({ missing, said }) => missing === undefined && said.every((text) => !text.includes(' may be ')))) {
    return 'refuted';
  }
  const text = WARNING_TEXTS['egress-documented']({ group });
  const documented = new Set([...configuration.provenance.values()].flatMap(({ flows }) => flows.flatMap(rulesOf)));
  const own = outbound.filter((rule) => !documented.has(resourceAddress(rule)));
  const said = all.flatMap((each) => each.said);
  if (own.length === 0 && said.length === 0) return { text };
  const missing = all.flatMap((each) => each.missing ?? []);
  const lacks = missing.length === 0 ? '' : `, and no ${namesOf(missing)}`;
  const ownFlows = own.length === 0 ? '' : ` and of ${addressesOf(own)}`;
  const exceptions = said.map((one) => `; ${one}`).join('');
  return { text: `${text.replace(/ only, and no .*/, '')}${ownFlows} only${lacks}${exceptions}` };
}

/** The rules of a security group that may open something. */
interface OutboundRules {
  readonly outbound: readonly Rule[];
  readonly names: readonly GroupName[];
  readonly possible: PossibleRules;
}

/** What is missing of something, and what rules open of it or may open. */
interface Opened {
  readonly missing?: string;
  readonly said: readonly string[];
}

function openOf(lacking: Lacking, { outbound, names, possible }: OutboundRules): Opened {
  const { name, verb } = lacking;
  const found = outbound.filter((rule) => opens(rule, lacking.ports));
  const known = found.filter(({ peers }) => peers.some((peer) => isFarEnd(peer, lacking, AddressFamily.IPV4)));
  if (known.length > 0) return { said: [`${name} ${verb} open (${addressesOf(known)})`] };
  const maybe = [
    ...found.flatMap(unknownRangesOf),
    ...names.flatMap((group) => lacking.ports.flatMap((port) => reasonFor({ group, port, possible, lacking }) ?? [])),
  ];
  const may = maybe.length === 0 ? [] : [`${name} may be open (${[...new Set(maybe)].join('; ')})`];
  const some = partOf(lacking, outbound, found);
  const said = [...may, ...(some === undefined ? [] : [`${name} ${verb} open over ${some.over} (${some.rules})`])];
  if (may.length > 0) return { said };
  return { missing: some === undefined ? name : `${name} over ${some.not}`, said };
}

/** Returns over what some of something is open; nothing if it is closed. */
function partOf(
  lacking: Lacking,
  outbound: readonly Rule[],
  found: readonly Rule[],
): { readonly over: string; readonly not: string; readonly rules: string } | undefined {
  const ofFamily = (rules: readonly Rule[], family: AddressFamily): readonly Rule[] =>
    rules.filter(({ peers }) => peers.some((peer) => isFarEnd(peer, lacking, family)));
  const overTcp = outbound.filter((rule) => opens(rule, lacking.overTcp ?? []));
  const [onlyIpv6, tcp, tcpOverIpv6] = [
    ofFamily(found, AddressFamily.IPV6),
    ofFamily(overTcp, AddressFamily.IPV4),
    ofFamily(overTcp, AddressFamily.IPV6),
  ];
  if (onlyIpv6.length > 0) return { over: 'IPv6', not: 'IPv4', rules: addressesOf(onlyIpv6) };
  if (tcp.length > 0) return { over: 'TCP', not: 'UDP', rules: addressesOf(tcp) };
  if (tcpOverIpv6.length > 0) return { over: 'TCP and IPv6', not: 'UDP', rules: addressesOf(tcpOverIpv6) };
  return undefined;
}

function opens({ ports }: Rule, texts: readonly string[]): boolean {
  return overlap(ports, texts.flatMap(portsOf));
}

function portsOf(text: string): PortInterval[] {
  const ports = parsePorts(text);
  return ports === undefined ? [] : [ports];
}

/** Whether names, time or packages may come from a far end. A security group has IP addresses inside. */
function isFarEnd({ name, family, addresses }: RulePeer, { isOnInternet }: Lacking, asked: AddressFamily): boolean {
  if (family !== asked || isUnknownFarEnd(name)) return false;
  return isOnInternet !== true || (name === ANY_MACHINE && isPublic(family, addresses));
}

function unknownRangesOf(rule: Rule): string[] {
  const names = new Set(rule.peers.map(({ name }) => name).filter(isUnknownFarEnd));
  return [...names].map(
    (name) => `${resourceAddress(rule)}: the IP ranges of ${name.replace(/^unknown:/, '')} are not known`,
  );
}

/** Returns why a rule that could not be evaluated may open a port of a security group. */
function reasonFor({
  group,
  port,
  possible,
  lacking,
}: {
  readonly group: GroupName;
  readonly port: string;
  readonly possible: PossibleRules;
  readonly lacking: Lacking;
}): string | undefined {
  const [ports] = portsOf(port);
  const peers = FAMILIES.map((family): RulePeer => ({
    name: ANY_MACHINE,
    family,
    addresses: lacking.isOnInternet === true ? PUBLIC[family] : WHOLE[family],
  }));
  return possible.reasonFor({ direction: 'egress', network: '', group, peers, ports });
}

const FLANNEL = /^kubeadm-flannel@[^/]*\/.*\/flannel-(?:udp|vxlan)$/;
const FLANNEL_PORTS = ['8285/udp', '8472/udp'];

function judgedFlannel({ file, construct, flowsBy, provenance, index }: AskedWarning): Found {
  const flows = (flowsBy.get(construct) ?? []).filter(({ row }) => row.startsWith('kubeadm-flannel@'));
  const [workers] = flows.flatMap(({ row, source, destination }) => {
    const { source: from, destination: to } = provenance.rows[row];
    return to.role === 'worker' ? [destination] : from.role === 'worker' ? [source] : [];
  });
  if (workers === undefined) return undefined;
  const text = WARNING_TEXTS['flannel-closed']({});
  const known = [...new Set(flows.filter(({ row }) => FLANNEL.test(row)).map(({ port }) => port))];
  const answers = (known.length > 0 ? known : FLANNEL_PORTS).map((port) => {
    const found = index.judgeOf(file).verdictOn({ port, source: workers, destination: workers }, file, false);
    const allowing = found?.rules.filter(({ action }) => action === 'allow') ?? [];
    const rules = found?.reason === undefined ? [...new Set(allowing.map(({ address }) => address))] : [found.reason];
    return { port, verdict: found?.verdict, rules };
  });
  if (answers.every(({ verdict }) => verdict === 'passes')) return 'refuted';
  const parts = answers.filter(({ verdict, rules }) => verdict !== 'refused' && rules.length > 0);
  if (parts.length === 0) return { text };
  const some = parts.map(({ port, verdict, rules }) =>
    verdict === 'passes'
      ? `${port} is open (${rules.join(', ')})`
      : `${port} may be open${verdict === 'not known' ? '' : ' in part'} (${rules.join(', ')})`,
  );
  return { text: text.replace(' and stays closed, so pods', `, and ${some.join(', ')}: otherwise pods`) };
}

const LOAD_BALANCER = /^control-plane-vip@[^/]*\/load-balancer-to-/;

function judgedLoadBalancer({ provenance, construct, flowsBy }: AskedWarning): Found {
  const found = (flowsBy.get(construct) ?? []).find(
    ({ row, source }) => LOAD_BALANCER.test(row) && provenance.peers[source].external === true,
  );
  if (found === undefined) return undefined;
  return { text: WARNING_TEXTS['load-balancer-addresses']({ virtualAddress: provenance.peers[found.source].label }) };
}

function judgedNodePort({
  provenance,
  construct,
  index,
  file,
  facts: { numbers = '', row = '' },
}: AskedWarning): Found {
  const named = `/${row}`;
  const at = provenance.flows.findIndex(
    (flow) =>
      flow.construct === construct &&
      flow.row.startsWith('apinizer-node-ports@') &&
      flow.row.endsWith(named) &&
      flow.port === `${numbers}/tcp`,
  );
  const [first, last = first] = numbers.split('-').map(Number);
  if (at < 0 || isOfPods(provenance.peers[provenance.flows[at].destination])) return undefined;
  if (first >= NODE_PORTS.first && last <= NODE_PORTS.last) return undefined;
  const isClosed = index.claimsOf(file).flows[at]?.isOpen === false;
  return isClosed ? 'refuted' : { text: WARNING_TEXTS['node-port-outside']({ numbers, row }) };
}

/** Whether a network policy for pods opens the port: it has the port of the containers, and no NodePort. */
function isOfPods({ hostGroups }: PeerJson): boolean {
  return hostGroups.some(({ selectedBy }) => selectedBy?.kind === 'pods');
}

function judgedHosting({ provenance, construct, index, file, facts: { hostname, row } }: AskedWarning): Found {
  const { hostnames = [] } = provenance;
  const at = hostnames.findIndex(
    (one) =>
      one.construct === construct &&
      one.hostname === hostname &&
      (row === undefined || one.row === row) &&
      publicHosting(one.hostname) !== undefined,
  );
  if (at < 0) return undefined;
  const isClosed = index.claimsOf(file).hostnames[at]?.isOpen === false;
  if (isClosed) return 'refuted';
  const { hostname: wildcard, row: name, supplement } = hostnames[at];
  const prop = supplement === undefined ? 'omit' : 'supplements';
  return { text: WARNING_TEXTS['public-hosting']({ hostname: wildcard, row: name, prop }) };
}

function judgedRanges({
  configuration,
  provenance,
  file,
  construct,
  flowsBy,
  paths,
  facts: { range, within },
}: AskedWarning): Found {
  const json = configuration.stacks.get(file);
  const isKnown =
    (flowsBy.get(construct) ?? []).length > 0 ||
    (provenance.hostnames ?? []).some((one) => one.construct === construct) ||
    [...paths.values()].some((path) => path.startsWith(`${construct}/`));
  if (!isKnown) return undefined;
  for (const texts of rangeLists(provenance, json)) {
    const canonical = texts.flatMap((text) => canonicalRange(text) ?? []);
    const redundant = redundantRanges(sortedRanges(canonical.map((text) => parseCidr(text, 'a range'))));
    const [first] = redundant;
    if (first === undefined || String(first.range) !== range || String(first.within) !== within) continue;
    const more = String(redundant.length - 1);
    return {
      text: WARNING_TEXTS['redundant-ranges']({ range: String(first.range), within: String(first.within), more }),
    };
  }
  return undefined;
}

/** Returns the ranges that belong together: those of each peer, host group and prefix list. */
function rangeLists({ peers }: ProvenanceJson, json: unknown): string[][] {
  const lists = Object.values(membersOf(membersOf(membersOf(json).resource).aws_ec2_managed_prefix_list));
  const entries = lists.map((list) => membersOf(list).entry);
  return [
    ...peers.flatMap(({ ranges, hostGroups }) => [
      [...ranges],
      ...hostGroups.map(({ ipRanges }) => [...(ipRanges?.ranges ?? [])]),
    ]),
    ...entries.map((all) =>
      (Array.isArray(all) ? (all as unknown[]) : [])
        .map((entry) => membersOf(entry).cidr)
        .filter((cidr): cidr is string => typeof cidr === 'string'),
    ),
  ];
}

const MOST_LISTED = 3;

function addressesOf(rules: readonly Rule[]): string {
  const all = [...new Set(rules.map(resourceAddress))].sort();
  const more = all.length > MOST_LISTED ? ` and ${all.length - MOST_LISTED} more` : '';
  return all.slice(0, MOST_LISTED).join(', ') + more;
}

/** `DNS, time or package mirrors`. */
function namesOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((text) => text !== '').join(' or ');
}

/** Returns the paths of the constructs of resources, by Terraform address, as the framework writes them. */
function pathsIn(json: unknown): Map<string, string> {
  const types = Object.entries(membersOf(membersOf(json).resource));
  return new Map(
    types.flatMap(([type, all]) =>
      Object.entries(membersOf(all)).flatMap(([id, resource]) => {
        const { path } = membersOf(membersOf(membersOf(resource)['//']).metadata);
        return typeof path === 'string' ? [[`${type}.${id}`, path] as const] : [];
      }),
    ),
  );
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
