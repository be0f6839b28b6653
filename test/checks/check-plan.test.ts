import { checkPlan, type CheckPlan } from '../../lib/checks/check-plan';
import { Port } from '../../lib/model/port';
import { expectRefusal } from '../support/refusals';
import { flow, peer } from '../support/traced';

const place = 'verify';
const as = 'client';

/** What is tried and what is not, as lines. */
function lines({ endpoints, notCheckable }: CheckPlan): string[] {
  return [
    ...endpoints.map(({ host, port, flows }) => `${host} ${port} for ${flows.length}`),
    ...notCheckable.map(({ flow: { port }, reason }) => `${String(port)}: ${reason}`),
  ];
}

test('single addresses are tried, each port once, whatever asks for it', () => {
  const destination = peer('servers', '10.2.0.7/32', '2001:db8::7/128');
  const flows = [
    flow({ destination, port: Port.tcpRange(2379, 2380) }),
    flow({ destination, port: Port.tcp(2379) }),
    flow({ sourceRole: { id: 'other', title: 'Others' }, destination: peer('x', '10.9.0.1/32') }),
  ];
  expect(lines(checkPlan(flows, { as, place }))).toEqual([
    '10.2.0.7 2379 for 2',
    '10.2.0.7 2380 for 1',
    '2001:db8::7 2379 for 2',
    '2001:db8::7 2380 for 1',
  ]);
});

test('ranges, unknown addresses, UDP and long ranges of ports are not tried, and listed with the reason', () => {
  const destination = peer('server', '10.2.0.7/32');
  const flows = [
    flow({ port: Port.tcp(80) }),
    flow({ destination, port: Port.udp(8472) }),
    flow({ destination, port: Port.tcpRange(30000, 30016) }),
    flow({ destination: { ...peer('db'), references: ['aws_instance.db.private_ip'] } }),
    flow({ destination: peer('security group workers') }),
  ];
  expect(lines(checkPlan(flows, { as, place }))).toEqual([
    '80/tcp: 10.2.0.0/28 is more than one address: name its hosts',
    '8472/udp: UDP gives no answer that tells open from closed',
    '30000-30016/tcp: more than 16 ports are not tried one by one',
    '443/tcp: the addresses of db are known to Terraform alone: name its hosts',
    '443/tcp: the addresses of security group workers are not known: name its hosts',
  ]);
});

test('hosts are given by the label or the role of their destination', () => {
  const plan = (hosts: Record<string, string[]>): string[] => lines(checkPlan([flow()], { as, place, hosts }));
  expect(plan({ servers: ['10.2.0.3', 'web.example.com'] })).toEqual([
    '10.2.0.3 443 for 1',
    'web.example.com 443 for 1',
  ]);
  expect(plan({ server: ['web-1'] })).toEqual(['web-1 443 for 1']);
});

test('fails when the role opens no connection', () => {
  expectRefusal(
    () => checkPlan([flow()], { as: 'cleint', place }),
    'verify: the role must be one that opens connections: client, got "cleint"; did you mean "client"?',
  );
  expectRefusal(
    () => checkPlan([], { as: 'x', place }),
    'verify: the role must be one that opens connections: there is none, got "x"',
  );
});

test.each([
  [
    { serverz: ['web'] },
    'hosts must be those of a destination: server, servers, got "serverz"; did you mean "servers"?',
  ],
  [{ servers: ['-oProxyCommand=x'] }, 'a host must be a name or an address, got "-oProxyCommand=x"'],
  [{ servers: ['a b'] }, 'a host must be a name or an address, got "a b"'],
  [{ servers: ['10.3.0.1'] }, 'a host of servers must be within 10.2.0.0/28, got 10.3.0.1'],
])('fails when hosts are not those of a destination: %j', (hosts, sentence) => {
  expectRefusal(() => checkPlan([flow()], { as, place, hosts }), `verify: ${sentence}`);
});
