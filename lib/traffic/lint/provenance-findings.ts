import { grouped } from '../../input';
import { ownedRows } from '../ownerships';
import {
  expiryOf,
  type PeerJson,
  type RowJson,
  rulesOf,
  withEachFlow,
  withoutContradictions,
  type WrittenProvenanceJson,
} from '../../provenance';
import type { Configuration } from '../configuration';
import { type DocumentedRowIndex, doubtText, isForInside } from '../documented-row';
import type { Rule } from '../rule';
import { doubtedOmissions, omissionNotes } from '../omitted-rows';
import { laterEditionsIn, movedApart, movedName, movedRows, movedText, podPortNotes } from '../story';
import { judgedWarnings } from '../warnings';
import { about, type Finding, findingAt } from './finding';

/** Finds claims of provenance and descriptions that do not hold. */
export function falseClaims({ rules, provenance, stacks }: Configuration, documented: DocumentedRowIndex): Finding[] {
  const ofRules = rules.flatMap((rule) => falseClaimOf(rule, documented));
  const reported = new Set(ofRules.map(({ file, address }) => `${file}\n${address}`));
  const ofFlows = [...provenance].flatMap(([file, { flows, hostnames = [] }]) => {
    const claims = documented.claimsOf(file);
    const all = [
      ...flows.map((flow, at) => ({ claim: flow, name: flow.row, doubt: claims.flows[at] })),
      ...hostnames.map((hostname, at) => ({
        claim: hostname,
        name: `${hostname.document}/${hostname.row}`,
        doubt: claims.hostnames[at],
      })),
    ];
    return all.flatMap(({ claim, name, doubt }) => {
      const isReported = rulesOf(claim).some((address) => reported.has(`${file}\n${address}`));
      if (doubt === undefined || doubt.isDisabled || isReported) return [];
      const what = doubt.deviation?.kind === 'closed in part' ? 'all of ' : '';
      const message = `it does not open ${what}${name}: ${doubtText(doubt)}`;
      const place = { address: claim.construct, file };
      return [about(findingAt(place, 'false-claim', message), name)];
    });
  });
  return [...ofRules, ...ofFlows, ...[...stacks].flatMap(([file, json]) => contradicted(file, json))];
}

/** Finds what a provenance says about the ends of flows and the resources of the file contradict. */
function contradicted(file: string, json: unknown): Finding[] {
  const { clusterPorts } = (json as { '//': { metadata: { clusterPorts: WrittenProvenanceJson } } })['//'].metadata;
  return withoutContradictions(withEachFlow(clusterPorts), json).contradictions.map(({ place, said, found }) => {
    const instead = found === undefined ? 'nothing of the kind' : JSON.stringify(found);
    return findingAt(
      { address: place, file },
      'false-claim',
      `its provenance says ${JSON.stringify(said)}, and the file has ${instead}`,
    );
  });
}

function falseClaimOf(rule: Rule, documented: DocumentedRowIndex): Finding[] {
  const { doubt, isFalse, deviation } = documented.reasonOf(rule);
  const texts = [
    ...(isFalse ? [`its stated reason is false: ${doubt!}`] : []),
    ...(deviation === undefined ? [] : [`what it is for is not open as recorded: ${deviation}`]),
  ];
  return texts.map((text) => findingAt(rule, 'false-claim', text));
}

/** Finds flows that outbound rules of their source stop, for each construct. */
export function closedAtSource({ provenance }: Configuration, documented: DocumentedRowIndex): Finding[] {
  return [...provenance].flatMap(([file, { flows }]) => {
    const reasons = documented.claimsOf(file).closedAtSource;
    const closed = flows.flatMap((flow, at) =>
      reasons[at] === undefined ? [] : [{ flow, reason: reasons[at].reason }],
    );
    const byPlace = grouped(closed, ({ flow, reason }) => JSON.stringify([flow.construct, reason]));
    return [...byPlace.values()].map((same) => {
      const [{ flow, reason }] = same;
      const ports = [...new Set(same.map((each) => each.flow.port))].join(', ');
      const message = `the sources of its flows may not send ${ports}: ${reason}`;
      const related = [...new Set(same.flatMap((each) => rulesOf(each.flow)))];
      return findingAt({ address: flow.construct, file }, 'closed-at-source', message, related);
    });
  });
}

/** Finds rows that the user moved, for information, and those that belong together and were moved apart. */
export function moved(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  return [
    ...movedApart(configuration).map(({ text, related, ...place }) => findingAt(place, 'moved-apart', text, related)),
    ...movedRows(configuration, documented).map((row) =>
      findingAt(row, 'moved', `it opens ${movedName(row)} at ${movedText(row)}`),
    ),
  ];
}

