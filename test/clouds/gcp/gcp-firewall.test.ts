import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { GcpFirewall, type GcpFirewallProps, GcpLogging, Peer, VClusterPlatformIngressRules } from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });

function synthesized(props: GcpFirewallProps, stack = newStack()): any {
  new VClusterPlatformIngressRules(stack, 'rules', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: new GcpFirewall(props).networkTag('platform'),
  });
  return Object.values(resourcesOf(stack).google_compute_firewall)[0];
}

test('needs only a network, and has the priority of GCP', () => {
  const { network, priority, project, provider, disabled, log_config } = synthesized({ network: 'prod' });
  expect({ network, priority }).toEqual({ network: 'prod', priority: 1000 });
  expect([project, provider, disabled, log_config]).toEqual([undefined, undefined, undefined, undefined]);
});

test('gives its settings to every rule', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { alias: 'host' });
  const project = 'net-host';
  const props = { network: 'prod', project, provider, priority: 0, logging: GcpLogging.ALL, disabled: true };
  const { log_config, ...rule } = synthesized({ ...props, namePrefix: 'blue-' }, stack);
  expect(rule).toMatchObject({ network: 'prod', project, provider: 'google.host', priority: 0, disabled: true });
  expect(rule.name).toBe('blue-allow-k8s-api-to-vcluster-platform');
  expect(log_config).toEqual({ metadata: 'INCLUDE_ALL_METADATA' });
  expect(synthesized({ network: 'prod', logging: GcpLogging.WITHOUT_METADATA }).log_config).toEqual({
    metadata: 'EXCLUDE_ALL_METADATA',
  });
});

test('copies its settings', () => {
  const props = { network: 'prod' };
  const copy = new GcpFirewall(props);
  props.network = 'dev';
  expect(copy._settings.network).toBe('prod');
  expect(() => Object.assign(copy._settings, { network: 'dev' })).toThrow(TypeError);
});

test('is read-only and can be extended, as jsii requires', () => {
  const group = firewall.networkTag('k8s-worker');
  for (const value of [firewall, group]) {
    expect(() => Object.assign(value, { _settings: {}, label: '' })).toThrow(TypeError);
    expect(Object.isExtensible(value)).toBe(true);
  }
});

test.each([
  'prod',
  'a',
  'n'.repeat(63),
  'projects/net-host/global/networks/prod',
  'https://www.googleapis.com/compute/v1/projects/net-host/global/networks/prod',
])('takes the network %s', (network) => {
  expect(synthesized({ network }).network).toBe(network);
});

test('takes the project of the network, and a self link that has the number of the project', () => {
  const network = 'projects/net-host/global/networks/prod';
  const byNumber = 'projects/123456789012/global/networks/prod';
  expect(synthesized({ network, project: 'net-host' })).toMatchObject({ network, project: 'net-host' });
  expect(synthesized({ network: byNumber, project: 'net-host' }).network).toBe(byNumber);
});

test('takes a network, a project, a tag and a service account that are known after apply', () => {
  const stack = newStack();
  const value = new TerraformVariable(stack, 'value', {}).stringValue;
  expect(synthesized({ network: value, project: value }, stack)).toMatchObject({
    network: '${var.value}',
    project: '${var.value}',
  });
  expect(firewall.networkTag(value).label).toBe('network tag known after apply');
  expect(firewall.serviceAccount(value).label).toBe('service account known after apply');
});

