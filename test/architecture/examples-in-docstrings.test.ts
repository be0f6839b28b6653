import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as publicApi from '../../lib';

const ROOT = join(__dirname, '../..');
const LIB = join(ROOT, 'lib');
/** Declarations that examples use from the app of the user. */
const PRELUDE = [
  `import { ${Object.keys(publicApi).join(', ')}, type IHostGroup } from 'cdktf-cluster-ports';`,
  "import { TerraformStack } from 'cdktf';",
  "import { Vpc } from '@cdktf/provider-aws/lib/vpc';",
  "import { readFileSync } from 'node:fs';",
  'declare const stack: TerraformStack;',
  'declare const vpc: Vpc;',
  'declare const cluster: KubeadmFlannelClusterRules;',
  'declare const controlPlane: IHostGroup;',
  'declare const workers: IHostGroup;',
].join('\n');

/** An `@example` of a docstring. */
interface DocumentedExample {
  readonly of: string;
  readonly code: string;
}

const sources = (readdirSync(LIB, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) =>
    ts.createSourceFile(file, readFileSync(join(LIB, file), 'utf8'), ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS),
  );

function examplesIn(node: ts.Node, source: ts.SourceFile): DocumentedExample[] {
  const nested: DocumentedExample[] = [];
  node.forEachChild((child) => void nested.push(...examplesIn(child, source)));
  if (!ts.isDeclarationStatement(node) && !ts.isClassElement(node) && !ts.isTypeElement(node)) return nested;
  const own = ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === 'example')
    .map(({ comment }) => ({
      of: `${source.fileName}: ${node.name?.getText(source) ?? 'constructor'}`,
      code: ts.getTextOfJSDocComment(comment) ?? '',
    }));
  return [...own, ...nested];
}

const examples = sources.flatMap((source) => examplesIn(source, source));

/** The errors of the compiler, by the example that has them. */
function compileErrors(): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['lib/index.ts'] }, ts.sys, ROOT);
  const files = new Map(
    examples.map(({ code }, index) => [
      join(ROOT, `docstring-example-${index}.ts`),
      `${PRELUDE}\n${code}\nexport {};\n`,
    ]),
  );
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    const text = files.get(file);
    return text === undefined ? read(file, ...rest) : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  return [...files.keys()].flatMap((file, index) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${examples[index].of}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

test('every example in a docstring compiles', () => {
  expect(examples.length).toBeGreaterThan(7);
  expect(compileErrors()).toEqual([]);
}, 60_000);

test('every construct of a product has an example that creates it', () => {
  const constructs = sources
    .filter(({ fileName }) => fileName.startsWith('products/'))
    .flatMap(({ statements }) => [...statements])
    .filter((statement) => ts.isClassDeclaration(statement))
    .filter(({ heritageClauses }) => heritageClauses?.length)
    .map(({ name }) => name!.text);
  expect(constructs).toContain('VClusterPlatformIngressRules');
  expect(constructs.filter((name) => !examples.some(({ code }) => code.includes(`new ${name}(`)))).toEqual([]);
});
