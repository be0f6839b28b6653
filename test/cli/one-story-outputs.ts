import { cli, type CliResult } from '../support/cli';
import { arrowsInPicture, type PictureArrow, type PictureBox, withoutStack } from '../support/pictures';
import {
  allowedRangesOf,
  type FlowJson,
  type HostnameJson,
  type OmittedJson,
  type PeerJson,
  printedRangesOf,
  rangesOf,
  singlePorts,
  type UndocumentedJson,
  unique,
} from '../support/told';

/** What a matrix tells about a stack or an app. */
interface Story {
  readonly flows: readonly FlowJson[];
  readonly hostnames?: readonly HostnameJson[];
  readonly omitted?: readonly OmittedJson[];
  readonly undocumented: readonly UndocumentedJson[];
}

/** What commands printed about an app. */
const printed = new Map<string, Promise<CliResult>>();

/** Runs a command once for an app. */
export function once(argv: readonly string[]): Promise<CliResult> {
  const key = JSON.stringify(argv);
  const known = printed.get(key) ?? cli(argv);
  printed.set(key, known);
  return known;
}

/** Forgets what commands printed, because the next app has different files. */
export function forgetOutputs(): void {
  printed.clear();
}

/** Returns what a command prints. Throws if it refuses. */
async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await once(argv);
  if (code === 2 && stdout === '') throw new Error(`${argv.join(' ')}: ${stderr}`);
  return stdout;
}

const PORT = /\b\d+(?:-\d+)?\/(?:tcp|udp)\b/g;
const MAX_RANGES = 3;

/** Pictures have the machines, IP ranges, ports, openers and hostnames of the matrix. */
export async function expectSamePictures(
  paths: string,
  { flows, hostnames = [], undocumented }: Story,
  of: object,
): Promise<void> {
  const [openings, toHostnames] = [false, true].map((isTo) =>
    undocumented.filter(({ destination: { label } }) => label.startsWith('host:') === isTo),
  );
  const arrows = [
    ...flows.map((flow) => arrowText(flow, meaningOf(flow))),
    ...openings.map((one) => arrowText(one, meaningOfOpening(one))),
  ];
  const boxes = [...flows, ...openings].flatMap(({ source, destination }) => [source, destination]).map(boxText);
  const names = [
    ...hostnames.map((one) => `${nameOf(one.clients) ?? `machines behind ${one.through}`} to ${one.hostname}`),
    ...toHostnames.map(({ source, destination }) => `${nameOf(source)} to ${destination.label.slice('host:'.length)}`),
  ];
  for (const format of ['mermaid', 'dot'] as const) {
    const drawn = arrowsInPicture(await output('diagram', paths, '--format', format), format);
    const [ofHostnames, others] = [true, false].map((isTo) => drawn.filter(({ to }) => isHostnameBox(to) === isTo));
    const ports = others.filter(({ label }) => !label.startsWith('an address of the load balancer'));
    expect({
      of,
      format,
      arrows: unique(ports.flatMap(portsOfArrow)),
      boxes: unique(ports.flatMap(({ from, to }) => [from, to].map(drawnBoxText))),
      hostnames: unique([...ofHostnames.flatMap(hostnamesOfArrow), ...(isCut(ofHostnames) ? names : [])]),
    }).toEqual({ of, format, arrows: unique(arrows), boxes: unique(boxes), hostnames: unique(names) });
  }
}

function arrowText(
  { port, source, destination }: Pick<FlowJson, 'port' | 'source' | 'destination'>,
  meaning: string,
): string {
  return `${meaning}: ${port} from ${nameOf(source)} to ${nameOf(destination)}`;
}

function meaningOf(flow: FlowJson): string {
  const { external, closed, openInPart, closedAtSource, notKnownToBeOpen, supplement } = flow;
  const isNot = supplement === undefined ? '' : ', not in the document';
  if (external) return `the firewall team opens it${isNot}`;
  if (closed !== undefined && !openInPart) return 'no rule of this stack opens it';
  if (closedAtSource !== undefined) return 'its source may not send it';
  if (notKnownToBeOpen !== undefined) return 'not known to be open';
  return openInPart ? 'this stack opens it in part' : `this stack opens it${isNot}`;
}

function meaningOfOpening({ notKnownToBeOpen }: UndocumentedJson): string {
  return notKnownToBeOpen === undefined ? 'this stack opens it, not documented' : 'not known to be open';
}

