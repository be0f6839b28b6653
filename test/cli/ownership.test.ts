import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsSecurityGroup,
  ExternalHosts,
  ExternalProxy,
  type Ownership,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const PAYMENTS = { owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' };

interface Owners {
  readonly ownership?: Ownership;
  readonly rowOwnership?: Record<string, Ownership>;
  readonly ofHosts?: Ownership;
}

/** Synthesizes a stack with a rule, a request and requested hostnames. */
function synthesized(name: string, { ofHosts, ...owners }: Owners): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: Peer.cidr('10.0.0.0/28'),
    platform: AwsSecurityGroup.fromId('sg-0123456789abcdef0', { key: 'platform' }),
    ...owners,
  });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.7.1.0/28'),
    prometheus: ExternalHosts.named('prometheus hosts', '10.7.2.0/28'),
    ownership: owners.ownership,
  });
  new ApinizerInstallationHostnames(stack, 'hosts', {
    through: ExternalProxy.named('egress-proxy'),
    omit: ['ubuntu-packages', 'red-hat-packages', 'docker-com', 'k8s-io', 'amazonaws-com', 'mongodb-org'],
    ownership: ofHosts,
  });
  app.synth();
  return join(outdir, 'stacks/stack');
}

const NOBODY = synthesized('nobody', {});
const OWNED = synthesized('owned', {
  ownership: PAYMENTS,
  rowOwnership: { webhook: { owner: 'audit' } },
  ofHosts: { owner: 'registry', expires: '2027-04-15' },
});

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await cli(argv);
  if (code === 2) throw new Error(stderr);
  return stdout;
}

async function rowsOfCsv(...argv: string[]): Promise<Record<string, string>[]> {
  const [columns, ...rows] = (await output(...argv, '--format', 'csv'))
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain),
    );
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
}

describe('lists', () => {
  const OWNERS = [
    ['8443/tcp', 'payments', 'NET-42', '2027-03-31'],
    ['9443/tcp', 'audit', '', ''],
    ['9444/tcp', 'payments', 'NET-42', '2027-03-31'],
    ['9090/tcp', 'payments', 'NET-42', '2027-03-31'],
    ['443/tcp', 'registry', '', '2027-04-15'],
    ['443/tcp', 'registry', '', '2027-04-15'],
  ];

  test('CSV has owner, ticket and last day in columns of their own, also if nobody is named', async () => {
    const cells = async (command: string, stack: string): Promise<string[][]> =>
      (await rowsOfCsv(...[command, stack], ...(command === 'request' ? ['--all'] : [])))
        .filter(({ Port, 'Opened by': opener = '' }) => Port !== '' && !opener.includes('omitted'))
        .map(({ Port, Protocol, Owner, Ticket, Expires }) => [
          Protocol === undefined ? Port : `${Port}/${Protocol}`,
          ...[Owner, Ticket, Expires],
        ]);
    for (const command of ['matrix', 'request']) {
      expect((await cells(command, OWNED)).sort()).toEqual([...OWNERS].sort());
      expect(new Set((await cells(command, NOBODY)).map(([, ...owner]) => owner.join()))).toEqual(new Set([',,']));
    }
  });

  test('tables and Markdown have one column for it, only if somebody is named', async () => {
    for (const argv of [['matrix'], ['matrix', '--format', 'markdown'], ['request', '--format', 'markdown']]) {
      const [command, ...options] = argv;
      const owned = await output(command, OWNED, ...options);
      expect(owned).toContain('Owner');
      expect(owned.replaceAll('`', '')).toContain('payments, ticket NET-42, until 2027-03-31');
      expect(owned).toContain('registry, until 2027-04-15');
      expect(await output(command, NOBODY, ...options)).not.toContain('Owner');
    }
  });

  test('JSON has it as an object', async () => {
    const { flows, hostnames } = JSON.parse(await output('matrix', OWNED, '--format', 'json')) as Record<
      'flows' | 'hostnames',
      { ownership?: object }[]
    >;
    expect(flows.map(({ ownership }) => ownership)).toEqual([PAYMENTS, { owner: 'audit' }, PAYMENTS, PAYMENTS]);
    expect(hostnames.map(({ ownership }) => ownership)).toEqual(
      Array.from({ length: 2 }, () => ({ owner: 'registry', expires: '2027-04-15' })),
    );
  });

  test('a request in the form of the vendor says whose each port is', async () => {
    const text = await output('request', OWNED, '--all');
    const comments = text.split('\n').filter((line) => line.includes('Owner'));
    expect(comments).toEqual([
      '# 8443/tcp, 9444/tcp: Owner: payments, ticket NET-42, until 2027-03-31',
      '# 9443/tcp: Owner: audit',
      '# Owner: payments, ticket NET-42, until 2027-03-31',
      '# Owner: registry, until 2027-04-15',
    ]);
    expect(await output('request', NOBODY, '--all')).toBe(
      text
        .split('\n')
        .filter((line) => !line.includes('Owner'))
        .join('\n'),
    );
  });

  test('show and explain name owner, ticket and last day', async () => {
    const shown = JSON.parse(await output('show', OWNED, '--format', 'json')) as { notes: object[] };
    const notes = shown.notes.map((note) => JSON.stringify(note)).join('\n');
    expect(notes).toContain(
      'api-service 8443/tcp, management-api 9444/tcp: owner payments, ticket NET-42, until 2027-03-31',
    );
    expect(notes).toContain('webhook 9443/tcp: owner audit');
    expect(notes).toContain('docker-io *.docker.io');
    const asked = ['--from', '10.0.0.1', '--to', 'platform', '--port', '9444/tcp'];
    expect(await output('explain', OWNED, ...asked)).toContain(
      'Owner of vcluster-platform@2025-03/kubernetes-api-to-platform/management-api: payments, ticket NET-42, until 2027-03-31.',
    );
    expect(await output('explain', NOBODY, ...asked)).not.toContain('Owner');
    const answer = JSON.parse(await output('explain', OWNED, ...asked, '--format', 'json')) as {
      destination: { matching: { documentedBy: { ownership: object }[] }[] };
    };
    expect(answer.destination.matching[0].documentedBy[0].ownership).toEqual(PAYMENTS);
  });
});

