import { type TerraformStack, Testing } from 'cdktf';
import { permittedTraffic } from 'cdktf-cluster-ports/testing';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { trafficSerializer } from '../../lib/testing/traffic-snapshots';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const gcp = new GcpFirewall({ network: 'prod', project: 'net-host' });

function cluster(): TerraformStack {
  const stack = newStack();
  const [controlPlane, workers] = [gcp.networkTag('control-plane'), gcp.networkTag('worker')];
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
  return stack;
}

const CLUSTER = [
  'ingress 2379-2380/tcp from tag:control-plane to tag:control-plane on net-host/prod',
  'ingress 6443/tcp from tag:control-plane to tag:control-plane on net-host/prod',
  'ingress 10250/tcp from tag:control-plane to tag:control-plane on net-host/prod',
  'ingress 8285/udp from tag:control-plane to tag:control-plane on net-host/prod',
  'ingress 8472/udp from tag:control-plane to tag:control-plane on net-host/prod',
  'ingress 6443/tcp from tag:worker to tag:control-plane on net-host/prod',
  'ingress 8285/udp from tag:worker to tag:control-plane on net-host/prod',
  'ingress 8472/udp from tag:worker to tag:control-plane on net-host/prod',
  'ingress 10250/tcp from tag:control-plane to tag:worker on net-host/prod',
  'ingress 8285/udp from tag:control-plane to tag:worker on net-host/prod',
  'ingress 8472/udp from tag:control-plane to tag:worker on net-host/prod',
].join('\n');

test('shows a stack as one line per port and far end', () => {
  expect(trafficSerializer.test(cluster())).toBe(true);
  expect(trafficSerializer.serialize(cluster())).toBe(CLUSTER);
});

test('is the serializer of Jest in snapshots', () => {
  expect(cluster()).toMatchSnapshot();
});

test('shows text as traffic only in permittedTraffic', () => {
  const text = Testing.synth(cluster());
  expect(trafficSerializer.test(text)).toBe(false);
  expect(trafficSerializer.serialize(permittedTraffic(text))).toBe(CLUSTER);
});

test('shows a port that is opened as one more line, and leaves the other lines as they are', () => {
  const stack = cluster();
  const [platform, prometheus] = [Peer.cidr('10.0.0.0/8', '203.0.113.0/24'), gcp.networkTag('control-plane')];
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  const lines = permittedTraffic(stack).text.split('\n');
  expect(lines.filter((line) => !CLUSTER.includes(line))).toEqual([
    'ingress 9090/tcp from 10.0.0.0/8 to tag:control-plane on net-host/prod',
    'ingress 9090/tcp from 203.0.113.0/24 to tag:control-plane on net-host/prod',
  ]);
  expect(lines).toHaveLength(13);
});

test('shows outbound traffic of a security group, and rules that could not be evaluated', () => {
  const stack = newStack();
  const prometheus = new AwsSecurityGroup(stack, 'g', {
    name: 'prometheus',
    vpcId: 'vpc-12345678',
    egress: Egress.ALL,
  });
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  const json = JSON.parse(Testing.synth(stack));
  json.resource.aws_security_group_rule = { other: { count: '${var.n}' } };
  expect(permittedTraffic(json).text.split('\n')).toEqual([
    'ingress 9090/tcp from 10.0.0.0/8 to sg:aws_security_group.group_prometheus',
    'egress all from sg:aws_security_group.group_prometheus to 0.0.0.0/0',
    'egress all from sg:aws_security_group.group_prometheus to ::/0',
    'not evaluated: aws_security_group_rule.other: count is evaluated by Terraform: read its plan',
  ]);
});

test('shows outbound traffic that a network denies, and the traffic that it allows in spite of that', () => {
  const network = { network: 'prod', direction: 'EGRESS', destination_ranges: ['0.0.0.0/0'] };
  const firewalls = {
    none: { name: 'none', ...network, priority: 65_534, deny: [{ protocol: 'all' }] },
    web: {
      name: 'web',
      ...network,
      allow: [{ protocol: 'tcp', ports: ['443'] }],
      destination_ranges: ['10.0.0.0/8'],
      target_tags: ['web'],
    },
  };
  expect(permittedTraffic({ resource: { google_compute_firewall: firewalls } }).text.split('\n')).toEqual([
    'not egress all from all-instances to any IPv4 address on prod',
    'egress 443/tcp from tag:web to 10.0.0.0/8 on prod',
  ]);
});

test('says that nothing is permitted without rules', () => {
  expect(permittedTraffic({ resource: {} }).text).toBe('nothing is permitted');
});

test('leaves other values to other serializers', () => {
  for (const value of [undefined, null, 5, 'text', {}, []]) expect(trafficSerializer.test(value)).toBe(false);
});

test('fails for a value that is not a configuration', () => {
  expectRefusal(() => permittedTraffic(5), 'terraform-json-required');
});