/** Returns the name of a peer without its stack, because a picture of several stacks draws machines in the frame of theirs; its first ranges if it has no name. */
function nameOf(peer: PeerJson): string;
function nameOf(peer: PeerJson | undefined): string | undefined;
function nameOf(peer: PeerJson | undefined): string | undefined {
  if (peer === undefined) return undefined;
  const isOnlyRanges = /^(?:[\da-f.:]+\/\d+|a range known after apply)(?:, |$)/.test(peer.label);
  return isOnlyRanges ? firstRanges(peer).join(', ') : withoutStack(peer.label);
}

function firstRanges(peer: PeerJson): string[] {
  const ranges = [...new Set(printedRangesOf(peer))];
  const more = ranges.length - MAX_RANGES;
  return more > 0 ? [...ranges.slice(0, MAX_RANGES), `and ${more} more`] : ranges;
}

function boxText(peer: PeerJson): string {
  const name = nameOf(peer);
  // the name of several peers together has their ranges
  const parts = new Set(name.split(', '));
  const printed = firstRanges(peer);
  const ranges = name === printed.join(', ') ? printed : printed.filter((range) => !parts.has(range));
  return name === ranges.join(', ') ? name : [name, ...ranges].join(' | ');
}

function drawnBoxText({ name, lines }: PictureBox): string {
  return [name, ...lines.filter((line) => /^(?:[\da-f.:]+\/\d+|<.*>|and \d+ more)$/.test(line))].join(' | ');
}

function isHostnameBox({ name }: PictureBox): boolean {
  return /^(?:hostname|\d+ hostnames)$/.test(name);
}

function portsOfArrow({ from, to, label }: PictureArrow): string[] {
  const [, meaning = 'this stack opens it', text] = /^([a-z][a-z, ]+): (.*)$/.exec(label) ?? [, undefined, label];
  const own = text.replace(/\((?:document|its source): [^)]*\)/g, '');
  return [...new Set(own.match(PORT))].map((port) => `${meaning}: ${port} from ${from.name} to ${to.name}`);
}

/** Whether a box has more hostnames than it lists. */
function isCut(arrows: readonly PictureArrow[]): boolean {
  return arrows.some(({ to: { lines } }) => /^and \d+ more$/.test(lines.at(-1) ?? ''));
}

