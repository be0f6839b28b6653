/** Whether the program is written in Python. jsii runs this library for programs in other languages, and says which it is. */
export function isPython(): boolean {
  return /^python/i.test(process.env.JSII_AGENT ?? '');
}

/**
 * Returns what the caller should write, in the caller's language: `denyRest: { priority: 65001 }` is `deny_rest={"priority": 65001}` in
 * Python, and `DenyRest: { Priority: 65001 }` in Go and C#. Compiled languages get only the names that they have; their compiler says the
 * rest. Java has the names of TypeScript.
 */
export function inCallersLanguage(code: string): string {
  const agent = process.env.JSII_AGENT ?? '';
  if (isPython()) return inPython(code);
  if (/^go/i.test(agent)) return withCapitals(code, { newClass: 'New', afterClass: '_' });
  return /^dotnet/i.test(agent) ? withCapitals(code, { newClass: 'new ', afterClass: '.' }) : code;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|\bnew (?=[A-Z])|\.\.\.(?=[a-z])|\b[A-Za-z]\w*\b(?:: )?|\{ ?|,| ?\}|[^]/g;
const WORDS: ReadonlyMap<string, string> = new Map([
  ['true', 'True'],
  ['false', 'False'],
  ['this', 'self'],
  ['new ', ''],
  ['...', '*'],
]);

/**
 * Braces are keyword arguments if they are the whole code or an argument of a call. Elsewhere they are a dictionary, which Python takes for a
 * struct and for a map.
 */
function inPython(code: string): string {
  const open: ('dictionary' | 'keywords' | 'call' | 'list')[] = [];
  let text = '';
  let isKeyNext = false;
  for (const [token] of code.matchAll(TOKEN)) {
    const around = open.at(-1);
    const isKey = isKeyNext && (around === 'dictionary' || around === 'keywords');
    isKeyNext = token === ',' || (isKeyNext && token === ' ') || token.startsWith('{');
    if (token.startsWith('{')) {
      open.push(around === 'call' || text === '' ? 'keywords' : 'dictionary');
      text += open.at(-1) === 'dictionary' ? '{' : '';
    } else if (token.endsWith('}')) {
      text += open.pop() === 'dictionary' ? '}' : '';
    } else if (token === '(' || token === '[') {
      open.push(token === '(' ? 'call' : 'list');
      text += token;
    } else if (token === ')' || token === ']') {
      open.pop();
      text += token;
    } else text += word(token, isKey, around === 'dictionary');
  }
  return text;
}

/** Returns a name, a text or a sign as Python has it. A key without a value has one that the caller knows. */
function word(token: string, isKey: boolean, isInDictionary: boolean): string {
  const [, name, colon] = /^([a-z]\w*)(: )?$/.exec(token) ?? [];
  if (name === undefined || WORDS.has(token)) return WORDS.get(token) ?? token.replace(/^'(.*)'$/, '"$1"');
  const snake = name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (colon === undefined && !isKey) return /^[a-z]{2,}/.test(name) ? snake : name;
  const value = colon === undefined ? '...' : '';
  return isInDictionary ? `"${snake}": ${value}` : `${snake}=${value}`;
}

/** What is written between a class and its static members, and in front of one that is created. */
interface ClassSigns {
  readonly newClass: string;
  readonly afterClass: string;
}

/** Props that are maps: their keys are names of rows, roles, options and parameters. */
const MAPS = /^(?:ports|rowOwnership|roles|options|parameters|moved): $/;

/** Returns code in which props and methods begin with a capital, as jsii names them in Go and C#. */
function withCapitals(code: string, { newClass, afterClass }: ClassSigns): string {
  const tokens = [...code.matchAll(TOKEN)].map(([token]) => token);
  const open: ('props' | 'map' | 'other')[] = [];
  const words = tokens.map((token, index) => {
    const [before, previous] = ['', '', ...tokens].slice(index, index + 2);
    if (token.startsWith('{')) open.push(MAPS.test(previous) ? 'map' : 'props');
    else if (token === '(' || token === '[') open.push('other');
    else if (/[})\]]$/.test(token)) open.pop();
    if (token === 'new ') return newClass;
    if (token === '.' && /^[A-Z]/.test(previous)) return afterClass;
    const isKey = open.at(-1) === 'props' && (/^[{,]/.test(previous) || before === ',');
    const isProp = token.endsWith(': ') ? open.at(-1) !== 'map' : isKey;
    const isMember = previous === '.' && /^[A-Z]|\)$/.test(before);
    const isName = isProp || isMember || tokens[index + 1] === '(' || /^[a-z]{2,}\w*[A-Z]/.test(token);
    return isName ? token.replace(/^[a-z]/, (letter) => letter.toUpperCase()) : token;
  });
  return words.join('');
}
