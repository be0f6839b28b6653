import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, ExternalHosts, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, type CliResult, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const SSH = 'aws_vpc_security_group_ingress_rule.ssh';
const SSH_RULE = { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' };
const OWN_GROUP = '${aws_security_group.group_prometheus.id}';

/** Synthesizes Prometheus in a security group, with more resources of the user. */
function metricsOnAws(resources: Record<string, Record<string, object>> = {}, name = 'metrics'): any {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), name);
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new AwsSecurityGroup(stack, 'group', {
      name: 'prometheus',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.ALL,
    }),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  for (const [type, ofType] of Object.entries(resources)) json.resource[type] = { ...json.resource[type], ...ofType };
  return json;
}

function withSsh(group = OWN_GROUP): any {
  return metricsOnAws({ aws_vpc_security_group_ingress_rule: { ssh: { ...SSH_RULE, security_group_id: group } } });
}

function written(json: unknown, name = 'undocumented.tf.json'): string {
  const file = join(path, name);
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function run(...argv: string[]): Promise<CliResult> {
  const result = await cli(argv);
  expect(result.code).not.toBe(2);
  return result;
}

async function matrixJson(file: string): Promise<any> {
  return JSON.parse((await run('matrix', file, '--format', 'json')).stdout);
}

const ONE_OPENING = 'note: 1 opening is not documented; "cluster-ports matrix" lists it\n';

test('the matrix lists a rule of the user at machines of a construct in a section of its own', async () => {
  const file = written(withSsh());
  const { undocumented, flows } = await matrixJson(file);
  expect(flows.map(({ port }: any) => port)).toEqual(['9090/tcp']);
  expect(undocumented).toMatchObject([
    {
      stack: 'metrics',
      direction: 'ingress',
      source: { label: '0.0.0.0/0', ranges: ['0.0.0.0/0'] },
      destination: { label: 'security group prometheus' },
      port: '22/tcp',
      isOpenToTheWorld: true,
      rules: [SSH],
    },
  ]);
  expect((await run('matrix', file)).stdout).toContain(
    [
      'Open, and not documented:',
      '',
      'Source     Destination                Port    Direction  Rule',
      `0.0.0.0/0  security group prometheus  22/tcp  ingress    ${SSH}`,
      '',
    ].join('\n'),
  );
  const markdown = (await run('matrix', file, '--format', 'markdown')).stdout;
  expect(markdown).toContain(
    [
      '## Open, and not documented',
      '',
      '| Source | Destination | Port | Direction | Rule |',
      '| --- | --- | --- | --- | --- |',
      `| \`0.0.0.0/0\` | security group prometheus | \`22/tcp\` | ingress | \`${SSH}\` |`,
    ].join('\n'),
  );
  expect((await run('matrix', file, '--format', 'csv')).stdout.split('\r\n').at(-2)).toBe(
    `0.0.0.0/0,security group prometheus,22/tcp,not documented,this stack,not documented: no row is for ${SSH},,,"AWS, VPC vpc-0123456789abcdef0",,,`,
  );
});

test('the matrix lists a rule of the user at machines that no construct uses', async () => {
  const { undocumented } = await matrixJson(written(withSsh('sg-0123456789abcdef0')));
  expect(undocumented).toMatchObject([
    { destination: { label: 'sg:sg-0123456789abcdef0' }, port: '22/tcp', rules: [SSH] },
  ]);
});

test('the matrix lists what a rule of a construct allows in addition to its rows', async () => {
  const json = metricsOnAws();
  const [[name, rule]] = Object.entries<any>(json.resource.aws_vpc_security_group_ingress_rule);
  rule.from_port = 9089;
  const { undocumented } = await matrixJson(written(json));
  expect(undocumented).toMatchObject([
    { port: '9089/tcp', source: { ranges: ['10.7.0.0/24'] }, rules: [`aws_vpc_security_group_ingress_rule.${name}`] },
  ]);
});

test('the matrix has no section for a stack of constructs only', async () => {
  const file = written(metricsOnAws());
  expect(await matrixJson(file)).toMatchObject({ undocumented: [], notEvaluated: [] });
  const { stdout, stderr } = await run('matrix', file);
  expect({ stderr, hasSection: stdout.includes('not documented') }).toEqual({ stderr: '', hasSection: false });
});

test('the matrix lists outbound rules of the user, and those on GCP', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'gcp');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('prometheus'),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const at = { network: 'prod', project: 'net-host', target_tags: ['prometheus'] };
  json.resource.google_compute_firewall.ssh = {
    ...at,
    name: 'ssh',
    source_tags: ['bastion'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
  };
  json.resource.google_compute_firewall.dns = {
    ...at,
    name: 'dns',
    direction: 'EGRESS',
    destination_ranges: ['10.0.0.2/32'],
    allow: [{ protocol: 'udp', ports: ['53'] }],
  };
  const { undocumented } = await matrixJson(written(json));
  const ends = undocumented.map(({ direction, port, source, destination, isOpenToTheWorld, rules }: any) => [
    direction,
    port,
    `${source.label} (${source.hostGroups[0]?.network})`,
    `${destination.label} (${destination.hostGroups[0]?.network})`,
    isOpenToTheWorld,
    ...rules,
  ]);
  const network = 'network prod of project net-host';
  expect(ends).toEqual([
    [
      'ingress',
      '22/tcp',
      `tag:bastion (${network})`,
      `network tag prometheus (${network})`,
      false,
      'google_compute_firewall.ssh',
    ],
    [
      'egress',
      '53/udp',
      `network tag prometheus (${network})`,
      '10.0.0.2/32 (undefined)',
      false,
      'google_compute_firewall.dns',
    ],
  ]);
});

