import { compile } from './compiled';
import { type Ended, ownProgram, pinned, Project } from './project';
import { cdktfApp } from './setups';

const WITH_ASSERTIONS = "import { declareTests } from './test/setups/programs/with-assertions';";
const WITH_MATCHERS = "import { declareTests } from './test/setups/programs/with-matchers';";
const GLOBALLY = ["import 'cdktf-cluster-ports/testing';", WITH_MATCHERS, 'declareTests(test, expect);'];

/** A folder with the runners, inside of the app. */
const runners = (): Project =>
  Project.install({ directory: cdktfApp().path('runners'), dependencies: pinned('runners') });

function compileFor(project: Project, outfile: string, entry: readonly string[]): Promise<string> {
  const format = outfile.endsWith('.mjs') ? 'esm' : 'cjs';
  return compile(project, { entry, outfile, framework: 'cdktf', format });
}

/** Runs one test file with Vitest, which has no option for the names of test files, but takes a configuration. */
async function vitest(name: string, entry: readonly string[], ...options: readonly string[]): Promise<Ended> {
  const project = runners();
  const file = `${name}.vitest.mjs`;
  await compileFor(project, file, entry);
  project.write('vitest.config.mjs', "export default { test: { include: ['**/*.vitest.mjs'] } };\n");
  return project.program('node_modules/vitest/vitest.mjs', 'run', '--root', '.', file, ...options);
}

const PASSED_IN_VITEST = { status: 0, stdout: expect.stringMatching(/Tests +2 passed/) as unknown };

test('Vitest without globals runs tests with assertions', async () => {
  const entry = ["import { test } from 'vitest';", WITH_ASSERTIONS, 'declareTests(test);'];
  expect(await vitest('assertions', entry)).toMatchObject(PASSED_IN_VITEST);
});

test('Vitest without globals runs tests with an expect that they extend', async () => {
  const entry = [
    "import { expect, test } from 'vitest';",
    "import { matchers, trafficSerializer } from 'cdktf-cluster-ports/assertions';",
    WITH_MATCHERS,
    'expect.extend(matchers);',
    'expect.addSnapshotSerializer(trafficSerializer);',
    'declareTests(test, expect);',
  ];
  expect(await vitest('own-expect', entry)).toMatchObject(PASSED_IN_VITEST);
});

test('Vitest with globals runs tests with the matchers', async () => {
  expect(await vitest('globals', GLOBALLY, '--globals')).toMatchObject(PASSED_IN_VITEST);
});

test('the error of the matchers names the setting of Vitest', async () => {
  const { status, stdout, stderr } = await vitest('no-globals', GLOBALLY);
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('did you mean test: { globals: true } in vitest.config.ts');
});

test.each(['cjs', 'mjs'])('node:test runs tests with assertions: %s', async (extension) => {
  const project = runners();
  const file = `assertions.node.${extension}`;
  await compileFor(project, file, ["import { test } from 'node:test';", WITH_ASSERTIONS, 'declareTests(test);']);
  const { status, stdout } = project.program('--test', '--test-reporter=tap', file);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/# pass 2\n# fail 0/) });
});

test.each(['cjs', 'mjs'])('Mocha runs tests with assertions: %s', async (extension) => {
  const project = runners();
  const file = `assertions.mocha.${extension}`;
  await compileFor(project, file, [WITH_ASSERTIONS, 'declareTests(it);']);
  const { status, stdout } = project.program('node_modules/mocha/bin/mocha.js', file);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('2 passing') });
});

test('Jest runs tests with the matchers', async () => {
  const app = cdktfApp();
  await compileFor(app, 'matchers.jest.js', GLOBALLY);
  app.write('jest.matchers.json', JSON.stringify({ testMatch: ['**/matchers.jest.js'], transform: {} }));
  const jest = [ownProgram('jest/bin/jest.js'), '--ci', '-c', 'jest.matchers.json'] as const;
  const { status, stderr } = app.program(...jest);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('2 passed, 2 total') });
});

/**
 * The second test uses a construct that the first one did not, in a stack with one that it did. Each use asks the package for the export,
 * as the code does that TypeScript writes.
 */
const RESETTING = `const ports = require('cdktf-cluster-ports');
const { TerraformStack, Testing } = require('cdktf');
const firewall = () => new ports.GcpFirewall({ network: 'prod' });
const metrics = (stack) => new ports.PrometheusCostMetricsRule(stack, 'metrics', {
  platform: ports.Peer.cidr('10.0.0.0/8'),
  prometheus: firewall().networkTag('prometheus'),
});

test('one construct', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  metrics(stack);
  expect(stack).toMatchDocuments();
});

test('the same construct and a new one', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  metrics(stack);
  new ports.Rke2Rules(stack, 'rke2', { server: firewall().networkTag('server'), agent: firewall().networkTag('agent') });
  expect(stack).toMatchDocuments();
  expect(ports.PermittedTraffic.ofStack(stack).text).toContain('9345/tcp');
});
`;

test('Jest runs tests that reset the modules, because all of the package is loaded by its import', () => {
  const app = cdktfApp();
  app.write('resetting.jest.js', RESETTING);
  const config = {
    testMatch: ['**/resetting.jest.js'],
    transform: {},
    resetModules: true,
    setupFilesAfterEnv: ['cdktf-cluster-ports/testing'],
  };
  app.write('jest.resetting.json', JSON.stringify(config));
  const { status, stderr } = app.program(ownProgram('jest/bin/jest.js'), '--ci', '-c', 'jest.resetting.json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('2 passed, 2 total') });
});

/** What a user writes once, so that TypeScript knows the matchers in Vitest. */
const TYPED = `import type { ClusterPortsMatchers } from 'cdktf-cluster-ports/assertions';
import { matchers } from 'cdktf-cluster-ports/assertions';
import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T = any> extends ClusterPortsMatchers<T> {}
}

expect.extend(matchers);
expect({ resource: {} }).toPermitExactly([]);
expect({ resource: {} }).not.toPermit({ port: '22/tcp', from: '0.0.0.0/0', to: 'all-instances' });
// @ts-expect-error a row must have all its parts
expect({ resource: {} }).toPermitExactly([{ port: '22/tcp' }]);
`;

test('TypeScript knows the matchers in Vitest', () => {
  const project = runners();
  project.write('typed.ts', TYPED);
  const options = [
    '--module',
    'node16',
    '--target',
    'es2022',
    '--strict',
    '--skipLibCheck',
    '--noEmit',
    '--types',
    'node',
  ];
  const types = ['--typeRoots', ownProgram('@types')];
  const { status, stdout } = project.program(ownProgram('typescript/bin/tsc'), ...options, ...types, 'typed.ts');
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
