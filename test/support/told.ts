type Opener = 'this stack' | 'this stack, in part' | 'no rule of this stack' | 'the firewall team';

/** What an output tells about one port: who opens it, and between which IP ranges. Names are left out, because formats shorten them. */
export interface Told {
  readonly opener: Opener;
  /** Whether its source may not send it. */
  readonly isClosed: boolean;
  /** Whether it is not known to be open. */
  readonly isUncertain: boolean;
  /** Whether its ends have IP addresses of different families. */
  readonly isWithoutPackets: boolean;
  readonly port: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const RANGE = /\b(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}\b|(?<![\w:])[\da-f]{0,4}(?::[\da-f]{0,4})+\/\d{1,3}\b/g;
const PORT = /\b\d+(?:[-:]\d+)?\/(?:tcp|udp|esp|ipip)\b/g;

/** Returns everything told as lines that can be compared: one for each port, source and destination. */
export function told(all: readonly Told[]): string[] {
  return unique(
    all.flatMap(({ opener, isClosed, isUncertain, isWithoutPackets, port, from, to }) =>
      orNone(from).flatMap((source) =>
        orNone(to).map((target) => {
          const remarks = { ', closed': isClosed, ', not known': isUncertain, ', no packets': isWithoutPackets };
          const how = Object.entries(remarks)
            .flatMap(([text, is]) => (is ? [text] : []))
            .join('');
          return `${opener}${how}: ${port} from ${source} to ${target}`;
        }),
      ),
    ),
  );
}

const NO_RANGES = 'an end without IP ranges';

function orNone(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [NO_RANGES] : texts;
}

export interface PeerJson {
  readonly role?: string;
  readonly label: string;
  readonly ranges: readonly string[];
  /** The Terraform expressions of ranges that are known after apply. */
  readonly references: readonly string[];
  readonly openToTheWorld: readonly string[];
  readonly hostGroups: readonly {
    readonly label: string;
    readonly network?: string;
    readonly ipRanges?: { readonly ranges: readonly string[]; readonly references: readonly string[] };
  }[];
}

/** A flow in the JSON of the matrix. */
export interface FlowJson {
  readonly stack: string;
  readonly source: PeerJson;
  readonly destination: PeerJson;
  readonly port: string;
  readonly documentedPort?: string;
  readonly external?: true;
  readonly closedAtSource?: string;
  readonly notKnownToBeOpen?: string;
  /** Whether its ends have IP addresses of different families. */
  readonly isWithoutPackets?: true;
  /** Why no rule opens it, or why rules open only a part of it. */
  readonly closed?: string;
  readonly openInPart?: true;
  readonly supplement?: string;
  readonly row: string;
  readonly construct: string;
  readonly rules: readonly string[];
}

/** What no row documents, in the JSON of the matrix. */
export interface UndocumentedJson {
  readonly stack: string;
  readonly direction: string;
  readonly source: PeerJson;
  readonly destination: PeerJson;
  readonly port: string;
  readonly isOpenToTheWorld: boolean;
  readonly notKnownToBeOpen?: string;
  readonly isWithoutPackets?: true;
  readonly rules: readonly string[];
}

/** Returns what no row documents as lines that can be compared. */
export function undocumentedTold(all: readonly UndocumentedJson[]): string[] {
  return unique(
    all.flatMap(({ port, source, destination, rules, notKnownToBeOpen: notKnown, isWithoutPackets }) => {
      const opener = isWithoutPackets ? 'no packets' : (notKnown ?? 'open');
      return rules.map((rule) => [port, ...rangesOf(source), ...rangesOf(destination), rule, opener].join(' '));
    }),
  );
}

/** Reads the same from the rows of a matrix in which it is below the documented ones, or in a table of its own. */
export function undocumentedByMatrix(text: string, format: 'csv' | 'markdown'): string[] {
  const rows = format === 'csv' ? csvRows(text).filter(isUndocumented) : markdownRows(text, 'Rule');
  return unique(
    rows.flatMap((row) => {
      const cell = format === 'csv' ? row.Documented : row.Rule;
      const [ofRule] = cell.split('not known to be open: ');
      const opened = format === 'csv' ? row['Opened by'] : cell;
      const notKnown = opened.includes('no packets: ') ? 'no packets' : /not known to be open: (.*)$/.exec(opened)?.[1];
      const ends = [row.Source, row.Destination].flatMap((end) => end.match(RANGE) ?? []);
      const rules = ofRule.match(/\b(?:aws|google|kubernetes)_\w+\.[\w-]+/g) ?? [];
      return rules.map((rule) => [row.Port, ...ends, rule, notKnown ?? 'open'].join(' '));
    }),
  );
}

function isUndocumented({ Purpose: purpose }: Record<string, string>): boolean {
  return purpose === 'not documented';
}

/** A row in the JSON of the matrix that a construct omits. */
export interface OmittedJson {
  readonly row: string;
  /** Absent for a port between machines. */
  readonly hostname?: string;
  readonly source: PeerJson;
  readonly destination: PeerJson;
  readonly supplement?: string;
  readonly openNevertheless?: unknown;
  readonly port: string;
  readonly construct: string;
}

/** Returns the ports of omitted rows, with the constructs that omit them. */
export function omittedTold(omitted: readonly OmittedJson[]): string[] {
  return omitted.map(({ port, construct }) => `${port} omitted by ${construct}`).sort();
}

const OMITTED_BY = /(?:^|: )(omitted by [\w./-]+)/;

/** Returns the same as a matrix tells it. */
export function omittedByMatrix(text: string, format: 'csv' | 'markdown'): string[] {
  const rows = format === 'csv' ? csvRows(text) : markdownRows(text, 'Opened by');
  return rows
    .flatMap((row) => {
      const omitted = OMITTED_BY.exec(row['Opened by'])?.[1];
      return omitted === undefined ? [] : [`${row.Port} ${omitted}`];
    })
    .sort();
}

/** Returns the same as remarks, comments and notes tell it. */
export function omittedInRemarks(text: string): string[] {
  const found = text.matchAll(/([\d-]+(?:\.\d+)?\/\w+) from [^\n]*?(omitted by [\w./-]+)/g);
  return [...found].map(([, port, omitted]) => `${port} ${omitted}`).sort();
}

/** A hostname in the JSON of the matrix. */
export interface HostnameJson {
  readonly stack: string;
  readonly hostname: string;
  readonly ports: readonly string[];
  /** What the filter allows for it. */
  readonly allowed: readonly { readonly port: string; readonly names: readonly string[] }[];
  readonly external?: true;
  readonly notKnownToBeOpen?: string;
  readonly rules: readonly string[];
  /** The machines that it is for; absent if nobody named them. */
  readonly clients?: PeerJson;
  readonly through: string;
}

/** Returns the IP ranges of a peer and of its host groups. */
export function rangesOf({ ranges: own, hostGroups }: PeerJson): string[] {
  return [...own, ...hostGroups.flatMap(({ ipRanges }) => ipRanges?.ranges ?? [])];
}

/** Returns the IP ranges that rules allow: those of a prefix list are known, and a security group is allowed by its id. */
export function allowedRangesOf({ ranges, hostGroups }: PeerJson): string[] {
  const lists = hostGroups.filter(({ label }) => label.startsWith('prefix list '));
  return [...ranges, ...lists.flatMap(({ ipRanges }) => ipRanges?.ranges ?? [])];
}

/** Returns the IP ranges of a peer as outputs print them: those that are known after apply are placeholders. */
export function printedRangesOf(peer: PeerJson): string[] {
  const groups = peer.hostGroups.flatMap(({ ipRanges }) => ipRanges ?? []);
  return [...rangesOf(peer), ...[peer, ...groups].flatMap(({ references }) => references.map(placeholderOf))];
}

function placeholderOf(reference: string): string {
  return `<${reference.replace(/^\$\{(.*)\}$/, '$1')}>`;
}

/** Returns what a matrix tells. A request also tells that IP ranges of machines are missing. */
export function toldByJson(flows: readonly FlowJson[], output: 'matrix' | 'request' = 'matrix'): Told[] {
  const endOf = (peer: PeerJson): string[] => [
    ...printedRangesOf(peer),
    ...(output === 'request' && peer.hostGroups.some(({ ipRanges }) => ipRanges === undefined) ? [NO_RANGES] : []),
  ];
  return flows.map((flow) => ({
    opener: openerOf(flow),
    isClosed: flow.closedAtSource !== undefined,
    isUncertain: flow.notKnownToBeOpen !== undefined,
    isWithoutPackets: flow.isWithoutPackets === true,
    port: flow.port,
    from: endOf(flow.source),
    to: endOf(flow.destination),
  }));
}

function openerOf({ external, closed, openInPart }: FlowJson): Opener {
  if (external) return 'the firewall team';
  if (openInPart) return 'this stack, in part';
  return closed === undefined ? 'this stack' : 'no rule of this stack';
}

/** Reads RFC 4180. */
function csvRows(text: string): Record<string, string>[] {
  const [columns, ...rows] = text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell]) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      ),
    );
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at], cell])));
}

