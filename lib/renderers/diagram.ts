import { byPort } from '../model/port';
import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { addressTexts, nameOf, peerText, purposeText } from './peer-text';
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

/** A picture of who talks to whom, before anybody has drawn it. */
export interface Diagram {
  /** Networks and clouds; boxes that stand in none are in a frame without a title. */
  readonly frames: readonly DiagramFrame[];
  readonly arrows: readonly DiagramArrow[];
}

/** Machines that stand in one network. */
export interface DiagramFrame {
  readonly title?: string;
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

function framesOf(
  peers: ReadonlyMap<string, { peer: TracedPeer; roles: ReadonlySet<string> }>,
  ids: ReadonlyMap<string, string>,
): DiagramFrame[] {
  const frames = new Map<string | undefined, DiagramBox[]>();
  for (const [key, { peer, roles }] of peers) {
    const title = frameTitle(peer);
    const box = { id: ids.get(key)!, name: peerText(peer), roles: [...roles], addresses: listedAddresses(peer) };
    frames.set(title, [...(frames.get(title) ?? []), box]);
  }
  return [...frames].map(([title, boxes]) => ({ title, boxes }));
}

function frameTitle({ hostGroups, external }: TracedPeer): string | undefined {
  if (external) return OTHERS;
  const titles = new Set(
    hostGroups.map(({ cloud, network }) =>
      [CLOUDS[cloud] ?? cloud, ...(network === undefined ? [] : [network])].join(', '),
    ),
  );
  return titles.size === 1 ? [...titles][0] : undefined;
}

function listedAddresses(peer: TracedPeer): string[] {
  if (nameOf(peer) === undefined) return [];
  const addresses = addressTexts(peer);
  const more = addresses.length - LISTED_RANGES;
  return more > 0 ? [...addresses.slice(0, LISTED_RANGES), `and ${more} more`] : addresses;
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
