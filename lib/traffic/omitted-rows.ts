import {
  namesBehindFilter,
  type OmittedHostnameJson,
  type OmittedJson,
  omittedText,
  type OpenNevertheless,
  printedPeers,
  type ProvenanceJson,
} from '../provenance';
import type { Configuration, Note } from './configuration';
import { type DocumentedRow, type DocumentedRowIndex, flowRow, hostnameRow } from './documented-row';
import { documentDoubt, type FlowJudge } from './proof';
import { resourceAddress } from './rule';

/** A row that a construct leaves closed because of `omit`, and what holds of that. */
interface JudgedOmission {
  readonly omitted: OmittedJson;
  /** What opens the port nevertheless; absent if nothing in the files does. */
  readonly openNevertheless?: OpenNevertheless;
  /** Why its document does not have the row so; absent if it has. */
  readonly doubt?: string;
}

/** Returns the omitted rows of a stack, in the order of its provenance. */
export function judgedOmissions(file: string, provenance: ProvenanceJson, judge: FlowJudge): JudgedOmission[] {
  // a source that is open to the world is a good reason to omit a row for the inside of a cluster
  const peers = provenance.peers.map((peer) => ({ ...peer, openToTheWorld: [] }));
  return (provenance.omitted ?? []).map((omitted) => {
    const doubt = documentDoubt({ ...omitted, rules: {} }, { ...provenance, peers });
    const openNevertheless = omitted.external === true ? askedFor(omitted, provenance) : opened(omitted, file, judge);
    return { omitted, ...(openNevertheless && { openNevertheless }), ...(doubt !== undefined && { doubt }) };
  });
}

/** Returns the constructs that ask the firewall team for the same port between the same peers. */
function askedFor(omitted: OmittedJson, { flows }: ProvenanceJson): OpenNevertheless | undefined {
  const { port, source, destination } = omitted;
  const same = flows.filter(
    (flow) =>
      flow.external === true && flow.port === port && flow.source === source && flow.destination === destination,
  );
  if (same.length === 0) return undefined;
  return { kind: 'asked for', by: [...new Set(same.map(({ construct }) => construct))].sort().join(', ') };
}

/** Returns what rules of the files do with the port, although no rule was created for the row. */
function opened(
  { port, source, destination, family }: OmittedJson,
  file: string,
  judge: FlowJudge,
): ReturnType<typeof askedFor> {
  const found = judge.verdictOn({ port, source, destination, family }, file, false);
  // outbound rules open nothing at a destination without rules in the files
  if (found === undefined || found.verdict === 'refused' || found.direction === 'egress') return undefined;
  const by = [...new Set(found.rules.filter(({ action }) => action === 'allow').map(resourceAddress))]
    .sort()
    .join(', ');
  switch (found.verdict) {
    case 'passes':
      return { kind: 'opened', by };
    case 'depends on the IP address':
      return found.isOfUnknownAddresses
        ? { kind: 'not known', by: `${by} decides by IP addresses that are not given` }
        : { kind: 'opened', by: `${by} in part` };
    case 'depends on the enforcement order of the network':
      return { kind: 'not known', by: 'it depends on the enforcement order of the network' };
    case 'not known':
      return { kind: 'not known', by: found.reason ?? 'rules for IP ranges that are not known decide' };
  }
}

/** An omitted hostname that its document has so, with its document. */
interface OmittedHostname {
  readonly file: string;
  readonly omitted: OmittedHostnameJson;
  readonly row: DocumentedRow;
  /** What allows it nevertheless, for each of its ports. */
  readonly openNevertheless: readonly (OpenNevertheless | undefined)[];
}

/** Returns the omitted hostnames of a configuration that their documents have so. */
export function omittedHostnames({ provenance }: Configuration, index: DocumentedRowIndex): OmittedHostname[] {
  return [...provenance].flatMap(([file, stack]) => {
    if (stack.omittedHostnames === undefined) return [];
    const judged = index.claimsOf(file).omittedHostnames;
    return stack.omittedHostnames.flatMap((omitted, at): OmittedHostname[] => {
      const { doubt, openNevertheless } = judged[at];
      if (doubt !== undefined) return [];
      return [{ file, omitted, openNevertheless, row: hostnameRow(omitted, stack) }];
    });
  });
}

