import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AddressFamily,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  type IHostGroup,
  type IPeer,
  LinuxHosts,
  Peer,
  Port,
  type PortRow,
  type PortTable,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

const row = (name: string, port: string, family?: AddressFamily): PortRow => ({
  name,
  port: Port.parse(port),
  description: `What ${name} is for`,
  section: 'Ports',
  protocolBasis: Basis.TABLE,
  family,
});

/** A table with rows for one IP family, because they say so or because their protocol exists only in one. */
const TABLE: PortTable = {
  id: 'families',
  title: 'Ports by IP family',
  reference: 'https://wiki.example.com/families',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [
    {
      source: { id: 'client', title: 'clients' },
      destination: { id: 'server', title: 'servers' },
      rows: [
        row('both', '7100/tcp'),
        row('four', '7104/tcp', AddressFamily.IPV4),
        row('six', '7106/tcp', AddressFamily.IPV6),
        row('ping', '8/icmp'),
      ],
    },
  ],
};

const CLIENT = ['10.4.0.0/24', '2001:db8:4::/48'];
const SERVER = ['10.5.0.7/32', '2001:db8:5::7/128'];

type Machines = (stack: TerraformStack) => IHostGroup;
const ON_LINUX: Machines = () => LinuxHosts.named('servers', ...SERVER);
const ON_AWS: Machines = (stack) =>
  new AwsSecurityGroup(stack, 'servers', {
    name: 'servers',
    vpcId: 'vpc-0123456789abcdef0',
    egress: Egress.ALL,
    ipRanges: Peer.cidr(...SERVER),
  });

function written(name: string, machines: Machines, client: IPeer = Peer.named('clients', ...CLIENT)): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'prod');
  new DocumentedPortRules(stack, 'ports', { table: TABLE, roles: { client, server: machines(stack) } });
  app.synth();
  return outdir;
}

const CLOUDS: [string, Machines][] = [
  ['linux', ON_LINUX],
  ['aws', ON_AWS],
];

async function stdout(...argv: string[]): Promise<string> {
  return (await cli(argv)).stdout;
}

/** The far end of each row, by its port. */
const EXPECTED: Record<string, [source: string, destination: string]> = {
  7100: ['10.4.0.0/24, 2001:db8:4::/48', '10.5.0.7/32, 2001:db8:5::7/128'],
  7104: ['10.4.0.0/24', '10.5.0.7/32'],
  7106: ['2001:db8:4::/48', '2001:db8:5::7/128'],
  8: ['10.4.0.0/24', '10.5.0.7/32'],
};

describe.each(CLOUDS)('a row for one IP family has only the ranges of that family: %s', (name, machines) => {
  const outdir = written(name, machines);
  const label = name === 'aws' ? 'security group servers' : 'servers';

  test('matrix', async () => {
    const { flows } = JSON.parse(await stdout('matrix', outdir, '--format', 'json'));
    const found = flows.map(({ port, source, destination }: any) => [
      port.replace(/\/.*/, ''),
      [source, destination].map(({ ranges, hostGroups }) =>
        [...ranges, ...hostGroups.flatMap(({ ipRanges }: any) => ipRanges.ranges)].join(', '),
      ),
    ]);
    expect(Object.fromEntries(found)).toEqual(EXPECTED);
  });

  test.each(['csv', 'markdown', 'table'])('matrix as %s', async (format) => {
    const text = await stdout('matrix', outdir, '--format', format);
    const line = text.split('\n').find((one) => one.includes('What six is for'))!;
    expect(line).toContain('2001:db8:4::/48');
    expect(line).toContain('2001:db8:5::7/128');
    expect(line).not.toMatch(/10\.[45]\.0/);
    expect(text.split('\n').find((one) => one.includes('What both is for'))).toMatch(/10\.4\.0.*2001:db8:4::/);
  });

  test('request', async () => {
    const csv = await stdout('request', outdir, '--all', '--format', 'csv');
    const cells = [...csv.matchAll(/^[^,]*,clients,("[^"]*"|[^,]*),[^,]*,("[^"]*"|[^,]*),(\d+),/gm)];
    const found = cells.map(([, source, destination, port]) => [port, [source, destination].map(unquoted)]);
    expect(Object.fromEntries(found)).toEqual(EXPECTED);
  });

  test('request in the form of the vendor', async () => {
    const blocks = (await stdout('request', outdir, '--all')).split('\n---\n');
    const block = blocks.find((one) => /^7106\/tcp$/m.test(one))!;
    expect(block.slice(block.indexOf('SOURCE:')).trimEnd()).toBe(
      ['SOURCE:', 'clients', '2001:db8:4::/48', 'DESTINATION:', label, '2001:db8:5::7/128', '7106/tcp'].join('\n'),
    );
  });

  test('request says nothing twice, and a later request nothing new', async () => {
    const text = await stdout('request', outdir, '--since', outdir, '--all', '--format', 'csv');
    expect(text).not.toMatch(/^please/m);
  });

  test('verify tries a port only at the IP addresses of its family', async () => {
    const script = await stdout('verify', outdir, '--as', 'client', '--script');
    expect([...script.matchAll(/^check (\S+ \d+)/gm)].map(([, tried]) => tried).sort()).toEqual([
      '10.5.0.7 7100',
      '10.5.0.7 7104',
      '2001:db8:5::7 7100',
      '2001:db8:5::7 7106',
    ]);
  });

  test('verify does not try it at a machine of the other family', async () => {
    const script = await stdout('verify', outdir, '--as', 'client', '--script', '--hosts', 'server=10.5.0.7');
    expect([...script.matchAll(/^check (\S+ \d+)/gm)].map(([, tried]) => tried).sort()).toEqual([
      '10.5.0.7 7100',
      '10.5.0.7 7104',
    ]);
    expect(script).toContain(
      `7106/tcp to ${label}, What six is for: it is only for IPv6, and no IPv6 address of ${label} is given`,
    );
  });

  test('explain passes it, or knows that it is asked for, only in its family', async () => {
    const yes = name === 'aws' ? 'passes' : 'asked for, not known to be open';
    const no = name === 'aws' ? 'refused' : 'not known';
    const verdicts = async (from: string, to: string): Promise<string[]> => {
      const ports = ['7100/tcp', '7104/tcp', '7106/tcp'];
      const all = ports.map((port) =>
        stdout('explain', outdir, '--from', from, '--to', to, '--port', port, '--format', 'json'),
      );
      return (await Promise.all(all)).map((text) => JSON.parse(text).verdict);
    };
    expect(await verdicts('10.4.0.1', '10.5.0.7')).toEqual([yes, yes, no]);
    expect(await verdicts('2001:db8:4::1', '2001:db8:5::7')).toEqual([yes, no, yes]);
  });
});

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}