test('the matrix names all rules of the user that open something, also those that open nothing in addition', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'gcp');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const ssh = { network: 'prod', source_ranges: ['0.0.0.0/0'], allow: [{ protocol: 'tcp', ports: ['22'] }] };
  Object.assign(json.resource.google_compute_firewall, {
    all: { ...ssh, name: 'all' },
    one: { ...ssh, name: 'one', target_tags: ['prometheus'] },
  });
  const { undocumented } = await matrixJson(written(json));
  expect(undocumented).toMatchObject([
    {
      destination: { label: 'all instances of the network' },
      rules: ['all', 'one'].map((name) => `google_compute_firewall.${name}`),
    },
  ]);
});

test('a picture draws what no row documents, and marks machines that only such a rule opens to the world', async () => {
  const file = written(withSsh());
  const mermaid = (await run('diagram', file)).stdout;
  expect(mermaid).toMatch(/box\d\["security group prometheus<br\/>Prometheus<br\/>open to the world"\]:::world/);
  expect(mermaid).toContain('"this stack opens it, not documented:<br/>22/tcp aws#95;vpc#95;security');
  const dot = (await run('diagram', file, '--format', 'dot')).stdout;
  expect(dot).toMatch(/<TD>this stack opens it, not documented<\/TD>/);
  const without = (await run('diagram', written(metricsOnAws()))).stdout;
  expect(without).not.toMatch(/world|not documented/);
});

test('a request says how much is open and not documented, and in a list of everything also the document itself', async () => {
  const file = written(withSsh());
  expect(await run('request', file)).toMatchObject({ stdout: '# Nothing to open.\n', stderr: ONE_OPENING });
  for (const format of ['text', 'markdown', 'csv']) {
    const { stdout, stderr } = await run('request', file, '--all', '--format', format);
    expect(stderr).toContain(ONE_OPENING);
    expect(stdout.replaceAll('""', '"').replaceAll('`', '')).toContain(ONE_OPENING.slice('note: '.length, -1));
  }
});

test.each([
  ['commands', []],
  ['verify', ['--script', '--as', 'platform', '--hosts', 'prometheus=10.9.0.4']],
])('%s says how much is open and not documented', async (command, options) => {
  const { stdout, stderr } = await run(command, written(withSsh()), ...options);
  expect(stderr).toContain(ONE_OPENING);
  expect(stdout).not.toContain('22');
});

