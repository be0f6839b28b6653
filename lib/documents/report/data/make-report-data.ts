import type { TracedFlow, TracedHostname, TracedOmission, TracedOpening } from '../../../provenance';
import type { MissingPart } from '../../port-matrix';
import { externalChecks, stacksOf } from '../../request';
import { Machines } from './machines';
import type { ReportData, ReportRow } from './report-data';
import { reportDocuments } from './report-documents';
import { rowOfFlow, rowOfHostname, rowOfOmission, rowOfOpening, type RowContext } from './report-rows';
import { requested } from './requested';
import { Anchors } from './row-anchor';

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
  'today' | 'version' | 'paths' | 'pictures' | 'findings' | 'verification' | 'changes'
> {
  /** What later editions of documents would change, by the key of the document. */
  readonly laterEditions: ReadonlyMap<string, string>;
}

/** Returns everything that a report says about stacks. */
export function makeReportData(opened: Opened, { laterEditions, ...beside }: BesideOpened): ReportData {
  const { flows, hostnames, omitted, undocumented, notEvaluated } = opened;
  const anchors = new Anchors();
  const machines = new Machines(anchors);
  const context: RowContext = { anchors, machines };
  const known = new Map<TracedFlow | TracedHostname, ReportRow>([
    ...flows.map((flow) => [flow, rowOfFlow(flow, context)] as const),
    ...hostnames.map((hostname) => [hostname, rowOfHostname(hostname, context)] as const),
  ]);
  const rowOf = (one: TracedFlow | TracedHostname): ReportRow => known.get(one)!;
  const stacks = stacksOf([...flows, ...hostnames, ...undocumented]);
  const rows = [
    ...flows.map(rowOf),
    ...omitted.map((omission) => rowOfOmission(omission, context)),
    ...undocumented.map((opening) => rowOfOpening(opening, context)),
  ];
  const request = requested(flows, hostnames, { machines, rowOf });
  return {
    ...beside,
    stacks: stacks.map((stack) => stack ?? ''),
    rows,
    hostnames: hostnames.map(rowOf),
    request,
    machines: machines.all(),
    documents: reportDocuments(flows, hostnames, { anchors, laterEditions }),
    checks: externalChecks(flows),
    notEvaluated,
  };
}
