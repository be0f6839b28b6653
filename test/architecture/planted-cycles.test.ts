import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importCycles, importsBelow } from './import-graph';

const ROOT = join(__dirname, '../..');

const constant = (name: string, other: string): string =>
  `import { ${other} } from './${other}';\n\nexport const ${name} = (): string => typeof ${other};\n`;
const type = (name: string, other: string): string =>
  `import type { ${other} } from './${other}';\n\n/** A type. */\nexport type ${name} = ${other} | string;\n`;

/** Two files that import each other, two whose types import each other, and one file outside of these cycles. */
const FILES = {
  one: constant('one', 'two'),
  two: constant('two', 'one'),
  three: type('three', 'four'),
  four: type('four', 'three'),
  five: constant('five', 'one'),
};

const project = mkdtempSync(join(tmpdir(), 'cluster-ports-lint-'));

beforeAll(() => {
  mkdirSync(join(project, 'lib'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, 'lib', `${name}.ts`), text);
  copyFileSync(join(ROOT, 'tsconfig.json'), join(project, 'tsconfig.dev.json'));
  // the configuration of this repository, for the types of the temporary project
  const config = pathToFileURL(join(ROOT, 'eslint.config.mjs')).href;
  writeFileSync(
    join(project, 'eslint.config.mjs'),
    `import config from ${JSON.stringify(config)};
const languageOptions = { parserOptions: { tsconfigRootDir: import.meta.dirname } };
export default [...config, { files: ['**/*.ts'], languageOptions }];
`,
  );
});

interface Report {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null }[];
}

/** Returns which files break which lint rules. ESLint runs in a process of its own, because jest cannot import its configuration. */
function lint(): Record<string, (string | null)[]> {
  const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
  const options = { cwd: project, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [eslint, '--format', 'json', 'lib'], options);
  if (!stdout.startsWith('[')) throw new Error(`ESLint must report JSON, got ${stdout}${stderr}`);
  const reports = (JSON.parse(stdout) as Report[]).map(
    ({ filePath, messages }) => [basename(filePath, '.ts'), messages.map(({ ruleId }) => ruleId)] as const,
  );
  return Object.fromEntries(reports);
}

test('the lint rule reports a cycle of imports', () => {
  const { one, two, five } = lint();
  expect({ one, two, five }).toEqual({ one: ['import-x/no-cycle'], two: ['import-x/no-cycle'], five: [] });
}, 60_000);

test('the test of imports finds a cycle of imports of types, which the lint rule ignores', () => {
  const cycles = importCycles(importsBelow(join(project, 'lib')));
  const files = new Set(cycles.flat());
  expect([...files].sort()).toEqual(['four.ts', 'one.ts', 'three.ts', 'two.ts']);
});
