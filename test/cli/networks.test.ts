import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Synthesizes machines of one tag in two networks: a row opens the first, and a rule of the user the second. */
function inTwoNetworks(name: string, project?: string): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  const firewall = new GcpFirewall({ network: 'prod', project });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.networkTag('platform'),
    prometheus: firewall.networkTag('prometheus'),
  });
  for (const network of ['prod', 'test']) {
    new ComputeFirewall(stack, `ssh-${network}`, {
      name: `ssh-${network}`,
      network,
      project,
      sourceRanges: ['10.9.0.0/24'],
      targetTags: ['prometheus'],
      allow: [{ protocol: 'tcp', ports: ['22'] }],
    });
  }
  app.synth();
  return join(outdir, 'stacks', 'stack');
}

describe.each([
  ['the project of the provider', undefined, 'p-one'],
  ['a project in the code', 'net-two', 'net-two'],
])('machines of one tag in two networks, with %s', (_what, given, project) => {
  const [prod, test_] = ['prod', 'test'].map((network) => `network ${network} of project ${project}`);
  const rows = [
    ['9090/tcp', 'network tag platform', `network tag prometheus (${prod})`],
    ['22/tcp', '10.9.0.0/24', `network tag prometheus (${prod})`],
    ['22/tcp', '10.9.0.0/24', `tag:prometheus (${test_})`],
  ] as const;

  test('have their network in every output', async () => {
    const stack = inTwoNetworks(`printed-${project}`, given);
    const { stdout } = await cli(['matrix', stack, '--format', 'json']);
    const { flows, undocumented } = JSON.parse(stdout);
    const printed = [...flows, ...undocumented].map(({ port, source, destination }) => [
      port,
      source.label,
      destination.label,
      destination.hostGroups[0].network,
    ]);
    expect(printed).toEqual(rows.map((row) => [...row, row[2].includes('test') ? test_ : prod]));
    const picture = (await cli(['diagram', stack])).stdout;
    for (const network of [prod, test_]) expect(picture).toContain(network);
    const text = (await cli(['matrix', stack])).stdout;
    for (const [, , to] of rows) expect(text).toContain(to);
  });

  test('are names for explain and the matchers', async () => {
    const stack = inTwoNetworks(`asked-${project}`, given);
    for (const [port, from, to] of rows) {
      const { code, stderr } = await cli(['explain', stack, '--from', from, '--to', to, '--port', port]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(join(stack, 'cdk.tf.json')).toPermit({ port, from, to });
    }
    const refused = await cli(['explain', stack, '--from', rows[0][1], '--to', rows[2][2], '--port', '9090/tcp']);
    expect(refused.code).toBe(1);
  });
});

const RULES = 'google_compute_firewall';
const SELF_LINK = 'https://www.googleapis.com/compute/v1/projects/p-one/global/networks/prod';

/** A row of two tags in the network of the provider's project, and a change of its resources. */
function inProject(name: string, change: (rules: any, own: any) => void): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  const firewall = new GcpFirewall({ network: 'prod' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.networkTag('platform'),
    prometheus: firewall.networkTag('prometheus'),
  });
  app.synth();
  const file = join(outdir, 'stacks', 'stack', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const [rule] = Object.values(json.resource[RULES]);
  change(json.resource[RULES], rule);
  writeFileSync(file, JSON.stringify(json));
  return file;
}

describe.each([
  ['its project', { project: 'p-one' }],
  ['its self link', { network: SELF_LINK }],
  ['the end of its self link', { network: 'projects/p-one/global/networks/prod' }],
])('a network of the project of its provider that a rule names by %s is the same network', (_what, named) => {
  const tags = { source_tags: ['platform'], target_tags: ['prometheus'] };
  const ssh = { network: 'prod', name: 'ssh', ...tags, allow: [{ protocol: 'tcp', ports: ['22'] }], ...named };
  const deny = { network: 'prod', name: 'deny', direction: 'EGRESS', deny: [{ protocol: 'all' }], ...named };

  test('for the rule of a row', async () => {
    const file = inProject('row', (_rules, rule) => Object.assign(rule, named));
    const { flows, undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
    expect(flows).toMatchObject([{ row: 'prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics' }]);
    expect(undocumented).toEqual([]);
    const { findings } = JSON.parse((await cli(['lint', file, '--format', 'json', '--only', 'false-claim'])).stdout);
    expect(findings).toEqual([]);
    expect(file).toMatchDocuments();
  });

  test('for a rule of the user', async () => {
    const file = inProject('own', (rules) => {
      rules.own = ssh;
    });
    const { undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
    expect(undocumented.map(({ source, destination }: any) => [source.label, destination.label])).toEqual([
      ['network tag platform', 'network tag prometheus'],
    ]);
    expect((await cli(['diagram', file])).stdout.match(/tag prometheus/g)).toHaveLength(1);
    expect(file).not.toMatchDocuments();
  });

  test('for a rule of the user that denies', () => {
    const file = inProject('deny', (rules) => {
      rules.own = { ...deny, destination_ranges: ['10.200.0.0/16'], target_tags: ['other'] };
    });
    expect(file).toMatchDocuments();
  });
});

test('a network without a project is not that of the default provider if its rule has a different provider', async () => {
  const file = inProject('aliases', (rules, rule) => {
    rule.provider = 'google.other';
    rules.own = {
      ...rule,
      provider: undefined,
      project: 'p-one',
      name: 'own',
      allow: [{ protocol: 'tcp', ports: ['22'] }],
    };
  });
  const { undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  expect(undocumented.map(({ destination }: any) => destination.label)).not.toContain('network tag prometheus');
});

describe('machines in the project of the provider, and in networks of the same name in a different project', () => {
  const other = { name: 'own', network: 'prod', project: 'p-two', direction: 'INGRESS' };
  const tags = { source_tags: ['platform'], target_tags: ['prometheus'], allow: [{ protocol: 'tcp', ports: ['22'] }] };
  const inProjectOne = (label: string): string => `${label} (network prod of project p-one)`;

  async function ends(file: string): Promise<string[][]> {
    const { flows, undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
    return [...flows, ...undocumented].map(({ port, source, destination }: any) => [
      port,
      source.label,
      destination.label,
    ]);
  }

  test('have the project in their labels in every output, and the labels are names', async () => {
    const file = inProject('two-projects', (rules) => {
      rules.own = { ...other, ...tags };
    });
    const [platform, prometheus] = ['network tag platform', 'network tag prometheus'].map(inProjectOne);
    const two = ['tag:platform', 'tag:prometheus'].map((label) => `${label} (network prod of project p-two)`);
    const found = await ends(file);
    expect(found).toEqual([
      ['9090/tcp', platform, prometheus],
      ['22/tcp', ...two],
    ]);
    for (const argv of [['matrix'], ['request', '--all'], ['verify', '--as', 'platform', '--script']]) {
      expect((await cli([argv[0], file, ...argv.slice(1)])).stdout).toContain(prometheus);
    }
    const picture = (await cli(['diagram', file])).stdout;
    for (const label of [platform, prometheus, ...two]) expect(picture).toContain(label);
    for (const [port, from, to] of found) {
      const { code, stderr } = await cli(['explain', file, '--from', from, '--to', to, '--port', port]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  });

  test.each([
    ['a literal', 'p-one', 'p-one/prod', 'network prod of project p-one'],
    ['an expression', '${var.p}', 'prod of var.p', 'network prod of var.p'],
  ])('are in the project although their rule is gone: %s', async (_what, project, network, words) => {
    const file = inProject(`gone-${words}`, (rules) => {
      for (const name of Object.keys(rules)) Reflect.deleteProperty(rules, name);
    });
    const json = JSON.parse(readFileSync(file, 'utf8'));
    json.provider.google[0].project = project;
    writeFileSync(file, JSON.stringify(json));
    const { stdout } = await cli([
      'explain',
      file,
      '--from',
      'tag:platform',
      '--to',
      'tag:prometheus',
      '--port',
      '9090/tcp',
    ]);
    expect(stdout).toContain(`to tag:prometheus on ${network}.`);
    expect((await cli(['diagram', file])).stdout).toContain(words);
  });

  test('are not refused by a rule that could not be evaluated', async () => {
    const file = inProject('unread', (_rules, rule) => {
      rule.destination_ranges = ['10.1.0.0/25'];
    });
    const reason = 'destination_ranges cannot be evaluated in an ingress rule';
    const asked = ['--from', 'tag:platform', '--to', 'tag:prometheus', '--port', '9090/tcp', '--format', 'json'];
    const { verdict, destination } = JSON.parse((await cli(['explain', file, ...asked])).stdout);
    expect([verdict, destination.reason]).toEqual(['not known', expect.stringContaining(reason)]);
    const { flows } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
    expect(flows).toMatchObject([{ notKnownToBeOpen: reason }]);
  });
});

test.each(['prod', 'test'])(
  'the network of the question decides between machines of one name in two networks of a stack: %s',
  async (network) => {
    const outdir = join(path, `asked-${network}`);
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'own');
    new GoogleProvider(stack, 'google', { project: 'p-one' });
    new TerraformStack(app, 'other');
    for (const [name, range] of [
      ['prod', '10.1.0.0/24'],
      ['test', '10.2.0.0/24'],
    ]) {
      new PrometheusCostMetricsRule(stack, name, {
        platform: Peer.cidr(range),
        prometheus: new GcpFirewall({ network: name, project: 'net-two', namePrefix: `${name}-` }).networkTag(
          'prometheus',
        ),
      });
    }
    app.synth();
    const question = ['--to', 'own/network tag prometheus', '--port', '9090/tcp', '--network', `net-two/${network}`];
    const verdicts = await Promise.all(
      ['10.1.0.7', '10.2.0.7'].map(async (from) => {
        const { stdout, stderr } = await cli(['explain', outdir, '--from', from, ...question, '--format', 'json']);
        expect(stderr).toBe('');
        return JSON.parse(stdout).verdict;
      }),
    );
    expect(verdicts).toEqual(network === 'prod' ? ['passes', 'refused'] : ['refused', 'passes']);
  },
);
