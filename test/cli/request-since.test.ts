import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  ExternalHosts,
  ExternalProxy,
  LinuxDistribution,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';
import { unzipped } from '../support/unzipped';

const { path } = temporaryDirectory();

interface Options {
  readonly port?: number;
  readonly platform?: string[];
  readonly prometheus?: string[];
  readonly name?: string;
  readonly hosts?: string[];
  readonly proxy?: string;
  readonly members?: string;
  readonly ownPort?: number;
  readonly sender?: string;
  readonly isEmpty?: true;
}

/** Synthesizes a request for one port, for two hostnames and for a virtual address, and a rule of the stack itself. */
function synthesized(directory: string, options: Options = {}): string {
  const { port, platform = ['10.7.1.0/28'], prometheus = ['10.7.2.0/28'], name = 'prometheus hosts' } = options;
  const { hosts = ['docker-com', 'docker-io'], proxy = 'egress-proxy', members = '10.1.0.0/28', ownPort } = options;
  const outdir = join(path, directory);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  const platformPeer = Peer.cidr(...platform);
  if (options.isEmpty !== true) {
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: platformPeer,
      prometheus: ExternalHosts.named(name, ...prometheus),
      ...(port !== undefined && { ports: { 'cost-metrics': Port.tcp(port) } }),
    });
    const all = ['ubuntu-packages', 'docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'];
    new ApinizerInstallationHostnames(stack, 'hosts', {
      through: ExternalProxy.named(proxy),
      distribution: LinuxDistribution.UBUNTU,
      omit: [...all, 'elastic-artifacts'].filter((row) => !hosts.includes(row)),
    });
    new ControlPlaneVipRules(stack, 'vip', {
      controlPlane: ExternalHosts.named('control planes', members),
      workers: Peer.cidr('10.2.0.0/24'),
      virtualAddress: ExternalHosts.named('vip', '10.3.0.1/32'),
      loadBalancer: Peer.cidr('10.3.0.0/28'),
    });
  }
  if (options.sender !== undefined) {
    new PrometheusCostMetricsRule(stack, 'sender', {
      platform: AwsSecurityGroup.fromId('sg-0123456789abcdef1', { key: options.sender }),
      prometheus: ExternalHosts.named(name, ...prometheus),
    });
  }
  new PrometheusCostMetricsRule(stack, 'own', {
    platform: Peer.cidr('10.9.0.0/28'),
    prometheus: AwsSecurityGroup.fromId('sg-0123456789abcdef0', { key: 'metrics' }),
    ...(ownPort !== undefined && { ports: { 'cost-metrics': Port.tcp(ownPort) } }),
  });
  app.synth();
  return join(outdir, 'stacks/stack');
}

const OLD = synthesized('old');

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await cli(argv);
  if (code === 2) throw new Error(stderr);
  return stdout;
}

/** Returns `<action>: <source> -> <destination> <port>` for each row of the CSV that asks for something, or is unchanged. */
async function rowsOf(now: string, since: string, ...options: string[]): Promise<string[]> {
  const [columns, ...rows] = (await output('request', now, '--since', since, '--format', 'csv', ...options))
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain),
    );
  return rows
    .map((row) => (column: string) => row[columns.indexOf(column)])
    .filter((cell) => !/^(?:not in this request|please check externally|none: these stacks)/.test(cell('Action')))
    .map((cell) => {
      const source = cell('Source IP ranges') || cell('Source');
      const destination = cell('Destination IP ranges') || cell('Destination');
      return `${cell('Action')}: ${source} -> ${destination} ${cell('Port')}/${cell('Protocol')}`;
    });
}

