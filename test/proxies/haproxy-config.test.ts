import { ControlPlaneEndpoint, ExternalHosts, HaproxyChecks, HaproxyConfig } from 'cdktf-cluster-ports';
import { expectRefusal } from '../support/refusals';

const SERVERS = [
  { name: 'master1', address: '10.1.0.1' },
  { name: 'master2', address: '10.1.0.2' },
  { name: 'master3', address: '10.1.0.3' },
];

/** The configuration of the document, with names and addresses filled in. */
const DOCUMENTED = `frontend kubernetes-cluster
bind *:6443
mode tcp
option tcplog
default_backend kubernetes-master
backend kubernetes-master
option httpchk GET /healthz
http-check expect status 200
mode tcp
option ssl-hello-chk
balance roundrobin
server master1 10.1.0.1:6443 check fall 3 rise 2
server master2 10.1.0.2:6443 check fall 3 rise 2
server master3 10.1.0.3:6443 check fall 3 rise 2`;

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

test('renders the configuration of the document word for word if its checks are selected', () => {
  const rendered = HaproxyConfig.render({ servers: SERVERS, checks: HaproxyChecks.DOCUMENTED });
  expect(lines(rendered)).toEqual(DOCUMENTED.split('\n'));
});

test('by default asks every server over TLS whether it is ready', () => {
  expect(HaproxyConfig.render({ servers: SERVERS })).toBe(`frontend kubernetes-cluster
    bind *:6443
    mode tcp
    option tcplog
    timeout client 1h
    default_backend kubernetes-master

backend kubernetes-master
    mode tcp
    option httpchk
    http-check connect ssl
    http-check send meth GET uri /readyz
    http-check expect status 200
    timeout connect 5s
    timeout check 5s
    timeout server 1h
    balance roundrobin
    server master1 10.1.0.1:6443 check fall 3 rise 2 verify none
    server master2 10.1.0.2:6443 check fall 3 rise 2 verify none
    server master3 10.1.0.3:6443 check fall 3 rise 2 verify none
`);
});

test('renders IP addresses of both families, DNS names, other ports, one address to listen on, and a trusted authority', () => {
  const rendered = HaproxyConfig.render({
    servers: [
      { name: 'a', address: '2001:DB8:0::1' },
      { name: 'b', address: 'cp-2.k8s.example.com', port: 7443 },
    ],
    bindAddress: '2001:db8::100',
    port: 8443,
    caFile: '/etc/haproxy/kubernetes-ca.crt',
  });
  expect(lines(rendered).filter((line) => /^(bind|server) /.test(line))).toEqual([
    'bind [2001:db8::100]:8443',
    'server a [2001:db8::1]:6443 check fall 3 rise 2 verify required ca-file /etc/haproxy/kubernetes-ca.crt',
    'server b cp-2.k8s.example.com:7443 check fall 3 rise 2 verify required ca-file /etc/haproxy/kubernetes-ca.crt',
  ]);
});

describe('fails for', () => {
  function refuses(what: string, props: object, code: string): void {
    test(what, () => {
      const call = (): string => HaproxyConfig.render({ servers: SERVERS, ...props });
      expectRefusal(call, code);
    });
  }
  const server = (changes: object): object => ({ servers: [{ ...SERVERS[0], ...changes }] });
  const hostile = 'a check\n    server evil 203.0.113.7:6443';

  refuses('no servers', { servers: [] }, 'servers-missing');
  refuses('a server instead of a list', { servers: SERVERS[0] }, 'servers-missing');
  refuses('a server that is text', { servers: ['10.1.0.1'] }, 'server-invalid');
  refuses('a name given twice', { servers: [SERVERS[0], { ...SERVERS[1], name: 'master1' }] }, 'server-given-twice');
  refuses(
    'an IP address given twice',
    {
      servers: [
        { name: 'a', address: '2001:db8::1' },
        { name: 'b', address: '2001:db8:0::1' },
      ],
    },
    'server-given-twice',
  );
  refuses(
    'a DNS name given twice, in upper and lower case',
    {
      servers: [
        { name: 'a', address: 'cp-1.example.com' },
        { name: 'b', address: 'CP-1.example.com' },
      ],
    },
    'server-given-twice',
  );
  refuses('a server where HAProxy listens', { bindAddress: '10.1.0.1' }, 'server-is-the-virtual-address');
  test('no properties', () => {
    expectRefusal(() => HaproxyConfig.render(undefined as any), 'object-required');
  });
  refuses('a name with lines in it', server({ name: hostile }), 'text-invalid');
  for (const name of [
    'master 1',
    'master#1',
    'master"1',
    "master'1",
    'master\\1',
    '$MASTER',
    'm\u00e4ster',
    'a'.repeat(64),
  ]) {
    refuses(`the name ${name}`, server({ name }), 'server-name-invalid');
  }
  refuses('no name', server({ name: undefined }), 'text-required');
  refuses('an address with a port', server({ address: '10.1.0.1:6443' }), 'server-address-invalid');
  refuses('a range', server({ address: '10.1.0.1/32' }), 'server-address-invalid');
  refuses('half an address', server({ address: '10.1.0' }), 'server-address-invalid');
  refuses('an address with an option behind it', server({ address: '10.1.0.1 backup' }), 'server-address-invalid');
  refuses('an address with a variable', server({ address: '"${HOST}"' }), 'server-address-invalid');
  refuses('an address known after apply', server({ address: '${TfToken[TOKEN.0]}' }), 'text-not-known');
  refuses('a port that does not exist', server({ port: 0 }), 'port-invalid');
  refuses('text as port', { port: '6443' }, 'port-invalid');
  refuses('a bind address with a port', { bindAddress: '10.1.0.100:6443' }, 'server-address-invalid');
  refuses(
    'a bind address with a port that does not exist',
    { bindAddress: '10.1.0.100:66443' },
    'server-address-invalid',
  );
  refuses('an unknown property', { bind: '10.1.0.100' }, 'prop-unknown');
  refuses('an unknown property of a server', server({ ports: 7443 }), 'prop-unknown');
  refuses('checks that do not exist', { checks: 'tcp' }, 'haproxy-checks-invalid');
  for (const caFile of ['ca.crt', '/etc/ca crt', '/etc/ca.crt check', '/etc/$CA']) {
    refuses(`the file ${caFile}`, { caFile }, 'ca-file-invalid');
  }
  refuses(
    'an authority with the checks of the document',
    { caFile: '/etc/ca.crt', checks: HaproxyChecks.DOCUMENTED },
    'ca-file-not-used',
  );
});

