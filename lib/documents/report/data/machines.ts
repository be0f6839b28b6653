import { peerName, type TracedPeer } from '../../../provenance';
import { groupsWithoutRanges, peerPlace, peerRangeTexts, peerText } from '../../peer-text';
import { peerKey } from '../../request';
import type { ReportEnd, ReportMachines } from './report-data';
import type { Anchors } from './row-anchor';

/** The machines of a report: each once, however many rows they are in. */
export class Machines {
  private readonly known = new Map<string, ReportMachines & ReportEnd>();

  public constructor(private readonly anchors: Anchors) {}

  /** Returns machines as the end of a row. */
  public end(peer: TracedPeer): ReportEnd {
    const key = peerKey(peer);
    const known = this.known.get(key) ?? this.added(peer);
    this.known.set(key, known);
    return known;
  }

  /** Returns all machines that were the end of a row, in that order. */
  public all(): ReportMachines[] {
    return [...this.known.values()];
  }

  private added(peer: TracedPeer): ReportMachines & ReportEnd {
    const { stack = '', zones = [], external } = peer;
    const name = peerText(peer);
    const ranges = peerName(peer) === undefined && peerRangeTexts(peer).length === 1 ? [] : peerRangeTexts(peer);
    return {
      anchor: this.anchors.of(`machines ${name}`, nameOfEnd(peer)),
      stack,
      name,
      ranges,
      missing: groupsWithoutRanges(peer),
      place: peerPlace(peer),
      zones,
      isExternal: external,
    };
  }
}

/** Returns what identifies machines in links: IP ranges may change without breaking them. */
export function nameOfEnd({ stack, label, hostGroups }: TracedPeer): readonly unknown[] {
  return [stack, label, ...hostGroups.map((group) => [group.cloud, group.label])];
}
