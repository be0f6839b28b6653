/** An object at the beginning of a line. */
const LINE = /(?<=^[ \t]*)\{(?=\s*["}])/gm;
/** A plan, a state or a stack anywhere in a line. */
const INLINE = /\{(?=\s*"(?:format_version|\/\/)"\s*:)/g;
const NEXT = /\s*(?=\{)/y;
/** A text, or a brace. The end of a text is optional, because the search for the end of every text in it would be quadratic. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[{}]/g;

/**
 * Returns the only Terraform JSON in the output of a wrapper, which prints lines before and after it. Returns nothing if it is
 * missing or not complete, or if there are several: which of them is meant would be a guess.
 */
export function wrappedJson(text: string): string | undefined {
  const lines = terraformIn(text, LINE);
  // a wrapper may repeat the whole output within a line of its own
  const found = lines?.length === 0 ? terraformIn(text, INLINE) : lines;
  return found?.length === 1 ? found[0] : undefined;
}

/** Returns nothing if an object has no end. */
function terraformIn(text: string, begin: RegExp): string[] | undefined {
  const found: string[] = [];
  let [from, at] = [0, firstFrom(begin, text, 0)];
  while (at !== undefined) {
    const end = endOf(text, at);
    if (end === undefined) return undefined;
    const object = text.slice(at, end);
    if (isTerraform(object)) found.push(object);
    from = end;
    NEXT.lastIndex = from;
    at = NEXT.test(text) ? NEXT.lastIndex : firstFrom(begin, text, from);
  }
  return found;
}

function firstFrom(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

/** Returns where the object that begins at `from` ends. */
function endOf(text: string, from: number): number | undefined {
  TOKEN.lastIndex = from;
  let depth = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    if (token[0] === '{') depth++;
    else if (token[0] === '}') depth--;
    if (depth === 0) return TOKEN.lastIndex;
  }
  return undefined;
}

function isTerraform(text: string): boolean {
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    return typeof json.format_version === 'string' || '//' in json || 'resource' in json || 'terraform' in json;
  } catch {
    return false;
  }
}
