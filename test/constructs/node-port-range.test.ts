import { ApinizerNodePorts, GcpFirewall, Peer } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';

const workers = new GcpFirewall({ network: 'prod' }).networkTag('worker');
const clients = Peer.cidr('10.9.0.0/16');

function warnings(nodePort?: number): unknown[] {
  const { node } = new ApinizerNodePorts(newStack(), 'apinizer', { workers, apiPortal: { clients, nodePort } });
  return node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
}

test.each([undefined, 30000, 30180, 32767])(
  'says nothing of the NodePort %s, which Kubernetes may give',
  (nodePort) => {
    expect(warnings(nodePort)).toEqual([]);
  },
);

test.each([29999, 32768])('warns of the NodePort %d, which Kubernetes gives only where it is told to', (nodePort) => {
  expect(warnings(nodePort)).toEqual([
    `NodePort ${nodePort} of api-portal is outside 30000-32767: it works only if the kube-apiserver has a ` +
      '--service-node-port-range that includes it',
  ]);
});