function hostnamesOfArrow({ from, to: { name, lines } }: PictureArrow): string[] {
  const names = lines.filter((line) => !line.startsWith('through ') && !/^and \d+ more$/.test(line));
  const more = Number(/^and (\d+) more$/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
  const count = Number(/^\d+/.exec(name)?.[0] ?? 1);
  if (names.length + more !== count) throw new Error(`${name}: ${lines.join(', ')}`);
  return names.map((one) => `${from.name} to ${one}`);
}

interface CheckedJson {
  readonly results: readonly unknown[];
  readonly notCheckable: readonly {
    readonly destination: string;
    readonly port: string;
    readonly row?: string;
    readonly notOpenByRules?: readonly string[];
  }[];
  readonly hostnames?: readonly { readonly hostname: string; readonly ports: readonly string[] }[];
  readonly omitted?: readonly { readonly port: string; readonly row: string; readonly hostname?: string }[];
}

async function checked(paths: string, as: string): Promise<CheckedJson> {
  return JSON.parse(await output('verify', paths, '--as', as, '--format', 'json')) as CheckedJson;
}

/** A machine of a role tries what the matrix says that it may need. No end of a random app is one IP address, so that nothing is tried. */
export async function expectSameChecks(
  paths: string,
  { flows, hostnames = [], omitted = [] }: Story,
  of: object,
): Promise<void> {
  const roles = unique(flows.map(({ source }) => source.role ?? ''));
  // what no machines are named for may be for any of them
  const forAny = hostnames.filter(({ clients }) => clients === undefined).map(hostnameText);
  const omittedNames = omitted.flatMap(({ hostname }) => hostname ?? []);
  for (const role of roles) {
    const found = await checked(paths, role);
    const isNeeded = ({ source }: Pick<FlowJson, 'source'>): boolean => source.role === role;
    const names = (found.hostnames ?? []).map(hostnameText);
    expect({
      of,
      role,
      results: found.results,
      flows: unique(found.notCheckable.map(checkedText)),
      omitted: unique((found.omitted ?? []).filter(isRow).map(({ port, row }) => `${port} ${row}`)),
      omittedNames: unique((found.omitted ?? []).flatMap(({ hostname }) => hostname ?? [])).filter(
        (name) => !omittedNames.includes(name),
      ),
      unknownNames: names.filter((name) => !hostnames.map(hostnameText).includes(name)),
      missingNames: forAny.filter((name) => !names.includes(name)),
    }).toEqual({
      of,
      role,
      results: [],
      flows: unique(flows.filter(isNeeded).map(neededText)),
      omitted: unique(
        omitted
          .filter(isRow)
          .filter(isNeeded)
          .map(({ port, row }) => `${port} ${row}`),
      ),
      omittedNames: [],
      unknownNames: [],
      missingNames: [],
    });
  }
  await expectSameChecksOfMachines(paths, flows, { of, roles });
}

/** Machines are accepted by the name that the matrix prints. */
async function expectSameChecksOfMachines(
  paths: string,
  flows: readonly FlowJson[],
  { of, roles }: { readonly of: object; readonly roles: readonly string[] },
): Promise<void> {
  const sources = unique(flows.map(({ source, stack }) => JSON.stringify([stack, source.label])));
  for (const key of sources.slice(0, 4)) {
    const [stack, label] = JSON.parse(key) as [string, string];
    if (roles.includes(label)) continue;
    const needed = flows.filter((flow) => flow.stack === stack && flow.source.label === label);
    const found = await checked(paths, `${stack}/${label}`);
    expect({ of, label, flows: unique(found.notCheckable.map(checkedText)) }).toEqual({
      of,
      label,
      flows: unique(needed.map(neededText)),
    });
  }
}

/** Whether it is a port between machines, and not a hostname. */
function isRow({ hostname }: { readonly hostname?: string }): boolean {
  return hostname === undefined;
}

function hostnameText({ hostname, ports }: { readonly hostname: string; readonly ports: readonly string[] }): string {
  return [hostname, ...ports].join(' ');
}

function checkedText({ destination, port, notOpenByRules }: CheckedJson['notCheckable'][number]): string {
  return `${port} to ${destination}${notOpenByRules === undefined ? '' : ', not open'}`;
}

function neededText(flow: FlowJson): string {
  const { destination, port, closed, closedAtSource, notKnownToBeOpen, isWithoutPackets } = flow;
  const isOpen = (closed ?? closedAtSource ?? notKnownToBeOpen ?? isWithoutPackets) === undefined;
  return `${port} to ${destination.label}${isOpen ? '' : ', not open'}`;
}

/** The firewall of Linux machines accepts and sends what the matrix lists for them. */
export async function expectSameHostRules(paths: string, { flows }: Story, of: object): Promise<void> {
  const machines = unique(
    flows
      .flatMap(({ source, destination }) => [source, destination])
      .filter(({ label, hostGroups }) => hostGroups.length === 0 && / machines(?: \([^()]*\))?$/.test(label))
      .map(({ label }) => label),
  );
  for (const label of machines) {
    const sent = flows.filter(({ source }) => source.label === label);
    const balanced = sent.filter(({ row }) => /^control-plane-vip@.*\/routing$/.test(row));
    const accepted = flows.filter(
      ({ destination, row, construct }) =>
        destination.label === label ||
        // packets to a virtual address arrive at its load balancer
        (/^control-plane-vip@.*\/virtual-ip$/.test(row) && balanced.some((other) => other.construct === construct)),
    );
    const far = [...accepted.map(({ source }) => source), ...sent.map(({ destination }) => destination)];
    const { stdout, stderr } = await cli([
      'host-rules',
      paths,
      '--role',
      label,
      '--for',
      'nftables',
      '--egress',
      '--ssh-port',
      '1',
    ]);
    if (far.some(isWithoutRanges)) {
      expect({ of, label, stdout, code: /\[([a-z-]+)\]\n$/.exec(stderr)?.[1] }).toEqual({
        of,
        label,
        stdout: '',
        code: 'host-rule-without-ranges',
      });
      continue;
    }
    const [input, out] = stdout.split('chain output');
    expect({ of, label, accepted: rulesOfNftables(input), sent: rulesOfNftables(out ?? stderr) }).toEqual({
      of,
      label,
      accepted: unique(accepted.flatMap(({ port, source }) => rangesAt(port, source))),
      sent: unique(sent.flatMap(({ port, destination }) => rangesAt(port, destination))),
    });
  }
}

function isWithoutRanges(peer: PeerJson): boolean {
  const isUnknown =
    peer.references.length > 0 || peer.hostGroups.some(({ ipRanges }) => (ipRanges?.references ?? [1]).length > 0);
  return isUnknown || rangesOf(peer).length === 0;
}

function rangesAt(port: string, peer: PeerJson): string[] {
  return rangesOf(peer).map((range) => `${port} ${range}`);
}

function rulesOfNftables(text: string): string[] {
  const rules = [...text.matchAll(/^ *ip6? [sd]addr (?:\{ (.*?) \}|(\S+)) (tcp|udp) dport (\S+) accept$/gm)];
  return unique(
    rules.flatMap(([, set, one, protocol, port]) =>
      (set ?? one).split(', ').map((range) => `${port}/${protocol} ${range}`),
    ),
  );
}

/** Commands have the IP ranges, tags and accounts from which rules of the stack allow inbound traffic. */
export async function expectSameCommands(stack: string, opened: readonly FlowJson[], of: object): Promise<void> {
  const script = await output('commands', stack);
  const kinds = { 'network tag ': 'tag', 'secure tag ': 'secure tag', 'service account ': 'account' };
  expect({ of, sources: sourcesInCommands(script) }).toEqual({
    of,
    sources: unique(
      opened.flatMap(({ port, source }) => [
        ...[
          ...allowedRangesOf({ ...source, hostGroups: [] }),
          ...printedRangesOf({ ...source, ranges: [], hostGroups: [] }),
        ].map((range) => `${port} from ${range}`),
        ...source.hostGroups.flatMap(({ label }) =>
          Object.entries(kinds).flatMap(([kind, word]) =>
            label.startsWith(kind) ? [`${port} from ${word} ${label.slice(kind.length)}`] : [],
          ),
        ),
      ]),
    ),
  });
}

interface PermissionJson {
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly IpRanges?: readonly { readonly CidrIp: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: string }[];
}

function sourcesInCommands(script: string): string[] {
  const commands = script.replaceAll('\\\n', '').split(/\n(?=gcloud |aws |[a-z_\d]+=\$)/);
  return unique(
    commands.flatMap((command) => {
      const isAllowInbound = !command.includes('--direction=EGRESS') && !command.includes('--action=DENY');
      if (command.startsWith('gcloud ')) return isAllowInbound ? sourcesOfGcloud(command) : [];
      return command.startsWith('aws ec2 authorize-security-group-ingress ') ? sourcesOfAws(command) : [];
    }),
  );
}

function sourcesOfGcloud(command: string): string[] {
  const list = (option: string): string[] => new RegExp(`--${option}=([^' ]+)`).exec(command)?.[1].split(',') ?? [];
  const ports = /(?:--allow |--layer4-configs=)(\S+)/
    .exec(command)![1]
    .split(',')
    .map((rule) => rule.split(':').reverse().join('/'));
  const sources = [
    ...list('source-ranges'),
    ...list('src-ip-ranges'),
    ...list('source-tags').map((tag) => `tag ${tag}`),
    ...list('src-secure-tags').map((tag) => `secure tag ${tag}`),
    ...list('source-service-accounts').map((account) => `account ${account}`),
  ];
  return ports.flatMap((port) => sources.map((source) => `${port} from ${source}`));
}

function sourcesOfAws(command: string): string[] {
  const [, json] = /--ip-permissions '(.*)'/.exec(command)!;
  const permissions = JSON.parse(json.replace(/'"(\$\w+)"'/g, '$1')) as PermissionJson[];
  return permissions.flatMap(({ IpProtocol: protocol, FromPort: from, ToPort: to, IpRanges = [], Ipv6Ranges = [] }) =>
    [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)].map(
      (range) => `${from === to ? from : `${from}-${to}`}/${protocol} from ${range}`,
    ),
  );
}

