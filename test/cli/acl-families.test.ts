import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const FILE = join(path, 'network.tf.json');

const allowed = (from_port: number, to_port: number, range: object): object => ({
  rule_no: 100,
  protocol: 'tcp',
  action: 'allow',
  from_port,
  to_port,
  ...range,
});

/** Explains HTTPS from an IPv6 address to machines in a subnet with an IPv4 range, whose network ACL allows it from a range. */
async function explained(range: object): Promise<string> {
  const resource = {
    aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: { s: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.1.0/24' } },
    aws_network_acl: {
      a: {
        vpc_id: '${aws_vpc.v.id}',
        subnet_ids: ['${aws_subnet.s.id}'],
        ingress: [allowed(443, 443, range)],
        egress: [allowed(1024, 65535, range)],
      },
    },
    aws_instance: { i: { subnet_id: '${aws_subnet.s.id}', vpc_security_group_ids: ['${aws_security_group.g.id}'] } },
    aws_security_group: {
      g: {
        name: 'g',
        vpc_id: '${aws_vpc.v.id}',
        ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, ipv6_cidr_blocks: ['::/0'] }],
      },
    },
  };
  writeFileSync(FILE, JSON.stringify({ resource }));
  const to = 'aws_security_group.g';
  return (await cli(['explain', FILE, '--from', '2001:db8::1', '--to', to, '--port', '443/tcp'])).stdout;
}

test('a network ACL without a rule for IPv6 refuses IPv6, also if its subnet has no IPv6 range', async () => {
  const stdout = await explained({ cidr_block: '0.0.0.0/0' });
  expect(stdout).toContain('The packet is refused: 443/tcp from 2001:db8::1');
  expect(stdout).toContain('The first that refuses it: network ACL aws_network_acl.a of aws_subnet.s, destination.');
});

test('a network ACL with rules for IPv6 lets IPv6 pass', async () => {
  expect(await explained({ ipv6_cidr_block: '::/0' })).toContain('The packet passes: 443/tcp from 2001:db8::1');
});
