import { addTo, grouped } from '../../input';
import { byPort } from '../../net';
import {
  deviationText,
  isOnlyGroup,
  peerName,
  type TracedFlow,
  type TracedHostname,
  type TracedOpening,
  type TracedHostGroup,
  type TracedPeer,
  WITHOUT_PACKETS,
} from '../../provenance';
import { filteredPort } from '../filtered-hostnames';
import { familyText } from '../flow-family';
import { cloudName, peerText, purposeText, rangesBesideName } from '../peer-text';
import { peerKey, stacksOf } from '../request';
import { isDocumented, movedPortText, notDocumentedText, openerOf } from '../source-text';

const MAX_RANGES = 3;
const EXTERNAL_HOSTS = ['External hosts', 'ports opened by the firewall team'];

const OPEN_TO_THE_WORLD = 'open to the world';
const VIP_TABLE = 'control-plane-vip@';
const VIRTUAL_ADDRESS = 'virtual-ip';
const ROUTED = 'routing';

/** Who opens the ports of an arrow, and whether a document lists them; or that a virtual address is one of a load balancer. */
export type ArrowKind =
  | 'managed'
  | 'external'
  | 'supplement'
  | 'external supplement'
  | 'in part'
  | 'missing'
  | 'not known'
  | 'closed'
  | 'undocumented'
  | 'routing';

/** The meaning of each kind. Labels repeat it, so that no picture depends on colours or dashes. */
export const ARROW_MEANING: Readonly<Record<ArrowKind, string>> = {
  managed: 'this stack opens it',
  external: 'the firewall team opens it',
  supplement: 'this stack opens it, not in the document',
  'external supplement': 'the firewall team opens it, not in the document',
  'in part': 'this stack opens it in part',
  missing: 'no rule of this stack opens it',
  'not known': 'not known to be open',
  closed: 'its source may not send it',
  undocumented: 'this stack opens it, not documented',
  routing: 'an address of the load balancer',
};

/**
 * Returns text as lines of at most `width` characters. A longer word, such as a Terraform address, is broken after a dot, an underscore, a
 * slash or a hyphen if it has one there.
 */
export function linesOfWords(text: string, width: number): string[] {
  const words = `(?! ).{1,${width}}(?= |$)`;
  const part = `\\S{1,${width}}(?<=[._/-])(?=\\S)`;
  return text.match(new RegExp(`${words}|${part}|\\S{1,${width}}`, 'gu')) ?? [];
}

/** Returns the text of a picture without arrows. What its remarks are about may be open, and is not drawn. */
export function nothingDrawn({ remarks }: Pick<Diagram, 'remarks'>): string {
  return remarks.length === 0 ? 'No port is opened.' : 'No port is drawn.';
}

/** The boxes and arrows of a picture of who talks to whom. */
export interface Diagram {
  /** One for each network of each stack; boxes outside of every network are in a frame without a title. */
  readonly frames: readonly DiagramFrame[];
  /** The names of the stacks, if there are several. */
  readonly stacks: readonly string[];
  /** What the picture cannot show. */
  readonly remarks: readonly string[];
  readonly arrows: readonly DiagramArrow[];
}

/** The machines of one network. */
export interface DiagramFrame {
  /** The name of the stack, if there are several. */
  readonly stack?: string;
  /** The cloud, and below it the network. */
  readonly title?: readonly string[];
  readonly boxes: readonly DiagramBox[];
}

/** One peer, with all its roles. */
export interface DiagramBox {
  /** `box1`, `box2` and so on, in the order of the flows. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly ranges: readonly string[];
  /** Whether it is most of the internet, or has a port that is open to most of the internet. */
  readonly isWorld: boolean;
}

/** All ports of one kind from one box to another. */
interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  /** Empty if the arrow needs no words. */
  readonly labels: readonly DiagramLabel[];
}

/** An arrow, the box of its label, and the frame that contains the whole arrow. */
export interface LabelledArrow {
  readonly arrow: DiagramArrow;
  /** `label1`, `label2` and so on, in the order of the arrows. */
  readonly id: string;
  readonly frame?: DiagramFrame;
  /** The stack of both boxes, if there are several. */
  readonly stack?: string;
  /** Whether it closes a cycle: earlier arrows already lead from its end down to its start. */
  readonly isUpward: boolean;
}

/** The ports with one purpose: `8285/udp, 8472/udp` and `Flannel`. */
export interface DiagramLabel {
  readonly ports: string;
  readonly text: string;
}

