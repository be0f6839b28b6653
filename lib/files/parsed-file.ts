import type * as Yaml from 'yaml';
import { refusal, shown } from '../model/refusal';

/** Tables are six levels deep. */
const DEEPEST = 20;

/** A file of which every value knows its line. */
export interface ParsedFile {
  readonly root: Yaml.Node | null;
  /** The parser, loaded on first use. */
  readonly yaml: typeof Yaml;
  /** The line on which a value stands. */
  lineOf(node: unknown): number;
}

/**
 * Reads YAML, of which JSON is a part. Aliases, anchors and tags are refused, whatever they stand for: a table has no use for
 * them, and they can multiply.
 */
export function parsedFile(text: string, place: string): ParsedFile {
  // loaded here, because only who has a file needs it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as typeof Yaml;
  const lines = new yaml.LineCounter();
  const tokens = tokensOf(text, yaml, lines, place);
  // the parser would compare every property with every other one; below each is looked at once
  const composer = new yaml.Composer({ schema: 'core', uniqueKeys: false, stringKeys: true });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const line = lines.linePos(problem.pos[0]).line;
    throw refusal(`${place}, line ${line}`, `the file must be YAML or JSON`, sentence(problem.message));
  }
  if (second !== undefined) throw refusal(place, 'the file must hold one table', 'two documents');
  const lineOf = (node: unknown): number => (yaml.isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1);
  const refuse = (node: Yaml.Node, what: string, need = 'a table must be written out'): never => {
    throw refusal(`${place}, line ${lineOf(node)}`, need, what);
  };
  yaml.visit(document, { Alias: (_key, node) => refuse(node, `the alias *${node.source}`) });
  yaml.visit(document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) refuse(node, `the anchor &${node.anchor}`);
      const twice = yaml.isMap(node) ? secondOf(node.items) : undefined;
      if (twice) refuse(twice, `${shown(twice.value)} twice`, 'a property must stand once in an object');
      if (node.tag !== undefined) refuse(node, `the tag ${node.tag.replace(/^tag:yaml\.org,2002:/, '!!')}`);
    },
  });
  return { root: document.contents, yaml, lineOf };
}

/** The first property that has stood before. */
function secondOf(items: readonly Yaml.Pair[]): Yaml.Scalar | undefined {
  const names = new Set<unknown>();
  for (const { key } of items as readonly Yaml.Pair<Yaml.Scalar>[]) {
    if (names.has(key.value)) return key;
    names.add(key.value);
  }
  return undefined;
}

/** Stops at the first level too many, because what reads the tokens goes as deep as they do. */
function tokensOf(text: string, yaml: typeof Yaml, lines: Yaml.LineCounter, place: string): Yaml.CST.Token[] {
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: Yaml.CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > DEEPEST) {
      const { line } = lines.linePos(parser.offset);
      throw refusal(`${place}, line ${line}`, `a table must be at most ${DEEPEST} levels deep`, 'more');
    }
  }
  return [...tokens, ...parser.end()];
}

function sentence(message: string): string {
  const [first] = message.split('\n');
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
