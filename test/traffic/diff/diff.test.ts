import { diff } from '../../../lib/traffic/diff/diff';
import type { Change, Reach } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

interface GroupRule {
  readonly cidr?: string;
  readonly from?: string;
  readonly ports?: [number, number];
  readonly group?: string;
  readonly protocol?: string;
}

function aws(...rules: GroupRule[]): any {
  const resources = rules.map(({ cidr, from, ports = [443, 443], group = 'sg-aaaaaaaa', protocol = 'tcp' }, index) => [
    `rule${index}`,
    {
      security_group_id: group,
      ip_protocol: protocol,
      ...(protocol === '-1' ? {} : { from_port: ports[0], to_port: ports[1] }),
      ...(cidr === undefined ? {} : cidr.includes(':') ? { cidr_ipv6: cidr } : { cidr_ipv4: cidr }),
      ...(from === undefined ? {} : { referenced_security_group_id: from }),
    },
  ]);
  return { resource: { aws_vpc_security_group_ingress_rule: Object.fromEntries(resources) } };
}

function changes(before: unknown, after: unknown): readonly Change[] {
  return diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json')).changes;
}

function lines(before: unknown, after: unknown): string[] {
  return changes(before, after).map(({ kind, group, movedFrom, before: was, after: now, isWorld, witness }) => {
    const plain = ({ ports, peer }: Pick<Reach, 'ports' | 'peer'>): string => `${ports.join(',')} ${peer}`;
    const one = ({ except = [], ...reach }: Reach): string =>
      plain(reach) + (except.length === 0 ? '' : ` not ${except.map(plain).join(', ')}`);
    const text = (reaches: readonly Reach[]): string => reaches.map(one).join(' + ');
    const where = movedFrom === undefined ? group : `${movedFrom} > ${group}`;
    const packet = `${witness.port} ${witness.peer}${witness.address}`;
    return `${kind}${isWorld ? ' to the world' : ''} at ${where}: ${text(was)} > ${text(now)} (${packet})`;
  });
}

const AT = 'at sg:sg-aaaaaaaa';

test.each([
  [
    'the order',
    aws({ cidr: '10.0.0.0/8' }, { cidr: '10.9.0.0/16', ports: [80, 80] }),
    aws({ cidr: '10.9.0.0/16', ports: [80, 80] }, { cidr: '10.0.0.0/8' }),
  ],
  ['the spelling of a range', aws({ cidr: '2001:DB8::/32' }), aws({ cidr: '2001:0db8:0000::/32' })],
  ['the spelling of a protocol', aws({ cidr: '10.0.0.0/8' }), aws({ cidr: '10.0.0.0/8', protocol: '6' })],
  ['the splitting of ranges', aws({ cidr: '10.0.0.0/8' }), aws({ cidr: '10.0.0.0/9' }, { cidr: '10.128.0.0/9' })],
  [
    'the splitting of ports',
    aws({ cidr: '10.0.0.0/8', ports: [80, 90] }),
    aws({ cidr: '10.0.0.0/8', ports: [85, 90] }, { cidr: '10.0.0.0/8', ports: [80, 84] }),
  ],
  [
    'a rule for traffic that is open already',
    aws({ cidr: '10.0.0.0/8' }),
    aws({ cidr: '10.0.0.0/8' }, { cidr: '10.9.0.0/16' }),
  ],
])('%s makes no difference', (_what, before, after) => {
  expect(changes(before, after)).toEqual([]);
  expect(changes(after, before)).toEqual([]);
});

