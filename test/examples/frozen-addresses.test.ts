import { Testing, type TerraformStack } from 'cdktf';
import { exampleApp } from '../../examples/main';
import frozen from './frozen-addresses.json';

/**
 * The addresses of all rules of all examples. A released address never changes: another address closes the port and opens it
 * again, in no order. An entry that changes or goes is a breaking release with a `moved` recipe; new entries are free.
 */
test('no address of a rule has moved', () => {
  const stacks = exampleApp(Testing.app()).node.children as TerraformStack[];
  expect(Object.fromEntries(stacks.map((stack) => [stack.node.id, addresses(stack)]))).toEqual(frozen);
});

function addresses(stack: TerraformStack): string[] {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as { resource?: Record<string, object> };
  return Object.entries(resource)
    .filter(([type]) => /firewall|security_group|network_security/.test(type) && !type.endsWith('firewall_policy'))
    .flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${type}.${id}`))
    .sort();
}
