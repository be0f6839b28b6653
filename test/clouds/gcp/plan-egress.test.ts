import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', egress: Egress.DOCUMENTED });
const [worker, mongodb] = [firewall.networkTag('worker'), ExternalHosts.named('mongodb', '10.8.0.0/28')];
const account = firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com');

function open(stack: TerraformStack, workers: IPeer, destination: IHostGroup = mongodb): ApinizerDataStoreRules {
  return new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: destination });
}

function firewallsIn(stack: TerraformStack): any[] {
  return Object.values(resourcesOf(stack).google_compute_firewall ?? {});
}

function firewalls(workers: IPeer, destination?: IHostGroup): any[] {
  const stack = newStack();
  open(stack, workers, destination);
  return firewallsIn(stack);
}

/** One line for every firewall: its name, its ports, source and destination. */
function lines(stack: TerraformStack): string[] {
  return firewallsIn(stack)
    .map(({ name, direction, allow, source_tags, target_tags, destination_ranges }) => {
      const ports = allow.flatMap((one: any) => one.ports.map((port: string) => `${port}/${one.protocol}`)).join(' ');
      return direction === 'EGRESS'
        ? `${name}: ${ports} out of ${target_tags} to ${destination_ranges}`
        : `${name}: ${ports} into ${target_tags} from ${source_tags}`;
    })
    .sort();
}

test('allows the documented flows out of both tags of a cluster, to the IP ranges of their destinations', () => {
  const stack = newStack();
  const controlPlane = firewall.networkTag('control-plane', { ipRanges: Peer.cidr('10.1.0.0/24') });
  const workers = firewall.networkTag('worker', { ipRanges: Peer.cidr('10.2.0.0/24') });
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
  const between = '2379-2380/tcp 6443/tcp 10250/tcp 8285/udp 8472/udp';
  expect(lines(stack)).toEqual([
    `kubeadm-flannel-control-plane-to-control-plane-egress: ${between} out of control-plane to 10.1.0.0/24`,
    `kubeadm-flannel-control-plane-to-control-plane: ${between} into control-plane from control-plane`,
    'kubeadm-flannel-control-plane-to-worker-egress: 10250/tcp 8285/udp 8472/udp out of control-plane to 10.2.0.0/24',
    'kubeadm-flannel-control-plane-to-worker: 10250/tcp 8285/udp 8472/udp into worker from control-plane',
    'kubeadm-flannel-worker-to-control-plane-egress: 6443/tcp 8285/udp 8472/udp out of worker to 10.1.0.0/24',
    'kubeadm-flannel-worker-to-control-plane: 6443/tcp 8285/udp 8472/udp into control-plane from worker',
  ]);
});

test('creates no EGRESS rule by default', () => {
  const stack = newStack();
  open(stack, new GcpFirewall({ network: 'prod' }).networkTag('worker'));
  expect(resourcesOf(stack)).toEqual({});
});

test('allows the source to reach the ranges of external hosts', () => {
  expect(firewalls(worker)).toEqual([
    {
      name: 'apinizer-data-stores-worker-to-mongodb-egress',
      description: 'Apinizer configuration database port [apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]',
      network: 'prod',
      project: 'net-host',
      direction: 'EGRESS',
      priority: 1000,
      allow: [{ protocol: 'tcp', ports: ['25080'] }],
      destination_ranges: ['10.8.0.0/28'],
      target_tags: ['worker'],
    },
  ]);
});

test('creates two rules for destinations of both families', () => {
  const rules = firewalls(worker, ExternalHosts.named('mongodb', '2001:db8::/64', '10.8.0.0/28'));
  expect(rules.map(({ name, destination_ranges }) => ({ name, destination_ranges }))).toEqual([
    { name: 'apinizer-data-stores-worker-to-mongodb-egress', destination_ranges: ['10.8.0.0/28'] },
    { name: 'apinizer-data-stores-worker-to-mongodb-egress-ipv6', destination_ranges: ['2001:db8::/64'] },
  ]);
});