/** Reads the tables of a Markdown document that have these columns. */
function markdownRows(text: string, needed: string): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let columns: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('| ')) {
      columns = [];
      continue;
    }
    const cells = line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', '').replaceAll('<br>', ', '));
    if (columns.length === 0) columns = cells;
    else if (columns.includes(needed) && cells[0] !== '---') {
      rows.push(Object.fromEntries(cells.map((cell, at) => [columns[at], cell])));
    }
  }
  return rows;
}

function rowTold(row: Record<string, string>, opened: string, source: string, destination: string): Told[] {
  const port = portIn(row);
  if (port === undefined) return [];
  return [{ ...openerIn(opened), port, from: endsIn(row[source]), to: endsIn(row[destination]) }];
}

function portIn({ Port: cell = '', Protocol: protocol }: Record<string, string>): string | undefined {
  return protocol === undefined ? cell.match(PORT)?.[0] : `${cell}/${protocol}`;
}

function openerIn(text: string): Omit<Told, 'port' | 'from' | 'to'> {
  return {
    opener: openerNamed(text),
    isClosed: /closed at its source/i.test(text),
    isUncertain: /not known to be open/i.test(text),
    isWithoutPackets: /no packets: /i.test(text),
  };
}

function openerNamed(text: string): Opener {
  if (/^(?:the firewall team|please open)/i.test(text)) return 'the firewall team';
  if (/^(?:no rule of this stack|none known: no rule of the requesting team)/.test(text)) {
    return 'no rule of this stack';
  }
  return /^(?:this stack, in part|none known: the requesting team opens it in part)/.test(text)
    ? 'this stack, in part'
    : 'this stack';
}

