import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();

const TYPE = 'aws_vpc_security_group_ingress_rule';
const RULE = { security_group_id: 'sg-0a1b2c3d', ip_protocol: 'tcp', from_port: 22, to_port: 22, description: 'ssh' };
const resource = (rules: Record<string, object>): string =>
  JSON.stringify({ resource: { [TYPE]: rules } }, undefined, 2);

/** An error (world-open), a warning (quota) and information (redundant, no-description). */
const all = {
  open: { ...RULE, cidr_ipv4: '0.0.0.0/0' },
  within: { ...RULE, cidr_ipv4: '10.0.0.0/8', description: '' },
  ...Object.fromEntries(
    Array.from({ length: 48 }, (_, at) => [
      `r${at}`,
      { ...RULE, from_port: 80, to_port: 80, cidr_ipv4: `10.0.${at}.0/24` },
    ]),
  ),
};
const ALL = file('all.tf.json', resource(all));
const WARNING = file('warning.tf.json', resource({ ...all, open: { ...RULE, cidr_ipv4: '10.9.0.0/16' } }));
const INFORMATION = file('information.tf.json', resource({ within: all.within }));

interface Found {
  readonly code: string;
  readonly level: string;
  readonly address: string;
  readonly fingerprint: string;
  readonly stack?: string;
}

const codesOf = (findings: readonly Found[]): string[] => findings.map(({ level, code }) => `${level} ${code}`);

async function codes(...argv: string[]): Promise<string[]> {
  const { stdout } = await cli(['lint', ...argv, '--format', 'json']);
  return codesOf((JSON.parse(stdout) as { findings: Found[] }).findings);
}

const exit = async (...argv: string[]): Promise<number> => (await cli(['lint', ...argv])).code;

test('lists the most serious findings first, and counts them', async () => {
  const { stdout } = await cli(['lint', ALL]);
  const lines = stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3));
  expect(lines).toEqual([
    ['Level', 'Finding', 'At'],
    ['error', 'world-open', `${TYPE}.open`],
    ['warning', 'quota', 'sg:sg-0a1b2c3d'],
    ['information', 'redundant', `${TYPE}.within`],
    ['information', 'no-description', `${TYPE}.within`],
    [''],
    ['1 error, 1 warning, 2 information'],
    [''],
  ]);
});

test('finds in the examples only warnings of synthesis, later editions, moved and omitted rows, openings with a reason, the advice about Flannel, ports of pods, nearly full groups, and what machines in several roles open twice', async () => {
  const examples = ['lint', synthesizeExamples(join(path, 'out')), '--format', 'json'];
  const { code, stdout } = await cli([...examples, '--ignore', 'warning,later-edition,redundant,overlap']);
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  expect(code).toBe(0);
  expect(findings.map(({ level, code: kind, address }) => `${level} ${kind} ${address}`)).toEqual([
    // two security groups as one role have a rule for each pair
    'warning quota sg:rke2-cilium-longhorn-rancher-on-aws/aws_security_group.group_rke2-agent',
    'warning quota sg:rke2-cilium-longhorn-rancher-on-aws/aws_security_group.group_rke2-node',
    'warning quota sg:rke2-cilium-longhorn-rancher-on-aws/aws_security_group.group_rke2-node',
    'information world-open-with-reason aws_vpc_security_group_ingress_rule.ingress_tcp_30080_0e9706616c2b',
    'information world-open-with-reason google_compute_firewall.firewall_apinizer-node-ports-gateway-client-to-worker-prod',
    'information flannel-udp-not-needed checked-rules-on-aws/cluster',
    'information flannel-udp-not-needed control-plane-endpoint/cluster',
    'information flannel-udp-not-needed kubeadm-on-premises/cluster',
    'information moved aws_vpc_security_group_ingress_rule.ingress_tcp_30081_851281b9ebb2',
    'information moved google_compute_firewall.firewall_apinizer-node-ports-gateway-client-to-worker-test',
    'information moved google_compute_firewall.firewall_cilium-node-to-node',
    'information moved aws_vpc_security_group_ingress_rule.ingress_tcp_30081_9deb18774731',
    // both rows of ping, each within and between its two roles
    ...Array<string>(8).fill('information omitted rke2-cilium-longhorn-rancher-on-gcp/rke2'),
    'information omitted vcluster-platform-later-edition/vcluster-platform',
    'information omitted vcluster-platform-on-eks/vcluster-platform',
    'information omitted vcluster-platform-on-eks/vcluster-platform',
    'information omitted control-plane-vip-on-premises/installation-hosts',
    'information pod-ports rke2-cilium-longhorn-rancher-on-aws/longhorn',
    'information pod-ports rke2-cilium-longhorn-rancher-on-gcp/longhorn',
    'information pod-ports vcluster-platform-later-edition/vcluster-platform',
  ]);
  const all = await cli(examples);
  const others = (JSON.parse(all.stdout) as { findings: Found[] }).findings.filter(
    ({ code: kind, address }) => !findings.some((one) => one.code === kind && one.address === address),
  );
  expect(all.code).toBe(0);
  expect(new Set(others.map(({ code: kind }) => kind))).toEqual(
    new Set(['warning', 'later-edition', 'redundant', 'overlap']),
  );
  const twice = others.filter(({ code: kind }) => kind === 'redundant' || kind === 'overlap');
  expect(new Set(twice.map(({ stack }) => stack))).toEqual(
    new Set(['rke2-cilium-longhorn-rancher-on-aws', 'rke2-cilium-longhorn-rancher-on-gcp']),
  );
});

