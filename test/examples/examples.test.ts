import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { exampleApp } from '../../examples/all';
import { allowedHostnames } from '../support/allowed-hostnames';
import { opened } from '../support/opened';

const EXAMPLES = join(__dirname, '../../examples');
const files = readdirSync(EXAMPLES).filter((file) => /^(?!(?:all|main)\.).*(?<!\.test)\.ts$/.test(file));
const stacks = exampleApp(Testing.app()).node.children as TerraformStack[];

test('every example is a stack of the app', () => {
  expect(stacks.map((stack) => `${stack.node.id}.ts`).sort()).toEqual(files.sort());
});

test.each(stacks.map((stack) => [stack.node.id, stack] as const))(
  '%s has the ports and the Terraform of the snapshot',
  (_id, stack) => {
    expect([...opened(stack), ...allowedHostnames(stack)]).toMatchSnapshot('opened');
    expect(Testing.synth(stack, true)).toMatchSnapshot('Terraform');
  },
);

test.each(files)('%s is a complete stack that imports the package by its name', (file) => {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  expect(text).toContain("from 'cdktf-cluster-ports'");
  expect(text).not.toContain("from '../");
});

test.each(files)('%s runs as an ES module and as CommonJS', (file) => {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  // ES modules have none of these; they find no folders, and provider packages list no entries
  expect(text).not.toMatch(/\brequire\b|\bmodule\b\.|__dirname|__filename/);
  const deep = [...text.matchAll(/from '(@cdktf\/provider-[^']*)'/g)].map(([, path]) => path);
  expect(deep.filter((path) => !path.endsWith('/index.js'))).toEqual([]);
});
