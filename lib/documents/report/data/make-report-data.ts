import type { TracedFlow, TracedHostname, TracedOmission, TracedOpening, TracedPeer } from '../../../provenance';
import type { MissingPart } from '../../port-matrix';
import { type AskedFlow, type AskedHostname, externalChecks, stacksOf } from '../../request';
import { type GivenChanges, newSince, reportChanges } from './changes';
import { Machines } from './machines';
import type { ReportData, ReportRow } from './report-data';
import { reportDocuments } from './report-documents';
import { rowOfFlow, rowOfHostname, rowOfOmission, rowOfOpening, type RowContext } from './report-rows';
import { requested } from './requested';
import { Anchors } from './row-anchor';
import { trafficFacts } from './traffic-facts';

/** What stacks open, and what is not known about it. */
interface Opened {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
  readonly omitted: readonly TracedOmission[];
  readonly undocumented: readonly TracedOpening[];
  readonly notEvaluated: readonly MissingPart[];
}

/** What a report says in addition to what stacks open. */
interface BesideOpened extends Pick<
  ReportData,
  'today' | 'version' | 'paths' | 'pictures' | 'findings' | 'verification' | 'ticket' | 'requestedBy'
> {
  /** What later editions of documents would change, by the key of the document. */
  readonly laterEditions: ReadonlyMap<string, string>;
  /** Absent if nothing was given to compare with. */
  readonly changes?: GivenChanges;
}

/** Returns everything that a report says about stacks. */
export function makeReportData(opened: Opened, { laterEditions, changes, ...beside }: BesideOpened): ReportData {
  const { flows, hostnames, omitted, undocumented, notEvaluated } = opened;
  const anchors = new Anchors();
  const machines = new Machines(anchors);
  const isNew = newSince(changes?.parts);
  const context: RowContext = {
    ...{ anchors, machines, today: beside.today },
    since: changes && isNew && { path: changes.since, isNew },
  };
  const known = new Map<TracedFlow | TracedHostname, ReportRow>([
    ...flows.map((flow) => [flow, rowOfFlow(flow, context)] as const),
    ...hostnames.map((hostname) => [hostname, rowOfHostname(hostname, context)] as const),
  ]);
  const rowOf = (one: TracedFlow | TracedHostname): ReportRow => known.get(one)!;
  const rows = [
    ...flows.map(rowOf),
    ...omitted.map((omission) => rowOfOmission(omission, context)),
    ...undocumented.map((opening) => rowOfOpening(opening, context)),
  ];
  const request = requested(flows, hostnames, { machines, rowOf, head: beside });
  const rowOfPart = rowsOfParts({ known, anchors, machines, context });
  return {
    ...beside,
    ...trafficFacts(opened),
    stacks: stacksOf([...flows, ...hostnames, ...undocumented]).map((stack) => stack ?? ''),
    rows,
    hostnames: hostnames.map(rowOf),
    request,
    machines: machines.all(),
    documents: reportDocuments(flows, hostnames, { anchors, laterEditions }),
    checks: externalChecks(flows),
    notEvaluated,
    changes: changes && reportChanges(changes, { rowOfPart, all: [...known], flows }),
  };
}

interface KnownRows {
  readonly known: ReadonlyMap<TracedFlow | TracedHostname, ReportRow>;
  readonly anchors: Anchors;
  readonly machines: Machines;
  readonly context: RowContext;
}

/** Returns what gives the rows of changes, which may be parts of rows or be gone. */
function rowsOfParts({ known, anchors, machines, context }: KnownRows): (part: AskedFlow | AskedHostname) => ReportRow {
  return (part) => {
    const whole = part.whole && known.get(part.whole);
    const ofPart = {
      ...context,
      // an old row has an id of its own
      anchors: {
        of: (name: string, identity: readonly unknown[]) =>
          whole?.anchor ?? anchors.of(`closing ${name}`, ['closing', ...identity]),
      },
      machines: { end: (peer: TracedPeer) => machines.part(peer), part: (peer: TracedPeer) => machines.part(peer) },
    };
    return 'rowKey' in part ? rowOfFlow(part, ofPart) : rowOfHostname(part, ofPart);
  };
}
