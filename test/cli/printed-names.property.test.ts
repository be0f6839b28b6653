import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import 'cdktf-cluster-ports/testing';
import { givenRanges, withRanges } from '../../lib/cli/given-ranges';
import { readConfiguration } from '../../lib/cli/read-configuration';
import { readAccess } from '../../lib/cli/read-flows';
import { missingRanges } from '../../lib/documents';
import { ClusterPortsError, shown } from '../../lib/input';
import { expectedRules } from '../../lib/expectations/expected-rules';
import { type Configuration, explain } from '../../lib/traffic';
import { cli, synthesizeExamples } from '../support/cli';
import { REFUSED_APPS, synthesizeRandomApp } from '../support/random-app';
import { PROPERTY_SEED } from '../support/property-seed';
import { seededRandom } from '../support/random';
import {
  boxesInPicture,
  endsByJson,
  endsByMarkdown,
  endsByRequest,
  endsByRequestCsv,
  type FlowJson,
  type HostnameJson,
  type PrintedEnds,
} from '../support/told';

const COUNT = Number(process.env.STORIES ?? 6);
const path = mkdtempSync(join(tmpdir(), 'cluster-ports-cli-'));
afterAll(() => rmSync(path, { recursive: true }));
const QUIET = { stdout: { write: () => true, isTTY: false }, stderr: { write: () => true, isTTY: false }, env: {} };

test('every end that a command prints about an example is a name for explain and the matchers', async () => {
  const stacks = synthesizeExamples(join(path, 'examples'));
  for (const name of readdirSync(stacks)) {
    await expectNames(join(stacks, name), name);
    await expectPermitted(join(stacks, name));
    await expectRangesTaken(join(stacks, name));
  }
}, 120_000);

test(
  `every end that a command prints about ${COUNT} random apps is a name for explain and the matchers (PROPERTY_SEED=${PROPERTY_SEED})`,
  async () => {
    for (let seed = PROPERTY_SEED, found = 0; found < COUNT; seed++) {
      const outdir = join(path, `${seed}`);
      try {
        synthesizeRandomApp(seededRandom(seed), outdir);
      } catch (error) {
        if (error instanceof ClusterPortsError && REFUSED_APPS.includes(error.code)) continue;
        throw error;
      }
      found++;
      await expectNames(outdir, `seed ${seed}`);
      await expectRangesTaken(outdir);
      for (const name of readdirSync(join(outdir, 'stacks'))) {
        await expectNames(join(outdir, 'stacks', name), `seed ${seed}, ${name}`);
        await expectPermitted(join(outdir, 'stacks', name));
      }
      rmSync(outdir, { recursive: true });
    }
  },
  COUNT * 20_000 + 20_000,
);

test('the part of machines that a rule is for is a name, also if their IP ranges are given', async () => {
  const outdir = join(path, 'parts');
  const app = new App({ outdir, skipValidation: true });
  const aws = new TerraformStack(app, 'aws');
  const [clients, server] = ['0', '1'].map((end) =>
    AwsSecurityGroup.fromId(`sg-0123456789abcdef${end}`, { ipRanges: Peer.cidr('10.60.0.0/24', '2001:db8::/48') }),
  );
  new PrometheusCostMetricsRule(aws, 'metrics', { platform: clients, prometheus: server });
  const rule = { securityGroupId: server.securityGroupId, ipProtocol: 'tcp', fromPort: 9090, toPort: 9090 };
  new VpcSecurityGroupIngressRule(aws, 'own', { ...rule, cidrIpv6: '::/0' });
  const gcp = new TerraformStack(app, 'gcp');
  const network = { network: 'prod', project: 'net-one' };
  const [platform, prometheus] = ['platform', 'prometheus'].map((tag) =>
    new GcpFirewall(network).networkTag(tag, { ipRanges: Peer.cidr('10.70.0.0/24', '2001:db8:1::/48') }),
  );
  new PrometheusCostMetricsRule(gcp, 'metrics', { platform, prometheus });
  const denied = { priority: 900, sourceRanges: ['10.70.0.0/28'], targetTags: ['prometheus'] };
  new ComputeFirewall(gcp, 'own', { name: 'own', ...network, ...denied, deny: [{ protocol: 'tcp' }] });
  app.synth();
  const shown = await output('show', outdir);
  expect(shown).toContain('sg:sg-0123456789abcdef0 over IPv4');
  expect(shown).toContain('tag:platform in 0.0.0.0/0 except 10.70.0.0/28');
  await expectNames(outdir, 'parts');
});

