/** What a parser should make of a text: a value, or a refusal. */
export interface Verdict {
  /** The value in its canonical form. */
  readonly accepted?: string;
  /** What the refusal says is needed. */
  readonly need?: string;
  /** What it offers; anything that is accepted itself where the oracles do not say. */
  readonly fix?: string | typeof ANY_FIX;
}

/** The oracles do not say what is offered. What is offered must be accepted all the same. */
export const ANY_FIX = Symbol('any fix that is accepted');

/** Where a parser does not do what its verdict says: a sentence, or nothing. */
export function disagreement(text: string, verdict: Verdict, parse: (text: string) => unknown): string | undefined {
  const [value, message] = outcome(parse, text);
  if (message === undefined) return value === verdict.accepted ? undefined : said(text, `${value}`, verdict);
  if (verdict.need === undefined || !message.includes(`: ${verdict.need}, got `)) return said(text, message, verdict);
  const fix = /; did you mean "(.*)"\?$/.exec(message)?.[1];
  if (verdict.fix !== ANY_FIX) return fix === verdict.fix ? undefined : said(text, message, verdict);
  return fix === undefined || outcome(parse, fix)[0] === fix ? undefined : `${message}: and that is refused`;
}

function outcome(parse: (text: string) => unknown, text: string): [value?: string, message?: string] {
  try {
    return [String(parse(text))];
  } catch (error) {
    return [undefined, (error as Error).message];
  }
}

function said(text: string, actual: string, { accepted, need, fix }: Verdict): string {
  const expected = accepted ?? `a refusal: ${need}${typeof fix === 'string' ? `, with the offer ${fix}` : ''}`;
  return `${JSON.stringify(text)}: expected ${expected}; got ${actual}`;
}
