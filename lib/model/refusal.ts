const LONGEST_VALUE = 100;

/** What a refused value looks like in an error: quoted, on one line, and never longer than a line. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? `[${value.map(shown).join(', ')}]`
        : plain(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (isToken(value)) return 'a token that is no text (Token.asString gives one)';
  return typeof value === 'object' ? `an object of ${value.constructor?.name ?? 'no class'}` : `a ${typeof value}`;
}

/** Values of the framework that TypeScript lets through, because they are `any`: `variable.value`, what a function returns. */
function isToken(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'resolve' in value && 'creationStack' in value;
}

/**
 * The one form of every error: `<place>: <what is needed>, got <value>; did you mean <fix>?`.
 *
 * `got` and `fix` are printed as they are: quote values with `shown`.
 */
export function refusal(place: string, need: string, got?: string, fix?: string): Error {
  return new Error(
    `${place}: ${need}${got === undefined ? '' : `, got ${got}`}${fix === undefined ? '' : `; did you mean ${fix}?`}`,
  );
}
