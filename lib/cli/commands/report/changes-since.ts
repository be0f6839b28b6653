import type { ReportChange, ReportChanges } from '../../../documents';
import { refusal, shown } from '../../../input';
import { type Change, diff, packetText, type RuleMention } from '../../../traffic';
import type { CliIo } from '../../output';
import { documentCell } from '../../result';
import { readBoth, reachTexts } from '../diff-command';

/** Returns what is different from an earlier directory or file. What opens to the world comes first. */
export function changesSince(since: string, paths: readonly string[], io: CliIo): ReportChanges {
  if (paths.length > 1) {
    const need = 'one directory or file must be compared with one';
    throw refusal('--since', 'since-several-paths', need, `${paths.length} paths`, shown(paths[0]));
  }
  const change = readBoth(since, paths[0], io);
  const { changes, notEvaluated } = diff(change.before, change.after, { existing: change.existing });
  return {
    since,
    changes: [...changes].sort((a, b) => Number(b.isWorld) - Number(a.isWorld)).map(reportedChange),
    notEvaluated: notEvaluated.changed.map(({ address, reason }) => ({ address, reason })),
  };
}

function reportedChange(change: Change): ReportChange {
  const { kind, isWorld, direction, movedFrom, group, network, before, after, witness, rules } = change;
  return {
    ...{ kind, isWorld, direction },
    at: [movedFrom === undefined ? '' : `${movedFrom} -> `, group, network === undefined ? '' : ` on ${network}`].join(
      '',
    ),
    before: before.flatMap(reachTexts),
    after: after.flatMap(reachTexts),
    packet: packetText(witness),
    rules: [...new Set(rules.map(({ address }) => address))],
    documents: rules.length === 0 ? [{ text: 'unknown' }] : documentsOf(rules),
  };
}

function documentsOf(rules: readonly RuleMention[]): ReportChange['documents'] {
  const sources = rules.flatMap((rule) => {
    const texts = documentCell([rule]);
    return texts.map((text, at) => ({ text, reference: rule.documentedBy[at]?.reference }));
  });
  return [...new Map(sources.map((source) => [source.text, source])).values()];
}