/** A row for a hostname has no IP ranges of a destination, and one that routes or checks opens nothing. */
function isFlow(row: Record<string, string>): boolean {
  const isHostname = /(?:machines behind|through )/.test(row.Source);
  const { Action: action = 'please open' } = row;
  return (
    !isHostname &&
    !isUndocumented(row) &&
    !OMITTED_BY.test(row['Opened by'] ?? '') &&
    /^(?:please open|closed at its source|not known to be open|none(?: known)?: (?:no rule of )?the requesting team)/.test(
      action,
    )
  );
}

export function toldByMatrix(text: string, format: 'csv' | 'markdown'): Told[] {
  const rows = format === 'csv' ? csvRows(text) : markdownRows(text, 'Opened by');
  return rows.filter(isFlow).flatMap((row) => rowTold(row, row['Opened by'], 'Source', 'Destination'));
}

export function toldByRequest(text: string, format: 'csv' | 'markdown' | 'text'): Told[] {
  if (format === 'text') return text.split(/^---$/m).flatMap(blockTold);
  const rows = format === 'csv' ? csvRows(text) : markdownRows(text, 'Action');
  const [source, destination] =
    format === 'csv' ? ['Source IP ranges', 'Destination IP ranges'] : ['Source', 'Destination'];
  return rows.filter(isFlow).flatMap((row) => rowTold(row, row.Action, source, destination));
}

/** Reads a block of the vendor's form. */
function blockTold(block: string): Told[] {
  const [, head = '', source = '', rest = ''] = /^(.*?)^SOURCE[^\n]*:\n(.*?)^DESTINATION:\n(.*)$/ms.exec(block) ?? [];
  // a request for a virtual address has several sources, and names those that are closed
  const isRouted = head.includes('Please open and route');
  const says = (reason: string, port: string): boolean =>
    !isRouted && new RegExp(`^# (?:${port}: )?${reason}`, 'im').test(head);
  const own = rest.split('\n').filter((line) => !line.startsWith('#'));
  const ports = own.flatMap((line) => /^\d+(?::\d+)?\/[a-z]+$/.exec(line)?.[0].replace(':', '-') ?? []);
  return ports.map((port) => ({
    opener: openerOfBlock(head),
    isClosed: says('closed at its source', port),
    isUncertain: says('not known to be open', port),
    isWithoutPackets: says('no packets', port),
    port,
    from: endsIn(source),
    to: endsIn(own.join('\n')),
  }));
}

