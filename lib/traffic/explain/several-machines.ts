import { type EndAnswer, nameOf, type Verdict, WITHOUT_RULES } from './answer';
import { listed, type QuestionEnd } from './ends';

type Side = 'from' | 'to';

/** The two ends of a question, and whether a packet passes them. */
interface JudgedPair extends Readonly<Record<Side, QuestionEnd>> {
  readonly answers: { readonly verdict: Verdict; readonly source: EndAnswer; readonly destination: EndAnswer };
}

const ENDS = [
  ['from', 'source'],
  ['to', 'destination'],
] as const;

/** Returns one answer for an IP address or range that several machines may have: their common one, else that it is not known. */
export function answersTogether(
  asked: Readonly<Record<Side, QuestionEnd>>,
  pairs: readonly JudgedPair[],
): JudgedPair['answers'] {
  const [source, destination] = ENDS.map(([side, end]): EndAnswer => {
    const name = nameOf(asked[side]);
    const all = pairs.map((pair) => pair.answers[end]);
    if (new Set(all.map((each) => JSON.stringify(each))).size === 1) return { ...all[0], name };
    const verdict = commonVerdict(all.map((each) => each.verdict));
    if (verdict !== undefined) return { ...WITHOUT_RULES, verdict, name, reason: 'for each of the machines' };
    return { ...WITHOUT_RULES, verdict: 'not known', name, reason: reasonOf(asked, pairs, end) };
  });
  return { verdict: commonVerdict(pairs.map(({ answers }) => answers.verdict)) ?? 'not known', source, destination };
}

function commonVerdict(verdicts: readonly Verdict[]): Verdict | undefined {
  return new Set(verdicts).size === 1 ? verdicts[0] : undefined;
}

/** Says for which machines an end has which verdict. */
function reasonOf(
  asked: Readonly<Record<Side, QuestionEnd>>,
  pairs: readonly JudgedPair[],
  end: 'source' | 'destination',
): string {
  const sides = ENDS.filter(([side]) => asked[side].candidates !== undefined);
  const which = sides.map(([, name]) => `the ${name}`).join(' and ');
  const verdicts = [...new Set(pairs.map(({ answers }) => answers[end].verdict))];
  const parts = verdicts.map((verdict) => {
    const own = pairs.filter(({ answers }) => answers[end].verdict === verdict);
    const names = own.map((pair) => sides.map(([side]) => pair[side].name).join(' to '));
    return `${verdict} for ${listed([...new Set(names)])}`;
  });
  return `it depends on which machines ${which} ${sides.length === 1 ? 'is' : 'are'}: ${parts.join(', ')}`;
}