interface ShownJson {
  readonly rows: readonly (Readonly<Record<'direction' | 'port' | 'from' | 'to', string>> & {
    readonly network?: string;
    readonly permitted: boolean;
  })[];
  readonly notEvaluated: readonly unknown[];
}

interface ChangesJson {
  readonly changes: readonly {
    readonly kind: string;
    readonly direction: string;
    readonly group: string;
    readonly network?: string;
    readonly movedFrom?: string;
  }[];
}

/** What two stacks permit differs at the machines at which a diff of them has changes, in both directions, and at no others. */
export async function expectSameChanges(one: string, other: string, of: object): Promise<void> {
  const shown = await Promise.all(
    [one, other].map(async (stack) => JSON.parse(await output('show', stack, '--format', 'json')) as ShownJson),
  );
  if (shown.some(({ notEvaluated }) => notEvaluated.length > 0)) return;
  const [before, after] = shown.map(({ rows }) => rowsByMachines(rows));
  const differing = unique([...before.keys(), ...after.keys()]).filter((key) => before.get(key) !== after.get(key));
  for (const [first, second] of [
    [one, other],
    [other, one],
  ]) {
    const { changes } = JSON.parse(await output('diff', first, second, '--format', 'json')) as ChangesJson;
    const permitted = changes.filter(({ kind }) => !/(?:requested|omitted)$/.test(kind));
    const changed = permitted.flatMap(({ direction, group, network = '', movedFrom }) =>
      [group, ...(movedFrom === undefined ? [] : [movedFrom])].map(
        (name) => `${direction} ${name.replace(/ \((?:before|after)\)$/, '')} ${network}`,
      ),
    );
    expect({ of, first, changed: unique(changed) }).toEqual({ of, first, changed: differing });
  }
}

