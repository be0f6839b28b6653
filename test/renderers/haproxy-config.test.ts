import { HaproxyChecks, HaproxyConfig } from 'cdktf-cluster-ports';
import { expectRefusal } from '../support/refusals';

const SERVERS = [
  { name: 'master1', address: '10.1.0.1' },
  { name: 'master2', address: '10.1.0.2' },
  { name: 'master3', address: '10.1.0.3' },
];

/** The configuration as it stands in the document, with names and addresses in their places. */
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

test('renders the configuration of the document word for word where its checks are asked for', () => {
  const rendered = HaproxyConfig.render({ servers: SERVERS, checks: HaproxyChecks.DOCUMENTED });
  expect(lines(rendered)).toEqual(DOCUMENTED.split('\n'));
});

test('asks every server over TLS whether it is ready, unless told otherwise', () => {
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

test('renders addresses of both families, DNS names, other ports, one address to listen on, and a trusted authority', () => {
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
  function refuses(what: string, props: object, sentence: string): void {
    test(what, () => {
      const call = (): string => HaproxyConfig.render({ servers: SERVERS, ...props });
      expectRefusal(call, `HaproxyConfig.render${sentence}`);
    });
  }
  const server = (changes: object): object => ({ servers: [{ ...SERVERS[0], ...changes }] });
  const hostile = 'a check\n    server evil 203.0.113.7:6443';

  refuses('no servers', { servers: [] }, ': servers must have at least one entry, got []');
  refuses(
    'servers that are no list',
    { servers: SERVERS[0] },
    ': servers must have at least one entry, got an object of Object',
  );
  refuses(
    'a server that is text',
    { servers: ['10.1.0.1'] },
    ', servers[0]: a server must have a name and an address, got "10.1.0.1"; did you mean { name, address }?',
  );
  refuses(
    'a name given twice',
    { servers: [SERVERS[0], { ...SERVERS[1], name: 'master1' }] },
    ': every server must have a name of its own, got master1 twice',
  );
  refuses(
    'an address given twice',
    {
      servers: [
        { name: 'a', address: '2001:db8::1' },
        { name: 'b', address: '2001:db8:0::1' },
      ],
    },
    ': every server must have an address and port of its own, got [2001:db8::1]:6443 twice',
  );
  refuses(
    'a DNS name given twice in other letters',
    {
      servers: [
        { name: 'a', address: 'cp-1.example.com' },
        { name: 'b', address: 'CP-1.example.com' },
      ],
    },
    ': every server must have an address and port of its own, got cp-1.example.com:6443 twice',
  );
  refuses(
    'a server where HAProxy listens',
    { bindAddress: '10.1.0.1' },
    ': bindAddress and port must not be those of a server, to which HAProxy connects, got 10.1.0.1:6443; did you mean the virtual address?',
  );
  test('no properties', () => {
    expectRefusal(
      () => HaproxyConfig.render(undefined as any),
      'HaproxyConfig.render: an object with servers is needed, got nothing; did you mean { servers: [{ name, address }] }?',
    );
  });
  refuses(
    'a name with lines in it',
    server({ name: hostile }),
    `, servers[0]: name must be one line without control characters, got ${JSON.stringify(hostile)}`,
  );
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
    refuses(
      `the name ${name}`,
      server({ name }),
      `, servers[0]: name must be at most 63 letters, digits, dots, hyphens and underscores, got ${JSON.stringify(name)}`,
    );
  }
  refuses('no name', server({ name: undefined }), ', servers[0]: name must be text, got nothing');
  const need = ', servers[0]: address must be an address or a DNS name, without prefix length and port, got';
  refuses(
    'an address with a port',
    server({ address: '10.1.0.1:6443' }),
    `${need} "10.1.0.1:6443"; did you mean address: "10.1.0.1", port: 6443?`,
  );
  refuses('a range', server({ address: '10.1.0.1/32' }), `${need} "10.1.0.1/32"; did you mean "10.1.0.1"?`);
  refuses('half an address', server({ address: '10.1.0' }), `${need} "10.1.0"`);
  refuses('an address with an option behind it', server({ address: '10.1.0.1 backup' }), `${need} "10.1.0.1 backup"`);
  refuses('an address with a variable', server({ address: '"${HOST}"' }), `${need} "\\"\${HOST}\\""`);
  refuses(
    'an address that only Terraform knows',
    server({ address: '${TfToken[TOKEN.0]}' }),
    ', servers[0]: address must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"',
  );
  refuses(
    'a port that is none',
    server({ port: 0 }),
    ', servers[0]: a port must be a whole number from 1 to 65535, got 0',
  );
  refuses('a port in text', { port: '6443' }, ': a port must be a whole number from 1 to 65535, got "6443"');
  refuses(
    'a bind address with a port',
    { bindAddress: '10.1.0.100:6443' },
    ', bindAddress: address must be an address or a DNS name, without prefix length and port, got "10.1.0.100:6443"; did you mean address: "10.1.0.100", port: 6443?',
  );
  refuses(
    'checks that do not exist',
    { checks: 'tcp' },
    ': checks must be one of HaproxyChecks, got "tcp"; did you mean HaproxyChecks.READY?',
  );
  for (const caFile of ['ca.crt', '/etc/ca crt', '/etc/ca.crt check', '/etc/$CA']) {
    refuses(
      `the file ${caFile}`,
      { caFile },
      `: caFile must be an absolute path of letters, digits and . _ - + @, got ${JSON.stringify(caFile)}`,
    );
  }
  refuses(
    'an authority with the checks of the document',
    { caFile: '/etc/ca.crt', checks: HaproxyChecks.DOCUMENTED },
    ': caFile needs checks that read certificates, got HaproxyChecks.DOCUMENTED; did you mean HaproxyChecks.READY?',
  );
});
