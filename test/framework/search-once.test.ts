import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import {
  App,
  Fn,
  type IResolvable,
  type IResolveContext,
  Lazy,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
import { searchOnce } from '../../lib/framework';

type Attributes = Record<string, unknown>;

/** Creates the same firewall twice, searched once and by the framework, and returns the attributes of both. */
function attributesOfBoth(change: (firewall: ComputeFirewall, stack: TerraformStack) => void): Attributes[] {
  return [true, false].map((isSearchedOnce) => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const firewall = new ComputeFirewall(stack, 'firewall', {
      name: 'web',
      network: 'prod',
      sourceRanges: ['10.0.0.0/8'],
      allow: [{ protocol: 'tcp', ports: ['443'] }],
      priority: 0,
      disabled: false,
    });
    if (isSearchedOnce) searchOnce(firewall, stack);
    change(firewall, stack);
    return JSON.parse(Testing.synth(stack)).resource.google_compute_firewall.firewall as Attributes;
  });
}

test.each<[string, (firewall: ComputeFirewall, stack: TerraformStack) => void]>([
  ['without tokens', () => undefined],
  [
    'with a token in a text',
    (firewall, stack) => (firewall.name = new TerraformVariable(stack, 'name', {}).stringValue),
  ],
  [
    'with a token in a longer text',
    (firewall, stack) => (firewall.description = `of ${new TerraformVariable(stack, 'name', {}).stringValue}`),
  ],
  [
    'with the token of a list',
    (firewall, stack) => (firewall.sourceRanges = new TerraformVariable(stack, 'a', {}).listValue),
  ],
  [
    'with the token of a number',
    (firewall, stack) => (firewall.priority = new TerraformVariable(stack, 'a', {}).numberValue),
  ],
  [
    'with the token of a number in a text',
    (firewall, stack) => (firewall.description = String(new TerraformVariable(stack, 'a', {}).numberValue)),
  ],
  ['with a function', (firewall) => (firewall.description = Token.asString(Fn.upper('a')))],
  ['with a lazy value', (firewall) => (firewall.description = Lazy.stringValue({ produce: () => 'later' }))],
  ['with a negative number', (firewall) => (firewall.priority = -1)],
  [
    'with a token as key',
    (firewall) => firewall.addOverride('params', { [Token.asString({ resolve: () => 'key' })]: 'x' }),
  ],
  ['with an override', (firewall) => firewall.addOverride('allow', [{ protocol: 'all' }])],
  [
    'with a token in an override',
    (firewall) => firewall.addOverride('params.tags', { a: Token.asAny({ resolve: () => 1 }) }),
  ],
  ['with null and undefined in an override', (firewall) => firewall.addOverride('params', { a: null, b: undefined })],
  [
    'with an override of the stack',
    (_, stack) => stack.addOverride('resource.google_compute_firewall.firewall.name', 'x'),
  ],
  ['with metadata of the stack', (_, stack) => stack.addOverride('terraform.required_version', '1.5')],
  ['with a lifecycle', (firewall) => (firewall.lifecycle = { preventDestroy: true })],
])('writes what the framework would, %s', (_what, change) => {
  const [searched, byFramework] = attributesOfBoth(change);
  expect(searched).toEqual(byFramework);
});

test('fails as the framework does for a value that it cannot resolve', () => {
  for (const text of ['String Map Token Value', 'Any Map Token Value']) {
    expect(() => attributesOfBoth((firewall) => (firewall.name = text))).toThrow('map token');
  }
});

test('gives the framework only the attributes with tokens', () => {
  const looks: unknown[] = [];
  const stack = new TerraformStack(Testing.app(), 'stack');
  const name = Token.asString({ resolve: () => 'web' });
  const firewall = new ComputeFirewall(stack, 'firewall', { name, network: 'prod', sourceTags: ['a', 'b'] });
  searchOnce(firewall, stack);
  const attributes = firewall.toTerraform().resource.google_compute_firewall.firewall as IResolvable;
  const context = { resolve: (value: unknown) => looks.push(value), registerPostProcessor: () => undefined };
  attributes.resolve(context as unknown as IResolveContext);
  expect(looks).toEqual([{ name }]);
});

test('leaves attributes whose names have tokens to the framework', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const firewall = new ComputeFirewall(stack, 'firewall', { name: 'web', network: 'prod' });
  firewall.addOverride(Token.asString({ resolve: () => 'priority' }).replaceAll('.', ''), 7);
  searchOnce(firewall, stack);
  expect(firewall.toTerraform().resource.google_compute_firewall.firewall).not.toHaveProperty('resolve');
});

test('refers to the group of a different stack as the framework does', () => {
  const synthesized = (isSearchedOnce: boolean): string => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'search-once-')), skipValidation: true });
    const other = new TerraformStack(app, 'other');
    const stack = new TerraformStack(app, 'stack');
    const { id } = new SecurityGroup(other, 'group', { name: 'web' });
    const rule = new VpcSecurityGroupIngressRule(stack, 'rule', { securityGroupId: id, ipProtocol: '-1' });
    if (isSearchedOnce) searchOnce(rule, stack);
    app.synth();
    const file = join(app.outdir, 'stacks/stack/cdk.tf.json');
    return readFileSync(file, 'utf8').replaceAll(app.outdir, '');
  };
  expect(synthesized(true)).toContain('data.terraform_remote_state');
  expect(synthesized(true)).toBe(synthesized(false));
});
