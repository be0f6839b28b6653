import { type TerraformStack } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PortTables,
} from '../../lib';
import type { ProvenanceJson } from '../../lib/provenance/provenance-json';
import { newStack } from '../support/clouds';
import { descriptions } from '../support/opened';
import { expectNothingCreated } from '../support/refusals';

function flowsOf(stack: TerraformStack): ProvenanceJson['flows'] {
  return (stack.toTerraform()['//'].metadata.clusterPorts as ProvenanceJson).flows;
}

/** Returns `<row> <port> <documented port>` for every flow, and `-` for a flow whose port is the document's. */
function portsOf(stack: TerraformStack): string[] {
  return flowsOf(stack).map(
    ({ row, port, documentedPort = '-' }) => `${row.split('/').slice(1).join('/')} ${port} ${documentedPort}`,
  );
}

const controlPlane = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef1');
const firewall = new GcpFirewall({ network: 'prod' });

test('a moved row keeps the port of the document in the provenance, and only a moved row', () => {
  const stack = newStack();
  const cluster = { controlPlane, workers, workerToWorkerFlannel: true };
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    ...cluster,
    ports: {
      'control-plane>worker/kubelet': Port.tcp(10350),
      etcd: Port.tcpRange(12379, 12380),
      'api-server': Port.tcp(6443),
    },
  });
  expect(portsOf(stack)).toEqual([
    'worker-to-control-plane/api-server 6443/tcp -',
    'worker-to-control-plane/flannel-udp 8285/udp -',
    'worker-to-control-plane/flannel-vxlan 8472/udp -',
    'control-plane-to-worker/kubelet 10350/tcp 10250/tcp',
    'control-plane-to-worker/flannel-udp 8285/udp -',
    'control-plane-to-worker/flannel-vxlan 8472/udp -',
    'control-plane-to-control-plane/api-server 6443/tcp -',
    'control-plane-to-control-plane/etcd 12379-12380/tcp 2379-2380/tcp',
    'control-plane-to-control-plane/kubelet 10250/tcp -',
    'control-plane-to-control-plane/flannel-vxlan 8472/udp -',
    'control-plane-to-control-plane/flannel-udp 8285/udp -',
    'worker-to-worker/flannel-udp 8285/udp -',
    'worker-to-worker/flannel-vxlan 8472/udp -',
  ]);
});

test('the port of an Apinizer service moves its row', () => {
  const stack = newStack();
  new ApinizerNodePorts(stack, 'ports', {
    workers,
    gateways: [
      { environment: 'prod', clients: Peer.cidr('10.50.0.0/24') },
      { environment: 'test', clients: Peer.cidr('10.51.0.0/24'), port: 30081 },
    ],
  });
  expect(portsOf(stack)).toEqual([
    'gateway-client-to-worker/api-gateway 30080/tcp -',
    'gateway-client-to-worker/api-gateway 30081/tcp 30080/tcp',
  ]);
});

test('the descriptions of rules have both ports, and never call the port of a supplement documented', () => {
  const stack = newStack();
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane: ExternalHosts.named('control planes', '10.1.0.0/28'),
    workers,
    workerToWorkerFlannel: true,
    ports: { kubelet: Port.tcp(10350), 'worker>worker/flannel-vxlan': Port.udp(18472) },
  });
  const all = descriptions(stack);
  expect(all.filter((text) => /kubelet|worker-to-worker/.test(text))).toEqual([
    'Flannel; not documented by the vendor [kubeadm-flannel@2024-12/worker-to-worker/flannel-udp]',
    'Flannel; not documented by the vendor; its source: 8472/udp [kubeadm-flannel@2024-12/worker-to-worker/flannel-vxlan]',
    'Kubelet API; document: 10250/tcp [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]',
  ]);
});

test('the description of a firewall on GCP names the moved row and its documented port', () => {
  const stack = newStack();
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane: firewall.networkTag('control-plane'),
    workers: firewall.networkTag('worker'),
    workerToWorkerFlannel: false,
    omit: ['flannel-udp', 'flannel-vxlan'],
    ports: { kubelet: Port.tcp(10350), etcd: Port.tcpRange(12379, 12380) },
  });
  expect(descriptions(stack)).toEqual([
    'Kubelet API; document: 10250/tcp [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]',
    'Kubernetes API server [kubeadm-flannel@2024-12/worker-to-control-plane/api-server]',
    'Kubernetes API server, Etcd server client API, Kubelet API; document: etcd 2379-2380/tcp, kubelet 10250/tcp ' +
      '[kubeadm-flannel@2024-12/control-plane-to-control-plane/api-server,etcd,kubelet]',
  ]);
});

describe('a row that becomes more or fewer ports fails', () => {
  const cluster =
    (ports: Record<string, Port>) =>
    (stack: TerraformStack): unknown =>
      new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false, ports });
  const metrics = { 'control-plane': controlPlane, worker: workers, 'metrics-server': workers };

  test.each([
    ['one port', cluster({ kubelet: Port.tcpRange(10350, 10351) })],
    ['one port of a flow', cluster({ 'control-plane>worker/kubelet': Port.tcpRange(1, 65535) })],
    ['two ports', cluster({ etcd: Port.tcp(2381) })],
    ['two ports with three', cluster({ etcd: Port.tcpRange(65533, 65535) })],
    [
      'a supplement',
      (stack: TerraformStack) =>
        new KubeadmFlannelClusterRules(stack, 'cluster', {
          controlPlane,
          workers,
          workerToWorkerFlannel: true,
          ports: { 'worker>worker/flannel-vxlan': Port.udpRange(8472, 8473) },
        }),
    ],
    [
      'a table of PortTables',
      (stack: TerraformStack) =>
        new DocumentedPortRules(stack, 'metrics', {
          table: PortTables.named('metrics-server'),
          roles: metrics,
          ports: { kubelet: Port.tcpRange(10250, 10255) },
        }),
    ],
  ])('%s', (_name, construct) => {
    expectNothingCreated(construct, 'port-count-differs');
  });
});
