import { type TerraformStack, Testing } from 'cdktf';
import { exampleApp } from '../../examples/all';
import { compile } from './compiled';
import { ownProgram, type Project } from './project';
import { cdktfApp, setups, terrainApp } from './setups';
import { synthesizedExamples, withoutVersions } from './synthesized';

const onTerrain = setups().node22 === undefined ? test.skip : test;
const STACKS = (exampleApp(Testing.app()).node.children as TerraformStack[]).map(({ node }) => node.id).sort();

/** Runs a test of a user in a project, with the matchers in all its test files. */
async function runBehaviour(project: Project, framework: 'cdktf' | 'cdktn'): Promise<void> {
  const format = 'cjs';
  const entry = 'test/setups/programs/behaviour.ts';
  await compile(project, { entry, outfile: 'behaviour.test.js', framework, format });
  const config = { testMatch: ['**/behaviour.test.js'], transform: {} };
  project.write('jest.config.json', JSON.stringify(config));
  const { status, stderr } = project.program(ownProgram('jest/bin/jest.js'), '--ci', '--rootDir', project.directory);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/Tests: +7 passed, 7 total/) });
}

test('examples synthesize on cdktf from the packed tarball, as an ES module and as CommonJS', async () => {
  const commonJs = await synthesizedExamples(cdktfApp(), { framework: 'cdktf', format: 'cjs' });
  expect(Object.keys(commonJs)).toEqual(STACKS);
  expect(await synthesizedExamples(cdktfApp(), { framework: 'cdktf', format: 'esm' })).toEqual(commonJs);
});

onTerrain('examples are the same on CDK Terrain and on cdktf, but for source and version of providers', async () => {
  const cdktf = await synthesizedExamples(cdktfApp(), { framework: 'cdktf', format: 'cjs' });
  const terrain = await synthesizedExamples(terrainApp(), { framework: 'cdktn', format: 'cjs' });
  expect(Object.keys(terrain)).toEqual(STACKS);
  expect(withoutVersions(terrain)).toEqual(withoutVersions(cdktf));
  expect(await synthesizedExamples(terrainApp(), { framework: 'cdktn', format: 'esm' })).toEqual(terrain);
});

test('matchers, Aspects, overrides and references between stacks work on cdktf', async () => {
  await runBehaviour(cdktfApp(), 'cdktf');
});

onTerrain('matchers, Aspects, overrides and references between stacks work on CDK Terrain', async () => {
  await runBehaviour(terrainApp(), 'cdktn');
});
