/** How deep the keys of Terraform's JSON syntax are the names of blocks: `resource`, then the type, then the name. */
const BLOCK_LEVELS = 3;

/**
 * Returns an object with every value of a repeated key, as a list: `JSON.parse` keeps only the last one, and Terraform merges them.
 * Looks at the outermost keys and at those of the two levels below, which name blocks.
 */
export function withRepeatedKeys(parsed: unknown, text: string, levels = BLOCK_LEVELS): unknown {
  if (levels === 0 || typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return parsed;
  if (!mayRepeat(parsed, text, levels)) return parsed;
  const values = new Map<string, unknown[]>();
  for (const [key, value] of outermostMembers(text)) {
    const inner = withRepeatedKeys(JSON.parse(value), value, levels - 1);
    const known = values.get(key);
    if (known) known.push(inner);
    else values.set(key, [inner]);
  }
  return Object.fromEntries([...values].map(([key, all]) => [key, all.length > 1 ? all : all[0]]));
}

/** Whether a key of a level may be in the text twice; a key may also be written with escapes. */
function mayRepeat(value: unknown, text: string, levels: number): boolean {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (text.includes('\\u')) return true;
  return Object.entries(value).some(([key, member]) => {
    const quoted = JSON.stringify(key);
    const isTwice = text.indexOf(quoted) !== text.lastIndexOf(quoted);
    // names of resources repeat too often to look for each of them
    return isTwice || (levels > 2 && mayRepeat(member, text, levels - 1));
  });
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
