import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { AwsSecurityGroup, Egress, ExternalHosts, type IHostGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const ID = 'sg-0123456789abcdef0';
const REGIONS = { east: 'us-east-1', west: 'us-west-2' };

type Provided = (stack: TerraformStack) => ConstructorParameters<typeof AwsProvider>[2];

/** Synthesizes a stack for each region, with a rule for machines of its own and different sources. */
function synthesized(name: string, prometheus: (stack: TerraformStack) => IHostGroup, provided: Provided): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  Object.keys(REGIONS).forEach((id, at) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', provided(stack));
    const platform = Peer.cidr(`10.${at + 1}.0.0/16`);
    new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus: prometheus(stack) });
  });
  app.synth();
  return outdir;
}

const inOwnRegion: Provided = ({ node: { id } }) => ({ region: REGIONS[id as keyof typeof REGIONS] });
const existing = (): IHostGroup => AwsSecurityGroup.fromId(ID);
const created = (stack: TerraformStack): IHostGroup =>
  new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: 'vpc-0123456789abcdef0', egress: Egress.UNMANAGED });

async function json(...args: string[]): Promise<any> {
  return JSON.parse((await cli([...args, '--format', 'json'])).stdout);
}

async function explained(app: string, to: string, from = '10.1.0.0/16'): Promise<string> {
  const { stdout, stderr } = await cli(['explain', app, '--from', from, '--to', to, '--port', '9090/tcp']);
  return stdout === '' ? stderr : stdout;
}

describe('one group id in two stacks of two regions', () => {
  test('is two groups in every output', async () => {
    const app = synthesized('ids', existing, inOwnRegion);
    const { rows } = await json('show', app);
    expect(rows.map(({ from, to, region }: any) => [from, to, region])).toEqual([
      ['10.1.0.0/16', `sg:us-east-1/${ID}`, 'us-east-1'],
      ['10.2.0.0/16', `sg:us-west-2/${ID}`, 'us-west-2'],
    ]);
    expect((await cli(['show', app])).stdout).toMatch(/^Direction +Port +From +To +Region\n/);
    const { flows } = await json('matrix', app);
    const groups = flows.map(({ destination }: any) => destination.hostGroups[0]);
    expect(groups.map(({ region }: any) => region)).toEqual(Object.values(REGIONS));
    const labels = flows.map(({ destination }: any) => destination.label);
    expect(labels).toEqual(Object.values(REGIONS).map((region) => `security group ${ID} (region ${region})`));
    const picture = (await cli(['diagram', app])).stdout;
    for (const region of Object.values(REGIONS)) expect(picture).toContain(`"AWS<br/>${region}"`);
  });

  test('is found by every printed name, and not by the id', async () => {
    const app = synthesized('names', existing, inOwnRegion);
    for (const name of [`sg:us-east-1/${ID}`, `security group ${ID} (region us-east-1)`]) {
      expect(await explained(app, name)).toContain('The packet passes');
      expect(await explained(app, name, '10.2.0.0/16')).toContain('The packet is refused');
    }
    for (const name of [ID, `security group ${ID}`]) {
      expect(await explained(app, name)).toMatch(/us-east-1.* or .*us-west-2.* \[group-ambiguous\]/);
    }
  });

  test.each([
    ['with a region that is a variable', (stack: TerraformStack) => new TerraformVariable(stack, 'region', {})],
  ])('has the stack in its name %s', async (_what, variable) => {
    const app = synthesized('variables', existing, (stack) => ({ region: variable(stack).stringValue }));
    const { rows } = await json('show', app);
    expect(rows.map(({ to, region }: any) => [to, region])).toEqual([
      [`sg:east/${ID}`, undefined],
      [`sg:west/${ID}`, undefined],
    ]);
  });

  test('is one group if the providers have the same settings', async () => {
    const app = synthesized('same', existing, () => ({ region: 'us-east-1' }));
    const { rows } = await json('show', app);
    expect(rows.map(({ to }: any) => to)).toEqual([`sg:${ID}`, `sg:${ID}`]);
  });
});

test('groups of one name in two regions have their region in machine-readable outputs, and names that say it', async () => {
  const app = synthesized('groups', created, inOwnRegion);
  const { flows } = await json('matrix', app);
  expect(flows.map(({ destination }: any) => destination.hostGroups[0].region)).toEqual(Object.values(REGIONS));
  expect(await explained(app, 'security group nodes')).toContain('[group-ambiguous]');
  expect(await explained(app, 'security group nodes (region us-east-1)')).toContain('The packet passes');
  expect(await explained(app, 'west/security group nodes')).toContain('The packet is refused');
});

