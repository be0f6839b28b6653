import { TerraformVariable } from 'cdktf';
import { ApinizerNodePorts, Peer } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';
import { descriptions } from '../support/opened';

const ops = Peer.named('ops-vpn', '10.9.0.0/16');
const edge = Peer.cidr('10.50.0.0/24', '10.51.0.0/24');

opensOnBothClouds(
  'opens the documented NodePorts for those who are given',
  (stack, group) =>
    new ApinizerNodePorts(stack, 'rules', {
      workers: group('workers'),
      managementConsole: { clients: ops },
      apiPortal: { clients: edge },
      gateways: [
        { environment: 'prod', clients: Peer.anyIpv4('public API') },
        { environment: 'test', clients: edge, port: 30081 },
      ],
    }),
  [
    'ingress 32080/tcp from 10.9.0.0/16 at workers',
    'ingress 30180/tcp from 10.50.0.0/24 at workers',
    'ingress 30180/tcp from 10.51.0.0/24 at workers',
    'ingress 30080/tcp from 0.0.0.0/0 at workers',
    'ingress 30081/tcp from 10.50.0.0/24 at workers',
    'ingress 30081/tcp from 10.51.0.0/24 at workers',
  ],
);

opensOnBothClouds(
  'opens only the console when only the console is given clients',
  (stack, group) =>
    new ApinizerNodePorts(stack, 'rules', { workers: group('workers'), managementConsole: { clients: ops } }),
  ['ingress 32080/tcp from 10.9.0.0/16 at workers'],
);

opensOnBothClouds(
  'opens only the portal, on a NodePort of its own',
  (stack, group) =>
    new ApinizerNodePorts(stack, 'rules', {
      workers: group('workers'),
      apiPortal: { clients: ops, port: 31180 },
    }),
  ['ingress 31180/tcp from 10.9.0.0/16 at workers'],
);

opensOnBothClouds(
  'opens only the gateway',
  (stack, group) =>
    new ApinizerNodePorts(stack, 'rules', {
      workers: group('workers'),
      gateways: [{ environment: 'prod', clients: group('ingress') }],
    }),
  ['ingress 30080/tcp from ingress at workers'],
);

test('names a firewall after the service and the environment on GCP', () => {
  const stack = newStack();
  const { addresses } = new ApinizerNodePorts(stack, 'rules', {
    workers: CLOUDS[0].group(stack, 'workers'),
    managementConsole: { clients: ops },
    apiPortal: { clients: ops },
    gateways: [{ environment: 'prod', clients: Peer.cidr('10.0.0.0/8', '2001:db8::/32') }],
  });
  expect(addresses).toEqual([
    'google_compute_firewall.firewall_apinizer-node-ports-console-client-to-worker',
    'google_compute_firewall.firewall_apinizer-node-ports-gateway-client-to-worker-prod',
    'google_compute_firewall.firewall_apinizer-node-ports-gateway-client-to-worker-prod-ipv6',
    'google_compute_firewall.firewall_apinizer-node-ports-portal-client-to-worker',
  ]);
});

test('says in the description why a port is open to the world', () => {
  const stack = newStack();
  new ApinizerNodePorts(stack, 'rules', {
    workers: CLOUDS[1].group(stack, 'workers'),
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('public API') }],
  });
  expect(descriptions(stack)).toContain(
    'Default NodePort for Apinizer API Gateway access; open to the world: public API ' +
      '[apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway]',
  );
});

test('warns about a NodePort outside the default range, and opens it', () => {
  const stack = newStack();
  const rules = new ApinizerNodePorts(stack, 'rules', {
    workers: CLOUDS[0].group(stack, 'workers'),
    apiPortal: { clients: ops, port: 443 },
  });
  expect(rules.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown)).toEqual([
    'NodePort 443 of api-portal is outside 30000-32767: it works only if the kube-apiserver has a ' +
      '--service-node-port-range that includes it',
  ]);
});

test('fails for a NodePort that only Terraform knows', () => {
  const stack = newStack();
  const port = new TerraformVariable(stack, 'port', {}).numberValue;
  const workers = CLOUDS[0].group(stack, 'workers');
  expect(() => new ApinizerNodePorts(stack, 'rules', { workers, apiPortal: { clients: ops, port } })).toThrow(
    new Error(
      'ApinizerNodePorts "stack/rules", apiPortal.port: a port must be known at synthesis, got a value known to Terraform',
    ),
  );
});
