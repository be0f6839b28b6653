import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cli,
  expectBadInput,
  expectUsageError,
  synthesizeExamples,
  temporaryDirectory,
  unwrappedCells,
} from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid');
/** The code says that the workers have only IPv4. */
const NO_PACKETS = 'no packets: in the code, these ends have IP addresses of different families';
const GROUP = 'sg:aws_security_group.group_apinizer-workers';
const NO_DNS =
  'security group apinizer-workers allows outbound traffic of documented flows only, and no DNS, time or package mirrors';
const GATEWAY = 'aws_vpc_security_group_ingress_rule.ingress_tcp_30080_4318336a02ad';
const ROW = 'apinizer-node-ports@2024-12/gateway-client-to-worker/api-gateway';

/** Writes the hybrid example with changed rules. */
function changed(name: string, work: (rules: Record<string, any>) => unknown): string {
  const json = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  work(json.resource.aws_vpc_security_group_ingress_rule);
  return file(name, JSON.stringify(json));
}

function gateway(rules: Record<string, any>): any {
  return rules[GATEWAY.split('.')[1]];
}

const words = (text: string): string[][] => text.split('\n').map((line) => line.split(/ {2,}/));

describe('show', () => {
  test('lists what a stack permits', async () => {
    const { code, stdout, stderr } = await cli(['show', HYBRID]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(words(stdout)).toEqual([
      ['Direction', 'Port', 'From', 'To', 'Exception'],
      ['ingress', '30080/tcp', '198.51.100.0/24', GROUP],
      ['ingress', '30080/tcp', '2001:db8:100::/48', GROUP, NO_PACKETS],
      ['egress', '9200/tcp', GROUP, '10.8.0.16/28'],
      ['egress', '25080/tcp', GROUP, '10.8.0.0/28'],
      [''],
      ['Note', 'Text', 'File'],
      ['apinizer-hybrid/workers', NO_DNS, join(HYBRID, 'cdk.tf.json')],
      [''],
    ]);
  });

  test('writes Markdown and JSON', async () => {
    expect((await cli(['show', HYBRID, '--format', 'markdown'])).stdout).toBe(`## Permitted traffic

| Direction | Port | From | To | Exception |
| --- | --- | --- | --- | --- |
| ingress | \`30080/tcp\` | \`198.51.100.0/24\` | \`${GROUP}\` |  |
| ingress | \`30080/tcp\` | \`2001:db8:100::/48\` | \`${GROUP}\` | ${NO_PACKETS} |
| egress | \`9200/tcp\` | \`${GROUP}\` | \`10.8.0.16/28\` |  |
| egress | \`25080/tcp\` | \`${GROUP}\` | \`10.8.0.0/28\` |  |

### Notes

| Note | Text | File |
| --- | --- | --- |
| \`apinizer-hybrid/workers\` | ${NO_DNS} | ${join(HYBRID, 'cdk.tf.json')} |
`);
    const json = JSON.parse((await cli(['show', HYBRID, '--format', 'json'])).stdout);
    expect(json).toMatchObject({ version: 1, isComplete: true, notEvaluated: [] });
    expect(json.rows[0]).toEqual({
      direction: 'ingress',
      port: '30080/tcp',
      from: '198.51.100.0/24',
      to: GROUP,
      permitted: true,
      region: 'eu-central-1',
    });
  });

  test('does not say that nothing is permitted if something is not evaluated, or if networks allow everything outbound', async () => {
    const rule = { network: 'default', priority: '${var.priority}', deny: [{ protocol: 'all' }] };
    const firewall = (name: string, body: object): string =>
      file(name, JSON.stringify({ resource: { google_compute_firewall: { a: body } } }));
    expect((await cli(['show', firewall('deny.json', rule)])).stdout).toMatch(
      /^Nothing is permitted, as far as it could be evaluated\.\n\nNot evaluated /,
    );
    expect((await cli(['show', firewall('in.json', { ...rule, priority: 1 })])).stdout).toBe(
      'Nothing is permitted except the outbound traffic that networks allow by default.\n',
    );
    expect((await cli(['show', file('none.json', '{}')])).stdout).toBe('Nothing is permitted.\n');
  });

  test('lists what it cannot evaluate, with the file', async () => {
    const stack = changed('unknown.json', (rules) => (gateway(rules).from_port = '${var.port}'));
    const { code, stdout } = await cli(['show', stack]);
    expect(code).toBe(0);
    expect(words(stdout).slice(-6, -3)).toEqual([
      ['Not evaluated', 'Why', 'File'],
      [GATEWAY, expect.stringContaining('var.port'), stack],
      [''],
    ]);
    expect(JSON.parse((await cli(['show', stack, '--format', 'json'])).stdout).isComplete).toBe(false);
  });

  test('reads hand-written Terraform, and whole directories by the names of their stacks', async () => {
    const rule = {
      allow: [{ protocol: 'tcp', ports: ['22'] }],
      name: 'ssh',
      network: 'default',
      source_ranges: ['10.0.0.0/8'],
    };
    const firewall = file(
      'hand-written.json',
      JSON.stringify({ resource: { google_compute_firewall: { ssh: rule } } }),
    );
    expect(words((await cli(['show', firewall])).stdout)).toEqual([
      ['Direction', 'Port', 'From', 'To', 'Network'],
      ['ingress', '22/tcp', '10.0.0.0/8', 'all-instances', 'default'],
      [''],
    ]);
    const { stdout } = await cli(['show', join(path, 'out')]);
    expect(stdout).toContain('sg:apinizer-hybrid/aws_security_group.group_apinizer-workers');
  });
});

describe('diff', () => {
  const wider = changed('wider.json', (rules) => (gateway(rules).cidr_ipv4 = '198.51.0.0/16'));
  const world = changed('world.json', (rules) => (gateway(rules).cidr_ipv4 = '0.0.0.0/0'));
  const narrower = changed('narrower.json', (rules) => (gateway(rules).cidr_ipv4 = '198.51.100.0/25'));
  const opened = changed('opened.json', (rules) => (rules.more = { ...gateway(rules), from_port: 22, to_port: 22 }));
  const split = changed('split.json', (rules) => {
    rules.low = { ...gateway(rules), cidr_ipv4: '198.51.100.0/25' };
    gateway(rules).cidr_ipv4 = '198.51.100.128/25';
  });
  const unknown = changed(
    'notEvaluated.json',
    (rules) => (rules.more = { ...gateway(rules), from_port: '${var.port}' }),
  );

  const office = changed('office.json', (rules) => (gateway(rules).cidr_ipv4 = '${var.office}'));

  test('finds no difference in spelling, splitting and order', async () => {
    expect(await cli(['diff', HYBRID, split, '--fail-on', 'any'])).toEqual({
      code: 0,
      stdout: 'No difference: both permit the same traffic.\n',
      stderr: '',
    });
  });

  test('says what was widened, by which rule and why, in Markdown for a pull request', async () => {
    expect(await cli(['diff', HYBRID, wider, '--format', 'markdown'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `## What opens and closes

| Change | Direction | At | Now | Before | Packet | Rules | Document |
| --- | --- | --- | --- | --- | --- | --- | --- |
| widened | ingress | \`${GROUP}\` | \`30080/tcp 198.51.0.0/16\` | \`30080/tcp 198.51.100.0/24\` | 30080/tcp from 198.51.0.0 to \`${GROUP}\` | \`${GATEWAY}\` | not documented: it also allows 198.51.0.0/16 |

1 widened
`,
    });
  });

  test('loses rows of a comment that is too long, but neither the counts, the decision, nor what is not evaluated', async () => {
    const many = changed('many.json', (rules) => {
      for (let at = 0; at < 1000; at++) {
        rules[`rule_${at}`] = { ...gateway(rules), cidr_ipv4: `10.${at >> 8}.${at % 256}.0/32` };
      }
      for (let at = 0; at < 20; at++) {
        rules[`unread_${at}`] = { ...gateway(rules), from_port: '${var.port}', to_port: '${var.port}' };
      }
      rules.world = { ...gateway(rules), from_port: 65_000, to_port: 65_000, cidr_ipv4: '192.0.0.0/2' };
    });
    const argv = ['diff', HYBRID, many, '--fail-on', 'opened', '--format', 'markdown'];
    const { code, stdout } = await cli([...argv, '--max-length', '20000']);
    expect(code).toBe(1);
    expect(stdout.length).toBeLessThanOrEqual(20_000);
    expect(stdout).toMatch(/\n\d+ of \d+ rows are shown; /);
    expect(stdout).toContain('`aws_vpc_security_group_ingress_rule.world`');
    expect(stdout).toMatch(/\n\d+ opened.*\n\n`--fail-on opened` stops this change\.\n\n### Not evaluated\n/);
    expect(stdout.match(/\n\| `aws_vpc_security_group_ingress_rule\.unread_/g)).toHaveLength(20);
    expect((await cli(argv)).stdout.length).toBeLessThanOrEqual(65_000);
    expect((await cli([...argv, '--max-length', '1000000'])).stdout).not.toMatch(/rows are shown/);
  });

  test.each(['0', '9999', '65k', '-1', '1e6', ''])('fails for a length of %j', async (length) => {
    await expectBadInput(['diff', HYBRID, HYBRID, '--max-length', length], 'max-length-invalid');
  });

  test.each([
    ['the same', HYBRID, [0, 0, 0, 0]],
    ['narrower', narrower, [0, 0, 0, 1]],
    ['wider', wider, [0, 0, 1, 1]],
    ['opened', opened, [0, 1, 1, 1]],
    ['open to the world', world, [1, 1, 1, 1]],
    ['more than can be evaluated', unknown, [0, 1, 1, 1]],
    ['a range that is known after apply', office, [1, 1, 1, 1]],
  ])('stops a change that is %s at its gate and all later gates', async (_what, after, codes) => {
    const gates = ['world', 'opened', 'widened', 'any'];
    const results = await Promise.all(gates.map((gate) => cli(['diff', HYBRID, after, '--fail-on', gate])));
    expect(results.map(({ code }) => code)).toEqual(codes);
    expect((await cli(['diff', HYBRID, after])).code).toBe(0);
  });

  test('counts as the world what the user says', async () => {
    const gate = (threshold: string): Promise<{ code: number }> =>
      cli(['diff', HYBRID, wider, '--fail-on', 'world', '--world-wider-than', threshold]);
    const results = await Promise.all(['/8', '/16', '/17', '/17,/1'].map(gate));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 1, 1]);
    const codes = async (threshold: string): Promise<string[]> => {
      const { stdout } = await cli(['lint', wider, '--format', 'json', '--world-wider-than', threshold]);
      return (JSON.parse(stdout) as { findings: { code: string }[] }).findings.map(({ code }) => code);
    };
    expect(await codes('/16')).not.toContain('world-open');
    expect(await codes('/17')).toContain('world-open');
  });

  test('does not say that both permit the same if something is not evaluated, and stops if that part has changed', async () => {
    const other = changed('other.json', (rules) => {
      rules.more = { ...gateway(rules), from_port: '${var.port}', cidr_ipv4: '0.0.0.0/0' };
    });
    const address = 'aws_vpc_security_group_ingress_rule.more';
    const reason = 'from_port is var.port, which is known after apply';
    const nothing = ['No difference in what could be evaluated.'];
    const head = ['Not evaluated', 'Why', 'File'];
    const same = await cli(['diff', unknown, unknown, '--fail-on', 'any']);
    expect({ code: same.code, lines: words(same.stdout) }).toEqual({
      code: 0,
      lines: [nothing, [''], head, [address, reason, unknown], ['']],
    });
    const { code, stdout } = await cli(['diff', unknown, other, '--fail-on', 'world']);
    expect({ code, lines: words(stdout) }).toEqual({
      code: 1,
      lines: [nothing, [''], head, [address, `${reason} (new or changed)`, other], ['']],
    });
    const json = JSON.parse((await cli(['diff', unknown, other, '--format', 'json'])).stdout);
    expect(json).toMatchObject({ isComplete: false, changes: [] });
    expect(json.changesNotEvaluated).toEqual([{ file: other, address, reason }]);
  });

  test('does not say that both permit the same next to a machine that has changed', async () => {
    const json = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
    json.resource.aws_eip = { a: { instance: 'i-1' } };
    const { code, stdout } = await cli([
      'diff',
      HYBRID,
      file('machine.json', JSON.stringify(json)),
      '--fail-on',
      'opened',
    ]);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 1,
      first: 'No difference in what could be evaluated.',
    });
  });

  test('compares the two sides of one plan, and names the document with --why', async () => {
    const terraform = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
    const [type, name] = GATEWAY.split('.');
    const rule = { ...terraform.resource[type][name], security_group_id: 'sg-0a1b2c3d' };
    const root = (range: string): unknown => ({
      root_module: { resources: [{ address: GATEWAY, type, values: { ...rule, cidr_ipv4: range, description: '' } }] },
    });
    const plan = {
      format_version: '1.2',
      prior_state: { format_version: '1.0', values: root('198.51.100.0/24') },
      planned_values: root('198.51.0.0/16'),
    };
    const path = file('plan.json', JSON.stringify(plan));
    const { code, stdout } = await cli(['diff', path, '--fail-on', 'widened']);
    expect(code).toBe(1);
    expect(words(stdout)[1]).toEqual([
      'widened',
      'ingress',
      'sg:sg-0a1b2c3d',
      '30080/tcp 198.51.0.0/16',
      '30080/tcp 198.51.100.0/24',
      '30080/tcp from 198.51.0.0 to sg:sg-0a1b2c3d',
      GATEWAY,
      'unknown',
    ]);
    expect((await cli(['diff', path, '--fail-on', 'opened'])).code).toBe(0);
    const why = await cli(['diff', path, '--why', HYBRID]);
    expect(words(why.stdout)[1].at(-1)).toBe('not documented: it also allows 198.51.0.0/16');
    const narrow = file('narrow.plan.json', JSON.stringify({ ...plan, planned_values: root('198.51.100.0/25') }));
    const documented = await cli(['diff', narrow, '--why', HYBRID]);
    expect(words(documented.stdout)[1].at(-1)).toBe(`${ROW} (Port Requirements of Apinizer Components)`);
  });

  test('writes JSON', async () => {
    const json = JSON.parse((await cli(['diff', HYBRID, world, '--format', 'json'])).stdout);
    expect(json).toMatchObject({ version: 1, isComplete: true, world: 1, counts: { widened: 1 } });
  });

  test('compares directories by the names of their stacks', async () => {
    const directory = join(path, 'two');
    for (const stack of ['apinizer-hybrid', 'vcluster-platform-on-gke']) {
      mkdirSync(join(directory, stack), { recursive: true });
      const source = stack === 'apinizer-hybrid' ? wider : join(stacks, stack, 'cdk.tf.json');
      writeFileSync(join(directory, stack, 'cdk.tf.json'), readFileSync(source));
    }
    const both = [HYBRID, join(stacks, 'vcluster-platform-on-gke')];
    const before = join(path, 'before');
    both.forEach((stack, at) => {
      mkdirSync(join(before, String(at)), { recursive: true });
      writeFileSync(join(before, String(at), 'cdk.tf.json'), readFileSync(join(stack, 'cdk.tf.json')));
    });
    const { stdout } = await cli(['diff', before, directory]);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 widened');
  });

  test('compares one path that is not a plan with cdktf.out, and never with itself', async () => {
    const project = join(path, 'cluster-ports-project');
    const output = join(project, 'cdktf.out/stacks/apinizer-hybrid');
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, 'cdk.tf.json'), readFileSync(wider));
    symlinkSync('cdktf.out', join(project, 'link'));
    const home = process.cwd();
    process.chdir(project);
    try {
      for (const before of [HYBRID, join(HYBRID, 'cdk.tf.json')]) {
        expect(await cli(['diff', before, '--fail-on', 'any'])).toMatchObject({
          code: 1,
          stdout: expect.stringMatching(/\n1 widened\n/),
        });
      }
      expect((await cli(['diff', wider, '--fail-on', 'any'])).code).toBe(0);
      for (const same of ['cdktf.out', './cdktf.out/', 'link', 'cdktf.out/stacks', join(output, 'cdk.tf.json')]) {
        await expectBadInput(['diff', same], 'second-path-required');
      }
    } finally {
      process.chdir(home);
    }
  });

  test('fails for an unknown gate, and for a single file that does not exist', async () => {
    await expectBadInput(['diff', HYBRID, wider, '--fail-on', 'open'], 'option-value-unknown');
    const missing = join(path, 'plan-that-is-not-there.json');
    await expectBadInput(['diff', missing], 'file-not-readable');
  });
});

describe('explain', () => {
  const ask = (port: string, ...more: string[]): string[] => [
    ...['explain', HYBRID, '--from', '198.51.100.9', '--to', 'apinizer-workers', '--port', port],
    ...more,
  ];

  /** The cells of a table of which the cells are wrapped, joined by columns, for each row that begins with the name of an end. */
  const ends = (stdout: string): Record<string, string[]> =>
    Object.fromEntries(unwrappedCells(stdout).map(([end, ...cells]) => [end, cells]));

  test('names the rule by which a packet passes, and its document, in a table of at most 120 columns', async () => {
    const { code, stdout } = await cli(ask('30080/tcp'));
    expect(code).toBe(0);
    const [table] = stdout.split('\n\n');
    expect(table.split('\n').filter((line) => line.length > 120)).toEqual([]);
    const { source, destination } = ends(stdout);
    expect(source.slice(0, 2)).toEqual(['notjudged', '']);
    expect(destination.slice(0, 3)).toEqual(['passes', GATEWAY, 'decides:allow']);
    expect(destination[3]).toBe(`${ROW} (Port Requirements of Apinizer Components)`.replaceAll(' ', ''));
    expect(stdout).toContain(`The packet passes: 30080/tcp from 198.51.100.9 to ${GROUP}.\n`);
    expect(stdout).toContain(
      'apinizer-node-ports@2024-12 is checked by the vendor for kubernetes 1.31.0, flannel 0.26.1; ports may vary in other versions.\n',
    );
  });

  test('names the nearest rule for a packet that does not pass, and exits with code 1', async () => {
    const { code, stdout } = await cli(ask('30081/tcp'));
    expect(code).toBe(1);
    expect(ends(stdout).destination.slice(0, 3)).toEqual(['refused', GATEWAY, 'nearest,differsinport']);
    expect(stdout).toContain('\nThe packet is refused: 30081/tcp');
    expect((await cli(ask('30081/tcp', '--format', 'markdown'))).stdout).toContain('## The packet is refused\n');
    expect(JSON.parse((await cli(ask('30081/tcp', '--format', 'json'))).stdout)).toMatchObject({
      verdict: 'refused',
      source: { verdict: 'not judged' },
      destination: { verdict: 'refused' },
    });
  });

  const outbound = (to: string, port: string): string[] => [
    ...['explain', HYBRID, '--from', 'apinizer-workers', '--to', to, '--port', port],
  ];

  test.each(['10.8.0.3', 'mongodb-berlin'])(
    'does not say that a request to the firewall team is open: %s',
    async (to) => {
      const { code, stdout } = await cli(outbound(to, '25080/tcp'));
      expect(code).toBe(1);
      const { source, destination } = ends(stdout);
      expect(source[0]).toBe('passes');
      expect(destination[0].replaceAll(' ', '')).toBe('askedfor,notknowntobeopen');
      expect(destination[2].replaceAll(' ', '')).toBe('thefirewallteamisaskedbyapinizer-hybrid/data-stores');
      expect(stdout).toContain('The firewall team is asked to open the port, and it is not known whether it has');
    },
  );

  test('does not know what the firewall team opens without a request', async () => {
    const world = changed('outbound.json', () => undefined);
    const json = JSON.parse(readFileSync(world, 'utf8'));
    for (const rule of Object.values<any>(json.resource.aws_vpc_security_group_egress_rule)) rule.to_port = 65535;
    const stack = file('outbound.json', JSON.stringify(json));
    const { code, stdout } = await cli(['explain', stack, ...outbound('mongodb-berlin', '25081/tcp').slice(2)]);
    expect(code).toBe(1);
    expect(stdout).toContain('Whether the packet passes is not known: 25081/tcp');
  });

  test.each(['apinizer-workers', 'security group apinizer-workers', GROUP, GROUP.slice('sg:'.length), '10.20.1.7'])(
    'finds machines by label, key, Terraform address and IP address: %s',
    async (name) => {
      const { stdout } = await cli([...['explain', HYBRID, '--from', name, '--to', '10.8.0.3', '--port', '25080/tcp']]);
      expect(stdout).toMatch(new RegExp(`from ${GROUP}(?: at 10.20.1.7)? to mongodb-berlin at 10.8.0.3`));
    },
  );

  test('takes the IP address of an end that is given by name', async () => {
    const packet = ['explain', HYBRID, '--from', 'partners', '--to', 'apinizer-workers', '--port', '30080/tcp'];
    expect((await cli(packet)).code).toBe(0);
    expect((await cli([...packet, '--from-ip', '198.51.100.9'])).code).toBe(0);
    await expectBadInput([...packet, '--from-ip', '192.0.2.9'], 'host-outside-ranges');
  });

  test('fails for a name that several stacks have, and takes it with its stack', async () => {
    const packet = (to: string): string[] => ['explain', stacks, '--from', '10.0.0.7', '--to', to, '--port', '22/tcp'];
    await expectBadInput(packet('k8s-workers'), 'group-ambiguous');
    const { stdout } = await cli(packet('kubeadm-apinizer-on-aws/k8s-workers'));
    expect(stdout).toContain('to sg:kubeadm-apinizer-on-aws/aws_security_group.group_k8s-workers.');
  });

  test('fails without a port', async () => {
    const sentence = "cluster-ports explain: required option '--port <port>' not specified";
    await expectUsageError(['explain', HYBRID, '--from', '10.0.0.1', '--to', 'apinizer-workers'], sentence);
  });
});

test('fails for a .tfstate file', async () => {
  const raw = file(
    'terraform.tfstate',
    '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","resources":[]}',
  );
  for (const command of ['show', 'lint']) await expectBadInput([command, raw], 'raw-state-file');
  await expectBadInput(['diff', raw, HYBRID], 'raw-state-file');
});

describe('lint', () => {
  test('finds only warnings of synthesis and later editions in an example', async () => {
    const { code, stdout, stderr } = await cli(['lint', HYBRID]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(
      words(stdout)
        .slice(1, -3)
        .map((cells) => cells.slice(0, 4)),
    ).toEqual([
      ['warning', 'warning', 'apinizer-hybrid/workers', NO_DNS],
      [
        'information',
        'later-edition',
        'apinizer-data-stores@2024-12',
        'a later edition exists: 2026-03; it adds elasticsearch>elasticsearch/elasticsearch-transport 9300/tcp',
      ],
      [
        'information',
        'later-edition',
        'apinizer-node-ports@2024-12',
        'a later edition exists: 2026-03; it adds gateway-client>worker/api-gateway-alternative 30090/tcp',
      ],
    ]);
    const ignored = ['warning', 'later-edition'].flatMap((kind) => ['--ignore', kind]);
    expect(await cli(['lint', HYBRID, ...ignored])).toEqual({ code: 0, stdout: 'Nothing was found.\n', stderr: '' });
  });

  test('counts rules against the quota of the account', async () => {
    const rule = (at: number): object => ({ ...gatewayRule, cidr_ipv4: `10.0.${at}.0/24` });
    const gatewayRule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 1, to_port: 1, description: 'x' };
    const rules = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`r${at}`, rule(at)]));
    const full = file('full.json', JSON.stringify({ resource: { aws_vpc_security_group_ingress_rule: rules } }));
    const quota = async (...more: string[]): Promise<string[][]> =>
      words((await cli(['lint', full, ...more])).stdout).filter(([, code]) => code === 'quota');
    const has = 'it has 60 ingress rules for IPv4; AWS allows';
    expect(await quota()).toEqual([['warning', 'quota', 'sg:sg-1', `${has} 60 by default`, full]]);
    expect(await quota('--max-rules', '59')).toEqual([['error', 'quota', 'sg:sg-1', `${has} 59`, full]]);
    expect(await quota('--max-rules', '75')).toEqual([['warning', 'quota', 'sg:sg-1', `${has} 75`, full]]);
    expect(await quota('--max-rules', '76')).toEqual([]);
    await expectBadInput(['lint', full, '--max-rules', '0'], 'max-rules-invalid');
    await expectBadInput(['lint', full, '--max-rules', 'many'], 'max-rules-invalid');
    await expectBadInput(['lint', full, '--max-rules', '060'], 'max-rules-invalid');
  });

  test('does not say that nothing was found if it could not evaluate everything', async () => {
    const notEvaluated = file('lint-module.json', '{"module":{"web":{"source":"./web"}}}');
    const { code, stdout } = await cli(['lint', notEvaluated]);
    expect(code).toBe(0);
    expect(words(stdout)[0]).toEqual(['Nothing was found in what could be evaluated.']);
  });
});

test.each(['show', 'lint'])('%s fails for JSON that is not Terraform', async (command) => {
  const other = file('package.json', '{"name":"x","version":"1"}');
  await expectBadInput([command, other], 'terraform-json-required');
  const copy = file('copy.json', readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  await expectBadInput([command, HYBRID, copy], 'stack-given-twice');
});

describe('a changed access request', () => {
  const PREMISES = join(stacks, 'kubeadm-on-premises');

  /** Writes the example on premises without its last flow. */
  function withoutLastFlow(): string {
    const json = JSON.parse(readFileSync(join(PREMISES, 'cdk.tf.json'), 'utf8'));
    json['//'].metadata.clusterPorts.flows.pop();
    return file('fewer-flows.json', JSON.stringify(json));
  }

  test('is a change with a gate of its own', async () => {
    const before = withoutLastFlow();
    const { code, stdout } = await cli(['diff', before, PREMISES]);
    expect(code).toBe(0);
    expect(words(stdout)[1].slice(0, 3)).toEqual(['requested', 'ingress', expect.stringMatching(/^machines:10\./)]);
    expect(stdout).toMatch(/^1 requested$/m);
    const codeOf = async (...gates: string[]): Promise<number> =>
      (await cli(['diff', before, PREMISES, ...gates.flatMap((gate) => ['--fail-on', gate])])).code;
    expect(await codeOf('widened')).toBe(0);
    expect(await codeOf('requested')).toBe(1);
    expect(await codeOf('widened', 'requested')).toBe(1);
    expect(await codeOf('any')).toBe(1);
    expect((await cli(['diff', PREMISES, PREMISES, '--fail-on', 'any'])).code).toBe(0);
  });

  test('is reported if it goes', async () => {
    const { stdout } = await cli([
      'diff',
      PREMISES,
      withoutLastFlow(),
      '--fail-on',
      'requested',
      '--format',
      'markdown',
    ]);
    expect(stdout).toContain('| no longer requested | ingress |');
    expect(stdout).toContain('`--fail-on requested` stops this change.');
  });
});

test('show and lint read hostnames of the examples, and the provenance names their rows', async () => {
  const { stdout } = await cli(['show', join(stacks, 'apinizer-outbound-on-aws')]);
  expect(stdout).toMatch(/^egress +0-65535\/tcp +machines:10\.20\.0\.0\/16 +host:archive\.ubuntu\.com over HTTP$/m);
  expect(stdout).not.toContain('Not evaluated');
  const { code, stdout: findings } = await cli([
    'lint',
    join(stacks, 'apinizer-outbound-on-aws'),
    '--ignore',
    'warning,later-edition',
  ]);
  expect({ code, findings }).toEqual({ code: 0, findings: 'Nothing was found.\n' });
});