test.each([
  [
    'a new port has opened',
    aws(),
    aws({ cidr: '10.0.0.0/8' }),
    [`opened ${AT}:  > 443/tcp 10.0.0.0/8 (443/tcp 10.0.0.0)`],
  ],
  [
    'a removed port has closed',
    aws({ cidr: '10.0.0.0/8' }),
    aws(),
    [`closed ${AT}: 443/tcp 10.0.0.0/8 >  (443/tcp 10.0.0.0)`],
  ],
  [
    'a smaller range has narrowed',
    aws({ cidr: '10.0.0.0/8' }),
    aws({ cidr: '10.1.0.0/16' }),
    [`narrowed ${AT}: 443/tcp 10.0.0.0/8 > 443/tcp 10.1.0.0/16 (443/tcp 10.0.0.0)`],
  ],
  [
    'a larger range has widened',
    aws({ cidr: '10.1.0.0/16' }, { cidr: '10.3.0.0/16' }),
    aws({ cidr: '10.0.0.0/8' }),
    [`widened ${AT}: 443/tcp 10.1.0.0/16 + 443/tcp 10.3.0.0/16 > 443/tcp 10.0.0.0/8 (443/tcp 10.0.0.0)`],
  ],
  [
    'more ports for the same range have widened',
    aws({ cidr: '10.1.0.0/16' }),
    aws({ cidr: '10.1.0.0/16', ports: [443, 450] }),
    [`widened ${AT}: 443/tcp 10.1.0.0/16 > 443-450/tcp 10.1.0.0/16 (444/tcp 10.1.0.0)`],
  ],
  [
    'a second range in addition to the first has opened',
    aws({ cidr: '10.1.0.0/16' }),
    aws({ cidr: '10.1.0.0/16' }, { cidr: '192.168.0.0/16' }),
    [`opened ${AT}:  > 443/tcp 192.168.0.0/16 (443/tcp 192.168.0.0)`],
  ],
  [
    'a range that replaces the first has opened, and the first has closed',
    aws({ cidr: '10.1.0.0/16' }),
    aws({ cidr: '10.2.0.0/16' }),
    [
      `opened ${AT}:  > 443/tcp 10.2.0.0/16 (443/tcp 10.2.0.0)`,
      `closed ${AT}: 443/tcp 10.1.0.0/16 >  (443/tcp 10.1.0.0)`,
    ],
  ],
  [
    'an equal rule for a different group has moved',
    aws({ cidr: '10.1.0.0/16' }),
    aws({ cidr: '10.1.0.0/16', group: 'sg-bbbbbbbb' }),
    ['moved at sg:sg-aaaaaaaa > sg:sg-bbbbbbbb: 443/tcp 10.1.0.0/16 > 443/tcp 10.1.0.0/16 (443/tcp 10.1.0.0)'],
  ],
  [
    'two halves of the world are the world',
    aws({ cidr: '0.0.0.0/1' }),
    aws({ cidr: '0.0.0.0/1' }, { cidr: '128.0.0.0/1' }),
    [`widened to the world ${AT}: 443/tcp 0.0.0.0/1 > 443/tcp 0.0.0.0/0 (443/tcp 128.0.0.0)`],
  ],
  [
    'traffic from a group is one change for both families',
    aws(),
    aws({ from: 'sg-cccccccc' }),
    [`opened ${AT}:  > 443/tcp sg:sg-cccccccc (443/tcp sg:sg-cccccccc0.0.0.0)`],
  ],
  [
    'a rule for all ports does not hide that one port closes for a different range',
    aws({ cidr: '10.0.0.0/8', protocol: '-1' }, { cidr: '192.168.0.0/16' }),
    aws({ cidr: '10.0.0.0/8', protocol: '-1' }),
    [`closed ${AT}: 443/tcp 192.168.0.0/16 >  (443/tcp 192.168.0.0)`],
  ],
])('%s', (_what, before, after, expected) => {
  expect(lines(before, after)).toEqual(expected);
});