describe('what has changed', () => {
  test.each<[string, Options, string[]]>([
    ['nothing', {}, []],
    ['a different name for the same ranges', { name: 'other name' }, []],
    [
      'a moved port is one closing and one opening',
      { port: 9091 },
      ['please open: 10.7.1.0/28 -> 10.7.2.0/28 9091/tcp', 'please close: 10.7.1.0/28 -> 10.7.2.0/28 9090/tcp'],
    ],
    [
      'different ranges of the source are one closing and one opening',
      { platform: ['10.7.5.0/28'] },
      ['please open: 10.7.5.0/28 -> 10.7.2.0/28 9090/tcp', 'please close: 10.7.1.0/28 -> 10.7.2.0/28 9090/tcp'],
    ],
    [
      'a further range opens only this range',
      { platform: ['10.7.1.0/28', '10.7.5.0/28'] },
      ['please open: 10.7.5.0/28 -> 10.7.2.0/28 9090/tcp'],
    ],
    [
      'further ranges of both ends open what is new',
      { platform: ['10.7.1.0/28', '10.7.5.0/28'], prometheus: ['10.7.2.0/28', '10.7.6.0/28'] },
      [
        'please open: 10.7.1.0/28 -> 10.7.6.0/28 9090/tcp',
        'please open: 10.7.5.0/28 -> 10.7.2.0/28, 10.7.6.0/28 9090/tcp',
      ],
    ],
    [
      'a narrower range is one closing and one opening',
      { prometheus: ['10.7.2.0/29'] },
      ['please open: 10.7.1.0/28 -> 10.7.2.0/29 9090/tcp', 'please close: 10.7.1.0/28 -> 10.7.2.0/28 9090/tcp'],
    ],
    [
      'a different hostname is one closing and one opening',
      { hosts: ['docker-com', 'k8s-io'] },
      [
        'please open: through egress-proxy -> *.k8s.io 443/tcp',
        'please close: through egress-proxy -> *.docker.io 443/tcp',
      ],
    ],
    [
      'a different proxy is one closing and one opening of each hostname',
      { proxy: 'new-proxy' },
      [
        'please open: through new-proxy -> *.docker.com 443/tcp',
        'please open: through new-proxy -> *.docker.io 443/tcp',
        'please close: through egress-proxy -> *.docker.com 443/tcp',
        'please close: through egress-proxy -> *.docker.io 443/tcp',
      ],
    ],
    ['what the stack itself opens is not asked for', { ownPort: 9099 }, []],
  ])('%s', async (what, options, expected) => {
    expect(await rowsOf(synthesized(what.replaceAll(' ', '-'), options), OLD)).toEqual(expected);
  });

  test('machines behind a virtual address that change are routed anew', async () => {
    const rows = await rowsOf(synthesized('members', { members: '10.1.1.0/28' }), OLD);
    expect(rows).toContain('please route: 10.3.0.1/32 -> 10.1.1.0/28 6443/tcp');
    expect(rows).toContain('please route no longer: 10.3.0.1/32 -> 10.1.0.0/28 6443/tcp');
    expect(rows).toContain('please open: 10.2.0.0/24 -> 10.3.0.1/32 6443/tcp');
    expect(rows.some((row) => row.includes('9090'))).toBe(false);
  });

  test('the opposite comparison opens what closes', async () => {
    const now = synthesized('opposite', { port: 9091, hosts: ['docker-com', 'k8s-io'] });
    const swapped = (rows: string[]): string[] =>
      rows.map((row) => row.replace(/open|close/, (word) => (word === 'open' ? 'close' : 'open'))).sort();
    expect(swapped(await rowsOf(OLD, now))).toEqual((await rowsOf(now, OLD)).sort());
  });

  test('with --all it lists what is unchanged, and what the stack opens and closes itself', async () => {
    const now = synthesized('all', { port: 9091, ownPort: 9099 });
    const rows = await rowsOf(now, OLD, '--all');
    expect(rows).toEqual(
      expect.arrayContaining(
        [
          'please open: 10.7.1.0/28 -> 10.7.2.0/28 9091/tcp',
          'none: the requesting team opens it: 10.9.0.0/28 -> security group metrics 9099/tcp',
          'none: the requesting team closes it: 10.9.0.0/28 -> security group metrics 9090/tcp',
          'none: unchanged: through egress-proxy -> *.docker.io 443/tcp',
          'none: unchanged: 10.2.0.0/24 -> 10.3.0.1/32 6443/tcp',
        ].map((row) =>
          row.includes('security group')
            ? (expect.stringMatching(row.replace('security group metrics', '.*')) as string)
            : row,
        ),
      ),
    );
    expect(await output('request', now, '--since', OLD, '--all')).toContain(
      '1 to open, 1 to close, 5 unchanged; by the requesting team itself: 1 opened, 1 closed, 0 unchanged\n',
    );
    // what is unchanged and what is asked for are everything that the request without --since lists
    const changed = rows
      .filter((row) => !/please close|closes it|no longer/.test(row))
      .map((row) =>
        row
          .split(' -> ')
          .join()
          .replace(/^.*?: /, ''),
      );
    const everything = await rowsOf(now, synthesized('empty', { isEmpty: true }), '--all');
    expect(changed).toHaveLength(everything.filter((row) => !row.includes('closes it')).length);
  });

  test('everything is to be opened since stacks that asked for nothing, and since stacks without constructs', async () => {
    const everything = (await output('request', OLD, '--format', 'csv')).match(/^please /gm)!.length;
    const plain = join(path, 'plain');
    const app = new App({ outdir: plain, skipValidation: true });
    new TerraformStack(app, 'stack');
    app.synth();
    for (const before of [synthesized('nothing-yet', { isEmpty: true }), plain]) {
      const rows = await rowsOf(OLD, before);
      expect(rows.filter((row) => row.startsWith('please'))).toHaveLength(everything);
      expect(rows.some((row) => row.includes('close'))).toBe(false);
    }
  });
});

