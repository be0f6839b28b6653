import 'cdktf-cluster-ports/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { expect as importedExpect } from '@jest/globals';
import { Aspects, type IAspect, TerraformCount, type TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const PLATFORM = [
  { port: '8443/tcp', from: '172.16.0.0/28', to: 'tag:platform' },
  { port: '9443-9444/tcp', from: '172.16.0.0/28', to: 'tag:platform' },
];

function onGcp(): TerraformStack {
  const stack = newStack();
  const platform = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('platform');
  new VClusterPlatformIngressRules(stack, 'a', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  return stack;
}

function onAws(): TerraformStack {
  const stack = newStack();
  const prometheus = new AwsSecurityGroup(stack, 'g', {
    name: 'prometheus',
    vpcId: 'vpc-12345678',
    egress: Egress.ALL,
  });
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  return stack;
}

/** The message of a failed assertion. */
function failure(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the assertion passed, and should have failed');
}

describe('toPermitExactly', () => {
  test('passes for all ports of the document, in any order and any split', () => {
    expect(onGcp()).toPermitExactly(PLATFORM);
    expect(onGcp()).toPermitExactly([
      { port: '9444/tcp', from: '172.16.0.8/29', to: 'tag:platform', network: 'net-host/prod' },
      { port: '9443/tcp', from: '172.16.0.0/28', to: 'tag:platform' },
      { port: '9444/tcp', from: '172.16.0.0/29', to: 'tag:platform' },
      { port: '8443/tcp', from: '172.16.0.0/28', to: 'tag:platform', direction: 'ingress' },
    ]);
  });

  test('accepts the name of a security group on AWS, and its Terraform address', () => {
    const rows = (to: string): { port: string; from: string; to: string }[] => [
      { port: '9090/tcp', from: '10.0.0.0/8', to },
      { port: 'all', from: to, to: '0.0.0.0/0' },
      { port: 'all', from: to, to: '::/0' },
    ];
    expect(onAws()).toPermitExactly(rows('sg:prometheus'));
    expect(onAws()).toPermitExactly(rows('sg:aws_security_group.group_prometheus'));
  });

  test('accepts the rows that failures print, also ranges without some of their parts', () => {
    const network = 'projects/net-host/global/networks/prod';
    const firewall = (name: string, source: string, rest: object): object => ({
      name,
      network,
      source_ranges: [source],
      ...rest,
    });
    const json = {
      resource: {
        google_compute_firewall: {
          allowing: firewall('a', '10.0.0.0/8', { allow: [{ protocol: 'tcp', ports: ['22'] }] }),
          denying: firewall('d', '10.1.0.0/24', { priority: 1, deny: [{ protocol: 'all' }] }),
        },
      },
    };
    const from = '10.0.0.0/8 except 10.1.0.0/24';
    expect(json).toPermitExactly([{ port: '22/tcp', from, to: 'all-instances' }]);
    expect(failure(() => expect(json).toPermitExactly([]))).toContain(from);
    expect(json).not.toPermit({ port: '22/tcp', from: '10.1.0.0/24', to: 'all-instances' });
  });

  test('accepts every IP address of a family as results print it, at the far end of either direction', () => {
    const world = ['any IPv4 address', 'any IPv6 address'];
    const outbound = world.map((to) => ({ port: 'all', from: 'sg:prometheus', to }));
    expect(onAws()).toPermitExactly([{ port: '9090/tcp', from: '10.0.0.0/8', to: 'sg:prometheus' }, ...outbound]);
    const inbound = world.map((from) => ({ port: '9090/tcp', from, to: 'sg:prometheus' }));
    expect(failure(() => expect(onAws()).toPermit(inbound))).toContain('9090/tcp  0.0.0.0/0 except 10.0.0.0/8');
    const rows = [{ port: '9090/tcp', from: world[0], to: world[0] }];
    expectRefusal(() => expect(onAws()).toPermit(rows), 'machines-missing');
  });

  test('accepts text, a parsed object and a file', () => {
    const text = Testing.synth(onGcp());
    const folder = mkdtempSync(join(tmpdir(), 'cluster-ports-testing-'));
    writeFileSync(join(folder, 'cdk.tf.json'), text);
    expect(text).toPermitExactly(PLATFORM);
    expect(JSON.parse(text)).toPermitExactly(PLATFORM);
    expect(join(folder, 'cdk.tf.json')).toPermitExactly(PLATFORM);
    rmSync(folder, { recursive: true });
  });

  test('accepts text and a file with a byte order mark, and in UTF-16', () => {
    const text = Testing.synth(onGcp());
    const folder = mkdtempSync(join(tmpdir(), 'cluster-ports-testing-'));
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(join(folder, 'cdk.tf.json'), utf16);
    expect(`\ufeff${text}`).toPermitExactly(PLATFORM);
    expect(utf16.toString('utf8')).toPermitExactly(PLATFORM);
    expect(join(folder, 'cdk.tf.json')).toPermitExactly(PLATFORM);
    rmSync(folder, { recursive: true });
  });

  test('extends the expect of @jest/globals too', () => {
    importedExpect(onGcp()).toPermitExactly(PLATFORM);
  });

  test('passes without rules and without rows', () => {
    expect({ resource: {} }).toPermitExactly([]);
  });

  test('sees the changes of an Aspect', () => {
    const stack = onGcp();
    const opener: IAspect = {
      visit: (node) => {
        if (node instanceof ComputeFirewall) node.sourceRanges = ['172.16.0.0/27'];
      },
    };
    Aspects.of(stack).add(opener);
    expect(stack).not.toPermitExactly(PLATFORM);
  });

  test('fails with the missing and the extra traffic as tables', () => {
    const rows = [PLATFORM[0], { port: '9443/tcp', from: '172.16.0.0/27', to: 'tag:platform' }];
    expect(failure(() => expect(onGcp()).toPermitExactly(rows))).toBe(
      [
        'expect(configuration).toPermitExactly(rows)',
        '',
        'Missing: in the rows, and not permitted',
        '  port      from            to            network',
        '  9443/tcp  172.16.0.16/28  tag:platform  net-host/prod',
        '',
        'Extra: permitted, and in no row',
        '  port      from           to            network',
        '  9444/tcp  172.16.0.0/28  tag:platform  net-host/prod',
      ].join('\n'),
    );
  });

  test('fails with the direction if some of the extra traffic is outbound', () => {
    const rows = [{ port: '9090/tcp', from: '10.0.0.0/8', to: 'sg:prometheus' }];
    expect(failure(() => expect(onAws()).toPermitExactly(rows))).toBe(
      [
        'expect(configuration).toPermitExactly(rows)',
        '',
        'Extra: permitted, and in no row',
        '  port  from                                    to         direction',
        '  all   sg:aws_security_group.group_prometheus  0.0.0.0/0  egress',
        '  all   sg:aws_security_group.group_prometheus  ::/0       egress',
      ].join('\n'),
    );
  });

  test('fails for a negation that does not hold', () => {
    expect(failure(() => expect(onGcp()).not.toPermitExactly(PLATFORM))).toBe(
      'expect(configuration).not.toPermitExactly(rows)',
    );
  });

  test.each(['toPermitExactly', 'not.toPermitExactly'])('%s fails if a rule could not be evaluated', (matcher) => {
    const json = { resource: { aws_security_group_rule: { a: { count: '${var.n}' } } } };
    const assert = matcher.startsWith('not')
      ? () => expect(json).not.toPermitExactly([])
      : () => expect(json).toPermitExactly([]);
    expect(failure(assert)).toBe(
      [
        `expect(configuration).${matcher}(rows)`,
        '',
        'Not evaluated:',
        '  aws_security_group_rule.a: count is evaluated by Terraform: read its plan',
      ].join('\n'),
    );
  });

  test('shows a Terraform address of a foreign stack without characters that a terminal would obey', () => {
    const json = { resource: { aws_security_group_rule: { 'a\u001b[2J\u202e': { count: '${var.n}' } } } };
    expect(failure(() => expect(json).toPermitExactly([]))).toMatch(
      / {2}aws_security_group_rule\.a\\u001b\[2J\\u202e: /,
    );
  });

  test('fails with at most 25 lines of a table', () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      port: `${1000 + 2 * index}/tcp`,
      from: '10.0.0.0/8',
      to: 'sg:prometheus',
    }));
    const json = { resource: { aws_security_group: { prometheus: { name: 'prometheus' } } } };
    const lines = failure(() => expect(json).toPermitExactly(rows)).split('\n');
    expect(lines.slice(-2)).toEqual(['  1046/tcp  10.0.0.0/8  sg:aws_security_group.prometheus', '  and 6 more']);
  });
});

