import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { TerraformVariable, Token } from 'cdktf';
import { GcpFirewall, GcpLogging, Peer, VClusterPlatformIngressRules, type GcpFirewallProps } from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });

function synthesized(props: GcpFirewallProps, stack = newStack()): any {
  new VClusterPlatformIngressRules(stack, 'rules', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: new GcpFirewall(props).networkTag('platform'),
  });
  return Object.values(resourcesOf(stack).google_compute_firewall)[0];
}

test('a firewall needs a network, and has the priority of the cloud', () => {
  const { network, priority, project, provider, disabled, log_config } = synthesized({ network: 'prod' });
  expect({ network, priority }).toEqual({ network: 'prod', priority: 1000 });
  expect([project, provider, disabled, log_config]).toEqual([undefined, undefined, undefined, undefined]);
});

test('its settings are those of every rule', () => {
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

test('its settings are copied', () => {
  const props = { network: 'prod' };
  const copy = new GcpFirewall(props);
  props.network = 'dev';
  expect(copy.settings.network).toBe('prod');
  expect(() => Object.assign(copy.settings, { network: 'dev' })).toThrow(TypeError);
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

test('takes the project of the network, and a link that has the number of the project', () => {
  const network = 'projects/net-host/global/networks/prod';
  const byNumber = 'projects/123456789012/global/networks/prod';
  expect(synthesized({ network, project: 'net-host' })).toMatchObject({ network, project: 'net-host' });
  expect(synthesized({ network: byNumber, project: 'net-host' }).network).toBe(byNumber);
});

test('takes a network, a project, a tag and a service account that only Terraform knows', () => {
  const stack = newStack();
  const value = new TerraformVariable(stack, 'value', {}).stringValue;
  expect(synthesized({ network: value, project: value }, stack)).toMatchObject({
    network: '${var.value}',
    project: '${var.value}',
  });
  expect(firewall.networkTag(value).label).toBe('network tag known to Terraform');
  expect(firewall.serviceAccount(value).label).toBe('service account known to Terraform');
});

describe('fails for', () => {
  function refuses(what: string, props: object, sentence: string): void {
    test(what, () => expectRefusal(() => new GcpFirewall({ network: 'prod', ...props }), `GcpFirewall: ${sentence}`));
  }

  const network = 'network must be the name or self link of a VPC network';
  refuses('no network', { network: undefined }, `${network}, got nothing`);
  refuses('an empty network', { network: '' }, `${network}, got ""`);
  refuses('a network in capitals', { network: 'Prod' }, `${network}, got "Prod"`);
  refuses('a network with a hyphen last', { network: 'prod-' }, `${network}, got "prod-"`);
  refuses('a network of 64 characters', { network: 'n'.repeat(64) }, `${network}, got "${'n'.repeat(64)}"`);
  refuses('a path of half a network', { network: 'global/networks/prod' }, `${network}, got "global/networks/prod"`);
  refuses('a template as network', { network: '${var.network}' }, `${network}, got "\${var.network}"`);

  const project = 'project must be a project id';
  refuses('an empty project', { project: '' }, `${project}, got ""`);
  refuses('a project of 5 characters', { project: 'prod1' }, `${project}, got "prod1"`);
  refuses('the number of a project', { project: 123456789012 }, `${project}, got 123456789012`);
  refuses('the name of a project', { project: 'Network host' }, `${project}, got "Network host"`);

  const linked = 'projects/net-host/global/networks/prod';
  refuses(
    'a network of another project',
    { network: linked, project: 'service-project' },
    `project must be that of the network, got "service-project" for "${linked}"; did you mean "net-host"?`,
  );

  const priority = 'priority must be a whole number from 0 to 65534';
  refuses('the priority of the implied deny', { priority: 65535 }, `${priority}, got 65535`);
  refuses('a negative priority', { priority: -1 }, `${priority}, got -1`);
  refuses('a fraction as priority', { priority: 0.5 }, `${priority}, got 0.5`);
  refuses('no number as priority', { priority: NaN }, `${priority}, got NaN`);
  refuses('text as priority', { priority: '1000' }, `${priority}, got "1000"`);

  const logging = 'logging must be one of GcpLogging';
  refuses('true as logging', { logging: true }, `${logging}, got true; did you mean GcpLogging.ALL?`);
  refuses('a word as logging', { logging: 'all' }, `${logging}, got "all"; did you mean GcpLogging.ALL?`);
  refuses('text as disabled', { disabled: 'false' }, 'disabled must be true or false, got "false"');

  const prefix = 'namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter';
  refuses('an empty prefix', { namePrefix: '' }, `${prefix}, got ""`);
  refuses('a prefix in capitals', { namePrefix: 'Blue-' }, `${prefix}, got "Blue-"`);
  refuses('a prefix with a digit first', { namePrefix: '1-' }, `${prefix}, got "1-"`);
  refuses('a prefix with a dot', { namePrefix: 'blue.' }, `${prefix}, got "blue."`);
  refuses('a prefix of 32 characters', { namePrefix: 'p'.repeat(32) }, `${prefix}, got "${'p'.repeat(32)}"`);
  refuses(
    'a prefix in the shape of a token',
    { namePrefix: '${TfToken[TOKEN.0]}' },
    `${prefix}, got "\${TfToken[TOKEN.0]}"`,
  );

  refuses(
    'a construct that is no provider',
    { provider: new Construct(newStack(), 'google') },
    'provider must be a provider instance of the app, got an object of Construct',
  );
});

describe('a network tag', () => {
  const need = 'a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter';
  const list = Token.asList(new TerraformVariable(newStack(), 'tags', { type: 'list(string)' }).value);

  test.each([
    ['K8s-Worker', '"K8s-Worker"'],
    ['k8s_worker', '"k8s_worker"'],
    ['8443', '"8443"'],
    ['worker-', '"worker-"'],
    ['', '""'],
    ['w'.repeat(64), `"${'w'.repeat(64)}"`],
    ['${var.tag}', '"${var.tag}"'],
    [list[0], `"${list[0]}"`],
    [undefined, 'nothing'],
    [['worker'], '["worker"]'],
  ])('fails as %j', (tag, got) => {
    expectRefusal(() => firewall.networkTag(tag as string), `GcpFirewall.networkTag: ${need}, got ${got}`);
  });

  test('is a host group of its cloud', () => {
    const { cloud, label } = firewall.networkTag('k8s-worker');
    expect({ cloud, label }).toEqual({ cloud: 'gcp', label: 'network tag k8s-worker' });
  });
});

describe('a service account', () => {
  const need = 'a service account must be an email address of gserviceaccount.com';

  test.each(['nodes@net-host.iam.gserviceaccount.com', '123456789012-compute@developer.gserviceaccount.com'])(
    'may be %s',
    (email) => {
      expect(firewall.serviceAccount(email).label).toBe(`service account ${email}`);
    },
  );

  test.each([
    ['nodes', '"nodes"'],
    ['me@example.com', '"me@example.com"'],
    ['nodes@gserviceaccount.com.example.com', '"nodes@gserviceaccount.com.example.com"'],
    [
      'serviceAccount:nodes@net-host.iam.gserviceaccount.com',
      '"serviceAccount:nodes@net-host.iam.gserviceaccount.com"',
    ],
    ['', '""'],
    [undefined, 'nothing'],
  ])('fails as %j', (email, got) => {
    expectRefusal(() => firewall.serviceAccount(email!), `GcpFirewall.serviceAccount: ${need}, got ${got}`);
  });
});

describe('all instances', () => {
  test('are asked for with a reason', () => {
    expect(firewall.allInstances('one cluster alone').label).toBe('all instances of the network');
  });

  test.each([
    [undefined, 'the reason must be text, got nothing'],
    ['', 'the reason must be text, got ""'],
    ['r'.repeat(101), 'the reason must have at most 100 characters, got 101'],
    [
      'one "cluster"',
      'the reason must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "one \\"cluster\\""',
    ],
    [
      '${TfToken[TOKEN.0]}',
      'the reason must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"',
    ],
  ])('fail for the reason %j', (reason, sentence) => {
    expectRefusal(() => firewall.allInstances(reason!), `GcpFirewall.allInstances: ${sentence}`);
  });
});
