/** How a parser should read a text: a value, or an error. */
export interface Verdict {
  /** The value in its canonical form. */
  readonly accepted?: string;
  /** The need in the sentence of the error. */
  readonly need?: string;
  /** The suggestion of the error. */
  readonly fix?: string | typeof ANY_FIX;
}

/** Any suggestion that is accepted: the oracles do not say which. */
export const ANY_FIX = Symbol('any fix that is accepted');

/** Returns how a parser differs from its verdict, if it does. */
export function disagreement(text: string, verdict: Verdict, parse: (text: string) => unknown): string | undefined {
  const [value, message] = outcome(parse, text);
  if (message === undefined) return value === verdict.accepted ? undefined : report(text, `${value}`, verdict);
  if (verdict.need === undefined || !message.includes(`: ${verdict.need}, got `)) return report(text, message, verdict);
  const fix = /; did you mean "(.*)"\? \[[a-z-]+\]$/.exec(message)?.[1];
  if (verdict.fix !== ANY_FIX) return fix === verdict.fix ? undefined : report(text, message, verdict);
  return fix === undefined || outcome(parse, fix)[0] === fix ? undefined : `${message}: and that fails`;
}

function outcome(parse: (text: string) => unknown, text: string): [value?: string, message?: string] {
  try {
    return [String(parse(text))];
  } catch (error) {
    return [undefined, (error as Error).message];
  }
}

function report(text: string, actual: string, { accepted, need, fix }: Verdict): string {
  const expected = accepted ?? `an error: ${need}${typeof fix === 'string' ? `, with the suggestion ${fix}` : ''}`;
  return `${JSON.stringify(text)}: expected ${expected}; got ${actual}`;
}
