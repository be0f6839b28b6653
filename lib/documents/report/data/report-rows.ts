import { Protocol } from '../../../net';
import {
  allowedNames,
  expiryOf,
  omittedOpenerText,
  peerName,
  type TracedFlow,
  type TracedHostname,
  type TracedOmission,
  type TracedOpening,
  type TracedPeer,
  WITHOUT_PACKETS,
} from '../../../provenance';
import { PortLevel } from '../../../tables';
import { flowChecks } from '../../by-hand';
import { filteredPort, filterRemark } from '../../filtered-hostnames';
import { inOwnFamily } from '../../flow-family';
import { descriptionText, levelText, peerText, purposeText } from '../../peer-text';
import {
  type AskedFlow,
  type AskedHostname,
  flowNotes,
  hostnamePurpose,
  hostnameReasons,
  peerKey,
} from '../../request';
import {
  documentedText,
  impactText,
  isDocumented,
  movedPortText,
  notOpenTexts,
  type Opener,
  openerOf,
  openerText,
  sourceReference,
} from '../../source-text';
import { type Machines, nameOfEnd } from './machines';
import type { ReportEnd, ReportFact, ReportRow, ReportSource, RowMark } from './report-data';
import { versionLines } from './report-documents';
import type { Anchors } from './row-anchor';

/** What gives rows their ids and their ends, and what they are compared with. */
export interface RowContext {
  readonly anchors: Pick<Anchors, 'of'>;
  readonly machines: Pick<Machines, 'end' | 'part'>;
  readonly today: string;
  /** Absent if it is not known what is new. */
  readonly since?: {
    readonly path: string;
    /** The flows and hostnames that are new at least in part. */
    readonly isNew: ReadonlySet<unknown>;
  };
}

const MARKS: Readonly<Partial<Record<Opener, RowMark>>> = {
  'this stack, in part': 'not open',
  'no rule of this stack': 'not open',
  'closed at its source': 'not open',
  'not known to be open': 'not known to be open',
};

/** Returns the row of a flow. */
export function rowOfFlow(flow: TracedFlow, context: RowContext): ReportRow {
  const { anchors } = context;
  const { stack = '', source, destination, port, documentedPort, supplement, notDocumented } = flow;
  const { constructPath, environment, family } = flow;
  const row = [withoutEdition(flow), String(documentedPort ?? port), environment, family];
  const identity = [stack, constructPath, ...row, nameOfEnd(source), nameOfEnd(destination)];
  return {
    anchor: anchors.of(`${stack} ${flow.document.key.split('@')[0]} ${flow.row}`, identity),
    stack,
    source: endOfRow('source', flow, context),
    destination: endOfRow('destination', flow, context),
    destinationName: flow.hostname,
    ports: [String(port)],
    movedFrom: movedPortText(flow),
    purpose: purposeText(flow),
    reason: flow.purpose,
    impact: impactText(flow),
    isImpactKnown: flow.impact !== undefined,
    opener: openerOf(flow),
    openedBy: [openerText(flow), ...outboundText(flow)].join('; '),
    marks: [
      ...newMark(flow, context),
      ...mark('moved', documentedPort !== undefined),
      ...mark('supplement', supplement !== undefined),
      ...mark('open to the world', source.openToTheWorld.length > 0),
      ...mark('not documented', notDocumented !== undefined),
      ...[MARKS[openerOf(flow)] ?? []].flat(),
      ...expiryMark(flow, context),
    ],
    document: sourceOf(flow),
    supplement,
    worldReasons: source.openToTheWorld,
    ownership: flow.ownership,
    facts: flowFacts(flow, context),
  };
}

/** Returns the machines at an end of a row; of a row for one IP family only their ranges of that family. */
function endOfRow(end: 'source' | 'destination', flow: TracedFlow, { machines }: RowContext): ReportEnd {
  const [whole, own] = [flow[end], inOwnFamily(flow)[end]];
  const known = machines.end(whole);
  return own === whole ? known : machines.part(own);
}

/** Returns that rules of the stack let out what the firewall team must let in. */
function outboundText(flow: TracedFlow): string[] {
  const isAllowed = flow.external && flow.rules.length > 0 && notOpenTexts(flow).length === 0;
  return isAllowed ? ['this stack allows it outbound'] : [];
}

