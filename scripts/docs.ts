// Generates API.md, docs/ports.md, port-table.schema.json, the documents of an example, and the code in README.md and
// docs/adopting.md, or with --check compares them with what would be generated.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { CATALOG, HOSTNAME_CATALOG } from '../lib/catalog/catalog';
import { jsonSchema } from '../lib/files/json-schema';
import { PORT_TABLE_SHAPE } from '../lib/files/port-table-shape';
import { portsDocument } from '../lib/renderers/ports-document';
import { exampleDocuments } from './example-documents';

const ROOT = join(__dirname, '..');

function apiReference(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-docs-'));
  const file = join(directory, 'API.md');
  execFileSync(process.execPath, [join(ROOT, 'node_modules/jsii-docgen/bin/jsii-docgen'), '-o', file], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  const text = readFileSync(file, 'utf8');
  rmSync(directory, { recursive: true });
  return text;
}

const LANGUAGES: Record<string, string> = { '.ts': 'ts', '.mmd': 'mermaid', '.txt': 'text' };

/** Puts the files of `examples/` where the README names them. */
function readmeWithExamples(rendered: Record<string, string>): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return readme.replace(
    /(<!-- (examples\/\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, file: string, end: string) => {
      const example = rendered[file] ?? readFileSync(join(ROOT, file), 'utf8');
      return `${start}\n\`\`\`${LANGUAGES[extname(file)]}\n${example}\`\`\`\n\n${end}`;
    },
  );
}

/** Puts the recipes that are tested where the guide names them: `<!-- <file> <region> -->`. */
function guideWithRecipes(): string {
  const guide = readFileSync(join(ROOT, 'docs/adopting.md'), 'utf8');
  return guide.replace(
    /(<!-- (test\/\S+) (.+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, file: string, region: string, end: string) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const [, indent, code] = new RegExp(`^( *)// #region ${region}\\n([^]*?)^ *// #endregion`, 'm').exec(source)!;
      return `${start}\n\`\`\`ts\n${code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\`\`\`\n\n${end}`;
    },
  );
}

/** For editors of files that PortTableFile reads. */
function portTableSchema(): string {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...jsonSchema(PORT_TABLE_SHAPE) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function allDocuments(): Promise<Record<string, string>> {
  const rendered = await exampleDocuments();
  return {
    ...rendered,
    'port-table.schema.json': portTableSchema(),
    'docs/ports.md': portsDocument(CATALOG, HOSTNAME_CATALOG),
    'docs/adopting.md': guideWithRecipes(),
    'README.md': readmeWithExamples(rendered),
    'API.md': apiReference(),
  };
}

function isDrifted(file: string, text: string): boolean {
  return !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), 'utf8') !== text;
}

async function generate(): Promise<void> {
  const drifted = Object.entries(await allDocuments()).filter(([file, text]) => isDrifted(file, text));
  if (!process.argv.includes('--check')) {
    for (const [file, text] of drifted) {
      mkdirSync(dirname(join(ROOT, file)), { recursive: true });
      writeFileSync(join(ROOT, file), text);
    }
  } else if (drifted.length > 0) {
    const files = drifted.map(([file]) => file).join(' and ');
    console.error(`${files} must be what lib/ says, got something else; did you mean "npm run docs"?`);
    process.exit(1);
  }
}

void generate();
