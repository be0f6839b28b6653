import { addTo, grouped } from '../../input';
import { TABLE_IDS } from '../../products/catalog';
import { rulesOf } from '../../provenance';
import type { Configuration } from '../configuration';
import { type DocumentedRowIndex, isPortOfMachine } from '../documented-row';
import type { Rule } from '../rule';
import {
  BoxIndex,
  type Extent,
  hasPorts,
  overlap,
  parsePorts,
  type PortInterval,
  portTexts,
  protocolOf,
  rangesIn,
} from '../sets';
import { type OpenFlow, flowsWithMachines } from '../story';
import { about, type Finding, findingAt, namesFor } from './finding';
import { isCopyThatLogs } from './redundant';

/** A row that a construct opens for some machines. */
interface Claim {
  readonly file: string;
  readonly construct: string;
  readonly label: string;
  readonly port: string;
  readonly interval: PortInterval;
  /** The key of the document: `rke2@2026-05`. */
  readonly document: string;
  readonly reference: string;
  /** The id of the table. */
  readonly table: string;
  readonly name: string;
  readonly description: string;
  readonly rules: readonly string[];
}

/** Finds ports of machines that rows of two products open for different programs, for information. */
export function claimedTwice(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  const byMachines = new Map<string, Claim[]>();
  const flows = flowsWithMachines(configuration);
  for (const [file, { flows: all }] of configuration.provenance) {
    const doubts = documented.claimsOf(file).flows;
    const own = flows.filter((flow) => flow.file === file);
    all.forEach((_flow, at) => {
      const claim = doubts[at] === undefined ? claimOf(own[at], configuration) : undefined;
      if (claim !== undefined) for (const machines of own[at].machines) addTo(byMachines, machines, claim);
    });
  }
  const found = new Map<string, Finding>();
  for (const claims of byMachines.values()) {
    for (const [one, other] of contradictions(claims)) {
      const finding = findingOf(one, other);
      found.set(JSON.stringify([finding.file, finding.address, finding.subject]), finding);
    }
  }
  return [...found.values()];
}

/** The largest number of ports of a row that is for one program. A range of more ports reserves them. */
const MOST_PORTS = 2;
/** Ports that programs share by hostname, and ports of Kubernetes and of the system, which rows of many products name. */
const SHARED: ReadonlySet<string> = new Set([
  ...['80/tcp', '443/tcp', '22/tcp', '53/tcp', '53/udp', '123/udp'],
  ...['2379/tcp', '2380/tcp', '2379-2380/tcp', '6443/tcp', '10250/tcp', '10256/tcp', '10257/tcp', '10259/tcp'],
]);

/** Returns what a flow claims; nothing if its port is not for one program of the machine. */
function claimOf({ file, flow }: OpenFlow, { provenance }: Configuration): Claim | undefined {
  const { peers, rows, documents } = provenance.get(file)!;
  const interval = parsePorts(flow.port);
  if (interval === undefined || SHARED.has(flow.port) || !isPortOfMachine(flow.row, rows[flow.row])) return undefined;
  if (!hasPorts(protocolOf(interval[0])) || interval[1] - interval[0] > MOST_PORTS) return undefined;
  const { document, description } = rows[flow.row];
  return {
    file,
    construct: flow.construct,
    label: peers[flow.destination].label,
    port: flow.port,
    interval,
    document,
    reference: documents[document].reference,
    table: document.slice(0, document.indexOf('@')),
    name: flow.row.slice(flow.row.lastIndexOf('/') + 1),
    description,
    rules: rulesOf(flow),
  };
}

/** Returns the pairs of rows of the same machines that have a port in common and are not about the same program. */
function contradictions(claims: readonly Claim[]): [Claim, Claim][] {
  const rows = new Map(claims.map((claim) => [JSON.stringify([claim.document, claim.name, claim.port]), claim]));
  const sorted = [...rows.values()].sort((a, b) => a.interval[0] - b.interval[0]);
  return sorted.flatMap((one, at) => {
    const pairs: [Claim, Claim][] = [];
    for (let next = at + 1; next < sorted.length && sorted[next].interval[0] < one.interval[1]; next++) {
      const other = sorted[next];
      if (overlap([one.interval], [other.interval]) && !isSameProgram(one, other)) pairs.push([one, other]);
    }
    return pairs;
  });
}

/** Whether two rows are about the same program, or of one document, which knows about both. */
function isSameProgram(one: Claim, other: Claim): boolean {
  if (one.table === other.table || one.reference === other.reference) return true;
  if (mentions(one, other.table) || mentions(other, one.table)) return true;
  return PROGRAMS.some((program) => mentions(one, program) && mentions(other, program));
}

/** The products that rows can name, and components that several products have or use. */
const PROGRAMS: readonly string[] = [
  ...TABLE_IDS.filter((id) => id !== 'kubernetes'),
  ...['hubble', 'typha', 'node-exporter', 'mysql', 'postgres', 'postgresql', 'mongodb'],
];

