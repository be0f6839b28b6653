import {
  Egress,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  LinuxHosts,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

type Question = Parameters<typeof explain>[1];

function gatesOf(json: object, question: Question): string[] {
  const { gates, refusedBy } = explain(readTerraform(JSON.parse(JSON.stringify(json)), 'cdk.tf.json'), question);
  return [
    ...gates.map(({ kind, end, verdict, rules }) => {
      const deciding = rules.map(({ address, action }) => ` ${action} ${address.split('.').at(-1)}`).join();
      return `${kind} of the ${end}: ${verdict}${deciding}`;
    }),
    ...(refusedBy === undefined ? [] : [`refused by ${refusedBy.kind} of the ${refusedBy.end}`]),
  ];
}

describe('the gates of a network on GCP', () => {
  const PACKET = { from: '10.0.0.1', to: 'tag:web', port: '443/tcp', network: 'prod' };
  const firewall = { name: 'web', network: 'prod', source_ranges: ['10.0.0.0/8'], target_tags: ['web'] };
  const allow = { ...firewall, allow: [{ protocol: 'tcp', ports: ['443'] }] };
  const policy = (action: string): object => ({
    google_compute_network: {
      prod: { name: 'prod', network_firewall_policy_enforcement_order: 'BEFORE_CLASSIC_FIREWALL' },
    },
    google_compute_network_firewall_policy_association: {
      prod: { firewall_policy: 'policy', attachment_target: '${google_compute_network.prod.id}', name: 'prod' },
    },
    google_compute_network_firewall_policy_rule: {
      first: {
        firewall_policy: 'policy',
        action,
        direction: 'INGRESS',
        priority: 10,
        match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'all' }] },
      },
    },
  });

  test('leave out the rules of a policy that an earlier one skips', () => {
    const { google_compute_network_firewall_policy_rule: rules, ...others } = policy('goto_next') as any;
    const second = { ...rules.first, action: 'deny', priority: 20 };
    const json = {
      resource: {
        google_compute_firewall: { web: allow },
        ...others,
        google_compute_network_firewall_policy_rule: { ...rules, second },
      },
    };
    expect(gatesOf(json, PACKET)).toEqual([
      'network firewall policy of the destination: passes next first',
      'VPC firewall rules of the destination: passes allow web',
    ]);
  });

  test('are the implied rules of the network for what a policy passes on and nothing else allows', () => {
    const other = { ...allow, source_ranges: ['192.168.0.0/16'] };
    for (const order of ['BEFORE_CLASSIC_FIREWALL', 'AFTER_CLASSIC_FIREWALL']) {
      const { google_compute_network: network, ...others } = policy('goto_next') as any;
      network.prod.network_firewall_policy_enforcement_order = order;
      const resource = { google_compute_firewall: { other }, google_compute_network: network, ...others };
      expect(gatesOf({ resource }, PACKET)).toEqual([
        'network firewall policy of the destination: passes next first',
        'implied rules of the network of the destination: refused',
        'refused by implied rules of the network of the destination',
      ]);
    }
  });

  test('are in the order of the network, also if a policy passes the packet on', () => {
    const inOrder = (order: string, action: string): string[] => {
      const {
        google_compute_network: network,
        google_compute_network_firewall_policy_rule: rules,
        ...others
      } = policy('goto_next') as any;
      network.prod.network_firewall_policy_enforcement_order = order;
      const all = { ...rules, second: { ...rules.first, action: 'deny', priority: 20 } };
      const resource = {
        google_compute_firewall: { web: { ...firewall, [action]: [{ protocol: 'tcp', ports: ['443'] }] } },
        google_compute_network: network,
        google_compute_network_firewall_policy_rule: all,
        ...others,
      };
      return gatesOf({ resource }, PACKET);
    };
    expect(inOrder('BEFORE_CLASSIC_FIREWALL', 'deny')).toEqual([
      'network firewall policy of the destination: passes next first',
      'VPC firewall rules of the destination: refused deny web',
      'refused by VPC firewall rules of the destination',
    ]);
    expect(inOrder('AFTER_CLASSIC_FIREWALL', 'deny')).toEqual([
      'VPC firewall rules of the destination: refused deny web',
      'refused by VPC firewall rules of the destination',
    ]);
    expect(inOrder('AFTER_CLASSIC_FIREWALL', 'allow')).toEqual([
      'VPC firewall rules of the destination: passes allow web',
    ]);
  });

  test('are named by the rules that decide, in the order of evaluation', () => {
    const gates = (action: string): string[] =>
      gatesOf({ resource: { google_compute_firewall: { web: allow }, ...policy(action) } }, PACKET);
    expect(gates('allow')).toEqual(['network firewall policy of the destination: passes allow first']);
    expect(gates('deny')).toEqual([
      'network firewall policy of the destination: refused deny first',
      'refused by network firewall policy of the destination',
    ]);
    expect(gates('goto_next')).toEqual([
      'network firewall policy of the destination: passes next first',
      'VPC firewall rules of the destination: passes allow web',
    ]);
  });

  test('do not pass a packet that a rule of theirs denies or may deny', () => {
    const denied = (order: string | undefined, ranges: string[]): object => {
      const { google_compute_network: network, ...others } = policy('allow') as any;
      const known = { prod: { ...network.prod, network_firewall_policy_enforcement_order: order } };
      const deny = { name: 'deny', network: 'prod', priority: 900, deny: [{ protocol: 'all' }], source_ranges: ranges };
      return {
        variable: { office: {} },
        resource: { google_compute_firewall: { deny }, google_compute_network: known, ...others },
      };
    };
    const from = { ...PACKET, from: '10.0.0.0/8', to: 'all-instances' };
    expect(gatesOf(denied('AFTER_CLASSIC_FIREWALL', ['${var.office}']), from)).toEqual([
      'VPC firewall rules of the destination: not known deny deny',
      'network firewall policy of the destination: not known allow first',
    ]);
    expect(gatesOf(denied('AFTER_CLASSIC_FIREWALL', ['10.1.0.0/16']), from)).toEqual([
      'VPC firewall rules of the destination: depends on the IP address deny deny',
      'network firewall policy of the destination: depends on the IP address allow first',
    ]);
  });

  test('are the rules of the network if no policy is attached', () => {
    expect(gatesOf({ resource: { google_compute_firewall: { web: allow } } }, PACKET)).toEqual([
      'VPC firewall rules of the destination: passes allow web',
    ]);
    expect(gatesOf({ resource: { google_compute_firewall: { web: allow } } }, { ...PACKET, port: '22/tcp' })).toEqual([
      'VPC firewall rules of the destination: refused',
      'refused by VPC firewall rules of the destination',
    ]);
  });
});

