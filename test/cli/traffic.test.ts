import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, expectBadInput, expectUsageError, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid');
const GROUP = 'sg:aws_security_group.group_apinizer-workers';
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
      ['Direction', 'Port', 'From', 'To'],
      ['ingress', '30080/tcp', '198.51.100.0/24', GROUP],
      ['ingress', '30080/tcp', '2001:db8:100::/48', GROUP],
      ['egress', '9200/tcp', GROUP, '10.8.0.16/28'],
      ['egress', '25080/tcp', GROUP, '10.8.0.0/28'],
      [''],
    ]);
  });

  test('writes Markdown and JSON', async () => {
    expect((await cli(['show', HYBRID, '--format', 'markdown'])).stdout).toBe(`## Permitted traffic

| Direction | Port | From | To |
| --- | --- | --- | --- |
| ingress | \`30080/tcp\` | \`198.51.100.0/24\` | \`${GROUP}\` |
| ingress | \`30080/tcp\` | \`2001:db8:100::/48\` | \`${GROUP}\` |
| egress | \`9200/tcp\` | \`${GROUP}\` | \`10.8.0.16/28\` |
| egress | \`25080/tcp\` | \`${GROUP}\` | \`10.8.0.0/28\` |
`);
    const json = JSON.parse((await cli(['show', HYBRID, '--format', 'json'])).stdout);
    expect(json).toMatchObject({ version: 1, isComplete: true, notEvaluated: [] });
    expect(json.rows[0]).toEqual({
      direction: 'ingress',
      port: '30080/tcp',
      from: '198.51.100.0/24',
      to: GROUP,
      permitted: true,
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
    expect(words(stdout).slice(-3)).toEqual([
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
| widened | ingress | \`${GROUP}\` | \`30080/tcp 198.51.0.0/16\` | \`30080/tcp 198.51.100.0/24\` | 30080/tcp from 198.51.0.0 to sg:aws\\_security\\_group.group\\_apinizer-workers | \`${GATEWAY}\` | ${ROW} (Port Requirements of Apinizer Components) |

1 widened
`,
    });
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
    const kinds = async (threshold: string): Promise<string[]> => {
      const { stdout } = await cli(['lint', wider, '--format', 'json', '--world-wider-than', threshold]);
      return (JSON.parse(stdout) as { findings: { kind: string }[] }).findings.map(({ kind }) => kind);
    };
    expect(await kinds('/16')).not.toContain('world-open');
    expect(await kinds('/17')).toContain('world-open');
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
    expect(words(why.stdout)[1].at(-1)).toBe(`${ROW} (Port Requirements of Apinizer Components)`);
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

  test('fails for an unknown gate, and for a single file that is not a plan', async () => {
    await expectBadInput(['diff', HYBRID, wider, '--fail-on', 'open'], 'option-value-unknown');
    await expectBadInput(['diff', HYBRID], 'file-not-readable');
    const missing = join(path, 'plan-that-is-not-there.json');
    await expectBadInput(['diff', missing], 'file-not-readable');
    const stack = join(HYBRID, 'cdk.tf.json');
    await expectBadInput(['diff', stack], 'plan-required');
  });
});

describe('explain', () => {
  const ask = (port: string, ...more: string[]): string[] => [
    ...['explain', HYBRID, '--from', '198.51.100.9', '--to', 'apinizer-workers', '--port', port],
    ...more,
  ];

  /** The cells of a table of which the cells are wrapped, joined by columns, for each row that begins with the name of an end. */
  const ends = (stdout: string): Record<string, string[]> => {
    const [header, ...lines] = stdout.split('\n\n')[0].split('\n');
    const starts = [...header.matchAll(/\S+/g)].map(({ index }) => index);
    const rows: string[][] = [];
    for (const line of lines) {
      const cells = starts.map((start, at) => line.slice(start, starts[at + 1]).trim());
      if (cells[0] !== '') rows.push(cells);
      else rows.at(-1)!.forEach((cell, at, row) => (row[at] = `${cell}${cells[at]}`));
    }
    return Object.fromEntries(rows.map(([end, ...cells]) => [end, cells]));
  };

  test('names the rule by which a packet passes, and its document, in a table of at most 120 columns', async () => {
    const { code, stdout } = await cli(ask('30080/tcp'));
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
    const { source, destination } = ends(stdout);
    expect(source.slice(0, 2)).toEqual(['not judged', '']);
    expect(destination.slice(0, 3)).toEqual(['passes', GATEWAY, 'decides: allow']);
    expect(destination[3].replaceAll(' ', '')).toBe(
      `${ROW} (Port Requirements of Apinizer Components)`.replaceAll(' ', ''),
    );
    expect(stdout).toContain(`The packet passes: 30080/tcp from 198.51.100.9 to ${GROUP}.\n`);
  });

  test('names the nearest rule for a packet that does not pass, and exits with code 1', async () => {
    const { code, stdout } = await cli(ask('30081/tcp'));
    expect(code).toBe(1);
    expect(ends(stdout).destination.slice(0, 3)).toEqual(['refused', GATEWAY, 'nearest, differs in port']);
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
  const world = changed('lint.json', (rules) => (gateway(rules).cidr_ipv4 = '0.0.0.0/0'));

  test('finds nothing in an example', async () => {
    expect(await cli(['lint', HYBRID])).toEqual({ code: 0, stdout: 'Nothing was found.\n', stderr: '' });
  });

  test('exits with code 1 for a finding, and with 0 if all findings are ignored', async () => {
    const { code, stdout } = await cli(['lint', world]);
    expect(code).toBe(1);
    expect(
      words(stdout)
        .map((line) => line.slice(0, 2))
        .filter(([kind]) => kind === 'world-open'),
    ).toEqual([['world-open', GATEWAY]]);
    const kinds = [
      ...new Set(
        words(stdout)
          .slice(1)
          .map(([kind]) => kind)
          .filter((kind) => kind !== ''),
      ),
    ];
    expect((await cli(['lint', world, ...kinds.flatMap((kind) => ['--ignore', kind])])).code).toBe(0);
  });

  test('counts rules against the quota of the account', async () => {
    const rule = (at: number): object => ({ ...gatewayRule, cidr_ipv4: `10.0.${at}.0/24` });
    const gatewayRule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 1, to_port: 1, description: 'x' };
    const rules = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`r${at}`, rule(at)]));
    const full = file('full.json', JSON.stringify({ resource: { aws_vpc_security_group_ingress_rule: rules } }));
    const quota = async (...more: string[]): Promise<string[][]> =>
      words((await cli(['lint', full, '--ignore', 'no-provenance', ...more])).stdout).filter(
        ([kind]) => kind === 'quota',
      );
    const has = 'it has 60 ingress rules for IPv4; AWS allows';
    expect(await quota()).toEqual([['quota', 'sg:sg-1', `${has} 60 by default`, full]]);
    expect(await quota('--max-rules', '72')).toEqual([['quota', 'sg:sg-1', `${has} 72`, full]]);
    expect(await quota('--max-rules', '73')).toEqual([]);
    await expectBadInput(['lint', full, '--max-rules', '0'], 'max-rules-invalid');
    await expectBadInput(['lint', full, '--max-rules', 'many'], 'max-rules-invalid');
  });

  test('does not say that nothing was found if it could not evaluate everything', async () => {
    const notEvaluated = file('lint-module.json', '{"module":{"web":{"source":"./web"}}}');
    const { code, stdout } = await cli(['lint', notEvaluated]);
    expect(code).toBe(0);
    expect(words(stdout)[0]).toEqual(['Nothing was found in what could be evaluated.']);
  });

  test('fails for an unknown kind', async () => {
    await expectBadInput(['lint', world, '--ignore', 'world'], 'option-value-unknown');
  });
});

test.each(['show', 'lint'])('%s fails for JSON that is not Terraform', async (command) => {
  const other = file('package.json', '{"name":"x","version":"1"}');
  await expectBadInput([command, other], 'terraform-json-required');
  const copy = file('copy.json', readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  await expectBadInput([command, HYBRID, copy], 'stack-given-twice');
});
