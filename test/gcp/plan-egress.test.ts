import { TerraformVariable, type TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', documentedEgress: true });
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

/** One line for every firewall: its name, its ports, from whom and to whom. */
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

test('the documented flows go out of both tags of a cluster, by the addresses of the other', () => {
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

test('nothing is made for what goes out, unless it is asked for', () => {
  const stack = newStack();
  open(stack, new GcpFirewall({ network: 'prod' }).networkTag('worker'));
  expect(resourcesOf(stack)).toEqual({});
});

test('the destination is the ranges of hosts on premises, and the target is the source', () => {
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

test('destinations of both families are two rules', () => {
  const rules = firewalls(worker, ExternalHosts.named('mongodb', '2001:db8::/64', '10.8.0.0/28'));
  expect(rules.map(({ name, destination_ranges }) => ({ name, destination_ranges }))).toEqual([
    { name: 'apinizer-data-stores-worker-to-mongodb-egress', destination_ranges: ['10.8.0.0/28'] },
    { name: 'apinizer-data-stores-worker-to-mongodb-egress-ipv6', destination_ranges: ['2001:db8::/64'] },
  ]);
});

test('the name has the prefix and the environment', () => {
  const stack = newStack();
  const clients = new GcpFirewall({ network: 'prod', documentedEgress: true, namePrefix: 'blue-' }).networkTag('lb');
  const workers = ExternalHosts.named('workers', '10.8.0.0/24');
  const { addresses } = new ApinizerNodePorts(stack, 'ports', {
    workers,
    gateways: [{ environment: 'prod', clients }],
  });
  expect(addresses).toEqual([
    'google_compute_firewall.firewall_blue-apinizer-node-ports-gateway-client-to-worker-prod-egress',
  ]);
});

test('two tags together are one rule, in one order, and ranges beside them need none', () => {
  const app = firewall.networkTag('app');
  for (const source of [Peer.anyOf(worker, app), Peer.anyOf(app, worker, Peer.cidr('10.0.0.0/8'))]) {
    expect(firewalls(source).map(({ target_tags }) => target_tags as unknown)).toEqual([['app', 'worker']]);
  }
});

test('tags of two networks are a rule in each', () => {
  const dev = new GcpFirewall({ network: 'dev', documentedEgress: true, namePrefix: 'dev-' });
  const rules = firewalls(Peer.anyOf(worker, dev.networkTag('worker')));
  expect(rules.map(({ name, network }) => ({ name, network }))).toEqual([
    { name: 'apinizer-data-stores-worker-to-mongodb-egress', network: 'prod' },
    { name: 'dev-apinizer-data-stores-worker-to-mongodb-egress', network: 'dev' },
  ]);
});

test('a service account and all instances may be the target', () => {
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

test('the addresses may be known to Terraform alone', () => {
  const stack = newStack();
  const range = new TerraformVariable(stack, 'range', {}).stringValue;
  open(stack, worker, firewall.networkTag('mongodb', { ipRanges: Peer.cidr(range) }));
  expect(lines(stack)).toEqual([
    'apinizer-data-stores-worker-to-mongodb-egress: 25080/tcp out of worker to ${var.range}',
    'apinizer-data-stores-worker-to-mongodb: 25080/tcp into mongodb from worker',
  ]);
});

describe('fails for', () => {
  const place = 'ApinizerDataStoreRules "stack/stores"';

  test('a destination without ranges', () => {
    expectNothingMade(
      (stack) => open(stack, worker, firewall.networkTag('mongodb')),
      `${place}: an EGRESS firewall needs the ranges of its destination, got network tag mongodb; ` +
        'did you mean networkTag(tag, { ipRanges: Peer.cidr(...) }), or ExternalHosts?',
    );
  });

  test('a destination of another cloud', () => {
    expectNothingMade(
      (stack) => open(stack, worker, AwsSecurityGroup.fromId('sg-0123456789abcdef0')),
      `${place}: a security group rule needs ranges, a prefix list or a security group at its far end, got network tag worker; ` +
        'did you mean Peer.cidr(...) with the ranges of these machines?',
    );
  });

  test('a tag and a service account together', () => {
    expectNothingMade(
      (stack) => open(stack, Peer.anyOf(worker, account)),
      `${place}: GCP selects machines in one rule by network tags or by service accounts, got network tag worker and ` +
        'service account nodes@net-host.iam.gserviceaccount.com',
    );
  });

  test('tags of two networks whose rules would have one name', () => {
    const dev = new GcpFirewall({ network: 'dev', project: 'net-host', documentedEgress: true }).networkTag('worker');
    const name = 'apinizer-data-stores-worker-to-mongodb-egress';
    expectNothingMade(
      (stack) => open(stack, Peer.anyOf(worker, dev)),
      `${place}: the firewall ${name} must have an address of its own, got google_compute_firewall.firewall_${name} twice; ` +
        'did you mean another environment, or a second GcpFirewall with a namePrefix?',
    );
  });

  test.each([
    [firewall.networkTag('app'), 'ipRanges must be ranges, got network tag app; did you mean Peer.cidr(...)?'],
    ['10.0.0.0/8', 'ipRanges must be a peer, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
    [null, 'ipRanges must be a peer, got nothing'],
  ])('ipRanges that are none, the %#th', (value, sentence) => {
    const ipRanges = value as IPeer;
    expectRefusal(() => firewall.networkTag('app', { ipRanges }), `GcpFirewall.networkTag: ${sentence}`);
    expectRefusal(
      () => firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com', { ipRanges }),
      `GcpFirewall.serviceAccount: ${sentence}`,
    );
  });
});
