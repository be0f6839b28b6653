import { checkPlan, type CheckPlan } from '../../lib/checks/check-plan';
import type { ErrorCode } from '../../lib/input';
import { Port } from '../../lib/net/port';
import { machineNames } from '../../lib/provenance/machine-names';
import type { TracedFlow, TracedPeer } from '../../lib/provenance/traced-flow';
import { expectRefusal } from '../support/refusals';
import { flow, peer } from '../support/traced';

const place = 'verify';
const as = 'client';

/** Returns a line for every endpoint that is tried, and for every flow that is not. */
function lines({ endpoints, notCheckable }: CheckPlan): string[] {
  return [
    ...endpoints.map(({ host, port, flows }) => `${host} ${port} for ${flows.length}`),
    ...notCheckable.map(({ flow: { port }, reason }) => `${String(port)}: ${reason}`),
  ];
}

test('tries single IP addresses, and each port once even if several flows need it', () => {
  const destination = peer('servers', '10.2.0.7/32', '2001:db8::7/128');
  const flows = [
    flow({ destination, port: Port.tcpRange(2379, 2380) }),
    flow({ destination, port: Port.tcp(2379) }),
    flow({ sourceRole: { id: 'other', title: 'Other machines' }, destination: peer('x', '10.9.0.1/32') }),
  ];
  expect(lines(checkPlan(flows, { as, place }))).toEqual([
    '10.2.0.7 2379 for 2',
    '10.2.0.7 2380 for 1',
    '2001:db8::7 2379 for 2',
    '2001:db8::7 2380 for 1',
  ]);
});

test('lists ranges, unknown IP addresses, UDP and long port ranges with the reason, and does not try them', () => {
  const destination = peer('server', '10.2.0.7/32');
  const flows = [
    flow({ port: Port.tcp(80) }),
    flow({ destination, port: Port.udp(8472) }),
    flow({ destination, port: Port.tcpRange(30000, 30016) }),
    flow({ destination: { ...peer('db'), references: ['aws_instance.db.private_ip'] } }),
    flow({ destination: peer('security group workers') }),
  ];
  expect(lines(checkPlan(flows, { as, place }))).toEqual([
    '80/tcp: 10.2.0.0/28 is more than one IP address: name its machines with --hosts',
    '8472/udp: UDP gives no answer that tells open from closed',
    '30000-30016/tcp: port ranges of more than 16 ports are not tried',
    '443/tcp: the IP ranges of db are known after apply: name its machines with --hosts',
    '443/tcp: the IP ranges of security group workers are missing: name its machines with --hosts',
  ]);
});

test('takes hosts by the label or the role of their destination', () => {
  const plan = (hosts: Record<string, string[]>): string[] => lines(checkPlan([flow()], { as, place, hosts }));
  expect(plan({ servers: ['10.2.0.3', 'web.example.com'] })).toEqual([
    '10.2.0.3 443 for 1',
    'web.example.com 443 for 1',
  ]);
  expect(plan({ server: ['web-1'] })).toEqual(['web-1 443 for 1']);
});

/** A flow between host groups, as it is read from a stack. */
function flowOfGroups(stack: string): TracedFlow {
  const group = (name: string, id: string): TracedPeer => {
    const label = `security group ${name}`;
    const names = machineNames(label, { kind: 'sg', value: `\${aws_security_group.${id}.id}` });
    const ipRanges = { ranges: peer('x', name === 'workers' ? '10.20.1.0/24' : '10.8.0.0/28').ranges, references: [] };
    return { ...peer(label), stack, hostGroups: [{ cloud: 'aws', label, names, ipRanges }] };
  };
  return flow({ stack, source: group('workers', 'w'), destination: group('mongodb', 'm') });
}

test.each([
  'client',
  'security group workers',
  'workers',
  'sg:aws_security_group.w',
  'aws_security_group.w',
  '10.20.1.7',
])('takes the role or a name of the machine that checks: %s', (name) => {
  const given = { hosts: { mongodb: ['10.8.0.4'] }, place };
  const flows = [flowOfGroups('dev'), flow({ sourceRole: { id: 'other', title: 'Other machines' } })];
  expect(lines(checkPlan(flows, { as: name, ...given }))).toEqual(['10.8.0.4 443 for 1']);
});

test.each(['mongodb', 'security group mongodb', 'aws_security_group.m', '10.8.0.4', 'dev/mongodb'])(
  'takes hosts by each name of their destination: %s',
  (name) => {
    const plan = checkPlan([flowOfGroups('dev')], { as, place, hosts: { [name]: ['10.8.0.4'] } });
    expect(lines(plan)).toEqual(['10.8.0.4 443 for 1']);
  },
);

test('fails for a name of machines of several stacks, and takes it with its stack', () => {
  const flows = ['dev', 'live'].map(flowOfGroups);
  const plan = (name: string): CheckPlan => checkPlan(flows, { as, place, hosts: { [name]: ['10.8.0.4'] } });
  expectRefusal(() => plan('mongodb'), 'group-ambiguous');
  const [checked, notChecked] = [plan('live/mongodb').endpoints, plan('live/mongodb').notCheckable];
  expect([checked.length, notChecked.map((one) => one.flow.stack)]).toEqual([1, ['dev']]);
});

test('fails if no flow starts at the role', () => {
  expectRefusal(() => checkPlan([flow()], { as: 'cleint', place }), 'role-unknown');
  expectRefusal(() => checkPlan([], { as: 'x', place }), 'flows-missing');
});

test.each<[Record<string, string[]>, ErrorCode]>([
  [{ serverz: ['web'] }, 'destination-unknown'],
  [{ servers: ['-oProxyCommand=x'] }, 'host-invalid'],
  [{ servers: ['a b'] }, 'host-invalid'],
  [{ servers: ['10.3.0.1'] }, 'host-outside-ranges'],
])('fails if hosts do not belong to a destination: %j', (hosts, code) => {
  expectRefusal(() => checkPlan([flow()], { as, place, hosts }), code);
});
