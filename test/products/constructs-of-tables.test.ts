import type { TerraformStack } from 'cdktf';
import {
  CiliumRules,
  GcpFirewall,
  KubeadmEtcdTopology,
  KubeadmRules,
  type KubeadmRulesProps,
  Peer,
  Port,
  RancherRules,
  Rke2Cni,
  Rke2Encapsulation,
  Rke2Rules,
  type Rke2RulesProps,
} from 'cdktf-cluster-ports';
import { newStack, opensOnBothClouds } from '../support/clouds';
import { expectNothingCreated } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const nodes = { server: firewall.networkTag('server'), agent: firewall.networkTag('agent') };
const machines = { controlPlane: firewall.networkTag('control-plane'), worker: firewall.networkTag('worker') };
const client = Peer.cidr('10.9.0.0/16');

opensOnBothClouds(
  'has a prop for each role and for each option',
  (stack, group) => {
    new Rke2Rules(stack, 'rke2', {
      server: group('server'),
      agent: group('agent'),
      cni: Rke2Cni.CILIUM,
      encapsulation: Rke2Encapsulation.WIREGUARD,
      omit: ['kubelet', 'node-ports', 'etcd-metrics', 'cilium-ping', 'cilium-ping-reply', 'cilium-health'],
      ports: { 'cilium-wireguard': Port.udp(51872) },
    });
  },
  [
    'ingress 2379/tcp from server at server',
    'ingress 2380/tcp from server at server',
    'ingress 51872/udp from agent at agent',
    'ingress 51872/udp from agent at server',
    'ingress 51872/udp from server at agent',
    'ingress 51872/udp from server at server',
    'ingress 6443/tcp from agent at server',
    'ingress 6443/tcp from server at server',
    'ingress 9345/tcp from agent at server',
    'ingress 9345/tcp from server at server',
  ],
);

test.each<[what: string, props: Partial<Rke2RulesProps>, code: string]>([
  ['no server', { server: undefined }, 'role-missing'],
  ['a peer that listens', { server: client as never }, 'host-group-required'],
  ['an unknown choice', { cni: 'weave' as never }, 'choice-unknown'],
  ['a flag that is text', { windows: 'true' as never }, 'not-a-boolean'],
  ['a misspelled prop', { cnii: Rke2Cni.CILIUM } as object, 'prop-unknown'],
  ['a row that the options close', { omit: ['cilium-health'] }, 'row-closed'],
  ['an edition that does not exist', { edition: '2024-01' }, 'edition-unknown'],
])('creates nothing with %s', (_what, props, code) => {
  expectNothingCreated((stack) => new Rke2Rules(stack, 'rke2', { ...nodes, ...props }), code);
});

test.each<[what: string, props: Partial<KubeadmRulesProps>, code: string]>([
  ['machines of a role whose rows are closed', { etcd: machines.worker }, 'role-closed'],
  ['no machines of a role whose rows are open', { etcdTopology: KubeadmEtcdTopology.EXTERNAL }, 'role-missing'],
])('creates nothing with %s', (_what, props, code) => {
  expectNothingCreated((stack) => new KubeadmRules(stack, 'kubeadm', { ...machines, client, ...props }), code);
});

test('an option that opens only rows of an optional flow needs the machines of its roles', () => {
  const node = firewall.networkTag('node');
  const ports = { ping: Port.icmp() };
  const cilium = (props: object) => (stack: TerraformStack) =>
    new CiliumRules(stack, 'cilium', { node, ports, ...props });
  expectNothingCreated(cilium({ agentMetrics: true }), 'role-missing');
  expect(() => cilium({ agentMetrics: false })(newStack())).not.toThrow();
  expect(() => cilium({ agentMetrics: true, prometheus: client })(newStack())).not.toThrow();
});

test.each([
  ['a role', { driverNode: firewall.networkTag('driver') }, 'role-not-in-edition'],
  ['an option', { nodeDriver: true }, 'option-not-in-edition'],
])('a construct refuses %s that only another edition has', (_what, props, code) => {
  const rancher = {
    rancher: firewall.networkTag('rancher'),
    registeredCluster: firewall.networkTag('registered'),
    rancherClient: client,
    tlsProxy: client,
  };
  expectNothingCreated((stack) => new RancherRules(stack, 'rancher', { ...rancher, ...props }), code);
});