describe('the endpoint of a control plane', () => {
  const machines = {
    controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29', '2001:db8::/64'),
    workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
    virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
  };
  const servers = { master1: '10.1.0.1', master2: '10.1.0.2', master3: '2001:db8::3' };
  const endpoint = new ControlPlaneEndpoint({ ...machines, servers, port: 8443 });

  test('gives its servers, and its port to HAProxy and to each of them', () => {
    const rendered = lines(HaproxyConfig.render({ endpoint, checks: HaproxyChecks.DOCUMENTED }));
    expect(rendered.filter((line) => /^(?:bind|server) /.test(line))).toEqual([
      'bind *:8443',
      'server master1 10.1.0.1:8443 check fall 3 rise 2',
      'server master2 10.1.0.2:8443 check fall 3 rise 2',
      'server master3 [2001:db8::3]:8443 check fall 3 rise 2',
    ]);
  });

  test('without servers gives only its port', () => {
    const bare = new ControlPlaneEndpoint({ ...machines, port: 8443 });
    const rendered = lines(HaproxyConfig.render({ endpoint: bare, servers: SERVERS.slice(0, 1), port: 8443 }));
    expect(rendered.filter((line) => /^(?:bind|server) /.test(line))).toEqual([
      'bind *:8443',
      'server master1 10.1.0.1:8443 check fall 3 rise 2 verify none',
    ]);
    expectRefusal(() => HaproxyConfig.render({ endpoint: bare }), 'servers-missing');
    const apart = [{ name: 'master1', address: '10.1.0.1', port: 6443 }];
    expectRefusal(() => HaproxyConfig.render({ endpoint: bare, servers: apart }), 'endpoint-differs');
  });

  test('fails for a different port, for servers that it has already, and for a value that is not an endpoint', () => {
    expectRefusal(() => HaproxyConfig.render({ endpoint, port: 6443 }), 'endpoint-differs');
    expectRefusal(() => HaproxyConfig.render({ endpoint, servers: SERVERS }), 'endpoint-differs');
    const text = '10.1.0.100:6443' as unknown as ControlPlaneEndpoint;
    expectRefusal(() => HaproxyConfig.render({ endpoint: text, servers: SERVERS }), 'control-plane-endpoint-required');
  });

  test('fails if HAProxy would listen at one of its servers', () => {
    expectRefusal(() => HaproxyConfig.render({ endpoint, bindAddress: '10.1.0.1' }), 'server-is-the-virtual-address');
  });
});

test.each([
  { of: 'IPv4', virtual: ['10.40.0.100/32'], binds: ['bind *:6443'] },
  { of: 'IPv6', virtual: ['2001:db8::64/128'], binds: ['bind :::6443 v6only'] },
  { of: 'both', virtual: ['10.40.0.100/32', '2001:db8::64/128'], binds: ['bind *:6443', 'bind :::6443 v6only'] },
])('listens at the addresses of an endpoint: $of', ({ virtual, binds }) => {
  const endpoint = new ControlPlaneEndpoint({
    virtualAddress: ExternalHosts.named('vip', ...virtual),
    controlPlane: ExternalHosts.named('masters', '10.40.0.0/29', '2001:db8::/124'),
    servers: { master1: '10.40.0.1' },
    workers: ExternalHosts.named('workers', '10.40.1.0/24', '2001:db8:1::/64'),
  });
  for (const checks of Object.values(HaproxyChecks)) {
    const rendered = lines(HaproxyConfig.render({ endpoint, checks }));
    expect(rendered.filter((line) => line.startsWith('bind '))).toEqual(binds);
  }
});