function openerOfBlock(head: string): Opener {
  if (head.includes('Please open')) return 'the firewall team';
  if (head.includes('No rule of the requesting team opens this')) return 'no rule of this stack';
  if (head.includes('opens this in part')) return 'this stack, in part';
  return /No action needed|^# (?:\S+: )?(?:closed at its source|not known to be open)/im.test(head)
    ? 'this stack'
    : 'the firewall team';
}

/** Returns the IP ranges in a text, with placeholders for those that are known after apply, and for those that are missing. */
function endsIn(text: string): string[] {
  const placeholders = text.replaceAll('&lt;', '<').match(/<[^<>]+>/g) ?? [];
  const isMissing = placeholders.some((each) => each.startsWith('<IP ranges of '));
  return [
    ...(text.match(RANGE) ?? []),
    ...placeholders.filter((each) => !each.startsWith('<IP ranges of ')),
    ...(isMissing ? [NO_RANGES] : []),
  ];
}

/** Returns the names that the filters allow. */
export function allowedNames(hostnames: readonly HostnameJson[]): string[] {
  return unique(hostnames.flatMap(({ allowed }) => allowed.flatMap(({ names }) => names)));
}

/** Returns the hostnames of the documents, with their ports. */
export function documentedHostnames(hostnames: readonly HostnameJson[]): string[] {
  return unique(hostnames.flatMap(({ hostname, ports }) => ports.map((port) => `${hostname} ${port}`)));
}

export function hostnamesByRequest(text: string): string[] {
  const blocks = text.split(/^---$/m).flatMap((block) => /^ADDRESSES TO ACCESS:\n([^]*)$/m.exec(block)?.[1] ?? []);
  return unique(
    blocks.flatMap((lines) =>
      lines
        .trim()
        .split('\n')
        .flatMap((line) => {
          const [name, ...ports] = line.split(' ');
          return ports.map((port) => `${name} ${port}`);
        }),
    ),
  );
}

/** Returns the ports in the labels of a picture. */
export function portsInPicture(text: string): string[] {
  const labels = text.replace(/document: \d+(?:-\d+)?\/[a-z]+/g, '');
  return unique(labels.match(PORT) ?? []);
}

/** Returns the names of the boxes in a picture in Mermaid that have a port open to the world. */
export function openToTheWorldInPicture(mermaid: string): string[] {
  const boxes = [...mermaid.matchAll(/^ *box\d+\["(.*?)"\]:::world$/gm)].map(([, text]) => text.split('<br/>'));
  return unique(boxes.flatMap(([name, ...more]) => (more.includes('open to the world') ? [name] : [])));
}

/** Returns single ports in place of short intervals, because outputs join ports that follow each other. */
export function singlePorts(texts: readonly string[]): string[] {
  return unique(
    texts.flatMap((text) => {
      const [, first, last = first, protocol] = /^(\d+)(?:-(\d+))?\/([a-z]+)$/.exec(text)!;
      const count = Number(last) - Number(first) + 1;
      if (count > 100) return [text];
      return Array.from({ length: count }, (_, at) => `${Number(first) + at}/${protocol}`);
    }),
  );
}

/** Returns the ports that commands of both clouds open. */
export function portsInCommands(script: string): string[] {
  const inbound = [
    ...script.matchAll(/^aws ec2 authorize-security-group-ingress \\\n[^]*?--ip-permissions ([^\n]*)/gm),
  ];
  const ofAws = inbound.flatMap(([, permissions]) =>
    [...permissions.matchAll(/"IpProtocol":"(\w+)","FromPort":(\d+),"ToPort":(\d+)/g)].map(
      ([, protocol, from, to]) => `${from === to ? from : `${from}-${to}`}/${protocol}`,
    ),
  );
  const created = script.split(/^(?=gcloud )/m).slice(1);
  const ofGcp = created
    .map((command) => command.split('\n\n')[0])
    .filter((command) => !command.includes('--direction=EGRESS') && !command.includes('--action=DENY'))
    .flatMap((command) => /(?:--allow |--layer4-configs=)(\S+)/.exec(command)![1].split(','))
    .map((rule) => rule.split(':'))
    .map(([protocol, ports]) => `${ports}/${protocol}`);
  return unique([...ofAws, ...ofGcp]);
}