test('a deny that is evaluated first closes what is still allowed', () => {
  const allow = {
    name: 'allow',
    network: 'prod',
    source_ranges: ['10.0.0.0/8'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
  };
  const deny = {
    name: 'deny',
    network: 'prod',
    source_ranges: ['10.9.0.0/16'],
    priority: 900,
    deny: [{ protocol: 'all' }],
  };
  const firewalls = (all: Record<string, unknown>): unknown => ({ resource: { google_compute_firewall: all } });
  const [change, ...others] = changes(firewalls({ allow }), firewalls({ allow, deny }));
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    kind: 'narrowed',
    network: 'prod',
    group: 'all-instances',
    before: [{ ports: ['22/tcp'], peer: '10.0.0.0/8' }],
  });
  expect(change.witness).toEqual({
    direction: 'ingress',
    port: '22/tcp',
    group: 'all-instances',
    peer: '',
    address: '10.9.0.0',
    family: 'ipv4',
    network: 'prod',
  });
});

test('a change names the rule that allows its witness, and the document that asks for that rule', () => {
  const after = aws({ cidr: '10.1.0.0/16', ports: [6443, 6443] });
  after.resource.aws_vpc_security_group_ingress_rule.rule0.description =
    'Kubernetes API server [kubeadm-flannel@2024-12/worker-to-control-plane/api-server]';
  expect(changes(aws(), after)[0].rules).toEqual([
    {
      address: 'aws_vpc_security_group_ingress_rule.rule0',
      file: 'after.json',
      action: 'allow',
      description: 'Kubernetes API server [kubeadm-flannel@2024-12/worker-to-control-plane/api-server]',
      documentedBy: [
        {
          row: 'kubeadm-flannel@2024-12/worker-to-control-plane/api-server',
          document: 'kubeadm-flannel@2024-12',
          section: 'Port Requirements of Kubernetes Master Servers',
          reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
        },
      ],
    },
  ]);
});

test('counts the changes of each kind', () => {
  const { counts, world } = diff(
    readTerraform(aws(), 'a'),
    readTerraform(aws({ cidr: '0.0.0.0/0' }, { cidr: '::/0' }), 'b'),
  );
  expect(counts).toMatchObject({ opened: 2, widened: 0, moved: 0, narrowed: 0, closed: 0 });
  expect(world).toBe(2);
});

/** A rule that allows ports of everybody, next to one that denies a port, or all ports, of one address. */
function besideDeny(ports: string, denied: string[], source = '0.0.0.0/0', exception = '10.0.0.5/32'): any {
  const network = 'projects/host/global/networks/prod';
  return {
    resource: {
      google_compute_firewall: {
        allowing: { name: 'a', network, source_ranges: [source], allow: [{ protocol: 'tcp', ports: [ports] }] },
        denying: {
          name: 'd',
          network,
          priority: 900,
          source_ranges: [exception],
          deny: [{ protocol: 'tcp', ports: denied }],
        },
      },
    },
  };
}

test.each([
  [
    'a deny of all ports',
    besideDeny('1000-1010', []),
    besideDeny('1000-1017', []),
    '1000-1010/tcp 0.0.0.0/0 except 10.0.0.5/32 > 1000-1017/tcp 0.0.0.0/0 except 10.0.0.5/32',
  ],
  [
    'a deny of one of the ports',
    besideDeny('1000-1010', ['1003']),
    besideDeny('1000-1017', ['1003']),
    '1004-1010/tcp 0.0.0.0/0 > 1004-1017/tcp 0.0.0.0/0',
  ],
  [
    'a deny in IPv6',
    besideDeny('1000-1010', [], '::/0', '2001:db8::5/128'),
    besideDeny('1000-1017', [], '::/0', '2001:db8::5/128'),
    '1000-1010/tcp ::/0 except 2001:db8::5/128 > 1000-1017/tcp ::/0 except 2001:db8::5/128',
  ],
])('ports that grow next to %s are one row', (_what, before, after, row) => {
  const found = lines(before, after);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(row);
  expect(lines(after, before)).toHaveLength(1);
});

