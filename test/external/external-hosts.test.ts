import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { ApinizerDataStoreRules, ExternalHosts, KubeadmFlannelClusterRules } from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

test('external hosts are a host group with a name', () => {
  const { cloud, label } = ExternalHosts.named('elasticsearch', '10.8.0.0/28');
  expect({ cloud, label }).toEqual({ cloud: 'external', label: 'elasticsearch' });
});

test('nothing is opened for them here, and every flow is asked for', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28', '2001:db8::/64');
  const rules = new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: hosts, workers: hosts });
  expect(resourcesOf(stack)).toEqual({});
  expect(rules.addresses).toEqual([]);
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

test('they may be known to Terraform alone', () => {
  const stack = newStack();
  const workers = ExternalHosts.named('workers', new Vpc(stack, 'main', {}).cidrBlock);
  const { flows } = new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: workers });
  expect(flows).toHaveLength(1);
});

test('two constructs may ask for the same', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28');
  for (const id of ['one', 'two']) new ApinizerDataStoreRules(stack, id, { workers: hosts, mongodb: hosts });
  expect(resourcesOf(stack)).toEqual({});
});

describe('fails for', () => {
  function refuses(what: string, name: unknown, ranges: unknown[], sentence: string): void {
    test(what, () =>
      expectRefusal(
        () => ExternalHosts.named(name as string, ...(ranges as string[])),
        `ExternalHosts.named: ${sentence}`,
      ),
    );
  }

  const range = '10.8.0.0/28';
  refuses('no range', 'mongodb', [], 'at least one range is needed, got none');
  refuses('no name', undefined, [range], 'the name must be text, got nothing');
  refuses('an empty name', '', [range], 'the name must be text, got ""');
  refuses(
    'a name in the shape of a token',
    '${TfToken[TOKEN.0]}',
    [range],
    'the name must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"',
  );
  refuses(
    'a range with host bits',
    'mongodb',
    ['10.8.0.1/28'],
    'a range must have no bits set after its prefix, got "10.8.0.1/28"; did you mean "10.8.0.0/28"?',
  );
  refuses(
    'an address',
    'mongodb',
    ['10.8.0.1'],
    'a range must have a prefix length, got "10.8.0.1"; did you mean "10.8.0.1/32"?',
  );
  const world = 'the ranges must be those of the machines, got the whole internet';
  refuses('the world', 'mongodb', [range, '0.0.0.0/0'], world);
  refuses('the world of IPv6', 'mongodb', ['0::/0'], world);
  refuses('the two halves of the world', 'mongodb', ['128.0.0.0/1', '0.0.0.0/1'], world);
});
