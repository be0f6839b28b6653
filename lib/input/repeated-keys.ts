/**
 * Returns an object with every value of a repeated key, as a list: `JSON.parse` keeps only the last one, and Terraform merges them.
 * Looks at the keys of the outermost object only.
 */
export function withRepeatedKeys(parsed: unknown, text: string): unknown {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return parsed;
  const isRepeated = (quoted: string): boolean => text.indexOf(quoted) !== text.lastIndexOf(quoted);
  // a key may also be written with escapes
  const mayRepeat = text.includes('\\u') || Object.keys(parsed).some((key) => isRepeated(JSON.stringify(key)));
  if (!mayRepeat) return parsed;
  const values = new Map<string, string[]>();
  for (const [key, value] of outermostMembers(text)) values.set(key, [...(values.get(key) ?? []), value]);
  const repeated = [...values].filter(([, all]) => all.length > 1);
  return {
    ...parsed,
    ...Object.fromEntries(repeated.map(([key, all]) => [key, all.map((value) => JSON.parse(value) as unknown)])),
  };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]/g;

/** Yields the members of the outermost object of valid JSON, with their values as text. */
function* outermostMembers(text: string): Generator<[string, string]> {
  let [depth, start] = [0, 0];
  let [key, last]: (string | undefined)[] = [undefined, undefined];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isEnd = depth === 1 && (token === ',' || token === '}');
    if (isEnd && key !== undefined) {
      yield [key, text.slice(start, index)];
      key = undefined;
    }
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token === ':' && key === undefined) [key, start] = [JSON.parse(last!) as string, index + 1];
    else if (token.startsWith('"')) last = token;
  }
}