/** What the matrix lists as opened by the stack is permitted between the names that it prints. */
async function expectPermitted(stack: string): Promise<void> {
  if (readConfiguration([stack], [], QUIET).notEvaluated.length > 0) return;
  const { flows, hostnames = [] } = await matrixOf(stack);
  const rows = [
    ...flows
      .filter(({ external, rules }) => external === undefined && rules.length > 0)
      .map(({ port, source, destination }) => ({ port, from: source.label, to: destination.label })),
    ...hostnames
      .filter(({ external, rules }) => external === undefined && rules.length > 0)
      .flatMap(({ clients, through, allowed }) =>
        allowed.flatMap(({ port, names }) =>
          names.map((to) => ({
            port: port.replace(/,.*/, ''),
            from: clients?.label ?? `machines behind ${through}`,
            to,
          })),
        ),
      ),
  ];
  if (rows.length > 0) expect(join(stack, 'cdk.tf.json')).toPermit(rows);
}

/** The request asks for IP ranges under names that --ip-ranges takes. */
async function expectRangesTaken(paths: string): Promise<void> {
  const { flows, hostnames, omitted, undocumented } = readAccess([paths], { state: [], ipRanges: [] }, QUIET);
  for (const name of missingRanges(flows, hostnames)) {
    const { stderr } = await cli(['request', paths, '--all', '--ip-ranges', `${name}=10.250.0.0/24`]);
    expect({ name, refused: /\[[a-z-]+\]\n$/.test(stderr) ? stderr : undefined }).toEqual({ name, refused: undefined });
    const access = { flows, hostnames, omitted, undocumented };
    const filled = withRanges(
      access,
      givenRanges(access, { [name]: ['10.250.0.0/24'] }, { place: 'request', areAllKnown: true }),
    );
    expect(missingRanges(filled.flows, filled.hostnames)).not.toContain(name);
  }
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await cli(argv);
  if (code === 2) throw new Error(`${argv.join(' ')}: ${stderr}`);
  return stdout;
}

/** Ends that a command prints. */
interface Printed extends PrintedEnds {
  readonly by: string;
}

interface MatrixJson {
  readonly flows: readonly (FlowJson & { readonly rules: readonly string[] })[];
  readonly hostnames?: readonly FilteredHostnameJson[];
}

/** A hostname in the JSON of the matrix, with its filter. */
interface FilteredHostnameJson extends HostnameJson {
  readonly clients?: FlowJson['source'];
  readonly through: string;
  readonly allowed: readonly { readonly port: string; readonly names: readonly string[] }[];
  readonly rules: readonly string[];
}

async function matrixOf(paths: string): Promise<MatrixJson> {
  return JSON.parse(await output('matrix', paths, '--format', 'json')) as MatrixJson;
}

async function printedEnds(paths: string): Promise<Printed[]> {
  const matrix = await matrixOf(paths);
  // a document about one stack does not name it, and a different stack of the files may have the name too
  const [only, ...others] = new Set([...matrix.flows, ...(matrix.hostnames ?? [])].map(({ stack }) => stack));
  const by = (command: string, ends: readonly PrintedEnds[]): Printed[] =>
    ends.map((each) => ({ by: command, ...each, stack: each.stack ?? (others.length === 0 ? only : undefined) }));
  const pairs = [
    ...by('matrix in JSON', endsByJson(matrix.flows, matrix.hostnames ?? [])),
    ...by('matrix', endsByMarkdown(await output('matrix', paths, '--format', 'markdown'))),
    ...by('request', endsByRequest(await output('request', paths, '--all'))),
    ...by('request in CSV', endsByRequestCsv(await output('request', paths, '--all', '--format', 'csv'))),
    ...by('request in Markdown', endsByMarkdown(await output('request', paths, '--all', '--format', 'markdown'))),
  ];
  const { rows } = JSON.parse(await output('show', paths, '--format', 'json')) as {
    rows: readonly { from: string; to: string }[];
  };
  const shownPairs = by(
    'show',
    rows.map(({ from, to }) => ({ from: [from], to: [to] })),
  );
  const boxes = boxesInPicture(await output('diagram', paths)).map(({ stack, name }) => {
    // a box is at the side at which the matrix has it
    const { from } = pairs.find((pair) => pair.from.includes(name)) ?? { from: [] };
    const found = pairs.find(
      (pair) => (from.length > 0 ? pair.from : pair.to).includes(name) && (stack === undefined || pair.stack === stack),
    );
    return {
      ...found,
      stack,
      from: from.length > 0 ? [name] : (found?.from ?? []),
      to: from.length > 0 ? (found?.to ?? []) : [name],
    };
  });
  const { findings } = JSON.parse(await output('lint', paths, '--format', 'json')) as {
    findings: readonly { message: string }[];
  };
  const found = findings.flatMap(({ message }) => {
    const [, name] = /\bfrom ((?:sg|tag|account):\S+),/.exec(message) ?? [];
    return name === undefined ? [] : [{ from: [name], to: rows.slice(0, 1).map(({ to }) => to) }];
  });
  return [...pairs, ...shownPairs, ...by('diagram', boxes), ...by('lint', found)];
}

