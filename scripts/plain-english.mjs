// Counts stilted patterns in everything that people read: guides, comments, error sentences, names of tests.
//
//   node scripts/plain-english.mjs [--list] [--max <count>] [--root <directory>] [path ...]
//
// Prints a table of patterns by area. A path limits the count to files that begin with it. Exit code 1 only if --max is
// exceeded.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The vendors' words, which we quote, and the sentences of errors, which are counted where they are written. */
const GENERATED = /^docs\/(?:ports|errors|findings)\.md$|^docs\/ports\//;
/** Editions of documents, and the vendors' forms. */
const QUOTING_FILE = /@|\/request-template\.ts$/;
const QUOTED_FIELDS = ['description', 'purpose', 'section', 'title', 'whenClosed', 'impact', 'sourceRemark'];
/** Words after which "as `x`" does not mean "such as". */
const BEFORE_AS =
  /^(?:same|such|well|just|far|long|soon|much|many|it|them|this|these|that|itself|known|given|passed|treated|used|read|written|printed|shown|spelled|named|exposed|exported|imported|marked|declared|defined|count|counts|counted|reported|recorded|kept|stored|handled|parsed|returned|rendered|import|imports|run|runs|installed|works?|acts?)$/i;
/** Nouns before which "another" meant "a different" here. */
const DIFFERENT =
  'address|answer|content|direction|edition|expression|form|identity|key|kind|list|maximum|name|number|order|path|place|port|prefix|priority|range|reason|sentence|spelling|state|text|token|type|value|way|word|words';