/** What a picture has in addition to flows. */
interface BesideFlows {
  /** The hostnames to which outbound access is allowed or requested. */
  readonly hostnames?: readonly TracedHostname[];
  /** What rules allow and no row documents. */
  readonly undocumented?: readonly TracedOpening[];
  readonly remarks?: readonly string[];
}

/** Groups flows into boxes and arrows, in the order of the constructs; after them what no row documents. */
export function diagramOf(
  givenFlows: readonly TracedFlow[],
  { hostnames = [], undocumented: openings = [], remarks = [] }: BesideFlows = {},
): Diagram {
  const stacks = stacksOf([...givenFlows, ...openings, ...hostnames]).filter((stack) => stack !== undefined);
  const inOwn = inOwnStack(stacks);
  const flows = givenFlows.map((flow) => withEnds(flow, inOwn));
  const [undocumented, toHostnames] = [false, true].map((isTo) =>
    openings.filter((one) => isToHostname(one) === isTo).map((one) => withEnds(one, inOwn)),
  );
  const peers = new Map<string, KnownPeer>();
  const arrows = new Map<string, TracedFlow[]>();
  for (const flow of flows) {
    addEnds(peers, flow, isOpenToWorld(flow), [flow.sourceRole.title, flow.destinationRole.title]);
    const key = JSON.stringify([peerKey(flow.source), peerKey(flow.destination), kindOf(flow)]);
    addTo(arrows, key, flow);
  }
  const ofRows = hostnames.map((one) => ({ ...one, clients: one.clients && inOwn(one.clients) }));
  const groups = hostnameGroups(ofRows, toHostnames);
  for (const { key, source, ...box } of groups) {
    addEnds(peers, { source, destination: source }, false);
    peers.set(key, { peer: { ...source, ...NO_MACHINES, label: key }, roles: new Set(), isWorld: false, box });
  }
  const others = new Map<string, TracedOpening[]>();
  for (const opening of undocumented) {
    addEnds(peers, opening, opening.isOpenToTheWorld && opening.notKnown === undefined);
    addTo(others, JSON.stringify([peerKey(opening.source), peerKey(opening.destination), opening.notKnown]), opening);
  }
  const ids = new Map([...peers.keys()].map((key, at) => [key, `box${at + 1}`]));
  return {
    frames: framesOf(peers, ids, stacks.length > 1),
    stacks: stacks.length > 1 ? stacks : [],
    remarks,
    arrows: [
      ...[...arrows.values()].map((ofArrow) => arrowOf(ofArrow, ids)),
      ...routingArrows(flows, ids),
      ...groups.map((group) => hostnamesArrow(group, ids)),
      ...[...others.values()].map((ofArrow) => undocumentedArrow(ofArrow, ids)),
    ],
  };
}

/** Returns what puts machines into the stack that creates them, if the picture has it: they are one box in all stacks. */
function inOwnStack(stacks: readonly string[]): (peer: TracedPeer) => TracedPeer {
  const placed = new Map<TracedPeer, TracedPeer>();
  return (peer) => {
    const [{ owner } = { owner: undefined }] = isOnlyGroup(peer) ? peer.hostGroups : [];
    const own = stacks.find((name) => owner === name || owner?.endsWith(`/${name}`));
    const stack = stacks.length < 2 || own === undefined ? peer.stack : own;
    // the label says the stack that creates it if the stack of the flow has a namesake
    const label = peer.label.replace(` (stack ${owner})`, '');
    const found = placed.get(peer) ?? (stack === peer.stack ? peer : { ...peer, stack, label });
    placed.set(peer, found);
    return found;
  };
}

function withEnds<T extends Pick<TracedFlow, 'source' | 'destination'>>(
  one: T,
  placed: (peer: TracedPeer) => TracedPeer,
): T {
  return { ...one, source: placed(one.source), destination: placed(one.destination) };
}

/** Adds the two ends of an arrow to the boxes, with their roles in documents, if they have any. */
function addEnds(
  peers: Map<string, KnownPeer>,
  { source, destination }: Pick<TracedFlow, 'source' | 'destination'>,
  isWorld: boolean,
  roles: readonly string[] = [],
): void {
  [source, destination].forEach((peer, at) => {
    const known = peers.get(peerKey(peer)) ?? { peer, roles: new Set<string>(), isWorld: false };
    const role = roles[at] ?? '';
    if (role !== '') known.roles.add(role);
    if (isWorld) known.isWorld = true;
    if (isWorld && peer === destination) known.roles.add(OPEN_TO_THE_WORLD);
    peers.set(peerKey(peer), known);
  });
}

