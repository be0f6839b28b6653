import { addTo } from '../../input';
import { type Box, widestBoxes } from '../sets';
import { broaderPeers, coversName, hasBroaderPairs } from './broader-names';
import { type Cell, type Pair, pairKey, type TrafficSet } from './traffic-set';

/** What is permitted between a pair, in a form that a person would write. */
export interface PairBox {
  readonly pair: Pair;
  readonly box: Box;
}

/** Finds what permitted traffic has for the names below a wildcard, and for a part of the machines in a range. */
export class NarrowerNames {
  private readonly byHost = new Map<string, Cell[]>();

  constructor(traffic: TrafficSet) {
    for (const cell of traffic.cells.filter(hasBroaderPairs)) {
      for (const peer of [cell.peer, ...broaderPeers(cell.peer).flat()]) addTo(this.byHost, peer, cell);
    }
  }

  /** Returns what is permitted between narrower names than those of a pair, at some of the ports of a box. */
  public within(pair: Pair, { from, to }: Box): PairBox[] {
    if (!hasBroaderPairs(pair)) return [];
    const cells = (this.byHost.get(pair.peer) ?? []).filter(
      (cell) =>
        pairKey(cell) !== pairKey(pair) &&
        cell.direction === pair.direction &&
        cell.network === pair.network &&
        cell.family === pair.family &&
        coversName(pair.group, cell.group),
    );
    return cells.flatMap((cell) =>
      widestBoxes(cell.overrides)
        .filter((box) => from <= box.from && box.to <= to)
        .map((box) => ({ pair: cell, box })),
    );
  }
}
