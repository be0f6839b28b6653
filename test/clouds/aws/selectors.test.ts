import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  type IHostGroup,
  type IPeer,
  Peer,
} from '../../../lib';
import type { HostGroupJson, ProvenanceJson, SelectorJson } from '../../../lib/provenance/provenance-json';
import { newStack } from '../../support/clouds';

const ID = 'sg-0123456789abcdef0';
const existing = AwsSecurityGroup.fromId(ID);

/** The machines at both ends in the provenance of a stack. */
function hostGroups(stack: TerraformStack, workers: IPeer, mongodb: IHostGroup): HostGroupJson[] {
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  const root = stack.toTerraform() as { '//': { metadata: { clusterPorts: ProvenanceJson } } };
  return root['//'].metadata.clusterPorts.peers.flatMap((peer) => peer.hostGroups ?? []);
}

/** How rules select them. */
function selectedBy(...ends: Parameters<typeof hostGroups>): (SelectorJson | undefined)[] {
  return hostGroups(...ends).map((one) => one.selectedBy);
}

test.each([
  [Egress.ALL, 'everything'],
  [Egress.DOCUMENTED, 'documented'],
  [Egress.UNMANAGED, undefined],
] as const)('the egress of a new group with Egress %s is %s', (egress, expected) => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: 'vpc-01234567', egress });
  expect(selectedBy(stack, workers, existing)).toEqual([
    { kind: 'sg', value: '${aws_security_group.group_workers.id}', stack: 'stack', egress: expected },
    { kind: 'sg', value: ID },
  ]);
});

test.each([
  [Egress.ALL, 'everything'],
  [Egress.DOCUMENTED, 'documented'],
  [Egress.UNMANAGED, undefined],
] as const)('the egress of an existing group with Egress %s is %s', (egress, expected) => {
  const stack = newStack();
  const workers = AwsSecurityGroup.fromId(ID, { egress });
  const mongodb = AwsSecurityGroup.fromId('sg-89abcdef');
  expect(selectedBy(stack, workers, mongodb)).toEqual([
    { kind: 'sg', value: ID, egress: expected },
    { kind: 'sg', value: 'sg-89abcdef' },
  ]);
});

test('a value that is known after apply is its expression, with the stack that it belongs to', () => {
  const app = Testing.app();
  const [network, stack] = ['network', 'stack'].map((id) => new TerraformStack(app, id));
  const value = (name: string): string => new TerraformVariable(network, name, {}).stringValue;
  const workers = AwsPrefixList.fromId(value('offices'), { maxEntries: 1 });
  expect(workers.label).toBe('prefix list known after apply');
  expect(selectedBy(stack, workers, AwsSecurityGroup.fromId(value('stores')))).toEqual([
    { kind: 'prefix-list', value: '${var.offices}', stack: 'network', maxEntries: 1 },
    { kind: 'sg', value: '${var.stores}', stack: 'network' },
  ]);
});

test('the label of a prefix list has its key, or else its id or what the id refers to', () => {
  const called = (options: { key?: string }, id: (stack: TerraformStack) => string): unknown => {
    const stack = newStack();
    const [workers] = hostGroups(stack, AwsPrefixList.fromId(id(stack), { maxEntries: 1, ...options }), existing);
    return [workers.cloud, workers.label];
  };
  const variable = (stack: TerraformStack): string => new TerraformVariable(stack, 'offices', {}).stringValue;
  expect(called({ key: 'offices' }, variable)).toEqual(['aws', 'prefix list offices']);
  expect(called({}, variable)).toEqual(['aws', 'prefix list var.offices']);
  expect(called({}, () => 'pl-01234567')).toEqual(['aws', 'prefix list pl-01234567']);
});

test('a group of a different account is its account and id', () => {
  const stack = newStack();
  const workers = AwsPeer.securityGroup('sg-89abcdef', { ownerId: '123456789012' });
  expect(selectedBy(stack, workers, existing)[0]).toEqual({ kind: 'sg', value: '123456789012/sg-89abcdef' });
});

test('a new prefix list of both IP families is two lists', () => {
  const stack = newStack();
  const ranges = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
  const workers = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges });
  expect(selectedBy(stack, workers, existing)[0]).toEqual({
    kind: 'prefix-list',
    value: '${aws_ec2_managed_prefix_list.prefix_list_offices.id}',
    otherValue: '${aws_ec2_managed_prefix_list.prefix_list_offices-ipv6.id}',
    stack: 'stack',
  });
});

test('a far end is read-only', () => {
  const stack = newStack();
  const offices = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') });
  const ends = [offices, existing, AwsPrefixList.fromId('pl-01234567', { maxEntries: 1 })];
  for (const { _farEnd } of ends) {
    const [end] = _farEnd.hostGroups;
    expect(() => Object.assign(end, { label: 'changed' })).toThrow(TypeError);
  }
});
