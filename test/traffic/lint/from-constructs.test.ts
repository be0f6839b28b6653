import { TerraformHclModule, type TerraformStack } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  FlannelBackend,
  GcpFirewall,
  type IPeer,
  KubeadmFlannelClusterRules,
  KubernetesDns,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  UnmanagedRules,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { lint } from '../../../lib/traffic/lint/lint';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

/** The synthesized stack, changed as if by hand. */
function synthesized(
  open: (stack: TerraformStack) => unknown,
  change: (resource: any) => unknown = () => undefined,
): any {
  const stack = newStack();
  open(stack);
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  change(json.resource);
  return json;
}

function found(json: any, ...codes: string[]): string[] {
  const { findings } = lint(readTerraform(json, 'cdk.tf.json'));
  return findings
    .filter(({ code }) => codes.includes(code))
    .map(({ level, code, address, message }) => `${level} ${code} ${address}: ${message}`);
}

test('a flow that outbound rules of its source stop is a warning once for each construct', () => {
  const firewall = new GcpFirewall({ network: 'prod' });
  const json = synthesized(
    (stack) =>
      new VClusterPlatformIngressRules(stack, 'platform', {
        kubernetesApi: firewall.networkTag('api'),
        platform: firewall.networkTag('platform'),
      }),
    (resource) => {
      const deny = { network: 'prod', name: 'deny', direction: 'EGRESS', deny: [{ protocol: 'all' }] };
      resource.google_compute_firewall.deny = {
        ...deny,
        target_tags: ['api'],
        destination_ranges: ['0.0.0.0/0', '::/0'],
      };
    },
  );
  expect(found(json, 'closed-at-source', 'false-claim')).toEqual([
    'warning closed-at-source stack/platform: the sources of its flows may not send 8443/tcp, 9443/tcp, 9444/tcp: ' +
      'outbound rules deny it: google_compute_firewall.deny',
  ]);
});

test('ports of pods are information once for each construct, and webhooks that a control plane calls are none', () => {
  const platform = (edition: string) => (stack: TerraformStack) => {
    const firewall = new GcpFirewall({ network: 'prod' });
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: Peer.named('gke-control-plane', '172.16.0.0/28'),
      platform: firewall.networkTag('platform'),
      ...(edition === '2025-03' ? {} : { nodes: firewall.networkTag('node') }),
      edition,
    });
  };
  expect(found(synthesized(platform('2025-03')), 'pod-ports')).toEqual([]);
  expect(found(synthesized(platform('2025-04')), 'pod-ports')).toEqual([
    'information pod-ports stack/platform: it opens ports of pods (1053/tcp, 1053/udp), which a firewall of machines sees only if pods ' +
      'have IP addresses of its network, as with VPC-native GKE or the AWS VPC CNI. Under an overlay, such as VXLAN, it sees only the ' +
      'encapsulation: omit: ["coredns-tcp", "coredns-udp"]',
  ]);
});

const only = (rules: Record<string, any>): any => Object.values(rules)[0];

