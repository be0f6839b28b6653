import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { exampleApp } from '../../examples/main';
import { allowedHostnames } from '../support/allowed-hostnames';
import { opened } from '../support/opened';

const EXAMPLES = join(__dirname, '../../examples');
const files = readdirSync(EXAMPLES).filter((file) => /^(?!main\.).*(?<!\.test)\.ts$/.test(file));
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

test.each(files)('%s is a complete app that imports the package by its name', (file) => {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  expect(text).toContain("from 'cdktf-cluster-ports'");
  expect(text).toMatch(/app\.synth\(\);\n\}\n$/);
  expect(text).not.toContain("from '../");
});
