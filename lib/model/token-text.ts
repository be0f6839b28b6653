const TOKEN = /\$\{TfToken\[[\w:.-]+\]\}/g;
const LIST_TOKEN = /^#\{TfToken\[[\w:.-]+\]\}$/;
const ANY_TOKEN = '{TfToken[';
const NUMBER_TOKEN = /-[\d.]+[eE]\+?\d+/g;
const SMALLEST_NUMBER_TOKEN = 1e280;

/** Whether a text holds a value that the framework knows only when it synthesizes. */
export function holdsToken(text: string): boolean {
  return text.includes(ANY_TOKEN);
}

/** Whether a text stands for a whole list that the framework knows only when it synthesizes. */
export function isListToken(text: string): boolean {
  return LIST_TOKEN.test(text);
}

/** What a text holds beside its tokens. */
export function besideTokens(text: string): string {
  return text.replace(TOKEN, '');
}

/** Tokens and what stands between them, in order. */
export function aroundTokens(text: string): string[] {
  return text.split(/(\$\{TfToken\[[\w:.-]+\]\})/).filter((piece) => piece !== '');
}

/**
 * Whether the framework would take a piece of this text for a value of another resource.
 *
 * It looks for its own markers in every string, and for the numbers near -1e289 by which it hides tokens in numbers.
 */
export function looksLikeToken(text: string): boolean {
  return holdsToken(text) || [...text.matchAll(NUMBER_TOKEN)].some(([number]) => isNumberToken(Number(number)));
}

/** Whether a number stands for a value that the framework knows only when it synthesizes. */
export function isNumberToken(number: number): boolean {
  return number < -SMALLEST_NUMBER_TOKEN;
}

/** The text that Terraform renders as `text`: templates in it stay text. */
export function literal(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

/** Whether a value is text of a form, or one value known only to Terraform. */
export function hasForm(value: unknown, form: RegExp): value is string {
  return (
    typeof value === 'string' &&
    (form.test(value) || (holdsToken(value) && besideTokens(value) === '' && !isListToken(value)))
  );
}