/** Returns texts sorted, each once. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** The two ends of something that an output prints, each with the words for it. */
export interface PrintedEnds {
  readonly stack?: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Reads the ends in the JSON of the matrix. */
export function endsByJson(flows: readonly FlowJson[], hostnames: readonly HostnameJson[]): PrintedEnds[] {
  return [
    ...flows.map(({ stack, source, destination }) => ({ stack, from: wordsOf(source), to: wordsOf(destination) })),
    ...hostnames.map(({ stack, hostname, allowed, clients, through }) => ({
      stack,
      from: clients === undefined ? [`machines behind ${through}`] : wordsOf(clients),
      to: unique([hostname, ...allowed.flatMap(({ names }) => names)]),
    })),
  ];
}

function wordsOf(peer: PeerJson): string[] {
  return unique([peer.label, ...peer.hostGroups.map(({ label }) => label), ...rangesOf(peer)]);
}

/** Reads the ends in the tables of a Markdown document of the matrix or a request: every line of a cell. */
export function endsByMarkdown(text: string): PrintedEnds[] {
  const found: PrintedEnds[] = [];
  let columns: string[] = [];
  let stack: string | undefined;
  for (const line of text.split('\n')) {
    stack = /^## Stack (.*)$/.exec(line)?.[1] ?? stack;
    if (!line.startsWith('| ')) columns = [];
    else if (columns.length === 0) columns = cellsOf(line).map((lines) => lines.join(', '));
    else if (!line.startsWith('| ---')) {
      const cells = cellsOf(line);
      const cell = (name: string): readonly string[] => cells[columns.indexOf(name)] ?? [];
      if (columns.includes('Destination')) {
        found.push({ stack: cell('Stack')[0] ?? stack, from: ends(cell('Source')), to: ends(cell('Destination')) });
      } else if (columns[0] === 'From / to') found.push({ stack, from: cells[0], to: columns.slice(1) });
      else if (columns[0] === 'From') found.push({ stack, from: cells[0], to: cells[1] });
    }
  }
  return found;
}

function cellsOf(line: string): string[][] {
  return line
    .slice(2, -2)
    .split(' | ')
    .map((cell) =>
      cell.split('<br>').map((each) => each.replaceAll('`', '').replaceAll('&lt;', '<').replaceAll('\\', '')),
    );
}

/** Leaves out the lines of a cell that say something about an end, and do not name it. */
function ends(lines: readonly string[]): string[] {
  const named = lines.filter((line) => !/^<IP ranges of .*>$/.test(line));
  // a filter without clients is what the cell names
  return named.filter((line) => named.length === 1 || !line.startsWith('through '));
}

/** Reads the ends in the table of a request. The lines of a cell are joined there, so only names are read. */
export function endsByRequestCsv(text: string): PrintedEnds[] {
  return csvRows(text)
    .filter((row) => row.Source !== '' && row.Destination !== '')
    .map((row) => ({ stack: row.Stack, from: [row.Source], to: [row.Destination] }));
}

/** Reads the ends in the blocks of the vendor's form: lines of names and IP ranges. */
export function endsByRequest(text: string): PrintedEnds[] {
  return text.split(/^---$/m).flatMap((block) => {
    const [, source = ''] = /^SOURCE[^\n]*:\n(.*?)^(?:DESTINATION|ADDRESSES TO ACCESS):$/ms.exec(block) ?? [];
    const [, destination = ''] = /^DESTINATION:\n([^]*)$/m.exec(block) ?? [];
    const [, addresses = ''] = /^ADDRESSES TO ACCESS:\n([^]*)$/m.exec(block) ?? [];
    const [, stack] = /^# Stack: (.*)$/m.exec(block) ?? [];
    return [
      {
        stack,
        from: linesOf(source),
        to: [
          ...linesOf(destination).filter((line) => !/^(?:\d+(?:[:.]\d+)?\/[a-z]+\d?|icmp(?:v6)?)$/.test(line)),
          ...linesOf(addresses).map((line) => line.split(' ')[0]),
        ],
      },
    ];
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !/^<IP ranges of .*>$/.test(line));
}

/** Reads the names of the boxes of a picture. Which end they are is in its arrows. */
export function boxesInPicture(text: string): { readonly stack?: string; readonly name: string }[] {
  let stack: string | undefined;
  return text.split('\n').flatMap((line) => {
    stack = /\["stack (.*)"\]$/.exec(line)?.[1] ?? stack;
    const [, label] = /^ *box\d+\["(.*)"\]/.exec(line) ?? [];
    return label === undefined ? [] : [{ stack, name: label.split('<br/>')[0] }];
  });
}
