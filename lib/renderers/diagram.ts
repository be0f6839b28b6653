import { byPort } from '../model/port';
import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { addressTexts, peerName, purposeText } from './peer-text';
import { peerKey } from './request-blocks';

const LISTED_RANGES = 3;
const CLOUDS: Readonly<Record<string, string>> = { gcp: 'GCP', aws: 'AWS' };
const OTHERS = 'Firewalls of others';

/** Who opens the ports of an arrow, and whether a document asks for them. */
export type ArrowKind = 'ours' | 'external' | 'supplement' | 'external supplement';

/** What arrows of a kind mean. It stands at the arrow too, so that no picture depends on colours or dashes. */
export const ARROW_MEANING: Readonly<Record<ArrowKind, string>> = {
  ours: 'opened here',
  external: 'to be opened by others',
  supplement: 'opened here, not in the document',
  'external supplement': 'to be opened by others, not in the document',
};

/** What is said in place of a picture of nothing. */
export const NOTHING_DRAWN = 'No port is opened.';

/** A picture of who talks to whom, before anybody has drawn it. */
export interface Diagram {
  /** Networks and clouds; boxes that stand in none are in a frame without a title. */
  readonly frames: readonly DiagramFrame[];
  readonly arrows: readonly DiagramArrow[];
}

/** Machines that stand in one network. */
export interface DiagramFrame {
  /** The cloud, and below it the network. */
  readonly title?: readonly string[];
  readonly boxes: readonly DiagramBox[];
}

/** One peer, with all roles that it plays. */
export interface DiagramBox {
  /** `box1`, `box2`: in the order of the flows. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly addresses: readonly string[];
}

/** All ports of a kind from one box to another. */
export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly labels: readonly DiagramLabel[];
}

/** An arrow, the box of its label, and the frame in which the whole of it lies. */
export interface LabelledArrow {
  readonly arrow: DiagramArrow;
  /** `label1`, `label2`: in the order of the arrows. */
  readonly id: string;
  readonly frame?: DiagramFrame;
  /** Whether it closes a circle: arrows before it lead down to where it begins. */
  readonly isUpward: boolean;
}

/** The ports that are opened for one thing: `8285/udp, 8472/udp` and `Flannel`. */
export interface DiagramLabel {
  readonly ports: string;
  readonly text: string;
}

/** Puts flows together as boxes and arrows, in the order in which they were asked for. */
export function diagramOf(flows: readonly TracedFlow[]): Diagram {
  const peers = new Map<string, { peer: TracedPeer; roles: Set<string> }>();
  const arrows = new Map<string, TracedFlow[]>();
  for (const flow of flows) {
    for (const [peer, role] of [
      [flow.source, flow.sourceRole.title] as const,
      [flow.destination, flow.destinationRole.title] as const,
    ]) {
      const known = peers.get(peerKey(peer)) ?? { peer, roles: new Set<string>() };
      known.roles.add(role);
      peers.set(peerKey(peer), known);
    }
    const key = JSON.stringify([peerKey(flow.source), peerKey(flow.destination), kindOf(flow)]);
    arrows.set(key, [...(arrows.get(key) ?? []), flow]);
  }
  const ids = new Map([...peers.keys()].map((key, at) => [key, `box${at + 1}`]));
  return { frames: framesOf(peers, ids), arrows: [...arrows.values()].map((ofArrow) => arrowOf(ofArrow, ids)) };
}

/** The kinds of arrows that a picture has, for its legend. */
export function kindsOf({ arrows }: Diagram): ArrowKind[] {
  return (Object.keys(ARROW_MEANING) as ArrowKind[]).filter((kind) => arrows.some((arrow) => arrow.kind === kind));
}

/** The arrows with a place for each label, in a picture that is read downwards. */
export function labelledArrows({ frames, arrows }: Diagram): LabelledArrow[] {
  const byBox = new Map(frames.flatMap((frame) => frame.boxes.map(({ id }) => [id, frame])));
  const upward = upwardArrows(arrows);
  return arrows.map((arrow, at) => {
    const frame = byBox.get(arrow.from);
    const isWithin = frame?.title !== undefined && frame === byBox.get(arrow.to);
    return { arrow, id: `label${at + 1}`, frame: isWithin ? frame : undefined, isUpward: upward.has(arrow) };
  });
}

/** The arrows that lead back to where others come from. */
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
  peers: ReadonlyMap<string, { peer: TracedPeer; roles: ReadonlySet<string> }>,
  ids: ReadonlyMap<string, string>,
): DiagramFrame[] {
  const frames = new Map<string, { title?: string[]; boxes: DiagramBox[] }>();
  for (const [key, { peer, roles }] of peers) {
    const title = frameTitle(peer);
    const frame = frames.get(JSON.stringify(title ?? [])) ?? { title, boxes: [] };
    const [name, ...addresses] = boxTexts(peer);
    frame.boxes.push({ id: ids.get(key)!, name, roles: [...roles], addresses });
    frames.set(JSON.stringify(title ?? []), frame);
  }
  return [...frames.values()];
}

function frameTitle({ hostGroups, external }: TracedPeer): string[] | undefined {
  if (external) return [OTHERS];
  const titles = new Map(
    hostGroups
      .map(({ cloud, network }) => [CLOUDS[cloud] ?? cloud, ...(network === undefined ? [] : [network])])
      .map((title) => [JSON.stringify(title), title]),
  );
  return titles.size === 1 ? [...titles.values()][0] : undefined;
}

/** The name and some of the addresses; who has no name has addresses in its place. */
function boxTexts(peer: TracedPeer): string[] {
  const addresses = addressTexts(peer);
  const more = addresses.length - LISTED_RANGES;
  const listed = more > 0 ? [...addresses.slice(0, LISTED_RANGES), `and ${more} more`] : addresses;
  const name = peerName(peer);
  return name === undefined ? [listed.join(', ')] : [name, ...listed];
}

function arrowOf(flows: readonly TracedFlow[], ids: ReadonlyMap<string, string>): DiagramArrow {
  const [first] = flows;
  const byText = new Map<string, TracedFlow[]>();
  for (const flow of flows) {
    const text = purposeText(flow);
    byText.set(text, [...(byText.get(text) ?? []), flow]);
  }
  const labels = [...byText].map(([text, ofText]) => {
    const ports = ofText.map(({ port }) => port).sort(byPort);
    return { ports: [...new Set(ports.map(String))].join(', '), text };
  });
  return {
    from: ids.get(peerKey(first.source))!,
    to: ids.get(peerKey(first.destination))!,
    kind: kindOf(first),
    labels,
  };
}

function kindOf({ external, supplement }: TracedFlow): ArrowKind {
  if (supplement === undefined) return external ? 'external' : 'ours';
  return external ? 'external supplement' : 'supplement';
}