const PATTERNS = {
  'stands in, beside, before, at ...': /\b(?:stands?|stood|standing)\b(?!-?\s?alone)(?!\s+for\b)/gi,
  'is no X, are no X': /(?<!\bthere\s)\b(?:is|are|was|were|be)\s+no\b(?!-)(?!\s+(?:longer|more|one)\b)/gi,
  'is none, where there is none': /\b(?:is|was)\s+none\b|(?<!\bthere\s)\b(?:are|were|be)\s+none\b/gi,
  'lets out, lets in':
    /\b(?:let|lets|letting)\s+(?:(?!and\b|or\b|that\b)[\w`'*.-]+\s+){0,4}?(?:out\b|through\b|in(?=\s*(?:[.,;:)]|$|and\b|or\b|by\b|from\b)))/gi,
  'others, ours, theirs': /(?<!\b(?:the|among|many|all|each)\s)\bothers\b|\b(?:ours|theirs)\b/gi,
  'what is ... is': /\bwhat\s+(?:is|are|was|were|has|have|had)\s+(?:[^\s.;:]+\s+){1,8}?(?:is|are|was|were)\b/gi,
  'alone for only': /(?<!stand-?|let\s)\balone\b/gi,
  'another for a different': new RegExp(`(?<!one\\s)\\banother\\s+(?:${DIFFERENT})s?\\b|\\banother\\s+than\\b`, 'gi'),
  'travels with': /\btravel(?:s|led|ling)?\b/gi,
  'is told': /\b(?:is|are|was|were|be|been)\s+told\b(?!\s+apart)/gi,
  'those who': /\bthose\s+(?:who|whom)\b/gi,
  'as `x` for such as `x`': /(?:^|(\S+)\s+)as\s+(?=[`"])/gim,
};

/** Matches of a pattern that are plain English after all. */
const IS_FINE = {
  'alone for only': (before) => /\b(?:leave|leaves|leaving|left)\s+(?:\S+\s+){0,4}$/i.test(before),
  'as `x` for such as `x`': (before, [, word], after) =>
    /\bsame\s+$/.test(before) ||
    (word !== undefined && BEFORE_AS.test(word)) ||
    /^`[^`]*`\s+(?:has|have|does|do|is|are|says)\b/.test(after) ||
    /^"[^"]*"\s+documents?\b/.test(after),
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    max: { type: 'string' },
    root: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
  },
});

/** Areas in the order of the columns, with the files of each and the texts that people read in them. */
const AREAS = {
  README: () => ['README.md'],
  CONTRIBUTING: () => ['CONTRIBUTING.md'],
  CHANGELOG: () => ['CHANGELOG.md'],
  docs: () => filesBelow('docs', '.md').filter((file) => !GENERATED.test(file)),
  lib: () => filesBelow('lib', '.ts'),
  tests: () => filesBelow('test', '.ts'),
  examples: () => [
    ...filesBelow('examples', '.ts'),
    ...filesBelow('examples', '.yml'),
    ...filesBelow('examples', '.yaml'),
  ],
};

function filesBelow(folder, extension) {
  return readdirSync(join(options.root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(options.root, '/').length))
    .sort();
}

/** What people read in a file: texts of the length that they have there, so that places are those of the file. */
function textsOf(area, file) {
  const source = readFileSync(join(options.root, file), 'utf8');
  if (file.endsWith('.md')) return [{ at: 0, text: prose(source) }];
  if (/\.ya?ml$/.test(file)) return yamlComments(source);
  const tokens = tokensOf(source);
  if (area === 'tests') return testNames(tokens);
  return joined(source, QUOTING_FILE.test(file) ? withoutQuotes(tokens) : tokens).filter(({ kind }) => kind !== 'code');
}

/** Markdown without code: what is between backticks is written over. */
function prose(markdown) {
  const blank = (text) => text.replace(/[^\n]/g, ' ');
  return markdown
    .replace(/^```[^]*?^```$/gm, blank)
    .replace(/<!--[^]*?-->/g, blank)
    .replace(/`([^`\n]+)`/g, (_all, code) => `\`${code.replace(/./g, 'x')}\``);
}

function yamlComments(source) {
  return [...source.matchAll(/(?:^|\s)#[^\n]*(?:\n\s*#[^\n]*)*/g)].map((match) => ({
    at: match.index,
    text: match[0].replaceAll('#', ' '),
  }));
}

/** Splits TypeScript into comments, string literals and the rest. */
function tokensOf(source, from = 0, to = source.length) {
  const tokens = [];
  let at = from;
  const push = (kind, end, text = source.slice(at, end)) => {
    tokens.push({ kind, at, text });
    at = end;
  };
  while (at < to) {
    const two = source.slice(at, at + 2);
    const [char] = two;
    if (two === '//') push('comment', endOf(source, at, '\n'));
    else if (two === '/*') push('comment', endOf(source, at + 2, '*/') + 2);
    else if (char === "'" || char === '"') push('string', closingQuote(source, at));
    else if (char === '`') {
      const { end, text, inner } = template(source, at);
      push('string', end, text);
      tokens.push(...inner);
    } else if (
      char === '/' &&
      /(?:^|[(,=:[!&|?{};+\n]|return|=>)\s*$/.test(source.slice(Math.max(from, at - 20), at))
    ) {
      push('code', closingSlash(source, at));
    } else if (/\s/.test(char)) at += 1;
    else push('code', at + (/^\w+/.exec(source.slice(at, at + 80))?.[0].length ?? 1));
  }
  return tokens;
}

function endOf(source, from, closing) {
  const end = source.indexOf(closing, from);
  return end === -1 ? source.length : end;
}

function closingQuote(source, at) {
  let end = at + 1;
  while (end < source.length && source[end] !== source[at]) end += source[end] === '\\' ? 2 : 1;
  return end + 1;
}

function closingSlash(source, at) {
  let isInClass = false;
  let end = at + 1;
  for (; end < source.length && source[end] !== '\n' && (isInClass || source[end] !== '/'); end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '[') isInClass = true;
    else if (source[end] === ']') isInClass = false;
  }
  return end + 1;
}

/** A template literal, its values written over, and the literals within these. */
function template(source, at) {
  const inner = [];
  let text = '`';
  let end = at + 1;
  while (end < source.length && source[end] !== '`') {
    if (source[end] === '\\') {
      text += source.slice(end, end + 2);
      end += 2;
    } else if (source.startsWith('${', end)) {
      const close = closingBrace(source, end + 2);
      inner.push(...tokensOf(source, end + 2, close));
      text += 'X'.padEnd(close + 1 - end, 'X');
      end = close + 1;
    } else {
      text += source[end];
      end += 1;
    }
  }
  return { end: end + 1, text: `${text}\``, inner };
}

function closingBrace(source, from) {
  let depth = 0;
  let end = from;
  for (; end < source.length && (depth > 0 || source[end] !== '}'); end += 1) {
    if (source[end] === '{') depth += 1;
    else if (source[end] === '}') depth -= 1;
    else if (source[end] === "'" || source[end] === '"') end = closingQuote(source, end) - 1;
    else if (source[end] === '`') end = template(source, end).end - 1;
  }
  return end;
}

/** Joins lines of comments and literals with a plus between, because sentences go on there. */
function joined(source, tokens) {
  const all = [];
  let plus = false;
  for (const token of tokens) {
    const last = all.at(-1);
    const between = last && source.slice(last.at + last.text.length, token.at);
    const goesOn =
      (token.kind === 'comment' && last?.kind === 'comment' && /^\s*$/.test(between)) ||
      (token.kind === 'string' && last?.kind === 'string' && plus && /^[\s+]*$/.test(between));
    if (goesOn) last.text += between.replace(/[^\n]/g, ' ') + token.text;
    else if (token.kind !== 'code') all.push({ ...token });
    plus = token.text === '+';
  }
  return all.map((token) => ({
    ...token,
    text: token.kind === 'comment' ? commentText(token.text) : literalText(token.text),
  }));
}

const commentText = (text) => text.replace(/\/\*\*?|\*\/|\/\/|^\s*\*(?!\*)/gm, (mark) => ' '.repeat(mark.length));

/** Quotes at the end of one part and the beginning of the next are no part of the sentence. */
const literalText = (text) =>
  text.replace(/^['"`]|['"`]$/g, ' ').replace(/['"`](\s+)['"`]/g, (_all, gap) => ` ${gap} `);

function withoutQuotes(tokens) {
  return tokens.filter(({ kind }, index) => {
    const [field, colon] = [tokens[index - 2]?.text, tokens[index - 1]?.text];
    return !(kind === 'string' && colon === ':' && QUOTED_FIELDS.includes(field));
  });
}

/** First arguments of test, it and describe, also of their `.each(...)`. */
function testNames(tokens) {
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  return code.flatMap(({ text, kind }, index) => {
    if (kind !== 'code' || !['test', 'it', 'describe'].includes(text)) return [];
    let next = index + 1;
    while (code[next]?.text === '.') next += 2;
    if (code[next - 1]?.text === 'each')
      next = code[next].kind === 'string' ? next + 1 : closingParenthesis(code, next);
    const name = code[next]?.text === '(' ? code[next + 1] : undefined;
    return name?.kind === 'string' ? [{ at: name.at, text: literalText(name.text) }] : [];
  });
}

function closingParenthesis(code, open) {
  let depth = 0;
  for (let index = open; index < code.length; index += 1) {
    if (code[index].kind === 'code' && code[index].text === '(') depth += 1;
    if (code[index].kind === 'code' && code[index].text === ')') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return code.length;
}

function findingsIn(area, file) {
  const source = readFileSync(join(options.root, file), 'utf8');
  return textsOf(area, file).flatMap(({ at, text }) =>
    Object.entries(PATTERNS).flatMap(([pattern, expression]) =>
      [...text.matchAll(expression)]
        .filter(
          (match) => !IS_FINE[pattern]?.(text.slice(0, match.index), match, text.slice(match.index + match[0].length)),
        )
        .map((match) => {
          const place = at + match.index + match[0].search(/\S/);
          const line = source.slice(0, place).split('\n').length;
          return { pattern, area, file, line, text: source.split('\n')[line - 1].trim() };
        }),
    ),
  );
}

const isWanted = (file) => positionals.length === 0 || positionals.some((path) => file.startsWith(path));
const findings = Object.entries(AREAS).flatMap(([area, files]) =>
  files()
    .filter(isWanted)
    .flatMap((file) => findingsIn(area, file)),
);

if (options.list) {
  for (const { pattern, file, line, text } of findings) console.log(`${file}:${line}: ${text}  [${pattern}]`);
} else {
  const areas = Object.keys(AREAS);
  const count = (pattern, area) =>
    findings.filter((one) => (pattern ?? one.pattern) === one.pattern && (area ?? one.area) === one.area).length;
  const row = (name, pattern) => [name, ...areas.map((area) => count(pattern, area)), count(pattern)].map(String);
  const table = [
    ['pattern', ...areas, 'total'],
    ...Object.keys(PATTERNS).map((pattern) => row(pattern, pattern)),
    row('total'),
  ];
  const widths = table[0].map((_cell, column) => Math.max(...table.map((cells) => cells[column].length)));
  for (const cells of table) {
    console.log(
      cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    );
  }
}

if (options.max !== undefined && findings.length > Number(options.max)) {
  console.error(`plain-english: at most ${options.max} stilted patterns are allowed, got ${findings.length}`);
  process.exit(1);
}
