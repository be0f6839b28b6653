/** How deep the keys of Terraform's JSON syntax are the names of blocks: `resource`, then the type, then the name. */
const BLOCK_LEVELS = 3;

/**
 * Returns an object with every value of a repeated key, as a list: `JSON.parse` keeps only the last one, and Terraform merges them.
 * What Terraform prints itself has no key twice.
 */
export function withRepeatedKeys(parsed: unknown, text: string): unknown {
  return isObject(parsed) && !Object.hasOwn(parsed, 'format_version') ? merged(parsed, text, BLOCK_LEVELS) : parsed;
}

function merged(parsed: unknown, text: string, levels: number): unknown {
  if (!isObject(parsed) || !mayRepeat(parsed, text)) return parsed;
  const values = new Map<string, unknown[]>();
  for (const [key, value] of outermostMembers(text)) {
    const inner = merged(JSON.parse(value), value, levels - 1);
    const known = values.get(key);
    if (known) known.push(inner);
    else values.set(key, [inner]);
  }
  // the same nested block of a resource may be one object or a list of objects
  const all = (some: unknown[]): unknown[] => (levels > 0 ? some : some.flat());
  return Object.fromEntries([...values].map(([key, some]) => [key, some.length > 1 ? all(some) : some[0]]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text has more keys than the object that was read from it. A value that begins with a colon looks like a key too. */
function mayRepeat(parsed: object, text: string): boolean {
  let written = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) if (isAfterKey(text, at)) written++;
  return written > keysIn(parsed);
}

/** Whether the end of a text, and only blanks after it, come before a place in JSON. */
function isAfterKey(text: string, at: number): boolean {
  let last = at - 1;
  while (text.charCodeAt(last) <= BLANK) last--;
  if (text.charCodeAt(last) !== QUOTE) return false;
  const end = last;
  while (text.charCodeAt(last - 1) === BACKSLASH) last--;
  return (end - last) % 2 === 0;
}

const [BLANK, QUOTE, BACKSLASH] = [' ', '"', '\\'].map((character) => character.charCodeAt(0));

function keysIn(parsed: object): number {
  let count = 0;
  const rest: object[] = [parsed];
  const visit = (member: unknown): void => {
    if (typeof member === 'object' && member !== null) rest.push(member);
  };
  for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
    if (Array.isArray(one)) {
      one.forEach(visit);
      continue;
    }
    for (const key in one) {
      count++;
      visit((one as Record<string, unknown>)[key]);
    }
  }
  return count;
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
