import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
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