function hostnamesArrow({ key, source, kind, labels }: HostnameGroup, ids: ReadonlyMap<string, string>): DiagramArrow {
  return { from: ids.get(peerKey(source))!, to: ids.get(key)!, kind, labels };
}

/** Returns the arrow of what no row documents, with the rules in place of a purpose. */
function undocumentedArrow(openings: readonly TracedOpening[], ids: ReadonlyMap<string, string>): DiagramArrow {
  const [{ source, destination, notKnown, isWithoutPackets }] = openings;
  const packets = isWithoutPackets ? `; ${WITHOUT_PACKETS}` : '';
  const byText = grouped(openings, ({ rules }) => `${rules.join(', ')}${packets}`);
  return {
    from: ids.get(peerKey(source))!,
    to: ids.get(peerKey(destination))!,
    kind: notKnown === undefined ? 'undocumented' : 'not known',
    labels: [...byText].map(([text, ofText]) => ({
      ports: [...new Set(ofText.map(({ port }) => port))].join(', '),
      text: notKnown === undefined ? text : `${text}, not documented; ${notKnown}`,
    })),
  };
}

/** A peer, with what the flows say about it. */
interface KnownPeer {
  readonly peer: TracedPeer;
  readonly roles: Set<string>;
  isWorld: boolean;
  /** The texts of a box of hostnames. */
  readonly box?: Pick<HostnameGroup, 'title' | 'lines'>;
}

const NO_MACHINES = { ranges: [], references: [], hostGroups: [], external: false, openToTheWorld: [] };

/** Hostnames that the same machines reach in the same way. They share a box. */
interface HostnameGroup {
  readonly key: string;
  readonly source: TracedPeer;
  readonly kind: ArrowKind;
  readonly labels: readonly DiagramLabel[];
  readonly title: string;
  readonly lines: readonly string[];
}

/** A hostname of a row, or one that no row documents. */
interface DrawnHostname {
  readonly source: TracedPeer;
  readonly kind: ArrowKind;
  readonly through?: string;
  readonly name: string;
  readonly ports: readonly string[];
  readonly reasons: readonly string[];
}

const MAX_HOSTNAMES = 8;
const TO_HOSTNAME = /^host:/;

/** Whether the far end is a hostname. */
function isToHostname({ destination }: TracedOpening): boolean {
  return destination.label.startsWith('host:');
}

/** Groups hostnames by the machines that they are for, the filter, and who opens them. */
function hostnameGroups(hostnames: readonly TracedHostname[], openings: readonly TracedOpening[]): HostnameGroup[] {
  const all = [...hostnames.map(drawnHostname), ...openings.map(drawnOpening)];
  const groups = grouped(all, ({ source, kind, through }) => JSON.stringify([peerKey(source), kind, through]));
  return [...groups].map(([key, group]) => {
    const [{ source, kind, through }] = group;
    const names = [...new Set(group.map(({ name }) => name))];
    const more = names.length - MAX_HOSTNAMES;
    return {
      key: `hostnames ${key}`,
      source,
      kind,
      labels: hostnameLabels(group),
      title: names.length === 1 ? 'hostname' : `${names.length} hostnames`,
      lines: [
        ...(through === undefined ? [] : [`through ${through}`]),
        ...(more > 1 ? [...names.slice(0, MAX_HOSTNAMES), `and ${more} more`] : names),
      ],
    };
  });
}

function drawnHostname(hostname: TracedHostname): DrawnHostname {
  const { stack, clients, through, notKnown, notDocumented, deviation } = hostname;
  return {
    source: clients ?? { ...NO_MACHINES, stack, label: `machines behind ${through}` },
    kind: kindOf(hostname),
    through: clients === undefined ? undefined : through,
    name: hostname.hostname,
    ports: hostname.ports.map((port) => filteredPort(hostname, port)),
    reasons: [
      notDocumented === undefined ? [] : notDocumentedText(notDocumented),
      deviation === undefined ? [] : deviationText(deviation),
      notKnown ?? [],
    ].flat(),
  };
}

function drawnOpening({ source, destination, port, rules, notKnown }: TracedOpening): DrawnHostname {
  return {
    source,
    kind: notKnown === undefined ? 'undocumented' : 'not known',
    name: destination.label.replace(TO_HOSTNAME, ''),
    ports: [port],
    reasons: notKnown === undefined ? rules : [`${rules.join(', ')}, not documented`, notKnown],
  };
}