describe('a port that is open to the world', () => {
  const AWS = 'aws_vpc_security_group_ingress_rule';
  const WORKERS = 'sg:sg-0a1b2c3d';
  const world = (json: any): string[] =>
    found(json, 'world-open', 'world-open-with-reason').map((text) => text.replace(/_[0-9a-f]{12}:/, ':'));
  const portal = (clients: IPeer) => (stack: TerraformStack) =>
    new ApinizerNodePorts(stack, 'portal', {
      workers: AwsSecurityGroup.fromId('sg-0a1b2c3d'),
      apiPortal: { clients },
    });

  test('is information if the code has a reason', () => {
    expect(world(synthesized(portal(Peer.anyIpv4('public API'))))).toEqual([
      `information world-open-with-reason ${AWS}.ingress_tcp_30180: it opens 30180/tcp of ${WORKERS} to 0.0.0.0/0, and the code ` +
        'says why: "public API"',
    ]);
    expect(world(synthesized(portal(Peer.wide('the office network', '20.0.0.0/6'))))).toEqual([
      `information world-open-with-reason ${AWS}.ingress_tcp_30180: it opens 30180/tcp of ${WORKERS} to 20.0.0.0/6, and the code ` +
        'says why: "the office network"',
    ]);
  });

  test('is an error if the rule is wider than what the reason was given for, or has a different port', () => {
    const wide = portal(Peer.wide('the office network', '20.0.0.0/6'));
    expect(world(synthesized(wide, (resource) => (only(resource[AWS]).cidr_ipv4 = '0.0.0.0/0')))[0]).toMatch(
      /^error world-open .*: it opens 30180\/tcp of sg:sg-0a1b2c3d to 0\.0\.0\.0\/4, 16\.0\.0\.0\/6, 24\.0\.0\.0\/5 and 3 more; the reason in the code was given for other ports or ranges$/,
    );
    const moved = synthesized(portal(Peer.anyIpv4('public API')), (resource) => {
      Object.assign(only(resource[AWS]), { from_port: 22, to_port: 22 });
    });
    expect(world(moved)).toEqual([
      `error world-open ${AWS}.ingress_tcp_30180: it opens 22/tcp of ${WORKERS} to 0.0.0.0/0; the reason in the code was given for ` +
        'other ports or ranges',
    ]);
  });

  test('is an error if only the description gives a reason', () => {
    const json = synthesized(portal(Peer.anyIpv4('public API')));
    delete json['//'].metadata.clusterPorts;
    expect(world(json)).toEqual([
      `error world-open ${AWS}.ingress_tcp_30180: it opens 30180/tcp of ${WORKERS} to 0.0.0.0/0; its description gives a reason, ` +
        'which counts only if the provenance has it too (--why)',
    ]);
  });

  test('is judged port by port in a rule of GCP', () => {
    const json = synthesized(
      (stack) => {
        const firewall = new GcpFirewall({ network: 'prod' });
        new ApinizerNodePorts(stack, 'portal', {
          workers: firewall.networkTag('worker'),
          apiPortal: { clients: Peer.anyIpv4('public API') },
        });
      },
      ({ google_compute_firewall: rules }) => only(rules).allow.push({ protocol: 'tcp', ports: ['22'] }),
    );
    expect(world(json).map((text) => text.replace(/^(\S+) (\S+) \S+ /, '$1 $2: '))).toEqual([
      'error world-open: it opens 22/tcp of tag:worker to 0.0.0.0/0; the reason in the code was given for other ports or ranges',
      'information world-open-with-reason: it opens 30180/tcp of tag:worker to 0.0.0.0/0, and the code says why: "public API"',
    ]);
  });

  test('takes the reason of a prefix list, and does not blame narrow rules for the same port', () => {
    const json = synthesized((stack) => {
      const list = new AwsPrefixList(stack, 'all', { name: 'all', ranges: Peer.anyIpv4('public API'), maxEntries: 1 });
      portal(list)(stack);
    });
    json.resource[AWS].office = {
      ...only(json.resource[AWS]),
      prefix_list_id: undefined,
      cidr_ipv4: '198.51.100.0/24',
    };
    expect(world(json)).toEqual([
      `information world-open-with-reason ${AWS}.ingress_tcp_30180: it opens 30180/tcp of ${WORKERS} to 0.0.0.0/0, and the code ` +
        'says why: "public API"',
    ]);
  });
});