/** Finds the rows that constructs omit, for information, and omitted rows that their documents do not have. */
export function omitted(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  return [
    ...omissionNotes(configuration, documented).map(({ row, text, ...place }) =>
      about(findingAt(place, 'omitted', text), row),
    ),
    ...doubtedOmissions(configuration, documented).map(({ text, ...place }) => findingAt(place, 'false-claim', text)),
  ];
}

/** Finds rows that are closed because the code disables their firewall, for information. */
export function disabledRows({ provenance }: Configuration, documented: DocumentedRowIndex): Finding[] {
  return [...provenance].flatMap(([file, { flows, rows }]) =>
    flows.flatMap((flow, at) => {
      const doubt = documented.claimsOf(file).flows[at];
      if (doubt?.isDisabled !== true) return [];
      const [address = flow.construct, ...related] = rulesOf(flow);
      const { port, documentedPort } = flow;
      const isSupplement = rows[flow.row].supplement !== undefined;
      const text = documentedPort === undefined ? port : movedText({ port, documentedPort, isSupplement });
      const message = `it does not open ${flow.row} ${text}: its firewall is disabled`;
      return [findingAt({ address, file }, 'disabled', message, related)];
    }),
  );
}

/** Finds the warnings of constructs that hold, and those that no construct can have given. */
export function synthesisWarnings(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  const { warnings, doubts } = judgedWarnings(configuration, documented);
  return [
    ...warnings.map(({ text, ...place }) => findingAt(place, 'warning', text)),
    ...doubts.map(({ text, ...place }) => findingAt(place, 'false-claim', text)),
  ];
}

/** Finds tables in use of which this package has a later edition, for information. */
export function laterEditions(configuration: Configuration): Finding[] {
  return laterEditionsIn(configuration).map(({ text, ...place }) => findingAt(place, 'later-edition', text));
}

/** Finds constructs that open ports of pods, which a firewall of machines sees only in some networks, for information. */
export function podPortsOpened(configuration: Configuration, documented: DocumentedRowIndex): Finding[] {
  return podPortNotes(configuration, documented).map(({ text, rows, ...place }) =>
    about(findingAt(place, 'pod-ports', text), rows.join(' ')),
  );
}

const PUBLIC = 'public';

/** Finds flows from machines of a public network zone to rows that are for the inside of a cluster. */
export function publicToInternal({ provenance }: Configuration): Finding[] {
  return [...provenance].flatMap(([file, { flows, rows, peers }]) =>
    flows.flatMap((flow) => {
      const row = (rows as Record<string, RowJson | undefined>)[flow.row];
      const source = (peers as readonly (PeerJson | undefined)[])[flow.source];
      if (!isForInside(flow.row, row) || source?.zones?.includes(PUBLIC) !== true) return [];
      const [address = flow.construct, ...related] = rulesOf(flow);
      const what = flow.external === true ? 'asks the firewall team to open' : 'opens';
      const message = `it ${what} ${flow.port} to ${source.label} in the public network zone, and ${flow.row} is for the inside of a cluster`;
      return [about(findingAt({ address, file }, 'public-to-internal', message, related), `${flow.port} ${flow.row}`)];
    }),
  );
}

/** Finds what constructs want only until a day that is over, or that comes in the next 30 days. `today` is such a day: `2027-03-31`. */
export function expiries(configuration: Configuration, documented: DocumentedRowIndex, today: string): Finding[] {
  return ownedRows(configuration, documented).flatMap(({ ownership, rows, rules, ...place }) => {
    const { owner, ticket, expires } = ownership;
    const expiry = expiryOf(ownership, today);
    if (expiry === undefined) return [];
    const { state, days } = expiry;
    const [code, verb] =
      state === 'expired' ? (['expired', 'expired'] as const) : (['expires-soon', 'will expire'] as const);
    const who = ticket === undefined ? `owner ${owner}` : `owner ${owner}, ticket ${ticket}`;
    const message = `${rows.join(', ')} ${verb} on ${expires}, ${distanceText(days)}; ${who}`;
    // a later day that is over too must be looked at again
    return [about(findingAt(place, code, message, rules), [expires, ...rows].join(' '))];
  });
}

function distanceText(days: number): string {
  if (days === 0) return 'today';
  const count = `${Math.abs(days)} day${Math.abs(days) === 1 ? '' : 's'}`;
  return days < 0 ? `${count} ago` : `in ${count}`;
}