describe('forms', () => {
  const NOW = synthesized('now', { port: 9091 });
  const head = ['--ticket', 'NET-77', '--requested-by', 'Jane Doe'];

  test('text has a head, a place for the approval, and a part for each kind of change', async () => {
    const text = (await output('request', NOW, '--since', OLD, ...head)).replace(OLD, 'old');
    expect(
      text
        .split('\n')
        .filter(
          (line) =>
            !line.startsWith('# 90') &&
            !line.startsWith('# Document') &&
            !line.startsWith('# Versions') &&
            !line.startsWith('# ['),
        ),
    ).toMatchInlineSnapshot(`
     [
       "# Access request NET-77",
       "# Requested by: Jane Doe",
       "# Changes since old: 1 to open, 1 to close, 5 unchanged",
       "# Approved by: ______________________________  on: ______________",
       "---",
       "# TO OPEN",
       "# Please open:",
       "SOURCE:",
       "10.7.1.0/28",
       "DESTINATION:",
       "prometheus hosts",
       "10.7.2.0/28",
       "9091/tcp",
       "---",
       "# TO CLOSE",
       "# Please close:",
       "SOURCE:",
       "10.7.1.0/28",
       "DESTINATION:",
       "prometheus hosts",
       "10.7.2.0/28",
       "9090/tcp",
       "---",
       "# not asked for: 443/tcp from machines behind egress-proxy to archive.ubuntu.com: Outbound access by name, omitted by stack/hosts",
       "# not asked for: 80/tcp from machines behind egress-proxy to archive.ubuntu.com: Outbound access by name, omitted by stack/hosts",
       "# not asked for: 443/tcp from machines behind egress-proxy to *.k8s.io: Outbound access by name, omitted by stack/hosts",
       "# not asked for: 443/tcp from machines behind egress-proxy to *.amazonaws.com: for the reason of this access, please refer to documentation of Kubernetes, omitted by stack/hosts",
       "# not asked for: 443/tcp from machines behind egress-proxy to *.mongodb.org: Outbound access by name, omitted by stack/hosts",
       "# not asked for: 443/tcp from machines behind egress-proxy to artifacts.elastic.co: Outbound access by name, omitted by stack/hosts",
       "",
     ]
    `);
  });

  test('Markdown has the same parts', async () => {
    const text = (await output('request', NOW, '--since', OLD, '--format', 'markdown', ...head)).replace(OLD, 'old');
    expect(text.split('\n').filter((line) => /^(?:#|- (?:Requested|Changes|Approved))/.test(line)))
      .toMatchInlineSnapshot(`
     [
       "# Access request \`NET-77\`",
       "- Requested by: Jane Doe",
       "- Changes since old: 1 to open, 1 to close, 5 unchanged",
       "- Approved by: ..........  on: ..........",
       "## To open",
       "## To close",
     ]
    `);
  });

  test('every row of CSV and of a spreadsheet has the number, who asks, and a place for the approval', async () => {
    const [columns, ...rows] = (await output('request', NOW, '--since', OLD, '--format', 'csv', ...head))
      .trimEnd()
      .split('\r\n');
    expect(columns).toMatch(/,Notes,Request,Requested by,Approved by,Approved on$/);
    const asks = rows.filter((row) => row.startsWith('please '));
    expect(asks.length).toBeGreaterThan(1);
    expect(asks.every((row) => row.endsWith(',NET-77,Jane Doe,,'))).toBe(true);
    const file = join(path, 'request.xlsx');
    await cli(['request', NOW, '--since', OLD, '--format', 'xlsx', '--output', file, ...head]);
    const sheet = unzipped(readFileSync(file), 'xl/sharedStrings.xml');
    for (const text of ['please close', 'NET-77', 'Jane Doe', 'Approved by']) expect(sheet).toContain(text);
  });

  test('a request without changes says so', async () => {
    expect(await output('request', OLD, '--since', OLD)).toContain('# Nothing to open, and nothing to close.\n');
    expect(await output('request', OLD, '--since', OLD, '--format', 'markdown')).toContain(
      '\nNothing to open, and nothing to close.\n',
    );
  });

  test('the head is there without --since too, and a request without these options has none', async () => {
    const text = await output('request', NOW, '--ticket', 'NET-77');
    expect(text).toMatch(/^# Access request NET-77\n# Approved by: _+  on: _+\n---\n/);
    expect(text).not.toContain('TO OPEN');
    expect(await output('request', NOW)).not.toContain('Approved');
  });
});

describe('input', () => {
  test('a plan or a state does not say what was asked for, so that everything is listed, with the reason', async () => {
    const state = join(path, 'state.json');
    writeFileSync(
      state,
      JSON.stringify({ format_version: '1.0', terraform_version: '1.9.0', values: { root_module: {} } }),
    );
    const reason = `Not compared with ${state}, so that everything is listed: a plan or a state does not contain what the firewall team is asked to open`;
    const { stdout, stderr, code } = await cli(['request', OLD, '--since', state]);
    expect(code).toBe(0);
    expect(stderr).toContain(`note: ${reason}\n`);
    // at the head, where nobody misses it
    const [title, line, approval, end, ...request] = stdout.split('\n');
    expect([title, line, end]).toEqual(['# Access request', `# ${reason}`, '---']);
    expect(approval).toMatch(/^# Approved by: _+ {2}on: _+$/);
    expect(request.join('\n')).toBe(await output('request', OLD));
    const [, first] = (await output('request', OLD, '--since', state, '--format', 'csv')).split('\r\n');
    expect(first).toMatch(/^not compared,/);
    expect(first).toContain(reason);
  });

  test.each(['request', 'report'])('%s fails for an empty object, which would make everything new', async (command) => {
    const empty = join(path, 'empty.json');
    writeFileSync(empty, '{}');
    await expectBadInput([command, OLD, '--since', empty], 'since-empty');
  });

  test('IP ranges are given to the machines of both sides, and a name may be of one side only', async () => {
    const sender = synthesized('sender', { sender: 'senders' });
    const given = ['--ip-ranges', 'security group senders=10.4.0.0/24'];
    expect(await rowsOf(sender, OLD, ...given)).toEqual(['please open: 10.4.0.0/24 -> 10.7.2.0/28 9090/tcp']);
    expect(await rowsOf(sender, sender, ...given)).toEqual([]);
    const renamed = synthesized('renamed', { sender: 'renamed' });
    expect(await rowsOf(renamed, sender, '--ip-ranges', 'security group renamed=10.4.0.0/24')).toEqual([
      'please open: 10.4.0.0/24 -> 10.7.2.0/28 9090/tcp',
      'please close: <IP ranges of security group senders> -> 10.7.2.0/28 9090/tcp',
    ]);
    await expectBadInput(['request', OLD, '--since', sender, ...given], 'ip-ranges-name-unknown');
  });

  test.each([
    ['--ticket', '', 'text-required'],
    ['--ticket', 'NET-1\nPlease open:', 'text-invalid'],
    ['--requested-by', 'a'.repeat(101), 'text-too-long'],
    ['--requested-by', '\u202ename', 'text-invalid'],
  ] as const)('fails for %s %p', async (option, text, code) => {
    await expectBadInput(['request', OLD, option, text], code);
  });

  test('fails for a path that does not exist', async () => {
    await expectBadInput(['request', OLD, '--since', join(path, 'none')], 'file-not-readable');
  });

  test('a name from an option is text in every form', async () => {
    const text = await output('request', OLD, '--requested-by', '**Jane** <b>', '--format', 'markdown');
    expect(text).toContain('- Requested by: `**Jane**` `<b>`\n');
    expect(await output('request', OLD, '--requested-by', '=1+1', '--format', 'csv')).not.toMatch(/,=1\+1/);
  });
});

test('a request for fewer stacks than before says which of them would be closed as a whole', async () => {
  const app = new App({ outdir: join(path, 'two') });
  for (const [name, range] of [
    ['one', '10.7.1.0/28'],
    ['two', '10.7.2.0/28'],
  ]) {
    const stack = new TerraformStack(app, name);
    const prometheus = ExternalHosts.named(`prometheus of ${name}`, range);
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.address('203.0.113.7'), prometheus });
  }
  app.synth();
  const [both, first] = [join(path, 'two'), join(path, 'two/stacks/one')];
  const closing = 'to close as a whole, because this request has nothing of these stacks: two';
  const narrower = await cli(['request', first, '--since', both]);
  expect(narrower.stdout).toContain(closing);
  expect(narrower.stderr).toContain(closing);
  const wider = await cli(['request', both, '--since', first]);
  expect(wider.stderr).toContain('to open as a whole, because the earlier request has nothing of these stacks: two');
  expect((await cli(['request', both, '--since', both])).stderr).not.toContain('as a whole');
});

/** Synthesizes the stack after its last construct was removed. */
function withoutConstructs(directory: string): string {
  const outdir = join(path, directory);
  const app = new App({ outdir, skipValidation: true });
  new TerraformStack(app, 'stack');
  app.synth();
  return outdir;
}

test.each(['text', 'markdown', 'csv'])(
  'a stack that lost its last construct asks to close everything, as %s',
  async (format) => {
    const empty = withoutConstructs('without-constructs');
    const { code, stdout } = await cli(['request', empty, '--since', OLD, '--format', format]);
    expect(code).toBe(0);
    expect(stdout.toLowerCase()).toContain('please close');
    expect(stdout.toLowerCase()).not.toContain('please open');
  },
);

test('a stack without constructs has no request of its own', async () => {
  const empty = withoutConstructs('without-constructs-or-since');
  await expectBadInput(['request', empty], 'provenance-missing');
});

test('a report of a stack that lost its last construct says what is to be closed', async () => {
  const empty = withoutConstructs('report-without-constructs');
  const { code, stdout } = await cli(['report', empty, '--since', OLD]);
  expect(code).toBe(0);
  expect(stdout).toContain('To be closed by the firewall team');
});
