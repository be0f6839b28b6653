import type { TracedFlow, TracedHostname } from '../../../provenance';
import {
  externalChecks,
  formRemarks,
  headedRequestText,
  missingRanges,
  type RequestBlock,
  requestBlocks,
  requestedFlows,
  requestedHostnames,
  type RequestHead,
  requestSections,
  type RoutingRequest,
  routingNotes,
  routingRequests,
} from '../../request';
import { notOpenLines } from '../../source-text';
import type { Machines } from './machines';
import type { ReportRequest, ReportRequestEntry, ReportRow } from './report-data';
import { onlyIpVersion } from './traffic-facts';

/** What gives the rows of flows and hostnames. */
interface KnownRows {
  readonly machines: Machines;
  readonly rowOf: (of: TracedFlow | TracedHostname) => ReportRow;
  /** What the request says about itself. */
  readonly head: RequestHead;
}

/** Returns what the firewall team must open, in the order of the vendor's form. */
export function requested(
  all: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  known: KnownRows,
): ReportRequest {
  const { ticket, requestedBy } = known.head;
  const flows = requestedFlows(all, 'external');
  const external = requestedHostnames(hostnames, 'external');
  const { flows: withoutRouting, routing } = routingRequests(flows, all);
  const sections = requestSections(requestBlocks(withoutRouting), routing).map(({ heading, entries }) => ({
    heading,
    entries: entries.map((entry) =>
      entry.kind === 'block' ? blockEntry(entry.block, known) : routingEntry(entry.request, known),
    ),
  }));
  return {
    sections,
    hostnames: external.map(known.rowOf),
    missing: missingRanges(flows, external),
    ipVersion: onlyIpVersion(flows),
    text: headedRequestText(
      { ticket, requestedBy },
      [{ flows: withoutRouting, routing, hostnames: external }],
      externalChecks(all),
    ),
  };
}

function blockEntry({ source, destination, flows }: RequestBlock, { machines, rowOf }: KnownRows): ReportRequestEntry {
  const { above, leftOut, notes } = formRemarks(flows);
  return {
    sources: [machines.end(source)],
    destination: machines.end(destination),
    rows: flows.map((flow) => rowOf(flow.whole ?? flow)),
    notes: [...above, ...notOpenLines(flows), ...leftOut, ...notes],
  };
}

function routingEntry(request: RoutingRequest, { machines, rowOf }: KnownRows): ReportRequestEntry {
  const { sources, virtualAddress, loadBalancer, members, port, memberPort = port, flows = [] } = request;
  const { sourceRemark, notes } = routingNotes(request);
  return {
    sources: sources.map((source) => machines.end(source)),
    destination: machines.end(virtualAddress),
    routedTo: { members: machines.end(members), port: String(memberPort) },
    routedBy: loadBalancer && machines.end(loadBalancer),
    rows: flows.map((flow) => rowOf(flow.whole ?? flow)),
    notes: [...(sourceRemark === undefined ? [] : [`Sources: ${sourceRemark}`]), ...notOpenLines(flows), ...notes],
  };
}
