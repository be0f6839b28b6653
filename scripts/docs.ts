// Generates API.md, docs/ports.md, port-table.schema.json and the examples in README.md, or with --check compares them with what would be generated.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOG, HOST_CATALOG } from '../lib/catalog/catalog';
import { jsonSchema } from '../lib/files/json-schema';
import { PORT_TABLE_SHAPE } from '../lib/files/port-table-shape';
import { portsDocument } from '../lib/renderers/ports-document';

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

/** Puts the files of `examples/` where the README names them. */
function readmeWithExamples(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return readme.replace(
    /(<!-- (examples\/\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, file: string, end: string) => {
      const example = readFileSync(join(ROOT, file), 'utf8');
      return `${start}\n\`\`\`ts\n${example}\`\`\`\n\n${end}`;
    },
  );
}

/** For editors of files that PortTableFile reads. */
function portTableSchema(): string {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...jsonSchema(PORT_TABLE_SHAPE) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const documents: Record<string, string> = {
  'port-table.schema.json': portTableSchema(),
  'docs/ports.md': portsDocument(CATALOG, HOST_CATALOG),
  'README.md': readmeWithExamples(),
  'API.md': apiReference(),
};
const written = (file: string): string => (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '');
const drifted = Object.keys(documents).filter((file) => written(file) !== documents[file]);
if (process.argv.includes('--check')) {
  if (drifted.length > 0) {
    console.error(`${drifted.join(' and ')} must be what lib/ says, got something else; did you mean "npm run docs"?`);
    process.exit(1);
  }
} else {
  for (const file of drifted) writeFileSync(join(ROOT, file), documents[file]);
}
