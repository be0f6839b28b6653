import { terraformAddresses } from '../../support/opened';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { type TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsEndpoint,
  AwsPrefixList,
  AwsSecurityGroup,
  type IDocumentedRules,
  type IPeer,
  Peer,
  ReachabilityChecks,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const [source, destination] = ['i-01234567', 'eni-0123456789abcdef0'].map((id) => AwsEndpoint.fromId(id));
const MESSAGE = 'i-01234567 does not reach eni-0123456789abcdef0 on 25080/tcp (worker>mongodb/mongodb).';

const openStores = (stack: TerraformStack, workers: IPeer, id = 'stores', mongodb = 'sg-01234567'): IDocumentedRules =>
  new ApinizerDataStoreRules(stack, id, { workers, mongodb: AwsSecurityGroup.fromId(mongodb) });

/** The synthesized parts of the only check of the rules of a stack, by the name of its resources. */
function checked(stack: TerraformStack, rules: IDocumentedRules, props: object = {}): Record<string, any> {
  new ReachabilityChecks(stack, 'checks', { rules, checks: [{ flow: 'mongodb', source, destination }], ...props });
  const resources = resourcesOf(stack);
  const [id] = Object.keys(resources.aws_ec2_network_insights_path);
  return {
    id,
    path: resources.aws_ec2_network_insights_path[id],
    trigger: resources.terraform_data[id],
    analysis: resources.aws_ec2_network_insights_analysis[id],
    check: (JSON.parse(Testing.synth(stack)) as { check?: Record<string, unknown> }).check?.[id],
  };
}

test('creates a path, an analysis that runs again when the rules change, and a check of its result', () => {
  const stack = newStack();
  const rules = openStores(stack, Peer.cidr('10.1.0.0/24'));
  const { id, path, trigger, analysis, check } = checked(stack, rules);
  const [rule] = terraformAddresses(rules);
  expect(id).toMatch(/^check_[0-9a-f]{12}$/);
  expect(path).toEqual({
    source: 'i-01234567',
    destination: 'eni-0123456789abcdef0',
    protocol: 'tcp',
    destination_port: 25080,
  });
  expect(trigger).toEqual({ triggers_replace: { [rule]: `\${${rule}.id}` } });
  expect(analysis).toEqual({
    network_insights_path_id: `\${aws_ec2_network_insights_path.${id}.id}`,
    lifecycle: { replace_triggered_by: [`terraform_data.${id}`] },
  });
  expect(check).toEqual({
    assert: [{ condition: `\${aws_ec2_network_insights_analysis.${id}.path_found}`, error_message: MESSAGE }],
  });
});

test('fails the apply with failApply, without a check block', () => {
  const stack = newStack();
  const { id, analysis, check } = checked(stack, openStores(stack, Peer.cidr('10.1.0.0/24')), { failApply: true });
  expect(analysis.lifecycle).toEqual({
    replace_triggered_by: [`terraform_data.${id}`],
    postcondition: [{ condition: '${self.path_found}', error_message: MESSAGE }],
  });
  expect(check).toBeUndefined();
});

test('has the provider instance that it is given', () => {
  const stack = newStack();
  const provider = new AwsProvider(stack, 'aws', { region: 'eu-west-1', alias: 'ireland' });
  const { path, analysis } = checked(stack, openStores(stack, Peer.cidr('10.1.0.0/24')), { provider });
  expect([path.provider, analysis.provider]).toEqual(['aws.ireland', 'aws.ireland']);
});

test('fails for a provider instance of a different cloud', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod' });
  expectRefusal(
    () => checked(stack, openStores(stack, Peer.cidr('10.1.0.0/24')), { provider }),
    'provider-cloud-mismatch',
  );
});

describe('runs again', () => {
  const triggers = (stack: TerraformStack, rules: IDocumentedRules): string[] =>
    Object.keys(checked(stack, rules).trigger.triggers_replace as object);

  test('when the prefix lists of its own rules change, and not those of other rules', () => {
    const stack = newStack();
    const list = (name: string): AwsPrefixList =>
      new AwsPrefixList(stack, name, { name, ranges: Peer.cidr('10.8.0.0/24') });
    openStores(stack, list('others'), 'other-stores', 'sg-89abcdef');
    const rules = openStores(stack, list('own'));
    const [rule] = terraformAddresses(rules);
    expect(triggers(stack, rules)).toEqual([
      'aws_ec2_managed_prefix_list.prefix_list_own',
      'aws_ec2_managed_prefix_list.prefix_list_own.version',
      rule,
    ]);
  });

  test('not when an existing prefix list changes', () => {
    const stack = newStack();
    const id = new TerraformVariable(stack, 'list', {}).stringValue;
    const [known, unknown] = ['pl-01234567', id].map((each) => AwsPrefixList.fromId(each, { maxEntries: 1 }));
    const rules = openStores(stack, Peer.anyOf(known, unknown));
    expect(triggers(stack, rules)).toEqual([...terraformAddresses(rules)]);
  });
});
