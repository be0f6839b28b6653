import type { Construct } from 'constructs';
import { inform, stackOf, warn } from '../framework';
import { type Cidr, redundantRanges } from '../net';
import { editionChanges, type HostnameTable, laterEdition, type PortTable } from '../tables';
import { Ledger } from './ledger';
import { StackRecord } from './stack-record';

/**
 * Warns during synthesis, and records the warning in the provenance of the stack, because only the command line of the framework prints
 * annotations.
 */
export function recordWarning(scope: Construct, text: string): void {
  warn(scope, text);
  addToProvenance(scope, text);
}

function addToProvenance(scope: Construct, text: string): void {
  const { path } = scope.node;
  StackRecord.of(stackOf(scope, path)).provenance.addWarning({ construct: path, text });
}

/**
 * Warns about ranges within other ranges, once per app, and records it in the provenance of every stack. They are not removed, because a
 * user may be replacing one by the other.
 */
export function warnOfRedundantRanges(scope: Construct, ranges: readonly Cidr[]): void {
  const redundant = redundantRanges(ranges);
  if (redundant.length === 0) return;
  const [{ range, within }] = redundant;
  const more = redundant.length > 1 ? ` and ${redundant.length - 1} more` : '';
  const sentence = `ranges within other ranges open nothing more: ${String(range)} in ${String(within)}${more}`;
  const ledger = Ledger.of(scope);
  if (ledger.isNew(sentence)) warn(scope, sentence);
  if (ledger.isNew(`${stackOf(scope, scope.node.path).node.path} ${sentence}`)) addToProvenance(scope, sentence);
}

/** Says that a later edition of a table exists and what it changes, once per table and app. */
export function noteLaterEdition<T extends PortTable | HostnameTable>(
  scope: Construct,
  table: T,
  editions: readonly T[],
): void {
  const later = laterEdition(table, editions);
  if (later === undefined) return;
  const { id, edition } = table;
  if (!Ledger.of(scope).isNew(`edition ${id}`)) return;
  inform(
    scope,
    `a later edition of ${id} exists: ${later.edition} (in use: ${edition}). It ${editionChanges(table, later)}; set edition to ` +
      `"${later.edition}" to use it`,
  );
}
