import { Testing, type TerraformStack } from 'cdktf';
import { permittedTraffic } from 'cdktf-cluster-ports/testing';
import {
  AwsEgress,
  AwsSecurityGroup,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { trafficSerializer } from '../../lib/testing/permitted-table';
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

test('a stack is shown as a line for each port and far end', () => {
  expect(trafficSerializer.test(cluster())).toBe(true);
  expect(trafficSerializer.serialize(cluster())).toBe(CLUSTER);
});

test('Jest asks the serializer in a snapshot', () => {
  expect(cluster()).toMatchSnapshot();
});

test('text is shown as traffic only where it is asked for', () => {
  const text = Testing.synth(cluster());
  expect(trafficSerializer.test(text)).toBe(false);
  expect(trafficSerializer.serialize(permittedTraffic(text))).toBe(CLUSTER);
});

test('what is opened is one more line, and the others stay as they were', () => {
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

test('what a security group lets out is shown, and what could not be read', () => {
  const stack = newStack();
  const prometheus = new AwsSecurityGroup(stack, 'g', {
    name: 'prometheus',
    vpcId: 'vpc-12345678',
    egress: AwsEgress.ALL,
  });
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  const json = JSON.parse(Testing.synth(stack));
  json.resource.aws_security_group_rule = { other: { count: 2 } };
  expect(permittedTraffic(json).text.split('\n')).toEqual([
    'ingress 9090/tcp from 10.0.0.0/8 to sg:aws_security_group.group_prometheus',
    'egress all from sg:aws_security_group.group_prometheus to 0.0.0.0/0',
    'egress all from sg:aws_security_group.group_prometheus to ::/0',
    'could not be read: aws_security_group_rule.other: count is evaluated by Terraform: read its plan',
  ]);
});

test('egress that a network refuses is shown, and what is let out all the same', () => {
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

test('a configuration without rules says so', () => {
  expect(permittedTraffic({ resource: {} }).text).toBe('nothing is permitted');
});

test('other values are left to other serializers', () => {
  for (const value of [undefined, null, 5, 'text', {}, []]) expect(trafficSerializer.test(value)).toBe(false);
});

test('fails for what is no configuration', () => {
  expectRefusal(
    () => permittedTraffic(5),
    'permittedTraffic: a stack, synthesized text, a parsed object, or the path of a file is needed, got 5',
  );
});