describe('the omit of a collision', () => {
  interface Groups {
    readonly cluster: AwsSecurityGroup;
    readonly nodes: AwsSecurityGroup;
  }
  const omits = (open: (stack: TerraformStack, groups: Groups) => unknown): string[] => {
    const json = synthesized((stack) => {
      const eks = new TerraformHclModule(stack, 'eks', { source: 'terraform-aws-modules/eks/aws' });
      const group = (name: string): AwsSecurityGroup =>
        AwsSecurityGroup.fromId(eks.getString(`${name}_security_group_id`)) as AwsSecurityGroup;
      open(stack, { cluster: group('cluster'), nodes: group('node') });
    });
    return found(json, 'collision').map((text) => text.slice(text.indexOf('omit')));
  };

  test('names the construct, and the row of the port', () => {
    const open = (stack: TerraformStack, { cluster, nodes }: Groups, omit?: string[]): unknown =>
      new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi: cluster, platform: nodes, omit });
    expect(omits(open)).toEqual(['omit: ["api-service"] in "stack/platform"', 'omit: ["webhook"] in "stack/platform"']);
    expect(omits((stack, groups) => open(stack, groups, ['api-service', 'webhook']))).toEqual([]);
  });

  test('names the flow too if the construct opens a row of this name in several flows', () => {
    const open = (stack: TerraformStack, { cluster, nodes }: Groups, omit?: string[]): unknown =>
      new KubeadmFlannelClusterRules(stack, 'kubeadm', {
        controlPlane: cluster,
        workers: nodes,
        workerToWorkerFlannel: true,
        omit,
      });
    expect(omits(open)).toEqual(['omit: ["control-plane>worker/kubelet"] in "stack/kubeadm"']);
    expect(omits((stack, groups) => open(stack, groups, ['control-plane>worker/kubelet']))).toEqual([]);
  });
});

describe('8285/udp of Flannel', () => {
  const cluster = (flannel?: FlannelBackend, omit?: string[]) => (stack: TerraformStack) => {
    const firewall = new GcpFirewall({ network: 'prod' });
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: firewall.networkTag('control-plane'),
      workers: firewall.networkTag('worker'),
      workerToWorkerFlannel: true,
      flannel,
      omit,
    });
  };
  const advice = (json: any): string[] => found(json, 'flannel-udp-not-needed');
  const sentence =
    'it opens or asks for 8285/udp and 8472/udp, and a cluster runs one backend of Flannel: with VXLAN, 8285/udp is not needed ' +
    '(flannel: FlannelBackend.VXLAN, or omit: ["flannel-udp"])';

  test('is information once for each construct that opens both backends', () => {
    expect(advice(synthesized(cluster()))).toEqual([`information flannel-udp-not-needed stack/cluster: ${sentence}`]);
    const { findings } = lint(readTerraform(synthesized(cluster()), 'cdk.tf.json'));
    const [{ related }] = findings.filter(({ code }) => code === 'flannel-udp-not-needed');
    expect(related).toHaveLength(4);
  });

  test('is not found if one backend is chosen, either way', () => {
    expect(advice(synthesized(cluster(FlannelBackend.VXLAN)))).toEqual([]);
    expect(advice(synthesized(cluster(FlannelBackend.UDP)))).toEqual([]);
    expect(advice(synthesized(cluster(undefined, ['flannel-udp'])))).toEqual([]);
  });

  test('is found by the descriptions of rules too, for plans', () => {
    const json = synthesized(cluster());
    delete json['//'];
    expect(advice(json)).toEqual([`information flannel-udp-not-needed kubeadm-flannel@2024-12: ${sentence}`]);
  });
});

