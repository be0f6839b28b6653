import { Testing, type TerraformStack } from 'cdktf';
import { exampleApp } from '../../examples/main';
import { proof } from '../../lib/traffic/proof';

const stacks = exampleApp(Testing.app()).node.children as TerraformStack[];

function json(stack: TerraformStack): any {
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

test.each(stacks.map((stack) => [stack.node.id, stack] as const))('the rules of %s are exactly its flows', (id, stack) => {
  const { isExact, missing, extra, elsewhere, unread } = proof(json(stack), id);
  expect({ missing, extra, elsewhere, unread }).toEqual({ missing: [], extra: [], elsewhere: [], unread: [] });
  expect(isExact).toBe(true);
});
