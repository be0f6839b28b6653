const TOKEN = /\$\{TfToken\[[\w:.-]+\]\}/g;
const LIST_TOKEN = /^#\{TfToken\[[\w:.-]+\]\}$/;
const ANY_TOKEN = /[$#&]\{TfToken\[[\w:.-]+\]\}/g;
const TOKEN_MARK = '{TfToken[';
const NUMBER_TOKEN = /-[\d.]+[eE]\+?\d+/g;
const NUMBER_WITH_EXPONENT = /-[\d.]+e/i;
const SMALLEST_NUMBER_TOKEN = 1e280;

/** Returns whether text contains a token, the framework's placeholder for a value that it resolves during synthesis. */
export function holdsToken(text: string): boolean {
  return text.includes(TOKEN_MARK);
}

/** Returns whether text is the token of a whole list. */
export function isListToken(text: string): boolean {
  return LIST_TOKEN.test(text);
}

/** Returns text without its tokens. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, '');
}

/** Splits text into its tokens and the text between them, in order. */
export function splitAtTokens(text: string): string[] {
  return text.split(/(\$\{TfToken\[[\w:.-]+\]\})/).filter((piece) => piece !== '');
}

/** Returns text with a replacement for each token, including tokens of lists, map keys and numbers. */
export function replaceTokens(text: string, replacement: string): string {
  return text
    .replace(ANY_TOKEN, replacement)
    .replace(NUMBER_TOKEN, (number) => (isNumberToken(Number(number)) ? replacement : number));
}

/**
 * Returns whether the framework would resolve a part of this text as a token.
 *
 * The framework searches every string for its token markers, and for numbers near -1e289, which are tokens of numbers.
 */
export function looksLikeToken(text: string): boolean {
  if (holdsToken(text)) return true;
  if (!NUMBER_WITH_EXPONENT.test(text)) return false; // of most texts, before each number in them is compared
  return [...text.matchAll(NUMBER_TOKEN)].some(([number]) => isNumberToken(Number(number)));
}

/** Returns whether a number is a token. */
export function isNumberToken(number: number): boolean {
  return number < -SMALLEST_NUMBER_TOKEN;
}

/** Returns text with escaped template markers, so that Terraform renders exactly `text`. */
export function literal(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

/** Returns whether a value is text that matches `form`, or exactly one token. */
export function hasForm(value: unknown, form: RegExp): value is string {
  return (
    typeof value === 'string' &&
    (form.test(value) || (holdsToken(value) && withoutTokens(value) === '' && !isListToken(value)))
  );
}