test('both ends of a packet have gates, in the order in which it passes them', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED });
  new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi: firewall.networkTag('api'),
    platform: firewall.networkTag('platform', { ipRanges: Peer.cidr('10.7.0.0/28') }),
  });
  const question = { from: 'network tag api', to: 'network tag platform', port: '8443/tcp' };
  expect(gatesOf(stack.toTerraform(), question).map((gate) => gate.split(':')[0])).toEqual([
    'VPC firewall rules of the source',
    'VPC firewall rules of the destination',
  ]);
});

describe('machines on premises', () => {
  const clusterOf = (workers: LinuxHosts | ExternalHosts): object => {
    const stack = newStack();
    new KubeadmFlannelClusterRules(stack, 'cluster', {
      controlPlane: LinuxHosts.named('masters', '10.8.0.0/29'),
      workers,
    });
    return stack.toTerraform();
  };
  const kubelet = { from: 'masters', to: 'workers', port: '10250/tcp' };

  test('have the firewall of the firewall team, and their own if the user manages it', () => {
    expect(gatesOf(clusterOf(LinuxHosts.named('workers', '10.8.1.0/24')), kubelet)).toEqual([
      "the host's own firewall of the source: not evaluated",
      'firewall of the firewall team of the destination: asked for, not known to be open',
      // nobody asks the firewall team to open it
      "the host's own firewall of the destination: not known",
    ]);
    expect(gatesOf(clusterOf(ExternalHosts.named('workers', '10.8.1.0/24')), kubelet)).toEqual([
      "the host's own firewall of the source: not evaluated",
      'firewall of the firewall team of the destination: asked for, not known to be open',
    ]);
  });

  test('have no firewall of their own as a source if the user does not manage it', () => {
    const json = clusterOf(ExternalHosts.named('workers', '10.8.1.0/24'));
    expect(gatesOf(json, { from: 'workers', to: 'masters', port: '6443/tcp' })).toEqual([
      'firewall of the firewall team of the destination: asked for, not known to be open',
      "the host's own firewall of the destination: not known",
    ]);
  });

  test('may restrict what they send, in front of the rules of machines in a cloud', () => {
    const stack = newStack();
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: LinuxHosts.named('platform', '10.8.0.0/29'),
      prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
    });
    const asked = { from: 'platform', to: 'network tag prometheus', port: '9090/tcp' };
    const found = explain(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'), asked);
    expect(found.verdict).toBe('passes');
    expect(found.gates).toMatchObject([
      { kind: "the host's own firewall", end: 'source', name: 'platform', verdict: 'not evaluated', rules: [] },
      { kind: 'VPC firewall rules', end: 'destination', verdict: 'passes' },
    ]);
    expect(found.gates[0].reason).toMatch(/^a construct asks for it; .*host-rules --egress/);
    const other = explain(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'), {
      ...asked,
      port: '22/tcp',
    });
    expect(other.gates[0].reason).toMatch(/^no construct asks for it/);
  });

  test('whose own firewall nobody asks to accept a packet are not known to refuse it', () => {
    const json = clusterOf(LinuxHosts.named('workers', '10.8.1.0/24'));
    expect(gatesOf(json, { ...kubelet, port: '22/tcp' }).at(-1)).toBe(
      "the host's own firewall of the destination: not known",
    );
  });
});