function flowFacts(flow: TracedFlow, context: RowContext): ReportFact[] {
  const { description, environment, hostname, versions, document, level, constructPath, rules, notDocumented } = flow;
  const isShort = purposeText(flow).startsWith(description);
  return [
    ...fact('The document says', isShort || notDocumented !== undefined ? [] : [descriptionText(flow)]),
    ...fact('Hostname of the destination', [hostname]),
    ...fact('Environment', [environment]),
    ...fact('Note', flowNotes([flow])),
    ...fact(
      'Seen at',
      notDocumented === undefined && level !== undefined && level !== PortLevel.HOST ? [levelText(level)] : [],
    ),
    ...factOfDocument('Versions', isDocumented(flow) ? versionLines(document.checkedFor, versions) : []),
    ...documentFacts(flow),
    ...fact('Since', [sinceText(flow, context)]),
    ...fact('Check by hand', checkTexts(inOwnFamily(flow))),
    ...fact('Construct', [constructPath]),
    ...fact('Terraform', rules),
  ];
}

function ofMachines(peer: TracedPeer): string {
  return `${peerName(peer) === undefined ? 'in' : 'of'} ${peerText(peer)}`;
}

function checkTexts(flow: TracedFlow): string[] {
  const { source, destination, port } = flow;
  const checks = flowChecks(flow);
  if (checks.length > 0) {
    const isSame = peerKey(source) === peerKey(destination);
    const from = `from a machine ${ofMachines(source)}${isSame ? ' to a different one' : ''}`;
    return checks.map(({ command }) => {
      const placeholder = /<\w+>/.exec(command)?.[0];
      const each =
        placeholder === undefined
          ? ''
          : `, where ${placeholder} is the IP address of a machine ${ofMachines(destination)}`;
      return `${from}: ${command}, expect "succeeded!" at the end of each line${each}`;
    });
  }
  if (port.protocol !== Protocol.UDP) return [`not possible: ${String(port)} has no connection to try`];
  const filter = `udp ${port.numbers.includes('-') ? 'portrange' : 'port'} ${port.numbers}`;
  return [
    `not possible from outside: UDP gives no answer that tells open from closed. Watch packets arrive at the destination: tcpdump -ni any ${filter}`,
  ];
}

/** Returns whether something is new. Nobody records the day. */
function sinceText(of: AskedFlow | AskedHostname, { since }: RowContext): string | undefined {
  if (since === undefined) return undefined;
  return since.isNew.has(of.whole ?? of) ? `new since ${since.path}` : `was there in ${since.path} already`;
}

function newMark(of: AskedFlow | AskedHostname, { since }: RowContext): RowMark[] {
  return mark('new', since?.isNew.has(of.whole ?? of) === true);
}

function expiryMark({ ownership }: TracedFlow | TracedHostname, { today }: RowContext): RowMark[] {
  return [(ownership && expiryOf(ownership, today)?.state) ?? []].flat();
}

/** Returns the row of a hostname. */
export function rowOfHostname(hostname: TracedHostname, context: RowContext): ReportRow {
  const { anchors, machines } = context;
  const { stack = '', row, ports, clients, through, filter, supplement, notDocumented, constructPath } = hostname;
  const names = [...new Set(ports.flatMap((port) => allowedNames(hostname.hostname, String(port), filter)))];
  const behind = { name: `machines behind ${through}`, ranges: [] };
  return {
    anchor: anchors.of(`${stack} ${hostname.hostname}`, [
      stack,
      hostname.hostname,
      ...[row, constructPath, through, clients && nameOfEnd(clients)],
    ]),
    stack,
    source: clients === undefined ? behind : machines.end(clients),
    destination: { name: names.join(', '), ranges: [] },
    ports: ports.map((port) => filteredPort(hostname, port)),
    purpose: [hostnamePurpose(hostname), ...hostnameReasons(hostname)].join('; '),
    impact: impactText({ supplement, notDocumented }),
    isImpactKnown: false,
    opener: openerOf(hostname),
    openedBy: [openerText(hostname), ...(clients === undefined ? [] : [`through ${through}`])].join(', '),
    marks: [
      ...newMark(hostname, context),
      ...mark('supplement', supplement !== undefined),
      ...mark('not documented', notDocumented !== undefined),
      ...[MARKS[openerOf(hostname)] ?? []].flat(),
      ...expiryMark(hostname, context),
    ],
    document: sourceOf(hostname),
    supplement,
    worldReasons: [],
    ownership: hostname.ownership,
    facts: hostnameFacts(hostname, context),
  };
}

function hostnameFacts(hostname: TracedHostname, context: RowContext): ReportFact[] {
  const { through, constructPath, rules } = hostname;
  return [
    ...fact('Filter', [through, filterRemark(hostname)]),
    ...documentFacts(hostname),
    ...fact('Since', [sinceText(hostname, context)]),
    ...fact('Construct', [constructPath]),
    ...fact('Terraform', rules),
  ];
}

