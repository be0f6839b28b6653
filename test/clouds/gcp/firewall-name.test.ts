import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  Basis,
  DocumentedPortRules,
  GcpFirewall,
  type GcpFirewallProps,
  Peer,
  Port,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const kubernetesApi = Peer.cidr('172.16.0.0/28');
const NAME = 'allow-k8s-api-to-vcluster-platform';

function open(stack: TerraformStack, id: string, props: Partial<GcpFirewallProps> = {}): void {
  const platform = new GcpFirewall({ network: 'prod', ...props }).networkTag('platform');
  new VClusterPlatformIngressRules(stack, id, { kubernetesApi, platform });
}

function namesIn(stack: TerraformStack): string[] {
  return Object.values(resourcesOf(stack).google_compute_firewall)
    .map((rule) => rule.name as string)
    .sort();
}

function longNamed(source: string, destination: string): string {
  const stack = newStack();
  const table = {
    id: 't'.repeat(40),
    title: 'A table',
    reference: 'https://wiki.example.com/table',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    flows: [
      {
        source: { id: source, title: 'source' },
        destination: { id: destination, title: 'destination' },
        rows: [{ name: 'row', port: Port.tcp(1), description: 'Row', section: 'Ports', protocolBasis: Basis.TABLE }],
      },
    ],
  };
  const roles = { [source]: kubernetesApi, [destination]: new GcpFirewall({ network: 'prod' }).networkTag('web') };
  new DocumentedPortRules(stack, 'rules', { table, roles });
  return namesIn(stack)[0];
}

test('makes the logical id from the name', () => {
  const stack = newStack();
  open(stack, 'rules', { namePrefix: 'blue-' });
  expect(Object.keys(resourcesOf(stack).google_compute_firewall)).toEqual([`firewall_blue-${NAME}`]);
});

test('shortens a name that is too long to its beginning and a hash', () => {
  const names = ['a', 'b'].map((last) => longNamed('s'.repeat(40), 'd'.repeat(39) + last));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^t{40}-s{13}-[0-9a-f]{8}$/);
  expect(names[0]).toHaveLength(63);
});

test('keeps a name of 63 characters', () => {
  expect(longNamed('s'.repeat(16), 'dd')).toBe(`${'t'.repeat(40)}-${'s'.repeat(16)}-to-dd`);
});

test('puts one hyphen in front of the hash of a shortened name', () => {
  expect(longNamed(`${'s'.repeat(12)}-ssss`, 'd'.repeat(40))).toMatch(/^t{40}-s{12}-[0-9a-f]{8}$/);
});

test('fails for two firewalls of one name in one stack', () => {
  const stack = newStack();
  open(stack, 'one');
  const before = resourcesOf(stack);
  expectRefusal(() => open(stack, 'two'), 'rule-created-twice');
  expect(resourcesOf(stack)).toEqual(before);
});

test('fails for two firewalls of one name in one project, even in different networks', () => {
  const stack = newStack();
  open(stack, 'one', { project: 'net-host' });
  expectRefusal(() => open(stack, 'two', { project: 'net-host', network: 'dev' }), 'rule-created-twice');
});

test('fails for one name in two projects in one stack, because the Terraform addresses would be equal', () => {
  const stack = newStack();
  open(stack, 'one', { project: 'net-host' });
  expectRefusal(() => open(stack, 'two', { project: 'other-host' }), 'rule-address-taken');
});

test('fails for two firewalls of one name in two stacks of one project', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  open(left, 'rules', { project: 'net-host' });
  expectRefusal(() => open(right, 'rules', { project: 'net-host' }), 'rule-created-twice');
  expect(resourcesOf(right)).toEqual({});
});

test('fails for two firewalls of one name in two stacks that refer to one project', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const project = new TerraformVariable(left, 'project', {});
  open(left, 'rules', { project: project.stringValue });
  expectRefusal(() => open(right, 'rules', { project: project.stringValue }), 'rule-created-twice');
});

test('fails for two firewalls of one name in two stacks whose networks are linked to one project', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  open(left, 'rules', { network: 'projects/net-host/global/networks/prod' });
  expectRefusal(
    () => open(right, 'rules', { network: 'projects/net-host/global/networks/test' }),
    'rule-created-twice',
  );
  open(right, 'other', { network: 'projects/other-host/global/networks/prod' });
  expect(namesIn(right)).toEqual([NAME]);
});

test('allows firewalls of one name in two stacks that take the project of the provider', () => {
  const app = Testing.app();
  const stacks = ['left', 'right'].map((id) => new TerraformStack(app, id));
  for (const stack of stacks) open(stack, 'rules');
  expect(stacks.map(namesIn)).toEqual([[NAME], [NAME]]);
});

test('distinguishes a second firewall with one name by its prefix', () => {
  const stack = newStack();
  open(stack, 'one');
  open(stack, 'two', { namePrefix: 'blue-' });
  expect(namesIn(stack)).toEqual([NAME, `blue-${NAME}`]);
});