/** A row of a request in CSV. */
type RequestRow = Readonly<Record<string, string>>;

/**
 * A request that says what has changed asks for what a diff calls requested, and closes what it calls no longer requested. Where ranges
 * overlap, a request has the rules of the firewall team, of which the diff has only the traffic: what only one of them has is
 * at the same port of the same machines in the other direction.
 */
export async function expectSameRequestedChanges(one: string, other: string, of: object): Promise<void> {
  const { changes } = JSON.parse(await output('diff', one, other, '--format', 'json')) as RequestedChangesJson;
  const rows = csvRows(await output('request', other, '--since', one, '--format', 'csv'));
  // a different machine behind a virtual address changes its routing, and not who may reach it
  const isRouted = ({ Document: document }: RequestRow): boolean => document.startsWith('control-plane-vip@');
  const asked = (action: string, some = rows): string[] =>
    unique(some.filter((row) => row.Action.split('; ')[0] === action).flatMap(requestedAt));
  const told = (kind: string, side: 'before' | 'after'): string[] =>
    unique(changes.filter((change) => change.kind === kind).flatMap((change) => changedAt(change, side)));
  const [requested, gone] = [told('requested', 'after'), told('no longer requested', 'before')];
  const both = [...requested, ...gone];
  // a diff has only packets that can exist
  const notRouted = rows.filter((row) => !isRouted(row) && canHavePackets(row));
  expect({
    of,
    notOpened: requested.filter((each) => !asked('please open').includes(each)),
    notClosed: gone.filter((each) => !asked('please close').includes(each)),
    notTold: [...asked('please open', notRouted), ...asked('please close', notRouted)].filter(
      (each) => !both.includes(each),
    ),
  }).toEqual({ of, notOpened: [], notClosed: [], notTold: [] });
}

interface RequestedChangesJson {
  readonly changes: readonly {
    readonly kind: string;
    readonly direction: string;
    readonly group: string;
    readonly before: readonly ReachJson[];
    readonly after: readonly ReachJson[];
  }[];
}

interface ReachJson {
  readonly ports: readonly string[];
  readonly peer: string;
}

const RANGE_OF_GROUP = /(?:^|[:/])((?:\d+\.[\d.]+|[\da-f]*:[\da-f:.]*)\/\d+)$/;
const RANGE = /[\da-f.:]+\/\d+$/;

/** Whether both ends may have IP addresses of one family. */
function canHavePackets(row: RequestRow): boolean {
  const [from, to] = [row['Source IP ranges'], row['Destination IP ranges']].map((text) =>
    text === '' || text.includes('<') ? [':', '.'] : text.split(', ').map((range) => (range.includes(':') ? ':' : '.')),
  );
  return from.some((family) => to.includes(family));
}

