import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PluginKind, declareFactoryPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { SmallJest } from './small-jest.mjs';
import { forgetTypeScript, requireTypeScript } from './typescript-modules.mjs';

/**
 * Runs the tests in the process of Stryker. Jest needs half a second per mutant before the first test; this runner needs some
 * milliseconds, because it loads the framework once.
 */
class InProcessRunner {
  jest = new SmallJest();
  context = (globalThis.__stryker__ ??= {});
  isFresh = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    requireTypeScript(process.cwd());
  }

  async dryRun() {
    this.activate(undefined);
    this.context.mutantCoverage = undefined;
    this.load();
    const tests = await this.run(this.jest.tests, true);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.context.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }) {
    const isStatic = mutantActivation === 'static';
    if (!this.isFresh) this.activate(undefined);
    if (!this.isFresh && !isStatic) this.load();
    this.activate(activeMutant.id, hitLimit);
    if (isStatic) this.load();
    this.isFresh = !isStatic;
    const chosen = testFilter && new Set(testFilter);
    const tests = await this.run(
      chosen ? this.jest.tests.filter(({ name }) => chosen.has(name)) : this.jest.tests,
      disableBail,
    );
    const reached = determineHitLimitReached(this.context.hitCount, this.context.hitLimit);
    return toMutantRunResult(reached ?? { status: DryRunStatus.Complete, tests }, disableBail);
  }

  activate(mutant, hitLimit) {
    Object.assign(this.context, { activeMutant: mutant, hitLimit, hitCount: hitLimit && 0 });
  }

  load() {
    forgetTypeScript();
    this.jest.clear();
    const directory = join(process.cwd(), 'test');
    for (const folder of process.env.MUTATION_TESTS.split(',')) {
      for (const file of readdirSync(join(directory, folder), { recursive: true }).filter(isTest)) {
        this.jest.load(join(directory, folder, file), `${folder}/${file}:`);
      }
    }
  }

  async run(tests, runAll) {
    const results = [];
    for (const { name, file, body } of tests) {
      this.context.currentTestId = name;
      const result = await resultOf(name, file, body);
      results.push(result);
      if (result.status === TestStatus.Failed && !runAll) break;
    }
    this.context.currentTestId = undefined;
    return results;
  }
}

async function resultOf(name, file, body) {
  const started = performance.now();
  globalThis.expect.setState({ testPath: file, currentTestName: name });
  const failure = await Promise.resolve()
    .then(body)
    .then(
      () => undefined,
      (error) => String(error?.message ?? error),
    );
  const result = { id: name, name, fileName: file, timeSpentMs: performance.now() - started };
  return failure === undefined
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage: failure };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner())];

/** Files that this runner cannot run: they replace modules, prepare files before tests, or read generated pages, which a copy lacks. */
const ONLY_IN_JEST =
  /(?:^|\/)(?:providers|other-languages|caller-language|bundle|write-file|output-streams|sarif|second-copy|sentences)\.test\.ts$/;

function isTest(file) {
  return file.endsWith('.test.ts') && !ONLY_IN_JEST.test(file);
}
