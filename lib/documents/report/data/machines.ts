import { peerName, type TracedPeer } from '../../../provenance';
import { groupsWithoutRanges, peerPlace, peerRangeTexts, peerText } from '../../peer-text';
import { peerKey } from '../../request';
import type { ReportEnd, ReportMachines } from './report-data';
import type { Anchors } from './row-anchor';

/** The machines of a report: each once, however many rows they are in. */
export class Machines {
  private readonly known = new Map<string, ReportMachines & ReportEnd>();
  private readonly anchorsByName = new Map<string, string>();

  public constructor(private readonly anchors: Anchors) {}

  /** Returns machines as the end of a row. */
  public end(peer: TracedPeer): ReportEnd {
    const key = peerKey(peer);
    const known = this.known.get(key) ?? this.added(peer);
    this.known.set(key, known);
    return known;
  }

  /** Returns some IP ranges of machines as the end of a row. It leads to the machines of that name, if the page has them. */
  public part(peer: TracedPeer): ReportEnd {
    const identity = JSON.stringify(nameOfEnd(peer));
    return { name: peerText(peer), ranges: rangesBesideText(peer), anchor: this.anchorsByName.get(identity) };
  }

  /** Returns all machines that were the end of a row, in that order. */
  public all(): ReportMachines[] {
    return [...this.known.values()];
  }

  private added(peer: TracedPeer): ReportMachines & ReportEnd {
    const { stack = '', zones = [], external } = peer;
    const name = peerText(peer);
    const anchor = this.anchors.of(`machines ${name}`, nameOfEnd(peer));
    this.anchorsByName.set(JSON.stringify(nameOfEnd(peer)), anchor);
    return {
      anchor,
      stack,
      name,
      ranges: rangesBesideText(peer),
      missing: groupsWithoutRanges(peer),
      place: peerPlace(peer),
      zones,
      isExternal: external,
    };
  }
}

function rangesBesideText(peer: TracedPeer): readonly string[] {
  const ranges = peerRangeTexts(peer);
  return peerName(peer) === undefined && ranges.length === 1 ? [] : ranges;
}

/** Returns what identifies machines in links: IP ranges may change without breaking them. */
export function nameOfEnd({ stack, label, hostGroups }: TracedPeer): readonly unknown[] {
  return [stack, label, ...hostGroups.map((group) => [group.cloud, group.label])];
}