/** Returns `<port> <range of the machines that listen>`, or `<port> <hostname>`; nothing for machines without ranges. */
function requestedAt(row: RequestRow): string[] {
  const ports = singlePorts([`${row.Port}/${row.Protocol}`]);
  const [, withoutPackets = ''] = /No packet to (.*?) can pass/.exec(row.Notes) ?? [];
  const ranges = row['Destination IP ranges']
    .split(', ')
    .filter((text) => RANGE.test(text) && !text.includes('<') && !withoutPackets.split(', ').includes(text));
  const ends = row['Destination IP ranges'] === '' ? [row.Destination] : ranges;
  return ports.flatMap((port) => ends.map((end) => `${port} ${end}`));
}

function changedAt(
  { direction, group, ...sides }: RequestedChangesJson['changes'][number],
  side: 'before' | 'after',
): string[] {
  return sides[side].flatMap(({ ports, peer }) => {
    const end = direction === 'egress' ? /^host:(\S+)/.exec(peer)?.[1] : RANGE_OF_GROUP.exec(group)?.[1];
    return end === undefined ? [] : singlePorts(ports).map((port) => `${port} ${end}`);
  });
}

function csvRows(text: string): RequestRow[] {
  const [columns, ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain),
    );
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
}

function rowsByMachines(rows: ShownJson['rows']): Map<string, string> {
  const found = new Map<string, string[]>();
  for (const { direction, port, from, to, network = '', permitted } of rows) {
    const [near, far] = direction === 'ingress' ? [to, from] : [from, to];
    const key = `${direction} ${near} ${network}`;
    found.set(key, [...(found.get(key) ?? []), `${port} ${far} ${permitted}`]);
  }
  return new Map([...found].map(([key, lines]) => [key, lines.sort().join('\n')]));
}

interface CoverJson {
  readonly undocumented: readonly { readonly rules: readonly string[] }[];
  readonly missing: readonly {
    readonly table: string;
    readonly edition: string;
    readonly row: string;
    readonly roles: readonly string[];
  }[];
}

/**
 * Compared with the documents of a stack, the same rules are undocumented; no row is missing that the matrix calls open, and every row is
 * that a construct omits or whose firewall is disabled. Further rows are missing that constructs have only with an option.
 */
export async function expectSameCover(
  stack: string,
  { flows, omitted = [], undocumented }: Story,
  of: object,
): Promise<void> {
  const products = unique([...flows, ...omitted.filter(isRow)].map(({ row }) => row.replace(/\/.*/s, '')));
  if (products.length === 0) return;
  const given = products.flatMap((product) => ['--product', product]);
  const found = JSON.parse(await output('cover', stack, ...given, '--format', 'json')) as CoverJson;
  const rulesOf = (some: readonly { readonly rules: readonly string[] }[]): string[] =>
    unique(some.flatMap(({ rules }) => rules));
  const [closed, open] = [true, false].map((isClosed) =>
    flows.filter((flow) => (flow.closed !== undefined) === isClosed),
  );
  const missing = new Set(
    found.missing.flatMap(({ table, edition, row, roles }) =>
      roles.map((each) => `${table}@${edition}/${each}/${row}`),
    ),
  );
  const keysOf = (some: readonly Needed[]): string[] =>
    unique(
      some.map(({ row, source, destination }) => {
        const roles = `${source.role}>${destination.role}`;
        return `${row.replace(/\/.*/s, '')}/${roles}/${row.replace(/.*\//s, '')}`;
      }),
    );
  const left = [...omitted.filter(({ openNevertheless }) => openNevertheless === undefined), ...closed];
  // what the firewall team opens is not in the files, a supplement is in no document, and the agent is optional
  const judged = left.filter(
    ({ source, destination, supplement }) =>
      destination.hostGroups.length > 0 && supplement === undefined && source.role !== 'agent',
  );
  const notJudged = keysOf([...open, ...omitted.filter((one) => one.openNevertheless !== undefined)]);
  expect({
    of,
    undocumented: rulesOf(found.undocumented),
    openAndMissing: keysOf(open.filter((flow) => flow.notKnownToBeOpen === undefined)).filter(
      (key) => missing.has(key) && !keysOf(left).includes(key),
    ),
    closedAndFound: keysOf(judged).filter((key) => !missing.has(key) && !notJudged.includes(key)),
  }).toEqual({
    of,
    undocumented: rulesOf(undocumented.filter(({ direction }) => direction === 'ingress')),
    openAndMissing: [],
    closedAndFound: [],
  });
}

type Needed = Pick<FlowJson, 'row' | 'source' | 'destination'>;
