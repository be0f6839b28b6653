import type { ErrorCode } from '../../lib/input';
import { errorOf, expectRefusal } from './refusals';

/** A call that fails, the code of its error, a fix that the error suggests, and the calls that follow this fix. */
export type Fix = [what: string, code: ErrorCode, wrong: Call, suggestion: string, ...right: Call[]];
type Call = () => unknown;

/** Tests that the error of each wrong call suggests the fix, and that the calls with the fix are accepted. */
export function testFixes(fixes: readonly Fix[]): void {
  test.each(fixes)('%s (%s): the suggested fix works', (_what, code, wrong, suggestion, ...right) => {
    const error = errorOf(wrong);
    expectRefusal(() => {
      throw error;
    }, code);
    expect(suggestionIn(error.sentence)).toContain(suggestion);
    for (const call of right) expect(call).not.toThrow();
  });
}

/** Returns what the error of a call suggests after "did you mean"; undefined if it suggests nothing. */
export function suggestionOf(act: Call): string | undefined {
  return suggestionIn(errorOf(act).sentence);
}

function suggestionIn(sentence: string): string | undefined {
  return /; did you mean (.*)\?$/s.exec(sentence)?.[1];
}

/** Returns the value that a sentence suggests, without quotes. */
export function suggestedValue(sentence: string): string {
  const suggestion = suggestionIn(sentence);
  if (suggestion === undefined) throw new Error(`the error must suggest a fix, got ${sentence}`);
  return suggestion.startsWith('"') && suggestion.endsWith('"') ? (JSON.parse(suggestion) as string) : suggestion;
}