/** Returns the row of a port or hostname that a construct leaves closed. */
export function rowOfOmission(omission: TracedOmission, { anchors, machines }: RowContext): ReportRow {
  const { stack = '', source, destination, port, hostname, constructPath, environment } = omission;
  const isOpen = omission.openNevertheless?.kind === 'opened';
  const behind = hostname !== undefined && hostname.clients === undefined;
  return {
    anchor: anchors.of(`${stack} omitted ${omission.row}`, [
      ...['omitted', stack, withoutEdition(omission), constructPath, environment],
      ...[nameOfEnd(source), nameOfEnd(destination), String(port), hostname?.hostname],
    ]),
    stack,
    source: behind ? { name: `machines behind ${hostname.through}`, ranges: [] } : machines.end(source),
    destination: hostname === undefined ? machines.end(destination) : { name: hostname.hostname, ranges: [] },
    ports: [String(port)],
    purpose: purposeText(omission),
    impact: isOpen ? undefined : impactText(omission),
    isImpactKnown: omission.impact !== undefined,
    opener: 'omitted by the code',
    openedBy: omittedOpenerText(omission),
    marks: ['omitted', ...mark('supplement', omission.supplement !== undefined)],
    document: sourceOf(omission),
    supplement: omission.supplement,
    worldReasons: [],
    facts: [...documentFacts(omission), ...fact('Construct', [constructPath])],
  };
}

/** Returns the row of what rules allow and no document lists. */
export function rowOfOpening(opening: TracedOpening, { anchors, machines }: RowContext): ReportRow {
  const {
    stack = '',
    source,
    destination,
    port,
    direction,
    isOpenToTheWorld,
    rules,
    notKnown,
    isWithoutPackets,
  } = opening;
  return {
    anchor: anchors.of(`${stack} not documented ${port}`, [
      ...['not documented', stack, direction, port],
      ...[nameOfEnd(source), nameOfEnd(destination), ...rules],
    ]),
    stack,
    source: machines.end(source),
    destination: machines.end(destination),
    ports: [port],
    purpose: 'not documented',
    impact: 'no document says what fails',
    isImpactKnown: false,
    opener: notKnown === undefined ? 'this stack' : 'not known to be open',
    openedBy: [notKnown ?? 'this stack', ...(isWithoutPackets ? [WITHOUT_PACKETS] : [])].join('; '),
    marks: [
      'not documented',
      ...mark('open to the world', isOpenToTheWorld),
      ...mark('not known to be open', notKnown !== undefined),
    ],
    document: { text: 'no document lists it' },
    worldReasons: source.openToTheWorld,
    facts: [...fact('Direction', [direction]), ...fact('Terraform', rules)],
  };
}

type Sourced = TracedFlow | TracedHostname | TracedOmission;

function sourceOf(sourced: Sourced): ReportSource {
  const { document, section } = sourced;
  if ('notDocumented' in sourced && sourced.notDocumented !== undefined) return { text: documentedText(sourced) };
  const reference = sourceReference(sourced);
  // a supplement cites its own page, never the document that lacks it
  return { text: isDocumented(sourced) ? document.key : 'supplement', section, reference };
}

function documentFacts(sourced: Sourced): ReportFact[] {
  const { document, supplement } = sourced;
  const isOfDocument = isDocumented(sourced);
  return [
    ...fact('Not in the document', supplement === undefined ? [] : [supplement]),
    ...fact('Source', supplement === undefined ? [] : [sourceLine(sourced)]),
    ...factOfDocument(
      'Edition',
      isOfDocument
        ? [
            `${document.edition} of "${document.title}"; the port table was compared with the document on ${document.comparedOn}`,
          ]
        : [],
    ),
  ];
}

/** Returns the heading and the page of a supplement. */
function sourceLine(sourced: Sourced): string {
  return [`"${sourced.section}"`, sourceReference(sourced)].filter((text) => text !== '').join(', ');
}

function factOfDocument(label: string, lines: readonly (string | undefined)[]): ReportFact[] {
  return fact(label, lines).map((one) => ({ ...one, isOfDocument: true }));
}

function fact(label: string, lines: readonly (string | undefined)[]): ReportFact[] {
  const known = lines.filter((line) => line !== undefined && line !== '');
  return known.length === 0 ? [] : [{ label, lines: known as string[] }];
}

function mark(name: RowMark, holds: boolean): RowMark[] {
  return holds ? [name] : [];
}

/** A link to a row stays valid with a later edition of its document. */
function withoutEdition({ document, rowKey }: Pick<TracedFlow, 'document' | 'rowKey'>): string {
  const { key, edition } = document;
  return rowKey.startsWith(key) ? rowKey.replace(`@${edition}`, '') : rowKey;
}