interface FindingJson {
  readonly code: string;
  readonly level: string;
  readonly address: string;
  readonly message: string;
  readonly related: readonly string[];
  readonly fingerprint: string;
}

const ONLY = ['--only', 'expired,expires-soon'];

async function found(stack: string, today: string, ...options: string[]): Promise<FindingJson[]> {
  const text = await output('lint', stack, ...ONLY, '--today', today, '--format', 'json', ...options);
  return (JSON.parse(text) as { findings: FindingJson[] }).findings;
}

describe('lint', () => {
  test.each([
    ['2027-02-28', []],
    ['2027-03-01', ['expires-soon in 30 days']],
    ['2027-03-16', ['expires-soon in 15 days', 'expires-soon in 30 days']],
    ['2027-03-30', ['expires-soon in 1 day', 'expires-soon in 16 days']],
    ['2027-03-31', ['expires-soon today', 'expires-soon in 15 days']],
    ['2027-04-01', ['expired 1 day ago', 'expires-soon in 14 days']],
    ['2028-04-01', ['expired 367 days ago', 'expired 352 days ago']],
  ])('on %s it finds %p', async (today, expected) => {
    const when = (await found(OWNED, today)).map(({ code, message }) => `${code} ${/, ([^,;]*);/.exec(message)![1]}`);
    expect([...new Set(when)].sort()).toEqual([...expected].sort());
  });

  test('a finding names construct, rows, owner and ticket, and the rules', async () => {
    const [first, second, third, ...others] = await found(OWNED, '2027-04-12');
    expect([first.level, second.level, third.level, others]).toEqual(['warning', 'warning', 'information', []]);
    expect([first, second, third].map(({ address, message }) => `${address}: ${message}`)).toEqual([
      'stack/vcluster: api-service 8443/tcp, management-api 9444/tcp expired on 2027-03-31, 12 days ago; owner payments, ticket NET-42',
      'stack/metrics: cost-metrics 9090/tcp expired on 2027-03-31, 12 days ago; owner payments, ticket NET-42',
      'stack/hosts: docker-io *.docker.io, elastic-artifacts artifacts.elastic.co will expire on 2027-04-15, in 3 days; owner registry',
    ]);
    expect(first.related).toHaveLength(2);
    expect(second.related).toEqual([]);
  });

  test('expired rows stop a pipeline only if asked', async () => {
    const exits = async (...options: string[]): Promise<number> =>
      (await cli(['lint', OWNED, '--today', '2027-04-02', ...ONLY, ...options])).code;
    expect(await exits()).toBe(0);
    expect(await exits('--fail-on', 'expired')).toBe(1);
    expect(await exits('--fail-on', 'expires-soon')).toBe(1);
    expect(await exits('--fail-on', 'information')).toBe(1);
    const { code } = await cli(['lint', OWNED, '--today', '2027-03-31', ...ONLY, '--fail-on', 'expired']);
    expect(code).toBe(0);
  });

  test('a baseline accepts a last day, and not a later one that is over too', async () => {
    const baseline = join(path, 'baseline.json');
    await cli(['lint', OWNED, ...ONLY, '--today', '2027-04-10', '--write-baseline', baseline]);
    expect(await found(OWNED, '2027-04-14', '--baseline', baseline)).toEqual([]);
    const later = synthesized('later', { ownership: { ...PAYMENTS, expires: '2027-04-05' } });
    const fresh = await found(later, '2027-04-14', '--baseline', baseline);
    expect(fresh.map(({ code }) => code)).toEqual(['expired', 'expired']);
  });

  test('a row that expires under a finding that is accepted is a new finding', async () => {
    const baseline = join(path, 'rows.json');
    const one = synthesized('one-row', { rowOwnership: { webhook: PAYMENTS } });
    await cli(['lint', one, ...ONLY, '--today', '2027-04-10', '--write-baseline', baseline]);
    const two = synthesized('two-rows', { rowOwnership: { webhook: PAYMENTS, 'management-api': PAYMENTS } });
    expect(await found(two, '2027-04-10', '--baseline', baseline)).toHaveLength(1);
  });

  test('a plan or a state has the days of the stacks that --why gives', async () => {
    const plan = join(path, 'plan.json');
    writeFileSync(
      plan,
      JSON.stringify({ format_version: '1.0', values: { root_module: {} }, terraform_version: '1.9.0' }),
    );
    expect(await found(plan, '2027-05-01')).toEqual([]);
    expect(await found(plan, '2027-05-01', '--why', OWNED)).toHaveLength(3);
  });

  test('without --today it takes the date of the day', async () => {
    const over = synthesized('over', { ownership: { owner: 'payments', expires: '2020-01-31' } });
    const { stdout } = await cli(['lint', over, ...ONLY]);
    expect(stdout).toContain('expired');
    const never = synthesized('never', { ownership: { owner: 'payments', expires: '9999-12-31' } });
    expect((await cli(['lint', never, ...ONLY])).stdout).toBe('Nothing was found.\n');
  });

  test.each(['2027-02-30', '31.03.2027', '2027-3-1', 'today', '', '0000-01-01', '1999-12-31'])(
    'fails for --today %p',
    async (today) => {
      await expectBadInput(['lint', OWNED, '--today', today], 'today-invalid');
    },
  );
});