test.each([
  [
    'of one address',
    besideDeny('22', ['25'], '10.0.0.0/8', '10.1.0.0/16'),
    besideDeny('22-29', ['25'], '10.0.0.0/8', '10.1.0.0/16'),
    'widened at all-instances: 22/tcp 10.0.0.0/8 > 22-29/tcp 10.0.0.0/8 not 25/tcp 10.1.0.0/16 (23/tcp 10.0.0.0)',
    'narrowed at all-instances: 22-29/tcp 10.0.0.0/8 not 25/tcp 10.1.0.0/16 > 22/tcp 10.0.0.0/8 (23/tcp 10.0.0.0)',
  ],
  [
    'of everybody',
    besideDeny('22', ['25'], '10.0.0.0/8', '10.0.0.0/8'),
    besideDeny('22-29', ['25'], '10.0.0.0/8', '10.0.0.0/8'),
    'widened at all-instances: 22/tcp 10.0.0.0/8 > 22-29/tcp 10.0.0.0/8 not 25/tcp 10.0.0.0/8 (23/tcp 10.0.0.0)',
    'narrowed at all-instances: 22-29/tcp 10.0.0.0/8 not 25/tcp 10.0.0.0/8 > 22/tcp 10.0.0.0/8 (23/tcp 10.0.0.0)',
  ],
  [
    'at the old port',
    besideDeny('22', ['22'], '10.0.0.0/8', '10.1.0.0/16'),
    besideDeny('22-29', ['22'], '10.0.0.0/8', '10.1.0.0/16'),
    'widened at all-instances: 22/tcp 10.0.0.0/8 except 10.1.0.0/16 > 22-29/tcp 10.0.0.0/8 not 22/tcp 10.1.0.0/16 (23/tcp 10.0.0.0)',
    'narrowed at all-instances: 22-29/tcp 10.0.0.0/8 not 22/tcp 10.1.0.0/16 > 22/tcp 10.0.0.0/8 except 10.1.0.0/16 (23/tcp 10.0.0.0)',
  ],
  [
    'at two of the ports',
    besideDeny('22-26', ['25', '28'], '0.0.0.0/0', '10.1.0.0/16'),
    besideDeny('22-29', ['25', '28'], '0.0.0.0/0', '10.1.0.0/16'),
    'widened to the world at all-instances: 22-26/tcp 0.0.0.0/0 not 25/tcp 10.1.0.0/16 > ' +
      '22-29/tcp 0.0.0.0/0 not 25/tcp 10.1.0.0/16, 28/tcp 10.1.0.0/16 (27/tcp 0.0.0.0)',
    'narrowed at all-instances: 22-29/tcp 0.0.0.0/0 not 25/tcp 10.1.0.0/16, 28/tcp 10.1.0.0/16 > ' +
      '22-26/tcp 0.0.0.0/0 not 25/tcp 10.1.0.0/16 (27/tcp 0.0.0.0)',
  ],
])('ports that grow around a deny %s are one row', (_what, before, after, widened, narrowed) => {
  expect(lines(before, after)).toEqual([widened]);
  expect(lines(after, before)).toEqual([narrowed]);
});

test('a deny of a few addresses at a few ports leaves the rest of the rule', () => {
  const without = besideDeny('22-29', ['99'], '10.0.0.0/8', '10.1.0.0/16');
  const denied = besideDeny('22-29', ['25'], '10.0.0.0/8', '10.1.0.0/16');
  const rest = '22-29/tcp 10.0.0.0/8 not 25/tcp 10.1.0.0/16';
  expect(lines(without, denied)).toEqual([
    `narrowed at all-instances: 22-29/tcp 10.0.0.0/8 > ${rest} (25/tcp 10.1.0.0)`,
  ]);
  expect(lines(denied, without)).toEqual([
    `widened at all-instances: ${rest} > 22-29/tcp 10.0.0.0/8 (25/tcp 10.1.0.0)`,
  ]);
});