test('a picture says of which family a port is', async () => {
  const dot = await stdout('diagram', written('picture', ON_LINUX), '--format', 'dot');
  const text = dot.replaceAll(/<[^<>]*>|\\[nlr]/g, ' ').replaceAll(/\s+/g, ' ');
  expect(text).toContain('7104/tcp (IPv4 only) What four is for');
  expect(text).toContain('7106/tcp (IPv6 only) What six is for');
  expect(text).toContain('7100/tcp What both is for');
});

test('the firewall of the machine accepts the same', async () => {
  const rules = await stdout('host-rules', written('host', ON_LINUX), '--role', 'server', '--for', 'nftables');
  expect([...rules.matchAll(/^ *(ip6? saddr .*) accept$/gm)].map(([, rule]) => rule)).toEqual([
    'ip saddr 10.4.0.0/24 tcp dport 7100',
    'ip6 saddr 2001:db8:4::/48 tcp dport 7100',
    'ip saddr 10.4.0.0/24 tcp dport 7104',
    'ip6 saddr 2001:db8:4::/48 tcp dport 7106',
    'ip saddr 10.4.0.0/24 icmp type 8',
  ]);
});

test('diff has no packet between IP addresses of two families', async () => {
  const [before, after] = ['before', 'after'].map((name) =>
    written(name, () => LinuxHosts.named('servers', ...(name === 'before' ? ['10.9.0.7/32'] : SERVER))),
  );
  const { changes } = JSON.parse(await stdout('diff', before, after, '--format', 'json'));
  const requested = changes.filter(({ kind }: any) => kind === 'requested');
  const found = requested.flatMap(({ group, after: now }: any) =>
    now.flatMap(({ ports, peer }: any) => ports.map((port: string) => `${port} ${peer} to ${group}`)),
  );
  expect(found.sort()).toEqual([
    '7100/tcp 10.4.0.0/24 to machines:10.5.0.7/32',
    '7100/tcp 2001:db8:4::/48 to machines:2001:db8:5::7/128',
    '7104/tcp 10.4.0.0/24 to machines:10.5.0.7/32',
    '7106/tcp 2001:db8:4::/48 to machines:2001:db8:5::7/128',
    '8/icmp 10.4.0.0/24 to machines:10.5.0.7/32',
  ]);
});

test('a report has the ranges of the family in each row', async () => {
  const outdir = written('report', ON_LINUX);
  const file = join(outdir, 'report.html');
  await cli(['report', outdir, '--output', file]);
  const html = readFileSync(file, 'utf8');
  const rows = [...html.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].map(([text]) => text.replaceAll(/<[^>]*>/g, ' '));
  const six = rows.filter((text) => text.includes('What six is for'));
  expect(six.length).toBeGreaterThan(0);
  six.forEach((text) => expect(text).not.toMatch(/10\.[45]\.0/));
});