describe('toPermit', () => {
  test('passes for one row, and for several', () => {
    expect(onGcp()).toPermit({ port: '9443/tcp', from: '172.16.0.1/32', to: 'tag:platform' });
    expect(onGcp()).toPermit(PLATFORM);
  });

  test('passes for security groups although other rules could not be evaluated', () => {
    const stack = onAws();
    new SecurityGroupRule(stack, 'other', {
      type: 'ingress',
      protocol: 'tcp',
      fromPort: 1,
      toPort: 1,
      cidrBlocks: ['10.0.0.0/8'],
      securityGroupId: 'sg-12345678',
      count: 2,
    });
    expect(stack).toPermit({ port: '9090/tcp', from: '10.1.0.0/16', to: 'sg:prometheus' });
  });

  test('fails with the part of a row that is missing', () => {
    const row = { port: '9443-9445/tcp', from: '172.16.0.0/28', to: 'tag:platform' };
    expect(failure(() => expect(onGcp()).toPermit(row))).toBe(
      [
        'expect(configuration).toPermit(rows)',
        '',
        'Missing: in the rows, and not permitted',
        '  port      from           to            network',
        '  9445/tcp  172.16.0.0/28  tag:platform  net-host/prod',
      ].join('\n'),
    );
  });

  test('passes for outbound traffic that a network allows by default', () => {
    expect(onGcp()).toPermit({ port: '443/tcp', from: 'tag:platform', to: '198.51.100.7/32' });
  });

  test('with not, passes if nothing of a row is permitted', () => {
    expect(onGcp()).not.toPermit({ port: '22/tcp', from: '0.0.0.0/0', to: 'tag:platform' });
    expect(onGcp()).not.toPermit({ port: '8443/tcp', from: '10.0.0.0/8', to: 'tag:platform' });
  });

  test('with not, fails if a part of a row is permitted', () => {
    const row = { port: '8000-9000/tcp', from: '0.0.0.0/0', to: 'tag:platform' };
    expect(failure(() => expect(onGcp()).not.toPermit(row))).toBe(
      [
        'expect(configuration).not.toPermit(rows)',
        '',
        'Permitted, although the rows must not be',
        '  port      from           to            network',
        '  8443/tcp  172.16.0.0/28  tag:platform  net-host/prod',
      ].join('\n'),
    );
  });

  test('with not, fails if a rule could not be evaluated', () => {
    const json = { module: { vpc: {} }, resource: { aws_security_group: { web: {} } } };
    expect(
      failure(() => expect(json).not.toPermit({ port: '22/tcp', from: '0.0.0.0/0', to: 'aws_security_group.web' })),
    ).toBe(
      [
        'expect(configuration).not.toPermit(rows)',
        '',
        'Not evaluated:',
        '  module.vpc: a module is evaluated by Terraform: read its plan',
      ].join('\n'),
    );
  });

  test('with not, fails if ranges that are known after apply may allow the row', () => {
    const rule = {
      security_group_id: 'sg-1',
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_ipv4: '${var.office}',
    };
    const other = { other: { id: 'sg-2' } };
    const json = { resource: { aws_security_group: other, aws_vpc_security_group_ingress_rule: { ssh: rule } } };
    const row = { from: '203.0.113.0/24', to: 'sg:sg-1' };
    expect(json).not.toPermit({ ...row, port: '23/tcp' });
    expect(json).not.toPermit({ ...row, port: '22/tcp', to: 'sg:sg-2' });
    expect(failure(() => expect(json).not.toPermit({ ...row, port: '22/tcp' }))).toContain(
      '22/tcp  unknown:var.office in 203.0.113.0/24  sg:sg-1',
    );
    expect(failure(() => expect(json).not.toPermit({ ...row, from: 'sg:sg-2', port: '22/tcp' }))).toBe(
      [
        'expect(configuration).not.toPermit(rows)',
        '',
        'Not evaluated:',
        '  aws_vpc_security_group_ingress_rule.ssh: cidr_ipv4 is var.office, which is known after apply',
      ].join('\n'),
    );
  });

  test('with not, fails if a prefix list without its entries may allow the row', () => {
    const rule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, prefix_list_id: 'pl-1' };
    const other = { other: { id: 'sg-2' } };
    const json = { resource: { aws_security_group: other, aws_vpc_security_group_ingress_rule: { ssh: rule } } };
    const row = { from: 'sg:sg-2', to: 'sg:sg-1', port: '22/tcp' };
    expect(json).not.toPermit({ ...row, port: '23/tcp' });
    expect(json).toPermit({ ...row, from: 'list:pl-1' });
    expect(failure(() => expect(json).not.toPermit({ ...row, from: '203.0.113.0/24' }))).toContain(
      '22/tcp  list:pl-1 in 203.0.113.0/24  sg:sg-1',
    );
    expect(failure(() => expect(json).not.toPermit(row))).toBe(
      [
        'expect(configuration).not.toPermit(rows)',
        '',
        'Not evaluated:',
        '  aws_vpc_security_group_ingress_rule.ssh: the entries of list:pl-1 are not in the configuration',
      ].join('\n'),
    );
  });

  test.each([
    ['a security group', { to: 'sg:nosuch' }],
    ['a tag', { to: 'tag:nosuch' }],
    ['a label', { to: 'network tag nosuch' }],
    ['a source', { from: 'tag:nosuch' }],
    ['a source in a range', { from: 'tag:nosuch in 10.0.0.0/8' }],
    ['a prefix list', { from: 'list:nosuch' }],
    ['a label of a source', { from: 'nosuch' }],
  ])('fails for a name that the configuration does not have, with and without not: %s', (_what, end) => {
    const row = { port: '22/tcp', from: '10.0.0.0/8', to: 'tag:platform', ...end };
    expectRefusal(() => expect(onGcp()).toPermit(row), 'group-unknown');
    expectRefusal(() => expect(onGcp()).not.toPermit(row), 'group-unknown');
    expectRefusal(() => expect(onGcp()).toPermitExactly([row]), 'group-unknown');
  });

  test('accepts the labels that the port matrix prints', () => {
    const stack = newStack();
    const platform = new GcpFirewall({ network: 'prod' }).networkTag('platform');
    const kubernetesApi = Peer.named('gke-control-plane', '172.16.0.0/28');
    new VClusterPlatformIngressRules(stack, 'a', { kubernetesApi, platform });
    const ports = ['8443/tcp', '9443-9444/tcp'];
    expect(stack).toPermitExactly(
      ports.map((port) => ({ port, from: 'gke-control-plane', to: 'network tag platform' })),
    );
    expect(stack).toPermit({ port: '443/tcp', from: 'network tag platform', to: 'gke-control-plane' });
  });

  test('fails if ranges that are known after apply may be denied', () => {
    const network = { network: 'prod', target_tags: ['web'] };
    const allow = { ...network, source_tags: ['bastion'], allow: [{ protocol: 'tcp', ports: ['22', '23'] }] };
    const deny = { ...network, source_ranges: ['${var.office}'], deny: [{ protocol: 'tcp', ports: ['22'] }] };
    const json = { resource: { google_compute_firewall: { allow, deny } } };
    const row = { from: 'tag:bastion', to: 'tag:web' };
    expect(json).toPermit({ ...row, port: '23/tcp' });
    expect(failure(() => expect(json).toPermit({ ...row, port: '22/tcp' }))).toBe(
      [
        'expect(configuration).toPermit(rows)',
        '',
        'Not evaluated:',
        '  google_compute_firewall.deny: source_ranges is var.office, which is known after apply',
      ].join('\n'),
    );
  });

  test('accepts types of ICMP in the form of port tables', () => {
    const ping = { security_group_id: 'sg-1', ip_protocol: 'icmp', from_port: 8, to_port: -1, cidr_ipv4: '10.0.0.0/8' };
    const json = { resource: { aws_vpc_security_group_ingress_rule: { ping } } };
    expect(json).toPermitExactly([{ port: '8/icmp', from: '10.0.0.0/8', to: 'sg:sg-1' }]);
    expect(json).not.toPermit({ port: '0/icmp', from: '10.0.0.0/8', to: 'sg:sg-1' });
  });

  test('fails for a network if a rule that could not be evaluated may deny', () => {
    const stack = onGcp();
    const count = TerraformCount.of(new TerraformVariable(stack, 'n', { type: 'number' }).numberValue);
    new ComputeFirewall(stack, 'other', { name: 'other', network: 'prod', deny: [{ protocol: 'all' }], count });
    expect(failure(() => expect(stack).toPermit(PLATFORM))).toContain(
      'google_compute_firewall.other: count is evaluated by Terraform: read its plan',
    );
  });
});

