import type * as Yaml from 'yaml';
import { refusal, shown } from '../../input';

/** A valid table has six levels. */
const MAX_DEPTH = 20;

/** A parsed file whose values know their lines. */
export interface ParsedFile {
  readonly root: Yaml.Node | null;
  /** The parser, loaded on first use. */
  readonly yaml: typeof Yaml;
  /** Returns the line of a value. */
  lineOf(node: unknown): number;
}

/**
 * Parses YAML, of which JSON is a subset. Throws for aliases, anchors and tags: a table does not need them, and aliases can make a
 * small file grow without limit.
 */
export function parsedFile(text: string, place: string): ParsedFile {
  // loaded on first use, because only callers with a file need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as typeof Yaml;
  const lines = new yaml.LineCounter();
  const tokens = tokensOf(text, yaml, lines, place);
  checkNoMark(text, lines, place);
  // duplicate keys are checked below, because the check of the parser takes quadratic time
  const composer = new yaml.Composer({ schema: 'core', uniqueKeys: false, stringKeys: true });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const line = lines.linePos(problem.pos[0]).line;
    throw refusal(`${place}, line ${line}`, 'table-file-invalid', 'the file must be YAML or JSON', reason(problem));
  }
  if (yaml.isScalar(document.contents)) {
    throw refusal(place, 'table-file-invalid', 'the file must be YAML or JSON', 'text that is neither');
  }
  if (second !== undefined) {
    throw refusal(place, 'table-file-with-two-tables', 'the file must contain one table', 'two documents');
  }
  const lineOf = (node: unknown): number => (yaml.isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1);
  const placeOf = (node: Yaml.Node): string => `${place}, line ${lineOf(node)}`;
  const rejectFeature = (node: Yaml.Node, got: string): never => {
    const need = 'a table must be written without aliases, anchors and tags';
    throw refusal(placeOf(node), 'table-file-with-aliases', need, got);
  };
  yaml.visit(document, { Alias: (_key, node) => rejectFeature(node, `the alias *${node.source}`) });
  yaml.visit(document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) rejectFeature(node, `the anchor &${node.anchor}`);
      const repeated = yaml.isMap(node) ? repeatedKey(node.items) : undefined;
      if (repeated) {
        const need = 'an object must have each property once';
        throw refusal(placeOf(repeated), 'table-key-repeated', need, `${shown(repeated.value)} twice`);
      }
      if (node.tag !== undefined) rejectFeature(node, `the tag ${node.tag.replace(/^tag:yaml\.org,2002:/, '!!')}`);
    },
  });
  return { root: document.contents, yaml, lineOf };
}

/** Returns the first key that repeats an earlier one. */
function repeatedKey(items: readonly Yaml.Pair[]): Yaml.Scalar | undefined {
  const names = new Set<unknown>();
  for (const { key } of items as readonly Yaml.Pair<Yaml.Scalar>[]) {
    if (names.has(key.value)) return key;
    names.add(key.value);
  }
  return undefined;
}

/** Returns the tokens of text. Throws if it is nested too deeply, because the composer is recursive. */
function tokensOf(text: string, yaml: typeof Yaml, lines: Yaml.LineCounter, place: string): Yaml.CST.Token[] {
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: Yaml.CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) {
      const { line } = lines.linePos(parser.offset);
      const need = `a table must be at most ${MAX_DEPTH} levels deep`;
      throw refusal(`${place}, line ${line}`, 'table-file-too-deep', need, 'more');
    }
  }
  return [...tokens, ...parser.end()];
}

/** Throws if text has a byte order mark that is not at its beginning: it is invisible, and the parser would drop some. */
function checkNoMark(text: string, lines: Yaml.LineCounter, place: string): void {
  const at = text.indexOf('\ufeff');
  if (at === -1) return;
  const { line } = lines.linePos(at);
  const got = 'one within the text';
  throw refusal(`${place}, line ${line}`, 'table-file-invalid', 'a byte order mark must be at the beginning', got);
}

/** The errors of the parser that quote the file, which may contain secrets. */
const QUOTING: Readonly<Record<string, string>> = {
  BAD_DIRECTIVE: 'an unknown directive',
  BAD_DQ_ESCAPE: 'an unknown escape sequence',
  TAG_RESOLVE_FAILED: 'an unknown tag',
};

function reason({ code, message }: Yaml.YAMLError): string {
  if (QUOTING[code] !== undefined) return QUOTING[code];
  const [first] = message.split('\n');
  const [unquoted] = code === 'UNEXPECTED_TOKEN' ? first.split(': ') : [first];
  return unquoted.charAt(0).toLowerCase() + unquoted.slice(1).replace(/\.$/, '');
}