function mentions({ name, description }: Claim, program: string): boolean {
  const words = program.replaceAll('-', '[ -]?');
  return new RegExp(`(?<![a-z\\d])${words}(?![a-z\\d])`, 'i').test(`${name} ${description}`);
}

function findingOf(...claims: [Claim, Claim]): Finding {
  const [first, second] = [...claims].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const ports = [...new Set([first.port, second.port])].join(' and ');
  const message =
    `it opens ${ports} of ${first.label} for ${rowText(first)}, and ${second.construct} for ${rowText(second)}; ` +
    'a port of a machine belongs to one program';
  const related = [...new Set([...first.rules, ...second.rules])];
  const finding = findingAt({ address: first.construct, file: first.file }, 'port-claimed-twice', message, related);
  return about(finding, `${first.port} ${first.table}/${first.name} and ${second.port} ${second.table}/${second.name}`);
}

function sortKey({ construct, table, name, port }: Claim): string {
  return [construct, table, name, port].join('\n');
}

function rowText({ document, name, description }: Claim): string {
  return `${name} of ${document} (${description})`;
}

/**
 * Finds rules on GCP that open ports that other rules open between the same machines too, for rows of documents. Rules that open nothing in
 * addition are left out: they are `redundant`, and so are copies that log, because the rules that they copy are reported. On AWS there is
 * one rule for all rows.
 */
export function overlapping(
  { rules, stackNames }: Pick<Configuration, 'rules' | 'stackNames'>,
  documented: DocumentedRowIndex,
  redundant: readonly Finding[],
): Finding[] {
  const reported = new Set(redundant.map(({ file, address }) => `${file}\n${address}`));
  const opening = rules.filter(
    (rule) =>
      rule.network !== '' &&
      rule.action === 'allow' &&
      rule.direction === 'ingress' &&
      !reported.has(`${rule.file}\n${rule.address}`) &&
      documented.of(rule).length > 0,
  );
  return overlapsOf(withoutCopies(opening)).map(({ rule, others, ports }) => {
    const sorted = [...others].sort((one, other) => (one.address < other.address ? -1 : 1));
    const related = [...new Set(sorted.map(({ address }) => address))];
    const all = namesFor(rule, sorted, stackNames);
    const opened = [...ports].sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).join(', ');
    const names = `${all.join(' and ')} ${all.length === 1 ? 'opens' : 'open'}`;
    return findingAt(rule, 'overlap', `it opens ${opened}, which ${names} between the same machines too`, related);
  });
}

/** Leaves out the copies that log of rules that are among them, and open the same between the same machines. */
function withoutCopies(rules: readonly Rule[]): Rule[] {
  const byContent = grouped(rules, contentOf);
  return rules.filter((rule) => !byContent.get(contentOf(rule))!.some((other) => isCopyThatLogs(rule, other)));
}

function contentOf({ file, network, groups, peers, ports }: Rule): string {
  const ends = peers.map(({ name, family, addresses }) => [name, family, addresses.map(String)]);
  return JSON.stringify([file, network, groups, ends, ports]);
}

/** A rule, and the rules before it that open some of its ports between the same machines. */
interface Overlap {
  readonly rule: Rule;
  readonly others: Set<Rule>;
  readonly ports: Set<string>;
}

function overlapsOf(rules: readonly Rule[]): Overlap[] {
  const byEnds = new Map<string, { box: readonly Extent[]; value: Opened }[]>();
  for (const rule of rules) {
    for (const { key, range, ports } of partsOf(rule)) {
      addTo(byEnds, key, { box: [ports, range], value: { rule, ports } });
    }
  }
  const found = new Map<string, Overlap>();
  for (const entries of byEnds.values()) {
    const index = new BoxIndex(entries.length === 1 ? [] : entries);
    for (const { box, value } of entries) {
      for (const other of index.within(box)) {
        if (other.rule.address >= value.rule.address) continue;
        const key = `${value.rule.file}\n${value.rule.address}`;
        const known = found.get(key) ?? { rule: value.rule, others: new Set(), ports: new Set() };
        found.set(key, known);
        known.others.add(other.rule);
        for (const text of portTexts(common(value.ports, other.ports))) known.ports.add(text);
      }
    }
  }
  return [...found.values()];
}

interface Opened {
  readonly rule: Rule;
  readonly ports: PortInterval;
}

/** Returns the ports and ranges of a rule for each pair of ends. */
function partsOf({ network, groups, peers, ports }: Rule): { key: string; range: Extent; ports: PortInterval }[] {
  return groups.flatMap((group) =>
    peers.flatMap(({ name, family, addresses }) =>
      rangesIn(addresses).flatMap(([from, to]) =>
        ports.map((interval) => ({
          key: JSON.stringify([network, group, name, family]),
          range: [from, to] as const,
          ports: interval,
        })),
      ),
    ),
  );
}

function common([from, to]: PortInterval, [first, end]: PortInterval): PortInterval {
  return [Math.max(from, first), Math.min(to, end)];
}
