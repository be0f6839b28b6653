import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  DocumentedHostnameRules,
  ExternalProxy,
  GcpSecureWebProxy,
  LinuxDistribution,
  Peer,
  Port,
} from '../../lib';
import '../../lib/testing';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { cli, temporaryDirectory } from '../support/cli';

type Json = any;

const { path } = temporaryDirectory();

/** A stack whose constructs omit hostnames, each through a different filter; in some tests another construct allows one of them. */
function omitting(more: (stack: TerraformStack) => void = () => undefined): Json {
  const stack = new TerraformStack(new App({ outdir: join(path, 'prod'), skipValidation: true }), 'prod');
  const through = new GcpSecureWebProxy({ location: 'europe-west3', policy: 'blue' });
  new ApinizerInstallationHostnames(stack, 'gcp', { through, omit: ['ubuntu-packages'] });
  new ApinizerInstallationHostnames(stack, 'on-premises', {
    through: ExternalProxy.named('proxy', { clients: Peer.named('racks', '10.9.0.0/24') }),
    omit: ['mongodb-org'],
  });
  new ApinizerInstallationHostnames(stack, 'aws', {
    through: new AwsNetworkFirewallRuleGroup({ clients: Peer.named('subnets', '10.20.0.0/16') }),
    omit: ['docker-com'],
    distribution: LinuxDistribution.UBUNTU,
  });
  more(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

const OMITTING = omitting();

function written(json: Json): string {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function run([name, ...others]: readonly string[], json: Json = OMITTING): Promise<string> {
  return (await cli([name, written(json), ...others])).stdout;
}

const BEHIND = 'machines behind Secure Web Proxy';
/** Who may not connect where, and who omits it: one line for each port. */
const OMITTED = [
  [BEHIND, 'archive.ubuntu.com', '443/tcp', 'prod/gcp'],
  [BEHIND, 'archive.ubuntu.com', '80/tcp', 'prod/gcp'],
  ['racks', '*.mongodb.org', '443/tcp', 'prod/on-premises'],
  ['subnets', '*.docker.com', '443/tcp', 'prod/aws'],
] as const;

test('provenance has the hostnames that the user omits, and not those of other distributions', () => {
  const { omittedHostnames } = OMITTING['//'].metadata.clusterPorts;
  expect(omittedHostnames.map(({ row, through, construct }: Json) => [row, through, construct])).toEqual([
    ['ubuntu-packages', 'Secure Web Proxy', 'prod/gcp'],
    ['mongodb-org', 'proxy', 'prod/on-premises'],
    ['docker-com', 'AWS Network Firewall', 'prod/aws'],
  ]);
  for (const omitted of omittedHostnames) expect(omitted).not.toHaveProperty('rules');
});

test('matrix lists each omitted hostname, which nobody opens, in every format', async () => {
  const { omitted, hostnames } = JSON.parse(await run(['matrix', '--format', 'json']));
  expect(
    omitted.map(({ source, destination, port, construct }: Json) => [source.label, destination.label, port, construct]),
  ).toEqual(OMITTED);
  expect(omitted.map(({ hostname, through, row, external }: Json) => [hostname, through, row, external])).toEqual([
    ...[1, 2].map(() => ['archive.ubuntu.com', 'Secure Web Proxy', `${TABLE}/ubuntu-packages`, undefined]),
    ['*.mongodb.org', 'proxy', `${TABLE}/mongodb-org`, true],
    ['*.docker.com', 'AWS Network Firewall', `${TABLE}/docker-com`, undefined],
  ]);
  expect(hostnames.filter(({ construct }: Json) => construct === 'prod/gcp')).not.toContainEqual(
    expect.objectContaining({ hostname: 'archive.ubuntu.com' }),
  );
  for (const format of [[], ['--format', 'csv'], ['--format', 'markdown']]) {
    const lines = (await run(['matrix', ...format])).split('\n').filter((line) => line.includes('nobody: omitted by'));
    expect(lines).toHaveLength(4);
    OMITTED.forEach((texts, at) => {
      for (const text of texts) expect(lines[at].replace(/[\\`]/g, '')).toContain(text);
    });
  }
});

const TABLE = 'apinizer-installation-hosts@2024-12';

test.each(['text', 'markdown', 'csv'])(
  'a request in %s says which hostname is omitted and not asked for',
  async (format) => {
    const text =
      'not asked for: 443/tcp from racks through proxy to *.mongodb.org: Outbound access by name, omitted by';
    const stdout = (await run(['request', '--format', format])).replace(/[\\`]/g, '');
    expect(stdout).toContain(text);
    expect(stdout).not.toContain('archive.ubuntu.com: Outbound access by name, omitted');
    const all = (await run(['request', '--format', format, '--all'])).replace(/[\\`]/g, '');
    expect(all).toContain(text);
    expect(all).toContain(
      `not opened: 80/tcp from ${BEHIND} to archive.ubuntu.com: Outbound access by name, omitted by`,
    );
    expect(all).toContain('not opened: 443/tcp from subnets through AWS Network Firewall to *.docker.com');
  },
);

test.each(['show', 'lint'])('%s has a note or finding for each omitted hostname', async (command) => {
  const parsed = JSON.parse(await run([command, '--format', 'json']));
  const texts =
    command === 'show' ? parsed.notes.map(({ text }: Json) => text) : messagesOf(parsed.findings, 'omitted');
  expect(texts.filter((text: string) => text.includes(': omitted by'))).toEqual([
    ...['443/tcp', '80/tcp'].map(
      (port) => `${TABLE}/ubuntu-packages, ${port} from ${BEHIND} to archive.ubuntu.com: omitted by prod/gcp`,
    ),
    `${TABLE}/mongodb-org, 443/tcp from racks through proxy to *.mongodb.org: omitted by prod/on-premises`,
    `${TABLE}/docker-com, 443/tcp from subnets through AWS Network Firewall to *.docker.com: omitted by prod/aws`,
  ]);
});

function messagesOf(findings: Json[], code: string): string[] {
  return findings.filter((finding) => finding.code === code).map(({ message }) => message);
}

test.each(['mermaid', 'dot'])('a picture in %s says how many hostnames are omitted', async (format) => {
  expect(await run(['diagram', '--format', format])).toContain('3 documented hostnames are omitted');
});

test('commands have a comment for each omitted hostname', async () => {
  const lines = (await run(['commands'])).split('\n').filter((line) => line.startsWith('# not opened: '));
  expect(lines).toHaveLength(4);
  expect(lines[1]).toBe(
    `# not opened: 80/tcp from ${BEHIND} to archive.ubuntu.com: Outbound access by name, omitted by prod/gcp`,
  );
});

test.each([
  [[], /not tried +443\/tcp +\*\.mongodb\.org: .* +omitted by prod\/on-premises/],
  [['--script'], /# not tried: 443\/tcp to \*\.mongodb\.org: .*: omitted by prod\/on-premises/],
  [
    ['--format', 'junit'],
    /name="443\/tcp \*\.mongodb\.org: .*\n +<skipped message="omitted by prod\/on-premises; if closed: the document does not say what fails"/,
  ],
  [['--format', 'json'], /"reason": "omitted by prod\/on-premises"/],
])('verify %j lists the omitted hostnames of its machines as not tried', async (options, expected) => {
  const stdout = await run(['verify', '--as', 'racks', ...options]);
  expect(stdout).toMatch(expected);
  expect(stdout.match(/omitted by/g)).toHaveLength(1);
});

test.each([
  [BEHIND, 'archive.ubuntu.com', '80/tcp', 'ubuntu-packages', 'prod/gcp'],
  ['racks', '*.mongodb.org', '443/tcp', 'mongodb-org', 'prod/on-premises'],
  ['racks', 'host:repo.mongodb.org', '443/tcp', 'mongodb-org', 'prod/on-premises'],
  ['subnets', 'download.docker.com', '443/tcp', 'docker-com', 'prod/aws'],
  ['subnets', 'docker.com over TLS', '443/tcp', 'docker-com', 'prod/aws'],
  ['10.20.3.4', 'download.docker.com', '443/tcp', 'docker-com', 'prod/aws'],
])('explain says who omits the hostname that a packet needs: from %s to %s', async (from, to, port, row, construct) => {
  const stdout = await run(['explain', '--from', from, '--to', to, '--port', port]);
  expect(stdout).toContain(`It is needed for ${TABLE}/${row}, which is omitted by ${construct}.\n`);
});

test.each([
  ['racks', 'archive.ubuntu.com', '443/tcp'],
  [BEHIND, 'host:evil.example', '443/tcp'],
  [BEHIND, 'archive.ubuntu.com', '22/tcp'],
])('explain names no omitted hostname that is for other packets: from %s to %s at %s', async (from, to, port) => {
  expect(await run(['explain', '--from', from, '--to', to, '--port', port])).not.toContain('omitted by');
});

/** Allows one hostname of its own through the same policy. */
function allowing(hostname: string): Json {
  return omitting((stack) => {
    const table = hostnameTable([hostnameRow('mirror', hostname, Port.tcp(443), Port.tcp(80))]);
    const through = new GcpSecureWebProxy({ location: 'europe-west3', policy: 'blue', priority: 5000 });
    new DocumentedHostnameRules(stack, 'mirror', { table, through });
  });
}

test('an omitted hostname that another construct allows names the rule', async () => {
  const opened =
    /omitted by prod\/gcp, and opened by google_network_security_gateway_security_policy_rule\.hosts_platform-hosts-443(?! *,)/;
  const json = allowing('archive.ubuntu.com');
  for (const command of ['matrix', 'show', 'lint']) expect(await run([command], json)).toMatch(opened);
  const { omitted } = JSON.parse(await run(['matrix', '--format', 'json'], json));
  expect(omitted.map(({ openNevertheless }: Json) => openNevertheless?.kind)).toEqual([
    'opened',
    'opened',
    undefined,
    undefined,
  ]);
});

test('an omitted hostname that its document does not have is a false claim, and no other output has it', async () => {
  const json = structuredClone(OMITTING);
  json['//'].metadata.clusterPorts.omittedHostnames[0].hostname = 'evil.example';
  const { findings } = JSON.parse(await run(['lint', '--format', 'json'], json));
  expect(messagesOf(findings, 'false-claim')).toEqual([
    `it does not omit ${TABLE}/ubuntu-packages: ${TABLE}, ubuntu-packages: hostname is "archive.ubuntu.com", not "evil.example"`,
  ]);
  for (const command of ['matrix', 'show', 'commands']) {
    expect(await run([command], json)).not.toContain('evil.example');
  }
});

test('a hostname that its construct allows is not omitted, whatever the provenance says', async () => {
  const json = structuredClone(OMITTING);
  const { hostnames, omittedHostnames } = json['//'].metadata.clusterPorts;
  omittedHostnames.unshift(hostnames[0]);
  const { findings } = JSON.parse(await run(['lint', '--format', 'json'], json));
  expect(messagesOf(findings, 'false-claim')).toEqual([
    expect.stringMatching(/^its provenance says "prod\/gcp omits .*", and the file has "a hostname of this construct/),
  ]);
  expect(JSON.parse(await run(['matrix', '--format', 'json'], json)).omitted).toHaveLength(4);
});

test('omitted hostnames pass toMatchDocuments', () => {
  expect(OMITTING).toMatchDocuments();
});