/** Returns a label for each port, with the name of its only hostname or their number. */
function hostnameLabels(group: readonly DrawnHostname[]): DiagramLabel[] {
  const parts = group.flatMap(({ name, ports, reasons }) =>
    ports.map((port) => ({ name, port, reason: reasons.join('; ') })),
  );
  return [...grouped(parts, ({ port, reason }) => JSON.stringify([port, reason])).values()].map((same) => {
    const [{ port, reason }] = same;
    const names = [...new Set(same.map(({ name }) => name))];
    const text = names.length === 1 ? names[0] : `${names.length} hostnames`;
    return { ports: port, text: [text, reason].filter((part) => part !== '').join('; ') };
  });
}

function isOpenToWorld({ source }: TracedFlow): boolean {
  return source.openToTheWorld.length > 0;
}

/** Returns arrows from virtual addresses to the load balancers that have them, with the machines that these route to. */
function routingArrows(flows: readonly TracedFlow[], ids: ReadonlyMap<string, string>): DiagramArrow[] {
  const ofVip = flows.filter(({ document }) => document.key.startsWith(VIP_TABLE));
  const pairs = new Map<string, DiagramArrow>();
  for (const to of ofVip.filter(({ destinationRole }) => destinationRole.id === VIRTUAL_ADDRESS)) {
    for (const routed of ofVip.filter(({ row }) => row === ROUTED)) {
      if (routed.stack !== to.stack || routed.constructPath !== to.constructPath) continue;
      const [from, balancer] = [ids.get(peerKey(to.destination))!, ids.get(peerKey(routed.source))!];
      if (from === balancer) continue;
      const key = JSON.stringify([from, balancer]);
      const { labels } = pairs.get(key) ?? { labels: [] };
      const label = { ports: String(to.port), text: `it routes to ${peerText(routed.destination)}` };
      if (labels.some(({ ports, text }) => ports === label.ports && text === label.text)) continue;
      pairs.set(key, { from, to: balancer, kind: 'routing', labels: [...labels, label] });
    }
  }
  return [...pairs.values()];
}

/** Returns the kinds of arrows that a picture has, for its legend. */
export function kindsOf({ arrows }: Diagram): ArrowKind[] {
  return (Object.keys(ARROW_MEANING) as ArrowKind[]).filter((kind) => arrows.some((arrow) => arrow.kind === kind));
}

/** Returns the arrows with their labels, and marks those that would lead upward in a picture that is read from top to bottom. */
export function labelledArrows({ frames, arrows }: Diagram): LabelledArrow[] {
  const byBox = new Map(frames.flatMap((frame) => frame.boxes.map(({ id }) => [id, frame])));
  const upward = upwardArrows(arrows);
  return arrows.map((arrow, at) => {
    const frame = byBox.get(arrow.from);
    const isWithin = frame?.title !== undefined && frame === byBox.get(arrow.to);
    const stack = frame?.stack === byBox.get(arrow.to)?.stack ? frame?.stack : undefined;
    return { arrow, id: `label${at + 1}`, frame: isWithin ? frame : undefined, stack, isUpward: upward.has(arrow) };
  });
}

/** Returns the arrows that close a cycle. */
function upwardArrows(arrows: readonly DiagramArrow[]): Set<DiagramArrow> {
  const below = new Map<string, Set<string>>();
  const upward = new Set<DiagramArrow>();
  for (const arrow of arrows.filter(({ from, to }) => from !== to)) {
    const { from, to } = arrow;
    const isUpward = leadsTo(to, from, below);
    const [high, low] = isUpward ? [to, from] : [from, to];
    if (isUpward) upward.add(arrow);
    below.set(high, (below.get(high) ?? new Set()).add(low));
  }
  return upward;
}

function leadsTo(high: string, low: string, below: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const reached = new Set([high]);
  for (const box of reached) for (const next of below.get(box) ?? []) reached.add(next);
  return reached.has(low);
}

function framesOf(
  peers: ReadonlyMap<string, KnownPeer>,
  ids: ReadonlyMap<string, string>,
  areSeveralStacks: boolean,
): DiagramFrame[] {
  const frames = new Map<string, { stack?: string; title?: string[]; boxes: DiagramBox[] }>();
  const placesOf = areInSeveralPlaces([...peers.values()].map(({ peer }) => peer)) ? placeLines : (): string[] => [];
  for (const [key, { peer, roles, isWorld, box }] of peers) {
    const title = box === undefined ? frameTitle(peer, placesOf) : undefined;
    const stack = areSeveralStacks ? peer.stack : undefined;
    const frameKey = JSON.stringify([stack, title ?? []]);
    const frame = frames.get(frameKey) ?? { ...(stack === undefined ? {} : { stack }), title, boxes: [] };
    const [name, ...ranges] = box === undefined ? boxTexts(peer) : [box.title, ...box.lines];
    frame.boxes.push({ id: ids.get(key)!, name, roles: [...roles], ranges, isWorld });
    frames.set(frameKey, frame);
  }
  return [...frames.values()];
}