test('has the prefix and the environment in the name', () => {
  const stack = newStack();
  const clients = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED, namePrefix: 'blue-' }).networkTag('lb');
  const workers = ExternalHosts.named('workers', '10.8.0.0/24');
  const rules = terraformAddresses(
    new ApinizerNodePorts(stack, 'ports', {
      workers,
      gateways: [{ environment: 'prod', clients }],
    }),
  );
  expect(rules).toEqual([
    'google_compute_firewall.firewall_blue-apinizer-node-ports-gateway-client-to-worker-prod-egress',
  ]);
});

test('creates one rule for two tags, in one order, and none for ranges in addition', () => {
  const app = firewall.networkTag('app');
  for (const source of [Peer.anyOf(worker, app), Peer.anyOf(app, worker, Peer.cidr('10.0.0.0/8'))]) {
    expect(firewalls(source).map(({ target_tags }) => target_tags as unknown)).toEqual([['app', 'worker']]);
  }
});

test('creates a rule in each network of the tags', () => {
  const dev = new GcpFirewall({ network: 'dev', egress: Egress.DOCUMENTED, namePrefix: 'dev-' });
  const rules = firewalls(Peer.anyOf(worker, dev.networkTag('worker')));
  expect(rules.map(({ name, network }) => ({ name, network }))).toEqual([
    { name: 'apinizer-data-stores-worker-to-mongodb-egress', network: 'prod' },
    { name: 'dev-apinizer-data-stores-worker-to-mongodb-egress', network: 'dev' },
  ]);
});

test('takes a service account and all instances as the target', () => {
  const [fromAccount] = firewalls(account);
  expect(fromAccount.target_service_accounts).toEqual(['nodes@net-host.iam.gserviceaccount.com']);
  expect(fromAccount).not.toHaveProperty('target_tags');
  const [fromAll] = firewalls(firewall.allInstances('one cluster alone'));
  expect(fromAll.description).toBe(
    'Apinizer configuration database port; for all instances of the network: one cluster alone ' +
      '[apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]',
  );
  for (const key of ['target_tags', 'target_service_accounts']) expect(fromAll).not.toHaveProperty(key);
});

test('takes IP ranges that are known after apply', () => {
  const stack = newStack();
  const range = new TerraformVariable(stack, 'range', {}).stringValue;
  open(stack, worker, firewall.networkTag('mongodb', { ipRanges: Peer.cidr(range) }));
  expect(lines(stack)).toEqual([
    'apinizer-data-stores-worker-to-mongodb-egress: 25080/tcp out of worker to ${var.range}',
    'apinizer-data-stores-worker-to-mongodb: 25080/tcp into mongodb from worker',
  ]);
});

describe('fails for', () => {
  test('a destination without ranges', () => {
    expectNothingCreated((stack) => open(stack, worker, firewall.networkTag('mongodb')), 'far-end-without-ranges');
  });

  test('a destination of a different cloud', () => {
    expectNothingCreated(
      (stack) => open(stack, worker, AwsSecurityGroup.fromId('sg-0123456789abcdef0')),
      'far-end-cloud-mismatch',
    );
  });

  test('a tag and a service account together', () => {
    expectNothingCreated((stack) => open(stack, Peer.anyOf(worker, account)), 'tags-and-accounts-mixed');
  });

  test('tags of two networks whose rules would have one name', () => {
    const dev = new GcpFirewall({ network: 'dev', project: 'net-host', egress: Egress.DOCUMENTED }).networkTag(
      'worker',
    );
    expectNothingCreated((stack) => open(stack, Peer.anyOf(worker, dev)), 'rule-address-taken');
  });

  test.each([
    [firewall.networkTag('app'), 'ip-ranges-required'],
    ['10.0.0.0/8', 'peer-required'],
    [null, 'peer-required'],
  ])('%# in place of IP ranges', (value, code) => {
    const ipRanges = value as IPeer;
    expectRefusal(() => firewall.networkTag('app', { ipRanges }), code);
    expectRefusal(() => firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com', { ipRanges }), code);
  });
});
