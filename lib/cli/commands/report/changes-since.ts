import type { GivenChange, GivenChanges, RequestHead } from '../../../documents';
import { refusal, shown } from '../../../input';
import { type Change, diff, packetText, type RuleMention } from '../../../traffic';
import type { CliIo } from '../../output';
import type { FlowOptions, ReadStacks } from '../../read-flows';
import { documentCell } from '../../result';
import { readBoth, reachTexts } from '../diff-command';
import { headChanges, sinceEarlier } from '../since';

/** What is compared with an earlier day. */
interface Compared {
  readonly since: string;
  readonly paths: readonly string[];
  readonly now: ReadStacks;
  /** What the request says about itself. */
  readonly head: RequestHead;
}

/** Returns what is different from an earlier directory or file. What opens to the world comes first. */
export function changesSince({ since, paths, now, head }: Compared, options: FlowOptions, io: CliIo): GivenChanges {
  if (paths.length > 1) {
    const need = 'one directory or file must be compared with one';
    throw refusal('--since', 'since-several-paths', need, `${paths.length} paths`, shown(paths[0]));
  }
  const earlier = sinceEarlier({ since, paths, now, all: true }, options, io);
  const change = readBoth(since, paths[0], io);
  const { changes, notEvaluated } = diff(change.before, change.after, { existing: change.existing });
  // what the firewall team is asked for is a list of its own
  const permitted = changes.filter(({ kind }) => kind !== 'requested' && kind !== 'no longer requested');
  const ofRequest = 'reason' in earlier ? { reason: earlier.reason, remarks: [], owners: [] } : earlier;
  return {
    ...ofRequest,
    since,
    head: { ...head, changes: headChanges(earlier) },
    changes: [...permitted].sort((a, b) => Number(b.isWorld) - Number(a.isWorld)).map(reportedChange),
    notEvaluated: notEvaluated.changed.map(({ address, reason }) => ({ address, reason })),
  };
}

function reportedChange(change: Change): GivenChange {
  const { kind, isWorld, direction, movedFrom, group, network, before, after, witness, rules } = change;
  return {
    ...{ kind, isWorld, direction },
    at: [movedFrom === undefined ? '' : `${movedFrom} -> `, group, network === undefined ? '' : ` on ${network}`].join(
      '',
    ),
    before: before.flatMap(reachTexts),
    after: after.flatMap(reachTexts),
    packet: packetText(witness),
    rules: rules.map(({ address, documentedBy }) => ({
      address,
      rows: documentedBy.map(({ row, construct }) => ({ key: row, construct })),
    })),
    documents: rules.length === 0 ? [{ text: 'unknown' }] : documentsOf(rules),
  };
}

function documentsOf(rules: readonly RuleMention[]): GivenChange['documents'] {
  const sources = rules.flatMap((rule) => {
    const texts = documentCell([rule]);
    return texts.map((text, at) => ({ text, reference: rule.documentedBy[at]?.reference }));
  });
  return [...new Map(sources.map((source) => [source.text, source])).values()];
}
