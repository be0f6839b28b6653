import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { ApinizerDataStoreRules, ExternalHosts, ExternalProxy, KubeadmFlannelClusterRules } from '../../../lib';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectRefusal, resourcesOf } from '../../support/refusals';

test('has a name and a cloud', () => {
  const { cloud, label } = ExternalHosts.named('elasticsearch', '10.8.0.0/28');
  expect({ cloud, label }).toEqual({ cloud: 'external', label: 'elasticsearch' });
});

test('creates no rules, and makes every flow external', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28', '2001:db8::/64');
  const rules = new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: hosts, workers: hosts });
  expect(resourcesOf(stack)).toEqual({});
  expect(terraformAddresses(rules)).toEqual([]);
  expect(rules.flows.map((flow) => [String(flow.port), flow.external])).toEqual([
    ['6443/tcp', true],
    ['8285/udp', true],
    ['8472/udp', true],
    ['10250/tcp', true],
    ['8285/udp', true],
    ['8472/udp', true],
    ['6443/tcp', true],
    ['2379-2380/tcp', true],
    ['10250/tcp', true],
    ['8472/udp', true],
    ['8285/udp', true],
  ]);
});

test('takes ranges that are known after apply', () => {
  const stack = newStack();
  const workers = ExternalHosts.named('workers', new Vpc(stack, 'main', {}).cidrBlock);
  const { flows } = new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: workers });
  expect(flows).toHaveLength(1);
});

test('allows two constructs to need the same flow', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28');
  for (const id of ['one', 'two']) new ApinizerDataStoreRules(stack, id, { workers: hosts, mongodb: hosts });
  expect(resourcesOf(stack)).toEqual({});
});

test('is read-only and can be extended, as jsii requires', () => {
  for (const value of [ExternalHosts.named('mongodb', '10.8.0.0/28'), ExternalProxy.named('squid')]) {
    expect(() => Object.assign(value, { label: '' })).toThrow(TypeError);
    expect(Object.isExtensible(value)).toBe(true);
  }
});

describe('fails for', () => {
  const range = '10.8.0.0/28';

  test.each<[string, unknown, string[], string]>([
    ['no range', 'mongodb', [], 'ranges-missing'],
    ['no name', undefined, [range], 'text-required'],
    ['an empty name', '', [range], 'text-required'],
    ['a name in the shape of a token', '${TfToken[TOKEN.0]}', [range], 'text-not-known'],
    ['a range with host bits', 'mongodb', ['10.8.0.1/28'], 'range-with-host-bits'],
    ['an IP address', 'mongodb', ['10.8.0.1'], 'range-without-prefix'],
    ['the world', 'mongodb', [range, '0.0.0.0/0'], 'world-not-allowed'],
    ['the world of IPv6', 'mongodb', ['0::/0'], 'world-not-allowed'],
    ['the two halves of the world', 'mongodb', ['128.0.0.0/1', '0.0.0.0/1'], 'world-not-allowed'],
  ])('%s', (_what, name, ranges, code) => {
    expectRefusal(() => ExternalHosts.named(name as string, ...ranges), code);
  });

  test.each([
    [undefined, 'text-required'],
    ['', 'text-required'],
    ['two\nlines', 'text-invalid'],
  ])('the name %j of a proxy', (name, code) => {
    expectRefusal(() => ExternalProxy.named(name!), code);
  });
});