test.each([
  ['matrix'],
  ['matrix', '--format', 'csv'],
  ['matrix', '--format', 'markdown'],
  ['request', '--all'],
  ['request', '--all', '--format', 'csv'],
  ['request', '--all', '--format', 'markdown'],
  ['diagram'],
])('groups of one name that differ only in their region have it in their names: %s %s %s', async (...argv) => {
  const [command, ...options] = argv.filter((part) => part !== undefined);
  const { stdout } = await cli([command, synthesized('outputs', created, inOwnRegion), ...options]);
  const found = stdout.replaceAll('\\', '').match(/security group nodes(?: \(region [^)]*\))?/g);
  expect([...new Set(found)].sort()).toEqual([
    'security group nodes (region us-east-1)',
    'security group nodes (region us-west-2)',
  ]);
});

test.each([['matrix'], ['request', '--all']])('files have the place of each end: %s %s', async (...argv) => {
  const app = synthesized('places', existing, inOwnRegion);
  const [command, ...options] = argv.filter((part) => part !== undefined);
  const { stdout } = await cli([command, app, ...options, '--format', 'csv']);
  const [columns, ...rows] = stdout.trimEnd().split('\r\n');
  expect(columns).toMatch(/,Source place,Destination place,Owner,Ticket,Expires(?:,Notes)?$/);
  expect(rows.map((row) => /"(?:AWS|GCP), [^"]*"/g.exec(row)?.[0]).filter((place) => place !== undefined)).toEqual([
    '"AWS, region us-east-1"',
    '"AWS, region us-west-2"',
  ]);
});

test('a text request has the place of each end', async () => {
  const { stdout } = await cli(['request', synthesized('places', existing, inOwnRegion), '--all']);
  expect(stdout.match(/^# (?:Source|Destination) place: .*$/gm)).toEqual([
    '# Destination place: AWS, region us-east-1',
    '# Destination place: AWS, region us-west-2',
  ]);
});

test('verify takes the names with and without the region', async () => {
  const outdir = join(path, 'verify');
  const app = new App({ outdir, skipValidation: true });
  for (const [id, region] of Object.entries(REGIONS)) {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', { region });
    const external = ExternalHosts.named(`prometheus-${id}`, '10.7.0.7/32');
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: created(stack), prometheus: external });
  }
  app.synth();
  for (const [name, own, other] of [
    ['security group nodes (region us-east-1)', 'prometheus-east', 'prometheus-west'],
    ['west/security group nodes', 'prometheus-west', 'prometheus-east'],
  ]) {
    const { stdout } = await cli(['verify', outdir, '--as', name, '--script']);
    expect(stdout).toContain(own);
    expect(stdout).not.toContain(other);
  }
});

/** Synthesizes a group of a provider with an alias, and a rule of the user for the same id with the default provider. */
function inOneStack(): string {
  const outdir = join(path, 'aliases');
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new AwsProvider(stack, 'east', { region: 'us-east-1' });
  const provider = new AwsProvider(stack, 'west', { region: 'us-west-2', alias: 'west' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.1.0.0/16'),
    prometheus: AwsSecurityGroup.fromId(ID, { provider }),
  });
  new VpcSecurityGroupIngressRule(stack, 'ssh', {
    securityGroupId: ID,
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    cidrIpv4: '10.9.0.0/24',
  });
  app.synth();
  return outdir;
}

test('a rule for the same id with a different provider is for different machines than those of the row', async () => {
  const app = inOneStack();
  const { flows, undocumented } = await json('matrix', app);
  const ends = [...flows, ...undocumented].map(({ port, destination }: any) => [
    port,
    destination.label,
    destination.hostGroups[0].region,
  ]);
  expect(ends).toEqual([
    ['9090/tcp', `security group ${ID} (region us-west-2)`, 'us-west-2'],
    ['22/tcp', `sg:us-east-1/${ID}`, 'us-east-1'],
  ]);
  for (const [, label] of ends) {
    const { stdout } = await cli(['explain', app, '--from', '10.9.0.1', '--to', label, '--port', '22/tcp']);
    expect(stdout).toContain(label.startsWith('sg:') ? 'The packet passes' : 'The packet is refused');
  }
});

test('diff reports the same group in a different region', async () => {
  const [before, after] = ['before', 'after'].map((name) =>
    synthesized(name, existing, () => ({ region: name === 'before' ? 'us-east-1' : 'us-west-2' })),
  );
  const { code } = await cli(['diff', before, after, '--fail-on', 'any']);
  expect(code).toBe(1);
});
