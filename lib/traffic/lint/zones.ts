import { type PeerJson, type RowJson, rulesOf } from '../../provenance';
import type { Configuration } from '../configuration';
import { type Finding, findingAt } from './finding';

const PUBLIC = 'public';

/** Finds flows from machines of a public network zone to rows that are for the inside of a cluster. */
export function publicToInternal({ provenance }: Configuration): Finding[] {
  return [...provenance].flatMap(([file, { flows, rows, peers }]) =>
    flows.flatMap((flow) => {
      const row = (rows as Record<string, RowJson | undefined>)[flow.row];
      const source = (peers as readonly (PeerJson | undefined)[])[flow.source];
      if (row?.internal !== true || source?.zones?.includes(PUBLIC) !== true) return [];
      const [address = flow.construct, ...related] = rulesOf(flow);
      const what = flow.external === true ? 'asks the firewall team to open' : 'opens';
      const message = `it ${what} ${flow.port} to ${source.label} in the public network zone, and ${flow.row} is for the inside of a cluster`;
      return [findingAt({ address, file }, 'public-to-internal', message, related)];
    }),
  );
}