describe('fails for', () => {
  const linked = 'projects/net-host/global/networks/prod';

  test.each<[string, object, string]>([
    ['no network', { network: undefined }, 'network-invalid'],
    ['an empty network', { network: '' }, 'network-invalid'],
    ['a network in capitals', { network: 'Prod' }, 'network-invalid'],
    ['a network with a hyphen last', { network: 'prod-' }, 'network-invalid'],
    ['a network of 64 characters', { network: 'n'.repeat(64) }, 'network-invalid'],
    ['a path of half a network', { network: 'global/networks/prod' }, 'network-invalid'],
    ['a template as network', { network: '${var.network}' }, 'network-invalid'],

    ['an empty project', { project: '' }, 'project-id-invalid'],
    ['a project of 5 characters', { project: 'prod1' }, 'project-id-invalid'],
    ['the number of a project', { project: 123456789012 }, 'project-id-invalid'],
    ['the name of a project', { project: 'Network host' }, 'project-id-invalid'],
    ['a network of a different project', { network: linked, project: 'service-project' }, 'project-mismatch'],

    ['the priority of the implied deny', { priority: 65535 }, 'priority-invalid'],
    ['a negative priority', { priority: -1 }, 'priority-invalid'],
    ['a fraction as priority', { priority: 0.5 }, 'priority-invalid'],
    ['no number as priority', { priority: NaN }, 'priority-invalid'],
    ['text as priority', { priority: '1000' }, 'priority-invalid'],

    ['true as logging', { logging: true }, 'logging-invalid'],
    ['false as logging', { logging: false }, 'logging-invalid'],
    ['a word as logging', { logging: 'all' }, 'logging-invalid'],
    ['text as disabled', { disabled: 'false' }, 'not-a-boolean'],
    ['true as egress', { egress: true }, 'egress-invalid'],
    ['false as egress', { egress: false }, 'egress-invalid'],

    ['an empty prefix', { namePrefix: '' }, 'name-prefix-invalid'],
    ['a prefix in capitals', { namePrefix: 'Blue-' }, 'name-prefix-invalid'],
    ['a prefix with a digit first', { namePrefix: '1-' }, 'name-prefix-invalid'],
    ['a prefix with a dot', { namePrefix: 'blue.' }, 'name-prefix-invalid'],
    ['a prefix of 32 characters', { namePrefix: 'p'.repeat(32) }, 'name-prefix-invalid'],
    ['a prefix in the shape of a token', { namePrefix: '${TfToken[TOKEN.0]}' }, 'name-prefix-invalid'],

    ['a construct that is not a provider', { provider: new Construct(newStack(), 'google') }, 'provider-invalid'],
    ['a misspelled prop', { loging: GcpLogging.ALL }, 'prop-unknown'],
    ['a prop that does not exist', { region: 'europe-west3' }, 'prop-unknown'],
  ])('%s', (_what, props, code) => {
    expectRefusal(() => new GcpFirewall({ network: 'prod', ...props }), code);
  });

  test.each([undefined, null, 'prod'])('%j in place of props', (props) => {
    expectRefusal(() => new GcpFirewall(props as never), 'object-required');
  });

  test('a scope and an id', () => {
    expectRefusal(() => new (GcpFirewall as any)(newStack(), 'firewall', { network: 'prod' }), 'scope-not-expected');
  });

  test('misspelled options, and options that are not an object', () => {
    const options = { ipRange: Peer.cidr('10.0.0.0/8') } as never;
    expectRefusal(() => firewall.networkTag('k8s-worker', options), 'prop-unknown');
    expectRefusal(() => firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com', options), 'prop-unknown');
    expectRefusal(() => firewall.networkTag('k8s-worker', null as never), 'object-required');
    expectRefusal(
      () => firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com', 'x' as never),
      'object-required',
    );
  });
});

describe('a network tag', () => {
  const list = Token.asList(new TerraformVariable(newStack(), 'tags', { type: 'list(string)' }).value);

  test.each([
    'K8s-Worker',
    'k8s_worker',
    '8443',
    'worker-',
    '',
    'w'.repeat(64),
    '${var.tag}',
    list[0],
    undefined,
    ['worker'],
  ])('fails as %j', (tag) => {
    expectRefusal(() => firewall.networkTag(tag as string), 'network-tag-invalid');
  });

  test('is a host group of its cloud', () => {
    const { cloud, label } = firewall.networkTag('k8s-worker');
    expect({ cloud, label }).toEqual({ cloud: 'gcp', label: 'network tag k8s-worker' });
  });
});

describe('a service account', () => {
  test.each(['nodes@net-host.iam.gserviceaccount.com', '123456789012-compute@developer.gserviceaccount.com'])(
    'may be %s',
    (email) => {
      expect(firewall.serviceAccount(email).label).toBe(`service account ${email}`);
    },
  );

  test.each([
    'nodes',
    'me@example.com',
    'nodes@gserviceaccount.com.example.com',
    'serviceAccount:nodes@net-host.iam.gserviceaccount.com',
    '',
    undefined,
  ])('fails as %j', (email) => {
    expectRefusal(() => firewall.serviceAccount(email!), 'service-account-invalid');
  });
});

describe('all instances', () => {
  test('need a reason', () => {
    expect(firewall.allInstances('only one cluster').label).toBe('all instances of the network');
  });

  test.each([
    [undefined, 'text-required'],
    ['', 'text-required'],
    ['r'.repeat(101), 'text-too-long'],
    ['one\u200bcluster', 'text-invalid'],
    ['${TfToken[TOKEN.0]}', 'text-not-known'],
  ])('fail for the reason %j', (reason, code) => {
    expectRefusal(() => firewall.allInstances(reason!), code);
  });
});