describe('rules that no construct asks for', () => {
  const OWN_RULE = { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '10.0.0.0/8', description: 'ssh' };
  const stackWith = (more: object) => (stack: TerraformStack) =>
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: Peer.cidr('172.16.0.0/28'),
      platform: new AwsSecurityGroup(stack, 'group', {
        name: 'platform',
        vpcId: 'vpc-0123456789abcdef0',
        egress: Egress.ALL,
        ...more,
      }),
    });
  const withSsh = (resource: any): void => {
    resource.aws_vpc_security_group_ingress_rule.ssh = {
      ...OWN_RULE,
      security_group_id: '${aws_security_group.group_platform.id}',
    };
    resource.aws_vpc_security_group_ingress_rule.other = { ...OWN_RULE, security_group_id: 'sg-0fedcba9876543210' };
  };

  test('are found in the groups whose code asks for it, and only there', () => {
    expect(found(synthesized(stackWith({}), withSsh), 'unmanaged-rule')).toEqual([]);
    expect(found(synthesized(stackWith({ unmanagedRules: UnmanagedRules.IGNORE }), withSsh), 'unmanaged-rule')).toEqual(
      [],
    );
    const reported = stackWith({ unmanagedRules: UnmanagedRules.REPORT });
    expect(found(synthesized(reported), 'unmanaged-rule')).toEqual([]);
    expect(found(synthesized(reported, withSsh), 'unmanaged-rule')).toEqual([
      'warning unmanaged-rule aws_vpc_security_group_ingress_rule.ssh: no construct asks for it',
    ]);
  });

  test('are found also if they say that they are for Egress.ALL', () => {
    const description = 'All outbound traffic (Egress.ALL)';
    const security_group_id = '${aws_security_group.group_platform.id}';
    const world = { description, security_group_id, cidr_ipv4: '0.0.0.0/0' };
    const stack = stackWith({ unmanagedRules: UnmanagedRules.REPORT, egress: Egress.DOCUMENTED });
    const json = synthesized(stack, (resource) => {
      resource.aws_vpc_security_group_ingress_rule.ssh = { ...OWN_RULE, ...world };
      resource.aws_vpc_security_group_ingress_rule.inbound = { ...world, ip_protocol: '-1' };
      resource.aws_vpc_security_group_egress_rule = {
        https: { ...world, ip_protocol: 'tcp', from_port: 443, to_port: 443 },
        // the code says Egress.DOCUMENTED
        everything: { ...world, ip_protocol: '-1' },
      };
    });
    expect(found(json, 'unmanaged-rule')).toEqual(
      ['ingress_rule.ssh', 'ingress_rule.inbound', 'egress_rule.https', 'egress_rule.everything'].map(
        (rule) => `warning unmanaged-rule aws_vpc_security_group_${rule}: no construct asks for it`,
      ),
    );
  });

  test('are found in an existing group', () => {
    const json = synthesized(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'platform', {
          kubernetesApi: Peer.cidr('172.16.0.0/28'),
          platform: AwsSecurityGroup.fromId('sg-0fedcba9876543210', { unmanagedRules: UnmanagedRules.REPORT }),
        }),
      (resource) => {
        resource.aws_vpc_security_group_ingress_rule.ssh = { ...OWN_RULE, security_group_id: 'sg-0fedcba9876543210' };
      },
    );
    expect(found(json, 'unmanaged-rule')).toEqual([
      'warning unmanaged-rule aws_vpc_security_group_ingress_rule.ssh: no construct asks for it',
    ]);
  });

  test('of a state are also those that only the group lists', () => {
    const why = synthesized(stackWith({ unmanagedRules: UnmanagedRules.REPORT }));
    const inline = (port: number): object => ({
      protocol: 'tcp',
      from_port: port,
      to_port: port,
      cidr_blocks: ['172.16.0.0/28'],
      description: '',
    });
    const rules = Object.entries(why.resource.aws_vpc_security_group_ingress_rule).map(([name, values]: any) => ({
      address: `aws_vpc_security_group_ingress_rule.${name}`,
      type: 'aws_vpc_security_group_ingress_rule',
      mode: 'managed',
      values: { ...values, security_group_id: 'sg-0aaaaaaaaaaaaaaaa' },
    }));
    const group = {
      address: 'aws_security_group.group_platform',
      type: 'aws_security_group',
      mode: 'managed',
      values: { id: 'sg-0aaaaaaaaaaaaaaaa', ingress: [8443, 9443, 9444, 22].map(inline), egress: [] },
    };
    const state = {
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: { root_module: { resources: [group, ...rules] } },
    };
    const configuration = readTerraform(state, 'state.json');
    const { provenance, selectedMachines, stacks } = readTerraform(why, 'cdk.tf.json');
    const { findings } = lint({ ...configuration, provenance, selectedMachines, stacks });
    expect(
      findings.filter(({ code }) => code === 'unmanaged-rule').map(({ address, message }) => `${address}: ${message}`),
    ).toEqual(['aws_security_group.group_platform.ingress[3]: no resource creates it: somebody made it by hand']);
  });
});

