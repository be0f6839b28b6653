import { grouped } from '../input';
import { canonicalRange, NODE_PORTS, parseCidr, redundantRanges, sortedRanges } from '../net';
import {
  type FlowJson,
  type ProvenanceJson,
  PUBLIC_HOSTING,
  rulesOf,
  WARNING_TEXTS,
  warningFacts,
  type WarningJson,
  type WarningKind,
} from '../provenance';
import type { Configuration, Note } from './configuration';
import type { DocumentedRowIndex } from './documented-row';
import { ANY_MACHINE, resourceAddress, type Rule, type RulePeer } from './rule';
import { isPublic, overlap, parsePorts } from './sets';

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
  readonly isOnInternet?: true;
}

/** What the outbound traffic of documented flows lacks. Names, time and packages come from anywhere, but packages only from the internet. */
const LACKING: readonly Lacking[] = [
  { name: 'DNS', verb: 'is', ports: ['53/udp', '53/tcp'] },
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
  const names = [`sg:${address}`, ...(stack === undefined ? [] : [`sg:${stack}/${address}`])];
  const outbound = configuration.rules.filter(
    ({ direction, action, groups }) =>
      direction === 'egress' && action === 'allow' && groups.some((one) => names.includes(one)),
  );
  const open = LACKING.map((lacking) => ({ ...lacking, rules: outbound.filter((rule) => opens(rule, lacking)) }));
  const closed = open.filter(({ rules }) => rules.length === 0);
  if (closed.length === 0) return 'refuted';
  const text = WARNING_TEXTS['egress-documented']({ group });
  const documented = new Set([...configuration.provenance.values()].flatMap(({ flows }) => flows.flatMap(rulesOf)));
  const own = outbound.filter((rule) => !documented.has(resourceAddress(rule)));
  if (own.length === 0 && closed.length === open.length) return { text };
  const missing = namesOf(closed.map(({ name }) => name));
  const opened = open.filter(({ rules }) => rules.length > 0);
  const exceptions = opened.map(({ name, verb, rules }) => `; ${name} ${verb} open (${addressesOf(rules)})`).join('');
  const ownFlows = own.length === 0 ? '' : ` and of ${addressesOf(own)}`;
  return { text: `${text.replace(/ only, and no .*/, '')}${ownFlows} only, and no ${missing}${exceptions}` };
}

function opens({ ports, peers }: Rule, { ports: texts, isOnInternet }: Lacking): boolean {
  const wanted = texts.flatMap((text) => {
    const one = parsePorts(text);
    return one === undefined ? [] : [one];
  });
  return overlap(ports, wanted) && (isOnInternet !== true || peers.some(isOnTheInternet));
}

function isOnTheInternet({ name, family, addresses }: RulePeer): boolean {
  return name.startsWith('list:') || (name === ANY_MACHINE && isPublic(family, addresses));
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
  if (at < 0 || (first >= NODE_PORTS.first && last <= NODE_PORTS.last)) return undefined;
  const isClosed = index.claimsOf(file).flows[at]?.isOpen === false;
  return isClosed ? 'refuted' : { text: WARNING_TEXTS['node-port-outside']({ numbers, row }) };
}

function judgedHosting({ provenance, construct, index, file, facts: { hostname = '' } }: AskedWarning): Found {
  const { hostnames = [] } = provenance;
  const at = hostnames.findIndex(
    (one) =>
      one.construct === construct &&
      one.hostname === hostname &&
      one.document.startsWith('apinizer-installation-hosts@') &&
      Object.hasOwn(PUBLIC_HOSTING, one.row),
  );
  if (at < 0) return undefined;
  const isClosed = index.claimsOf(file).hostnames[at]?.isOpen === false;
  return isClosed ? 'refuted' : { text: WARNING_TEXTS['public-hosting']({ hostname, row: hostnames[at].row }) };
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