/** Returns the title of the frame of a peer: whose network it is in, and its network zone. */
function frameTitle(peer: TracedPeer, placesOf: typeof placeLines): string[] | undefined {
  const title = networkTitle(peer, placesOf) ?? [];
  const zone = peer.zones?.map((one) => `${one} network zone`).join(', ');
  const all = zone === undefined ? title : [...title, zone];
  return all.length === 0 ? undefined : all;
}

/** Whether machines on AWS are known to be in several accounts or regions. */
function areInSeveralPlaces(peers: readonly TracedPeer[]): boolean {
  const groups = peers.flatMap(({ hostGroups }) => hostGroups).filter(({ cloud }) => cloud === 'aws');
  return new Set(groups.map(({ account, region }) => JSON.stringify([account, region]))).size > 1;
}

/** Returns the region and the account of machines, as far as they are known. */
function placeLines({ account, region }: TracedHostGroup): string[] {
  return [region ?? [], account === undefined ? [] : `account ${account}`].flat();
}

function networkTitle({ stack, hostGroups, external }: TracedPeer, placesOf: typeof placeLines): string[] | undefined {
  if (external) return EXTERNAL_HOSTS;
  const titles = new Map(
    hostGroups
      .map((group) => {
        const { cloud, network, owner } = group;
        // an expression means something else in a different stack
        const isElsewhere = owner !== undefined && owner !== stack && network?.includes('<') === true;
        return [cloudName(cloud), placesOf(group), network ?? [], isElsewhere ? [`stack ${owner}`] : []].flat();
      })
      .map((title) => [JSON.stringify(title), title]),
  );
  return titles.size === 1 ? [...titles.values()][0] : undefined;
}

/** Returns the name and the first ranges, or the first ranges as the name if there is no name. */
function boxTexts(peer: TracedPeer): string[] {
  const ranges = rangesBesideName(peer);
  const more = ranges.length - MAX_RANGES;
  const listed = more > 0 ? [...ranges.slice(0, MAX_RANGES), `and ${more} more`] : ranges;
  const name = peerName(peer);
  return name === undefined ? [listed.join(', ')] : [name, ...listed];
}

function arrowOf(flows: readonly TracedFlow[], ids: ReadonlyMap<string, string>): DiagramArrow {
  const [first] = flows;
  const byText = new Map<string, TracedFlow[]>();
  for (const flow of flows) {
    const { notDocumented } = flow;
    const purpose = notDocumented === undefined ? purposeText(flow) : notDocumentedText(notDocumented);
    addTo(byText, [purpose, ...reasonsOf(flow)].join('; '), flow);
  }
  const labels = [...byText].map(([text, ofText]) => {
    const sorted = [...ofText].sort((a, b) => byPort(a.port, b.port));
    return { ports: [...new Set(sorted.map(diagramPort))].join(', '), text };
  });
  return {
    from: ids.get(peerKey(first.source))!,
    to: ids.get(peerKey(first.destination))!,
    kind: kindOf(first),
    labels,
  };
}

/** Returns a port, in brackets with its IP family if it is for one, and the port of the document if the user moved it. */
function diagramPort(flow: TracedFlow): string {
  const remarks = [familyText(flow), movedPortText(flow)].filter((text) => text !== undefined);
  return remarks.length === 0 ? String(flow.port) : `${String(flow.port)} (${remarks.join(', ')})`;
}

/** Returns why a flow is not open as recorded, or not known to be; the kind of its arrow says only that. */
function reasonsOf({ deviation, closedAtSource, notKnown, isWithoutPackets }: TracedFlow): string[] {
  const withoutPackets = isWithoutPackets ? WITHOUT_PACKETS : undefined;
  return [deviation && deviationText(deviation), closedAtSource, notKnown, withoutPackets].filter(
    (reason) => reason !== undefined,
  );
}

function kindOf(flow: TracedFlow | TracedHostname): ArrowKind {
  const opener = openerOf(flow);
  if (opener === 'no rule of this stack') return 'missing';
  if (opener === 'this stack, in part') return 'in part';
  if (opener === 'not known to be open') return 'not known';
  if (opener === 'closed at its source') return 'closed';
  if (isDocumented(flow)) return flow.external ? 'external' : 'managed';
  return flow.external ? 'external supplement' : 'supplement';
}