/** An omitted row that its document has so, with its document. */
interface OmittedRow extends Omit<JudgedOmission, 'doubt'> {
  readonly file: string;
  readonly row: DocumentedRow;
}

/** Returns the omitted rows of a configuration that their documents have so. */
export function omittedRows({ provenance }: Configuration, index: DocumentedRowIndex): OmittedRow[] {
  return [...provenance].flatMap(([file, stack]) =>
    omissionsOf(file, stack, index).flatMap(({ omitted, openNevertheless, doubt }): OmittedRow[] => {
      if (doubt !== undefined) return [];
      return [{ file, omitted, openNevertheless, row: flowRow({ ...omitted, rules: {} }, stack) }];
    }),
  );
}

/** Returns the omitted rows and hostnames that their documents do not have so, with the reason. */
export function doubtedOmissions({ provenance }: Configuration, index: DocumentedRowIndex): Note[] {
  return [...provenance].flatMap(([file, stack]) => {
    const ofRows = omissionsOf(file, stack, index).map(({ omitted, doubt }) => ({ ...omitted, doubt }));
    const judged = stack.omittedHostnames === undefined ? [] : index.claimsOf(file).omittedHostnames;
    const ofHostnames = judged.map(({ doubt }, at) => {
      const { document, row, construct } = stack.omittedHostnames![at];
      return { construct, row: `${document}/${row}`, doubt };
    });
    return [...ofRows, ...ofHostnames].flatMap(({ construct, row, doubt }) =>
      doubt === undefined ? [] : [{ file, address: construct, text: `it does not omit ${row}: ${doubt}` }],
    );
  });
}

function omissionsOf(file: string, provenance: ProvenanceJson, index: DocumentedRowIndex): JudgedOmission[] {
  return provenance.omitted === undefined ? [] : judgedOmissions(file, provenance, index.judgeOf(file));
}

/** Returns a note for each omitted row and hostname: its document, its port and its ends, and who leaves it closed. */
export function omissionNotes(configuration: Configuration, index: DocumentedRowIndex): OmissionNote[] {
  return [...rowNotes(configuration, index), ...hostnameNotes(configuration, index)];
}

/** A note about an omitted row or hostname. */
interface OmissionNote extends Note {
  readonly row: string;
}

function hostnameNotes(configuration: Configuration, index: DocumentedRowIndex): OmissionNote[] {
  return omittedHostnames(configuration, index).flatMap(({ file, omitted, openNevertheless, row: { row } }) => {
    const { hostname, ports, through, clients, construct } = omitted;
    const peer = clients === undefined ? undefined : printedPeers(configuration.provenance.get(file)!)[clients];
    const from = peer === undefined ? namesBehindFilter(through, undefined)[0] : `${peer.label} through ${through}`;
    return ports.map((port, at) => {
      const who = omittedText({ constructPath: construct, openNevertheless: openNevertheless[at] });
      return { file, address: construct, row, text: `${row}, ${port} from ${from} to ${hostname}: ${who}` };
    });
  });
}

function rowNotes(configuration: Configuration, index: DocumentedRowIndex): OmissionNote[] {
  const labels = new Map<string, readonly string[]>();
  return omittedRows(configuration, index).map(({ file, omitted, openNevertheless, row }) => {
    const known = labels.get(file) ?? printedPeers(configuration.provenance.get(file)!).map(({ label }) => label);
    labels.set(file, known);
    const ends = `from ${known[omitted.source]} to ${known[omitted.destination]}`;
    const who = omittedText({ constructPath: omitted.construct, openNevertheless });
    const name = row.supplement === undefined ? row.row : `the supplement ${row.row.slice(row.row.indexOf('/') + 1)}`;
    return { file, address: omitted.construct, row: row.row, text: `${name}, ${omitted.port} ${ends}: ${who}` };
  });
}