test('a forged flow does not document what its rule opens in place of it', async () => {
  const json = withSsh();
  const { flows } = json['//'].metadata.clusterPorts;
  flows[0].rules = { aws_vpc_security_group_ingress_rule: ['ssh'] };
  const { flows: found, undocumented } = await matrixJson(written(json));
  expect(undocumented.map(({ port }: any) => port)).toEqual(['22/tcp']);
  const doubt = /^its rule aws_vpc_security_group_ingress_rule\.ssh does not open it, and \S+ opens it$/;
  expect(found.map(({ openedOtherwise }: any) => openedOtherwise)).toEqual([expect.stringMatching(doubt)]);
});

describe('what is not evaluated', () => {
  const PART = 'note: 1 part is not evaluated; "cluster-ports show" lists it\n';
  const unread = (): any =>
    metricsOnAws({
      aws_vpc_security_group_ingress_rule: {
        ssh: { ...SSH_RULE, security_group_id: OWN_GROUP, from_port: '${var.port}' },
      },
    });

  test('is listed in the matrix as in show', async () => {
    const file = written(unread());
    const { notEvaluated } = JSON.parse((await run('show', file, '--format', 'json')).stdout);
    expect(notEvaluated).toHaveLength(1);
    expect((await matrixJson(file)).notEvaluated).toMatchObject(notEvaluated);
    expect((await run('matrix', file)).stdout).toMatch(new RegExp(`^Not evaluated .*\n${SSH} `, 'm'));
    expect((await run('matrix', file, '--format', 'markdown')).stdout).toContain('## Not evaluated\n');
    expect((await run('matrix', file, '--format', 'csv')).stderr).toBe(PART);
  });

  test.each([
    ['request', []],
    ['diagram', []],
    ['commands', []],
  ])('is counted by %s', async (command, options) => {
    expect((await run(command, written(unread()), ...options)).stderr).toContain(PART);
  });

  test('is in the script of verify', async () => {
    const options = ['--script', '--as', 'platform', '--hosts', 'prometheus=10.9.0.4'];
    expect((await run('verify', written(unread()), ...options)).stdout).toMatch(new RegExp(`not evaluated: .*${SSH}`));
  });

  test('is in the picture', async () => {
    const remark = '1 part is not evaluated#59; #34;cluster-ports show#34; lists it';
    expect((await run('diagram', written(unread()))).stdout).toContain(remark);
    const dot = (await run('diagram', written(unread()), '--format', 'dot')).stdout;
    expect(dot).toContain('1 part is not evaluated; &quot;cluster-ports show&quot; lists it');
  });

  test('has every stack that is not read', async () => {
    const outdir = join(path, 'out');
    const stacks: Record<string, [string, string]> = {
      metrics: ['cdk.tf.json', JSON.stringify(metricsOnAws())],
      raw: [
        'cdk.tf.json',
        JSON.stringify({
          resource: {
            aws_vpc_security_group_ingress_rule: { a: { ...SSH_RULE, security_group_id: 'sg-0123456789abcdef0' } },
          },
        }),
      ],
      empty: ['cdk.tf.json', '{}'],
      hcl: ['main.tf', ''],
      elsewhere: ['../../elsewhere.json', '{}'],
    };
    for (const [name, [file, text]] of Object.entries(stacks)) {
      mkdirSync(join(outdir, 'stacks', name), { recursive: true });
      writeFileSync(join(outdir, 'stacks', name, file), text);
    }
    mkdirSync(join(path, 'linked'));
    writeFileSync(join(path, 'linked/cdk.tf.json'), JSON.stringify(metricsOnAws({}, 'linked')));
    symlinkSync(join(path, 'linked'), join(outdir, 'stacks/linked'));
    const { notEvaluated } = await matrixJson(outdir);
    expect(notEvaluated.map(({ address }: any) => address).sort()).toEqual(['hcl', 'linked', 'raw']);
    const { stderr } = await run('request', outdir);
    expect(stderr).toBe('note: 3 parts are not evaluated; "cluster-ports show" lists them\n');
  });
});

test('a matrix of requests only says nothing about openings', async () => {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'external');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: ExternalHosts.named('platform hosts', '10.7.1.0/28'),
    prometheus: ExternalHosts.named('prometheus hosts', '10.7.2.0/28'),
  });
  const file = written(JSON.parse(JSON.stringify(stack.toTerraform())));
  expect(await matrixJson(file)).toMatchObject({ undocumented: [], notEvaluated: [] });
});
