import type { Construct } from 'constructs';
import { Cloud, type Flow, type OutboundHostname } from '../access';
import { inform, stackOf, warn } from '../framework';
import { type Cidr, publicHosting, redundantRanges } from '../net';
import { podPorts, WARNING_TEXTS, type WarningFacts, type WarningKind } from '../provenance';
import { type Choices, editionChanges, type HostnameTable, laterEdition, PortLevel, type PortTable } from '../tables';
import { Ledger } from './ledger';
import { StackRecord } from './stack-record';

/**
 * Warns during synthesis, and records the warning in the provenance of the stack, because only the command line of the framework prints
 * annotations.
 */
export function recordWarning<Kind extends WarningKind>(scope: Construct, kind: Kind, facts: WarningFacts[Kind]): void {
  warn(scope, WARNING_TEXTS[kind](facts));
  addToProvenance(scope, kind, facts);
}

/** Warns about each wildcard under which anyone can publish. */
export function warnOfPublicHosting(scope: Construct, hostnames: readonly OutboundHostname[]): void {
  for (const { key, row, supplement } of hostnames) {
    if (publicHosting(row.hostname) === undefined) continue;
    const prop = supplement === undefined ? 'omit' : 'supplements';
    recordWarning(scope, 'public-hosting', { hostname: row.hostname, row: key, prop });
  }
}

function addToProvenance<Kind extends WarningKind>(scope: Construct, kind: Kind, facts: WarningFacts[Kind]): void {
  const { path } = scope.node;
  const text = WARNING_TEXTS[kind](facts);
  StackRecord.of(stackOf(scope, path)).provenance.addWarning({ construct: path, text, kind, facts: { ...facts } });
}

/**
 * Warns about ranges within other ranges, once per app, and records it in the provenance of every stack. They are not removed, because a
 * user may be replacing one by the other.
 */
export function warnOfRedundantRanges(scope: Construct, ranges: readonly Cidr[]): void {
  const redundant = redundantRanges(ranges);
  if (redundant.length === 0) return;
  const [{ range, within }] = redundant;
  const facts = { range: String(range), within: String(within), more: String(redundant.length - 1) };
  const sentence = WARNING_TEXTS['redundant-ranges'](facts);
  const ledger = Ledger.of(scope);
  if (ledger.isNew(sentence)) warn(scope, sentence);
  if (ledger.isNew(`${stackOf(scope, scope.node.path).node.path} ${sentence}`)) {
    addToProvenance(scope, 'redundant-ranges', facts);
  }
}

/** Says which ports of pods a construct opens in a cloud, and what they need. `cluster-ports lint` and `show` read it from the rows. */
export function notePodPorts(scope: Construct, flows: readonly Flow[]): void {
  if (flows.every(({ row: { level } }) => level !== PortLevel.POD)) return; // most constructs
  const opened = flows
    .filter(({ external, destination: { cloud } }) => !external && cloud !== Cloud.KUBERNETES)
    .map(({ row: { name, level }, port, sourceRole, destinationRole }) => ({
      name,
      level,
      port: String(port),
      sourceRole: sourceRole.id,
      destinationRole: destinationRole.id,
    }));
  const found = podPorts(opened);
  if (found !== undefined) inform(scope, found.text);
}

/** Says that a later edition of a table exists and what it changes with the chosen options, once per table, choices and app. */
export function noteLaterEdition<T extends PortTable | HostnameTable>(
  scope: Construct,
  table: T,
  editions: readonly T[],
  choices: Choices = {},
): void {
  const { id, edition } = table;
  const ledger = Ledger.of(scope);
  const note = `edition ${[id, ...Object.entries(choices).flat()].join(' ')}`;
  if (ledger.has(note)) return; // of most constructs, before their editions are compared
  const later = laterEdition(table, editions);
  if (later === undefined || !ledger.isNew(note)) return;
  inform(
    scope,
    `a later edition of ${id} exists: ${later.edition} (in use: ${edition}). It ${editionChanges(table, later, choices)}; set edition to ` +
      `"${later.edition}" to use it`,
  );
}
