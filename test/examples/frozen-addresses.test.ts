import { type TerraformStack, Testing } from 'cdktf';
import { exampleApp } from '../../examples/all';
import frozen from './frozen-addresses.json';

/**
 * The Terraform addresses of all rules of all examples. A published address never changes: with a new one, Terraform destroys the rule
 * and creates it again, in any order. Changing or removing an entry is a breaking change that needs a `moved` recipe; new entries may
 * be added freely.
 */
test('no Terraform address of a rule has moved', () => {
  const stacks = exampleApp(Testing.app()).node.children as TerraformStack[];
  expect(Object.fromEntries(stacks.map((stack) => [stack.node.id, addresses(stack)]))).toEqual(frozen);
});

function addresses(stack: TerraformStack): string[] {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as { resource?: Record<string, object> };
  return Object.entries(resource)
    .filter(
      ([type]) =>
        /firewall|security_group|network_security|network_policy/.test(type) && !type.endsWith('firewall_policy'),
    )
    .flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${type}.${id}`))
    .sort();
}