describe('--fail-on', () => {
  test.each<[string[], number[]]>([
    [[], [1, 0, 0]],
    [
      ['--fail-on', 'error'],
      [1, 0, 0],
    ],
    [
      ['--fail-on', 'warning'],
      [1, 1, 0],
    ],
    [
      ['--fail-on', 'information'],
      [1, 1, 1],
    ],
    [
      ['--fail-on', 'none'],
      [0, 0, 0],
    ],
    [
      ['--fail-on', 'quota,world-open'],
      [1, 1, 0],
    ],
    [
      ['--fail-on', 'quota', '--fail-on', 'no-description'],
      [1, 1, 1],
    ],
    [
      ['--fail-on', 'error, no-description'],
      [1, 1, 1],
    ],
    [
      ['--fail-on', 'redundant'],
      [1, 1, 0],
    ],
  ])('%j decides about the exit code', async (options, expected) => {
    const got = await Promise.all([ALL, WARNING, INFORMATION].map((one) => exit(one, ...options)));
    expect(got).toEqual(expected);
  });

  test('fails for an unknown word', async () => {
    await expectBadInput(['lint', ALL, '--fail-on', 'errors'], 'option-value-unknown');
    await expectBadInput(['lint', ALL, '--fail-on', 'error,'], 'option-value-unknown');
  });
});

describe('--only and --ignore', () => {
  test('choose codes', async () => {
    expect(await codes(ALL, '--only', 'quota,redundant')).toEqual(['warning quota', 'information redundant']);
    expect(await codes(ALL, '--ignore', 'quota', '--ignore', 'no-description')).toEqual([
      'error world-open',
      'information redundant',
    ]);
    expect(await exit(ALL, '--ignore', 'world-open')).toBe(0);
    await expectBadInput(['lint', ALL, '--ignore', 'world'], 'option-value-unknown');
  });

  test('must not leave out what --fail-on or --only names', async () => {
    await expectBadInput(['lint', ALL, '--fail-on', 'quota', '--ignore', 'quota'], 'finding-left-out');
    await expectBadInput(['lint', ALL, '--fail-on', 'quota', '--only', 'redundant'], 'finding-left-out');
    await expectBadInput(['lint', ALL, '--only', 'quota', '--ignore', 'quota'], 'finding-left-out');
  });
});

test('asks for provenance only with --require-provenance, or if its code is named', async () => {
  const rule = file('rule.tf.json', resource({ one: { ...RULE, cidr_ipv4: '10.0.0.0/8' } }));
  expect(await codes(rule)).toEqual([]);
  for (const options of [['--require-provenance'], ['--only', 'no-provenance'], ['--fail-on', 'no-provenance']]) {
    expect(await codes(rule, ...options)).toEqual(['error no-provenance']);
    expect(await exit(rule, ...options)).toBe(1);
  }
});

