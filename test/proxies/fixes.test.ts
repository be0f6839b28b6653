import {
  ControlPlaneEndpoint,
  ExternalHosts,
  HaproxyChecks,
  HaproxyConfig,
  type HaproxyConfigProps,
  SquidAllowList,
} from 'cdktf-cluster-ports';
import { suggestionOf, type Fix, testFixes } from '../support/fixes';

const SERVER = { name: 'master1', address: '10.1.0.1' };
const render = (props: object) => (): string => HaproxyConfig.render({ servers: [SERVER], ...props });
const server = (changes: object): (() => string) => render({ servers: [{ ...SERVER, ...changes }] });
const endpoint = new ControlPlaneEndpoint({
  controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
  workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
  virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
  servers: { master1: '10.1.0.1' },
});
const ofEndpoint = (props: object) => (): string => HaproxyConfig.render({ endpoint, ...props });
const ca = { caFile: '/etc/ca.crt' };

testFixes([
  [
    'a port that the endpoint does not have',
    'endpoint-differs',
    ofEndpoint({ port: 7443 }),
    'port left out',
    ofEndpoint({}),
  ],
  [
    'servers that the endpoint has',
    'endpoint-differs',
    ofEndpoint({ servers: [SERVER] }),
    'servers left out',
    ofEndpoint({}),
  ],
  [
    'text as endpoint',
    'control-plane-endpoint-required',
    render({ endpoint: '10.1.0.100' }),
    'new ControlPlaneEndpoint({ ... })',
    ofEndpoint({}),
  ],
  [
    'no props',
    'object-required',
    () => HaproxyConfig.render(undefined as unknown as HaproxyConfigProps),
    '{ servers: [{ name, address }] }',
    () => HaproxyConfig.render({ servers: [SERVER] }),
  ],
  [
    'text as server',
    'server-invalid',
    render({ servers: ['10.1.0.1'] }),
    '{ name, address }',
    render({ servers: [SERVER] }),
  ],
  [
    'an address with a port',
    'server-address-invalid',
    server({ address: '10.1.0.1:7443' }),
    'address: "10.1.0.1", port: 7443',
    server({ address: '10.1.0.1', port: 7443 }),
  ],
  [
    'an address with a prefix length',
    'server-address-invalid',
    server({ address: '10.1.0.1/32' }),
    '"10.1.0.1"',
    server({ address: '10.1.0.1' }),
  ],
  [
    'a bind address with a port',
    'server-address-invalid',
    render({ bindAddress: '10.1.0.100:7443' }),
    'bindAddress: "10.1.0.100", port: 7443',
    render({ bindAddress: '10.1.0.100', port: 7443 }),
  ],
  ['a misspelled property', 'prop-unknown', render({ check: 'ready' }), '"checks"', render({ checks: 'ready' })],
  ['a misspelled property of a server', 'prop-unknown', server({ ports: 7443 }), '"port"', server({ port: 7443 })],
  [
    'misspelled checks',
    'haproxy-checks-invalid',
    render({ checks: 'DOCUMENTED' }),
    'HaproxyChecks.DOCUMENTED',
    render({ checks: HaproxyChecks.DOCUMENTED }),
  ],
  [
    'checks that do not use the certificate authority',
    'ca-file-not-used',
    render({ ...ca, checks: HaproxyChecks.DOCUMENTED }),
    'checks: HaproxyChecks.READY',
    render({ ...ca, checks: HaproxyChecks.READY }),
  ],
  [
    'no hostnames',
    'hostnames-required',
    () => SquidAllowList.render(undefined as never),
    'rules.hostnames',
    () => SquidAllowList.render([]), // test/proxies/squid-allow-list.test.ts gives those of a construct
  ],
  ...[{}, null, 'registry.example.com', { table: {} }].map((value): Fix => [
    `${JSON.stringify(value)} as a hostname`,
    'hostnames-required',
    () => SquidAllowList.render([value as never]),
    'rules.hostnames',
    () => SquidAllowList.render([]),
  ]),
]);

test.each<[string, () => unknown]>([
  ['a port that does not exist', server({ address: '10.1.0.1:66443' })],
  ['a bind address that is the address of a server', render({ bindAddress: '10.1.0.1' })],
])('suggests nothing for %s, because no fix would work', (_what, wrong) => {
  expect(suggestionOf(wrong)).toBeUndefined();
});