test('a copy of a rule that logs is not redundant, and its rule is if a third one opens the same', () => {
  const open = (stack: TerraformStack): unknown =>
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: Peer.cidr('172.16.0.0/28'),
      platform: new GcpFirewall({ network: 'prod', shadow: true }).networkTag('platform'),
    });
  expect(found(synthesized(open), 'redundant')).toEqual([]);
  const byHand = synthesized(open, ({ google_compute_firewall: firewalls }) => {
    firewalls.by_hand = {
      ...firewalls['firewall_allow-k8s-api-to-vcluster-platform'],
      name: 'by-hand',
      source_ranges: ['172.16.0.0/12'],
    };
  });
  expect(found(byHand, 'redundant')).toEqual([
    expect.stringContaining('google_compute_firewall.firewall_allow-k8s-api-to-vcluster-platform: '),
  ]);
});

test('a copy of a rule that logs overlaps with nothing by itself, and its rule does', () => {
  const open = (stack: TerraformStack): void =>
    ['172.16.0.0/28', '10.9.0.0/24'].forEach((own, at) => {
      const firewall = new GcpFirewall({ network: 'prod', shadow: true, namePrefix: ['a-', 'b-'][at] });
      const kubernetesApi = Peer.cidr(own, '10.10.0.0/24');
      new VClusterPlatformIngressRules(stack, own, { kubernetesApi, platform: firewall.networkTag('platform') });
    });
  const name = (prefix: string): string =>
    `google_compute_firewall.firewall_${prefix}-allow-k8s-api-to-vcluster-platform`;
  expect(found(synthesized(open), 'overlap')).toEqual([
    `information overlap ${name('b')}: it opens 8443/tcp, 9443/tcp, 9444/tcp, which ${name('a')} opens between the same ` +
      'machines too',
  ]);
});

test('a network policy is redundant only if other policies open everything in it', () => {
  const open = (stack: TerraformStack): void =>
    ['first', 'second'].forEach((namePrefix) => {
      const dns = KubernetesDns.kubeDns();
      const app = { namespace: 'prod', labels: { app: 'loft' } };
      const platform = KubernetesPods.labelled({ ...app, egress: Egress.DOCUMENTED, dns, namePrefix });
      const prometheus = KubernetesPods.labelled({
        namespace: namePrefix,
        labels: { app: 'prometheus' },
        ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
      });
      new PrometheusCostMetricsRule(stack, namePrefix, { platform, prometheus });
    });
  expect(found(synthesized(open), 'redundant')).toEqual([]);

  const name = 'network_policy_prod_firstallow-vcluster-platform-to-prometheus-egress';
  const copied = synthesized(open, ({ kubernetes_network_policy_v1: policies }) => {
    policies.copy = structuredClone(policies[name]);
    policies.own = structuredClone(policies[name]);
    policies.own.metadata.annotations = {};
    policies.own.spec.egress[0].ports[0].port = '9999';
  });
  const type = 'kubernetes_network_policy_v1';
  expect(found(copied, 'redundant')).toEqual([
    `information redundant ${type}.copy: it opens nothing that ${type}.${name} does not open`,
    `information redundant ${type}.own: its part for 53/tcp, 53/udp opens nothing that ${type}.${name} does not open`,
  ]);
});

test('the outbound rules of Egress.ALL need no document, on every cloud', () => {
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  const everywhere = (stack: TerraformStack): void => {
    const egress = Egress.ALL;
    const pods = { namespace: 'prod', labels: {}, reason: 'one program', egress };
    const groups = {
      aws: new AwsSecurityGroup(stack, 'group', { name: 'platform', vpcId: 'vpc-0123456789abcdef0', egress }),
      gcp: new GcpFirewall({ network: 'prod', egress }).networkTag('platform'),
      pods: KubernetesPods.labelled(pods),
    };
    for (const [id, platform] of Object.entries(groups)) {
      new VClusterPlatformIngressRules(stack, id, { kubernetesApi, platform });
    }
  };
  const { findings } = lint(readTerraform(synthesized(everywhere), 'cdk.tf.json'), { requireProvenance: true });
  expect(findings.filter(({ code }) => code === 'no-provenance')).toEqual([]);
});