const NAME_CODES: readonly string[] = [
  'group-unknown',
  'group-ambiguous',
  'ip-address-invalid',
  'host-outside-ranges',
  'machines-invalid',
  'far-end-invalid',
  'range-invalid',
  'range-without-prefix',
  'range-with-host-bits',
  'hostname-invalid',
];

/** Returns why an end is not accepted at its side; nothing if it is, whatever the answer is. */
function refusalOf(word: string, ask: () => unknown, place: RegExp): string | undefined {
  try {
    ask();
  } catch (error) {
    const { code, message } = error as ClusterPortsError;
    if (!NAME_CODES.includes(code) || !place.test(message)) return undefined;
    return isNoMachine(word, code, message) ? undefined : `${code}: ${message}`;
  }
  return undefined;
}

/** A rule applies to machines, and not to IP ranges or to what the firewall team manages. The matchers say so. */
function isNoMachine(word: string, code: string, message: string): boolean {
  const isRange = /^[\d.]+\/\d+(?:, |$)/.test(word);
  return code === 'machines-invalid' && (isRange || /the firewall team manages|and not IP ranges/.test(message));
}

const HOSTNAME = /^(?:host:)?(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]+(?: over \w+)?$/;

/** Expects that explain and the matchers take every end at the side where it is printed. */
async function expectNames(paths: string, of: string): Promise<void> {
  const configuration = readConfiguration([paths], [], QUIET);
  const refused: string[] = [];
  const asked = new Set<string>();
  for (const { by, stack, from, to } of await printedEnds(paths)) {
    for (const [side, words, others] of [['from', from, to] as const, ['to', to, from] as const]) {
      for (const word of words) {
        // an end of a hostname may be machines behind a filter
        const key = JSON.stringify([side, word, stack, HOSTNAME.test(others[0] ?? '')]);
        if (asked.has(key) || others.length === 0) continue;
        asked.add(key);
        const reason = reasonAgainst(configuration, { side, word, other: others[0], stack });
        if (reason !== undefined) refused.push(`${of}: ${by} prints ${shown(word)} as ${side}: ${reason}`);
      }
    }
  }
  expect(refused).toEqual([]);
}

interface AskedEnd {
  readonly side: 'from' | 'to';
  readonly word: string;
  /** The other end in the same line. */
  readonly other: string;
  readonly stack?: string;
}

/** A name that several stacks have must be accepted with its stack in front. */
function reasonAgainst(configuration: Configuration, { side, word, other, stack }: AskedEnd): string | undefined {
  const names = [word, ...(stack === undefined ? [] : [`${stack}/${word}`])];
  const asked = (name: string): Parameters<typeof explain>[1] =>
    side === 'from' ? { from: name, to: other, port: '443/tcp' } : { from: other, to: name, port: '443/tcp' };
  const explained = names.map((name) =>
    refusalOf(
      name,
      () => {
        const answer = explain(configuration, asked(name));
        // what it prints is a name too
        explain(configuration, asked((side === 'from' ? answer.source : answer.destination).name));
      },
      new RegExp(`^--${side}\\b`),
    ),
  );
  if (explained.every((reason) => reason !== undefined)) return `explain: ${explained[0]}`;
  const matched = names.map((name) =>
    refusalOf(
      name,
      () => expectedRules([{ port: '443/tcp', from: other, to: other, [side]: name }], configuration, 'toPermit'),
      new RegExp(`^toPermit, rows\\[0\\], ${side}\\b`),
    ),
  );
  if (matched.every((reason) => reason !== undefined)) return `matchers: ${matched[0]}`;
  return undefined;
}
