import { ApinizerNodePorts, GcpFirewall, Peer } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';

const workers = new GcpFirewall({ network: 'prod' }).networkTag('worker');
const clients = Peer.cidr('10.9.0.0/16');

function warnings(port?: number): unknown[] {
  const { node } = new ApinizerNodePorts(newStack(), 'apinizer', { workers, apiPortal: { clients, port } });
  return node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
}

test.each([undefined, 30000, 30180, 32767])('says nothing of the NodePort %s, which Kubernetes may give', (port) => {
  expect(warnings(port)).toEqual([]);
});

test.each([29999, 32768])('warns of the NodePort %d, which Kubernetes gives only where it is told to', (port) => {
  expect(warnings(port)).toEqual([
    `NodePort ${port} of api-portal is outside 30000-32767: it works only if the kube-apiserver has a ` +
      '--service-node-port-range that includes it',
  ]);
});
