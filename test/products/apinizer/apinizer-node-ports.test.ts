import { TerraformVariable } from 'cdktf';
import { ApinizerNodePorts, type IHostGroup, KubernetesPods, Peer, Port } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { descriptions, terraformAddresses } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

const ops = Peer.named('ops-vpn', '10.9.0.0/16');
const edge = Peer.cidr('10.50.0.0/24', '10.51.0.0/24');

opensOnBothClouds(
  'opens the documented NodePorts to the clients of each service',
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
  'opens only the console if only the console has clients',
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
  const addresses = terraformAddresses(
    new ApinizerNodePorts(stack, 'rules', {
      workers: CLOUDS[0].group(stack, 'workers'),
      managementConsole: { clients: ops },
      apiPortal: { clients: ops },
      gateways: [{ environment: 'prod', clients: Peer.cidr('10.0.0.0/8', '2001:db8::/32') }],
    }),
  );
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

describe('fails for', () => {
  test.each<[string, object, string]>([
    ['no service', {}, 'service-missing'],
    ['an empty list of gateways', { gateways: [] }, 'service-missing'],
    ['one gateway without a list', { gateways: { environment: 'prod', clients: ops } }, 'gateways-invalid'],
    ['a peer as service', { managementConsole: ops }, 'clients-missing'],
    ['a peer as gateway', { gateways: [ops] }, 'clients-missing'],
    ['a service without clients', { managementConsole: {} }, 'peer-required'],
    ['a misspelled prop of a service', { apiPortal: { clients: ops, nodePort: 30181 } }, 'prop-unknown'],
    [
      'a misspelled prop of a gateway',
      { gateways: [{ environment: 'prod', clients: ops, nodePort: 30099 }] },
      'prop-unknown',
    ],
    [
      'a misspelled prop of a gateway with the nearest name',
      { gateways: [{ environment: 'prod', client: ops }] },
      'prop-unknown',
    ],
    ['an environment of a service', { managementConsole: { clients: ops, environment: 'prod' } }, 'prop-unknown'],
    ['ports', { managementConsole: { clients: ops }, ports: {} }, 'prop-unknown'],
    ['an environment with capitals', { gateways: [{ environment: 'Prod', clients: ops }] }, 'environment-invalid'],
    ['a gateway without an environment', { gateways: [{ clients: ops }] }, 'environment-invalid'],
    [
      'one environment twice',
      {
        gateways: [
          { environment: 'prod', clients: ops },
          { environment: 'prod', clients: edge, port: 30081 },
        ],
      },
      'environment-given-twice',
    ],
    [
      'two gateways with the default NodePort',
      {
        gateways: [
          { environment: 'prod', clients: ops },
          { environment: 'test', clients: edge },
        ],
      },
      'node-port-taken',
    ],
    [
      'two services with one NodePort',
      { managementConsole: { clients: ops, port: 32767 }, apiPortal: { clients: ops, port: 32767 } },
      'node-port-taken',
    ],
    ['a NodePort that is text', { apiPortal: { clients: ops, port: '30180' } }, 'port-invalid'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated(
      (stack) => new ApinizerNodePorts(stack, 'rules', { workers: CLOUDS[0].group(stack, 'workers'), ...props }),
      code,
    );
  });

  test('a NodePort that is known after apply', () => {
    expectNothingCreated((stack) => {
      const port = new TerraformVariable(stack, 'port', {}).numberValue;
      const workers = CLOUDS[0].group(stack, 'workers');
      new ApinizerNodePorts(stack, 'rules', { workers, apiPortal: { clients: ops, port } });
    }, 'port-not-known');
  });
});

describe('the range of NodePorts', () => {
  function warnings(port?: number, machines?: IHostGroup): unknown[] {
    const stack = newStack();
    const workers = machines ?? CLOUDS[0].group(stack, 'workers');
    const { node } = new ApinizerNodePorts(stack, 'apinizer', { workers, apiPortal: { clients: ops, port } });
    return node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
  }

  test.each([undefined, 30000, 30180, 32767])('gives no warning for the NodePort %s inside it', (port) => {
    expect(warnings(port)).toEqual([]);
  });

  test('is not that of the containers of pods', () => {
    const ports = [{ row: 'api-portal', port: Port.tcp(8080) }];
    const workers = KubernetesPods.labelled({ namespace: 'apinizer', labels: { app: 'portal' }, ports });
    expect(warnings(undefined, workers)).toEqual([]);
    expect(warnings(30181, workers)).toEqual([]);
    expect(warnings(29999, workers)).toEqual([
      'NodePort 29999 of api-portal is outside 30000-32767: it works only if the kube-apiserver has a ' +
        '--service-node-port-range that includes it',
    ]);
  });

  test.each([443, 29999, 32768])('gives a warning for the NodePort %d outside it', (port) => {
    expect(warnings(port)).toEqual([
      `NodePort ${port} of api-portal is outside 30000-32767: it works only if the kube-apiserver has a ` +
        '--service-node-port-range that includes it' +
        (port === 443 ? ', and if no service of the machine itself, such as SSH or a web server, uses it' : ''),
    ]);
  });

  test('is not about the ports of containers, which a network policy has', () => {
    const stack = newStack();
    const workers = KubernetesPods.labelled({
      namespace: 'apinizer',
      labels: { app: 'portal' },
      ports: [{ row: 'api-portal', port: Port.tcp(8080) }],
    });
    const { node } = new ApinizerNodePorts(stack, 'apinizer', { workers, apiPortal: { clients: ops } });
    expect(node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown)).toEqual([]);
  });
});