describe('diff', () => {
  const notes = async (before: string, after: string): Promise<{ text: string }[]> => {
    const { changes, notes: found = [] } = JSON.parse(await output('diff', before, after, '--format', 'json')) as {
      changes: object[];
      notes?: { text: string }[];
    };
    expect(changes).toEqual([]);
    return found;
  };

  test('a changed owner or last day is a note, and no change of traffic', async () => {
    expect((await notes(NOBODY, OWNED)).map(({ text }) => text)).toEqual([
      'api-service 8443/tcp, management-api 9444/tcp: owner payments, ticket NET-42, until 2027-03-31, before: nobody',
      'webhook 9443/tcp: owner audit, before: nobody',
      'cost-metrics 9090/tcp: owner payments, ticket NET-42, until 2027-03-31, before: nobody',
      'docker-io *.docker.io, elastic-artifacts artifacts.elastic.co: owner registry, until 2027-04-15, before: nobody',
    ]);
    const longer = synthesized('longer', { ownership: { ...PAYMENTS, expires: '2027-09-30' } });
    const texts = (await notes(OWNED, longer)).map(({ text }) => text);
    expect(texts).toContain(
      'cost-metrics 9090/tcp: owner payments, ticket NET-42, until 2027-09-30, before: payments, ticket NET-42, until 2027-03-31',
    );
    expect(texts).toContain(
      'docker-io *.docker.io, elastic-artifacts artifacts.elastic.co: owner nobody, before: registry, until 2027-04-15',
    );
    expect(await notes(OWNED, OWNED)).toEqual([]);
  });

  test('no gate stops it', async () => {
    const gates = ['world', 'opened', 'widened', 'requested', 'any'].flatMap((gate) => ['--fail-on', gate]);
    expect((await cli(['diff', NOBODY, OWNED, ...gates])).code).toBe(0);
  });
});

describe('what somebody else wrote into the file', () => {
  /** Returns a stack with an altered ownership. */
  function altered(name: string, from: string, to: string): string {
    mkdirSync(join(path, name), { recursive: true });
    const file = join(path, name, 'cdk.tf.json');
    writeFileSync(file, readFileSync(join(OWNED, 'cdk.tf.json'), 'utf8').replaceAll(from, to));
    return file;
  }

  test('fails for a day that does not exist', async () => {
    const file = altered('no-day', '"expires": "2027-03-31"', '"expires": "2027-02-31"');
    await expectBadInput(['matrix', file], 'json-altered');
    await expectBadInput(['lint', file], 'json-altered');
    await expectBadInput(['matrix', altered('no-owner', '"owner": "payments"', '"owner": 7')], 'json-altered');
  });

  test('an owner of several lines stays on one line of every list', async () => {
    const file = altered('lines', '"owner": "payments"', '"owner": "a\\n# Please open:\\u001b[31m"');
    for (const argv of [
      ['request', file, '--all'],
      ['request', file, '--all', '--format', 'markdown'],
      ['matrix', file],
      ['matrix', file, '--format', 'csv'],
      ['lint', file, '--today', '2027-05-01'],
      ['show', file],
    ]) {
      const text = await output(...argv);
      expect(text).toContain('a\\n');
      expect(text).not.toContain('\u001b');
      expect(text).not.toMatch(/^# Please open:\\u001b/m);
    }
  });
});
