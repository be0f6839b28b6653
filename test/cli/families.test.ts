import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const REMARK = 'no packets: in the code, these ends have IP addresses of different families';

/** Writes a stack in which all IPv4 is denied, and what rules allow from a tag, from everywhere and from another tag. */
function written(ranges: readonly string[] | undefined): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  const [platform, prometheus] = ['platform', 'prometheus'].map((tag) =>
    new GcpFirewall({ network: 'prod' }).networkTag(tag, ranges && { ipRanges: Peer.cidr(...ranges) }),
  );
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as {
    resource: { google_compute_firewall: Record<string, object> };
  };
  const own = { network: 'prod', target_tags: ['prometheus'] };
  Object.assign(json.resource.google_compute_firewall, {
    deny: { ...own, name: 'deny', priority: 900, source_ranges: ['0.0.0.0/0'], deny: [{ protocol: 'tcp' }] },
    world: { ...own, name: 'world', source_ranges: ['::/0'], allow: [{ protocol: 'tcp', ports: ['22'] }] },
    other: { ...own, name: 'other', source_tags: ['other'], allow: [{ protocol: 'udp', ports: ['53'] }] },
  });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function shown(ranges?: readonly string[]): Promise<string[]> {
  const { stdout } = await cli(['show', written(ranges), '--format', 'json']);
  const { rows } = JSON.parse(stdout) as {
    rows: { port: string; from: string; isWithoutPackets?: true }[];
  };
  const table = (await cli(['show', written(ranges)])).stdout;
  expect(table.includes(REMARK)).toBe(rows.some(({ isWithoutPackets }) => isWithoutPackets));
  return rows.map(({ port, from, isWithoutPackets }) => `${port} ${from}${isWithoutPackets ? ': no packets' : ''}`);
}

test('show says of which rows there are no packets, because machines have only IPv4', async () => {
  expect(await shown(['10.70.0.0/24'])).toEqual([
    '22/tcp ::/0: no packets',
    '53/udp tag:other',
    '9090/tcp tag:platform over IPv6: no packets',
  ]);
});

test.each([[undefined], [['10.70.0.0/24', '2001:db8::/64']]])(
  'show says nothing if they may have both: %j',
  async (ranges) => {
    expect(await shown(ranges)).toEqual(['22/tcp ::/0', '53/udp tag:other', '9090/tcp tag:platform over IPv6']);
  },
);

/** Writes a stack in which a document asks for a port from IPv6 only to machines with IPv4 only, and a rule of the user opens one to it. */
function withoutPackets(ipRanges: readonly string[]): string {
  const app = new App({ outdir: join(path, `without-${ipRanges.length}`), skipValidation: true });
  const stack = new TerraformStack(app, 'prod');
  const prometheus = new AwsSecurityGroup(stack, 'prometheus', {
    name: 'prometheus',
    vpcId: 'vpc-0123456789abcdef0',
    egress: Egress.DOCUMENTED,
    ipRanges: Peer.cidr(...ipRanges),
  });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidrIpv6('2001:db8:1::/48'), prometheus });
  new VpcSecurityGroupIngressRule(stack, 'ssh', {
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    cidrIpv6: '::/0',
    securityGroupId: prometheus.securityGroupId,
  });
  app.synth();
  return join(path, `without-${ipRanges.length}`);
}

/** The commands that list each port by itself, and how often they say it: once for the document's port, once for the other. */
const SAYING: [counts: number, ...argv: string[]][] = [
  [2, 'show'],
  [2, 'matrix'],
  [2, 'matrix', '--format', 'markdown'],
  [2, 'matrix', '--format', 'csv'],
  [2, 'diagram'],
  [1, 'request', '--all'],
  [1, 'request', '--all', '--format', 'markdown'],
  [1, 'request', '--all', '--format', 'csv'],
  [1, 'commands'],
  [1, 'verify', '--as', 'platform'],
];

test.each(SAYING)('%d ports without packets have this remark in %s', async (count, command, ...options) => {
  const saying = async (ranges: readonly string[]): Promise<number> => {
    const { stdout } = await cli([command, withoutPackets(ranges), ...options]);
    return stdout.replaceAll(/\s|\\[nlr]|<br[^>]*>/gi, '').match(/nopackets:inthecode/gi)?.length ?? 0;
  };
  expect([await saying(['10.70.0.0/24']), await saying(['10.70.0.0/24', '2001:db8:7::/64'])]).toEqual([count, 0]);
});

test('explain refuses them', async () => {
  const outdir = withoutPackets(['10.70.0.0/24']);
  for (const asked of [
    ['--from', '2001:db8:1::9', '--port', '9090/tcp'],
    ['--from', '2001:db8:9::9', '--port', '22/tcp'],
  ]) {
    const { stdout } = await cli([
      'explain',
      outdir,
      '--to',
      'security group prometheus',
      ...asked,
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'refused' });
  }
});
