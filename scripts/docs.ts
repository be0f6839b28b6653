// Generates API.md, docs/ports.md with the pages in docs/ports/, docs/errors.md, docs/findings.md, port-table.schema.json, hostname-table.schema.json, the documents of
// an example, and the code blocks in README.md and the guides in docs/. With --check, fails if any of them is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { allTables, allHostnameTables } from '../lib/products/catalog';
import { HOSTNAME_TABLE_SHAPE } from '../lib/tables/file/hostname-table-shape';
import { PORT_TABLE_SHAPE } from '../lib/tables/file/port-table-shape';
import type { Shape } from '../lib/tables/file/shape';
import { apiReference } from './api-reference';
import { errorReference } from './error-reference';
import { findingReference } from './finding-reference';
import { exampleDocuments } from './example-documents';
import { jsonSchema } from './json-schema';
import { portsDocuments } from './ports-document/ports-document';

const ROOT = join(__dirname, '..');

const LANGUAGES: Record<string, string> = {
  '.ts': 'ts',
  '.mmd': 'mermaid',
  '.txt': 'text',
  '.yaml': 'yaml',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
};
/** Pages of docs/ that are generated completely. */
const GENERATED = ['ports.md', 'errors.md', 'findings.md'];
const MARKED = /(<!-- ((?:examples|test)\/\S+)(?: (.+?))? -->\n)[\s\S]*?(<!-- end -->)/g;

/** README and the guides. */
function pages(): string[] {
  const guides = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && !GENERATED.includes(name));
  return ['README.md', ...guides.map((name) => `docs/${name}`)];
}

/** Fills in the code blocks of a page: after `<!-- <file> -->` a whole file, after `<!-- <file> <region> -->` a `#region` of it. */
function withCode(page: string, rendered: Record<string, string>): string {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const marks = [...text.matchAll(/<!-- (?:examples|test)\/\S+/g)].length;
  if (marks !== [...text.matchAll(MARKED)].length) fail(`${page}: each code block must end with <!-- end -->`);
  return text.replace(MARKED, (_all, start: string, file: string, region: string | undefined, end: string) => {
    const source = rendered[file] ?? readFileSync(join(ROOT, file), 'utf8');
    const code = withoutRegions(region === undefined ? source : regionOf(source, file, region));
    return `${start}\n\`\`\`${LANGUAGES[extname(file)]}\n${code}\`\`\`\n\n${end}`;
  });
}

function regionOf(source: string, file: string, region: string): string {
  const [, indent, code] =
    new RegExp(`^( *)// #region ${region}\\n([^]*?)^ *// #endregion`, 'm').exec(source) ??
    fail(`${file} must have a region ${region}`);
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

function withoutRegions(code: string): string {
  return code.replaceAll(/^ *\/\/ #(?:end)?region.*\n/gm, '');
}

function fail(sentence: string): never {
  throw new Error(sentence);
}

/** Renders the JSON schema by which editors check the files that PortTableFile and HostnameTableFile read. */
function tableSchema(shape: Shape): string {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...jsonSchema(shape) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function allDocuments(): Promise<Record<string, string>> {
  const rendered = await exampleDocuments();
  return {
    ...rendered,
    ...Object.fromEntries(pages().map((page) => [page, withCode(page, rendered)])),
    'port-table.schema.json': tableSchema(PORT_TABLE_SHAPE),
    'hostname-table.schema.json': tableSchema(HOSTNAME_TABLE_SHAPE),
    ...portsDocuments(allTables(), allHostnameTables()),
    'docs/errors.md': errorReference(),
    'docs/findings.md': findingReference(),
    'API.md': apiReference(),
  };
}

/** Returns the pages of tables that do not exist any more. */
function leftOverPages(documents: Readonly<Record<string, string>>): string[] {
  const folder = 'docs/ports';
  const pages = existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : [];
  return pages.map((name) => `${folder}/${name}`).filter((file) => !(file in documents));
}

function isDrifted(file: string, text: string): boolean {
  return !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), 'utf8') !== text;
}

async function generate(): Promise<void> {
  const documents = await allDocuments();
  const drifted = Object.entries(documents).filter(([file, text]) => isDrifted(file, text));
  const leftOver = leftOverPages(documents);
  if (!process.argv.includes('--check')) {
    for (const [file, text] of drifted) {
      mkdirSync(dirname(join(ROOT, file)), { recursive: true });
      writeFileSync(join(ROOT, file), text);
    }
    for (const file of leftOver) rmSync(join(ROOT, file));
  } else if (drifted.length + leftOver.length > 0) {
    const files = [...drifted.map(([file]) => file), ...leftOver].join(' and ');
    console.error(`${files} must be up to date, got a different text; did you mean "npm run docs"?`);
    process.exit(1);
  }
}

void generate();