describe('a baseline', () => {
  const baseline = join(path, 'baseline.json');
  const read = (): any => JSON.parse(readFileSync(baseline, 'utf8'));

  test('is written, and accepts everything that it has', async () => {
    expect(await cli(['lint', ALL, '--write-baseline', baseline])).toEqual({
      code: 0,
      stdout: '',
      stderr: `${baseline} accepts 4 findings.\n`,
    });
    expect(await cli(['lint', ALL, '--baseline', baseline, '--fail-on', 'information'])).toEqual({
      code: 0,
      stdout: 'Nothing new was found.\n\n4 accepted in the baseline\n',
      stderr: '',
    });
    expect(await codes(ALL, '--baseline', baseline)).toEqual([]);
  });

  test('does not accept what is new', async () => {
    const more = file(
      'more.tf.json',
      resource({ first: { ...RULE, from_port: 23, to_port: 23, cidr_ipv4: '0.0.0.0/0' }, ...all }),
    );
    expect(await exit(more, '--baseline', baseline)).toBe(1);
    const found = JSON.parse((await cli(['lint', more, '--baseline', baseline, '--format', 'json'])).stdout);
    expect({ accepted: found.accepted, addresses: found.findings.map(({ address }: Found) => address) }).toEqual({
      accepted: 4,
      addresses: [`${TYPE}.first`],
    });
  });

  test('keeps the reasons that people wrote, and drops what is no longer there', async () => {
    const written = read();
    const [first] = written.accepted;
    first.reason = 'accepted by the security team';
    written.accepted.push({ code: 'world-open', level: 'error', address: 'gone', reason: 'x' });
    writeFileSync(baseline, JSON.stringify(written));
    const { stdout, code } = await cli(['lint', ALL, '--baseline', baseline]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'the baseline accepts world-open here, which is no longer found; --write-baseline removes it',
    );
    expect((await cli(['lint', ALL, '--baseline', baseline, '--only', 'quota'])).stdout).not.toContain('no longer');
    await cli(['lint', ALL, '--write-baseline', baseline]);
    await cli(['lint', ALL, '--write-baseline', baseline, '--only', 'quota']);
    expect(read().accepted).toHaveLength(4);
    expect(read().accepted.map(({ reason }: { reason?: string }) => reason)).toEqual([
      'accepted by the security team',
      ...[undefined, undefined, undefined],
    ]);
  });

  test('has the name of a stack only if the file says it, or if several files are read together', async () => {
    const stacksOf = async (...paths: string[]): Promise<unknown[]> => {
      await cli(['lint', ...paths, '--write-baseline', baseline]);
      return [...new Set(read().accepted.map(({ stack }: { stack?: string }) => stack))].sort();
    };
    const copy = file('copy.tf.json', resource(all));
    const named = file(
      'named.tf.json',
      JSON.stringify({ ...JSON.parse(resource(all)), '//': { metadata: { stackName: 'web' } } }),
    );
    const state = file(
      'state.json',
      JSON.stringify({
        format_version: '1.0',
        values: {
          root_module: {
            resources: [
              {
                address: `${TYPE}.a`,
                mode: 'managed',
                type: TYPE,
                name: 'a',
                values: { ...RULE, cidr_ipv4: '0.0.0.0/0' },
              },
            ],
          },
        },
      }),
    );
    expect(await stacksOf(ALL)).toEqual([undefined]);
    expect(await stacksOf(state)).toEqual([undefined]);
    expect(await stacksOf(named)).toEqual(['web']);
    expect(await stacksOf(ALL, copy)).toEqual(['all.tf.json', 'copy.tf.json']);
  });

  test('must be a file that lint wrote', async () => {
    await expectBadInput(['lint', ALL, '--baseline', join(path, 'missing.json')], 'file-not-readable');
    const other = file('other.json', '{"version":7}');
    await expectBadInput(['lint', ALL, '--write-baseline', other], 'json-altered');
    expect(readFileSync(other, 'utf8')).toBe('{"version":7}');
    expect(existsSync(join(path, 'missing.json'))).toBe(false);
  });
});