describe('toMatchDocuments', () => {
  const cluster = (): TerraformStack => {
    const stack = newStack();
    const gcp = new GcpFirewall({ network: 'prod', project: 'net-host' });
    const [controlPlane, workers] = [gcp.networkTag('control-plane'), gcp.networkTag('worker')];
    new KubeadmFlannelClusterRules(stack, 'a', { controlPlane, workers, workerToWorkerFlannel: false });
    return stack;
  };

  test('passes for a stack, on both clouds', () => {
    expect(cluster()).toMatchDocuments();
    expect(onAws()).toMatchDocuments();
  });

  test('fails with what a rule written by hand opens on the same machines', () => {
    const stack = cluster();
    new ComputeFirewall(stack, 'mine', {
      name: 'mine',
      project: 'net-host',
      network: 'prod',
      allow: [{ protocol: 'tcp', ports: ['22'] }],
      sourceRanges: ['10.0.0.0/8'],
      targetTags: ['worker'],
    });
    expect(failure(() => expect(stack).toMatchDocuments())).toBe(
      [
        'expect(configuration).toMatchDocuments()',
        '',
        'Extra: permitted to the same machines, and in no document',
        '  port    from        to          network',
        '  22/tcp  10.0.0.0/8  tag:worker  net-host/prod',
      ].join('\n'),
    );
  });

  const moving = (ports: Record<string, Port>): TerraformStack => {
    const stack = newStack();
    const [controlPlane, workers] = ['sg-0123456789abcdef0', 'sg-0123456789abcdef1'].map((id) =>
      AwsSecurityGroup.fromId(id),
    );
    new KubeadmFlannelClusterRules(stack, 'a', { controlPlane, workers, workerToWorkerFlannel: true, ports });
    return stack;
  };

  test('fails for rows that are moved, unless they are named', () => {
    const stack = moving({
      'control-plane>worker/kubelet': Port.tcp(10350),
      'worker>worker/flannel-vxlan': Port.udp(18472),
    });
    expect(failure(() => expect(stack).toMatchDocuments())).toBe(
      [
        'expect(configuration).toMatchDocuments()',
        '',
        'Moved to a different port, and not named in moved',
        '  control-plane>worker/kubelet: 10350/tcp, document: 10250/tcp',
        '  worker>worker/flannel-vxlan: 18472/udp, its source: 8472/udp',
      ].join('\n'),
    );
    expect(failure(() => expect(stack).toMatchDocuments({ moved: ['kubelet'] }))).toBe(
      [
        'expect(configuration).toMatchDocuments(options)',
        '',
        'Moved to a different port, and not named in moved',
        '  worker>worker/flannel-vxlan: 18472/udp, its source: 8472/udp',
      ].join('\n'),
    );
    expect(stack).toMatchDocuments({ moved: ['control-plane>worker/kubelet', 'flannel-vxlan'] });
    expect(stack).not.toMatchDocuments();
  });

  test('fails if it names rows that are not moved, or something else', () => {
    const stack = moving({ kubelet: Port.tcp(10350) });
    expect(stack).toMatchDocuments({ moved: ['kubelet'] });
    expectRefusal(() => expect(stack).toMatchDocuments({ moved: ['kubelet', 'etcd'] }), 'row-not-moved');
    expectRefusal(() => expect(stack).toMatchDocuments({ moved: ['kubelett'] }), 'row-not-moved');
    expectRefusal(() => expect(cluster()).toMatchDocuments({ moved: ['kubelet'] }), 'row-not-moved');
    expectRefusal(() => expect(stack).toMatchDocuments({ moved: 'kubelet' as never }), 'row-names-invalid');
    expectRefusal(() => expect(stack).toMatchDocuments(['kubelet'] as never), 'object-required');
    expectRefusal(() => expect(stack).toMatchDocuments({ move: ['kubelet'] } as never), 'prop-unknown');
  });

  test('asks the table, whatever the provenance says', () => {
    const forged = JSON.parse(JSON.stringify(moving({ kubelet: Port.tcp(22) }).toTerraform()));
    for (const flow of forged['//'].metadata.clusterPorts.flows) delete flow.documentedPort;
    const row = 'kubeadm-flannel@2024-12/control-plane-to-worker/kubelet';
    expect(failure(() => expect(forged).toMatchDocuments())).toBe(
      [
        'expect(configuration).toMatchDocuments()',
        '',
        'False: the provenance says so, and it does not hold',
        `  ${row}: kubeadm-flannel@2024-12 has 10250/tcp for kubelet`,
        `  ${row.replace('to-worker', 'to-control-plane')}: kubeadm-flannel@2024-12 has 10250/tcp for kubelet`,
      ].join('\n'),
    );
  });

  test('fails for text, because Testing.synth leaves the provenance out', () => {
    expectRefusal(() => expect(Testing.synth(cluster())).toMatchDocuments(), 'provenance-missing');
  });
});
