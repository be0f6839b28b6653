import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { ClusterPortsError } from '../../lib/input';
import { REFUSED_APPS, synthesizeRandomApp } from '../support/random-app';
import { PROPERTY_SEED } from '../support/property-seed';
import { seededRandom } from '../support/random';
import {
  expectSameChanges,
  expectSameChecks,
  expectSameCommands,
  expectSameCover,
  expectSameHostRules,
  expectSamePictures,
  expectSameRequestedChanges,
  forgetOutputs,
  once,
} from './one-story-outputs';
import {
  allowedNames,
  allowedRangesOf,
  documentedHostnames,
  type FlowJson,
  type HostnameJson,
  hostnamesByRequest,
  omittedByMatrix,
  omittedInRemarks,
  type OmittedJson,
  omittedTold,
  openToTheWorldInPicture,
  portsInCommands,
  portsInPicture,
  rangesOf,
  singlePorts,
  told,
  toldByJson,
  toldByMatrix,
  toldByRequest,
  undocumentedByMatrix,
  type UndocumentedJson,
  undocumentedTold,
} from '../support/told';

const COUNT = Number(process.env.STORIES ?? 12);
const path = mkdtempSync(join(tmpdir(), 'cluster-ports-cli-'));
afterAll(() => rmSync(path, { recursive: true }));

/** Random apps that can be synthesized. */
function* apps(): Generator<{ seed: number; outdir: string }> {
  for (let seed = PROPERTY_SEED, found = 0; found < COUNT; seed++) {
    const outdir = join(path, `${seed}`);
    try {
      synthesizeRandomApp(seededRandom(seed), outdir);
    } catch (error) {
      if (error instanceof ClusterPortsError && REFUSED_APPS.includes(error.code)) continue;
      throw error;
    }
    found++;
    yield { seed, outdir };
  }
}

test(
  `outputs of ${COUNT} random apps tell the same about each stack (PROPERTY_SEED=${PROPERTY_SEED})`,
  async () => {
    const failed: string[] = [];
    for (const { seed, outdir } of apps()) {
      await expectOneStory(outdir, seed).catch((error: unknown) => {
        failed.push(`seed ${seed}: ${String(error)}`);
        if (process.env.STORIES !== undefined) process.stderr.write(`${failed.at(-1)}\n`);
      });
      forgetOutputs();
      rmSync(outdir, { recursive: true });
    }
    expect(failed).toEqual([]);
  },
  COUNT * 20_000 + 20_000,
);

const OF_OTHER_STACKS = { closedAtSource: undefined, notKnownToBeOpen: undefined, isWithoutPackets: undefined };

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await once(argv);
  if (code === 2) throw new Error(`${argv.join(' ')}: ${stderr}`);
  return stdout;
}

async function json<T>(...argv: string[]): Promise<T> {
  return JSON.parse(await output(...argv, '--format', 'json')) as T;
}

interface MatrixJson {
  readonly flows: readonly FlowJson[];
  readonly hostnames?: readonly HostnameJson[];
  readonly omitted?: readonly OmittedJson[];
  readonly undocumented: readonly UndocumentedJson[];
  readonly notEvaluated: readonly PartJson[];
}

interface PartJson {
  readonly address: string;
  readonly reason: string;
}

async function expectOneStory(outdir: string, seed: number): Promise<void> {
  const all = await json<MatrixJson>('matrix', outdir);
  await expectSameDocuments(outdir, all, { seed, what: 'the app' });
  // what the library creates is documented, also for a group that only a different stack uses
  const ofLibrary = all.undocumented.filter(({ rules }) => rules.every((rule) => rule.includes('.egress_all_all_')));
  expect({ seed, ofLibrary }).toEqual({ seed, ofLibrary: [] });
  const names = readdirSync(join(outdir, 'stacks'));
  if (names.length > 1) {
    const [one, other] = names.map((name) => join(outdir, 'stacks', name));
    await expectSameChanges(one, other, { seed });
    await expectSameRequestedChanges(one, other, { seed });
    await expectSameRequestedChanges(other, one, { seed });
    await expectExplained(outdir, all, { seed, what: 'machines of all stacks' }, namesOfEnds);
  }
  for (const name of names) {
    const stack = join(outdir, 'stacks', name);
    const of = { seed, what: name };
    const matrix = await json<MatrixJson>('matrix', stack);
    const own = <T extends { readonly stack: string }>(list: readonly T[] = []): T[] =>
      list.filter((one) => one.stack === name);
    // a stack that is read alone does not have the outbound rules and IP ranges of machines of a different stack
    const flowsOf = (flows: readonly FlowJson[]): string[] =>
      told(toldByJson(flows.map((flow) => ({ ...flow, ...OF_OTHER_STACKS }))));
    expect({ of, flows: flowsOf(matrix.flows) }).toEqual({ of, flows: flowsOf(own(all.flows)) });
    expect({ of, hostnames: documentedHostnames(matrix.hostnames ?? []) }).toEqual({
      of,
      hostnames: documentedHostnames(own(all.hostnames)),
    });
    // nor what a different stack may deny; and names of its variables have no stack in front
    const othersOf = (traffic: readonly UndocumentedJson[]): string[] =>
      undocumentedTold(traffic.map((one) => ({ ...one, notKnownToBeOpen: undefined })));
    expect({ of, undocumented: othersOf(matrix.undocumented) }).toEqual({
      of,
      undocumented: othersOf(own(all.undocumented)),
    });
    await expectSameDocuments(stack, matrix, of);
    await expectSameRules(stack, matrix, of);
    await expectExplained(stack, matrix, of);
    await expectSameChecks(stack, matrix, of);
    await expectSameHostRules(stack, matrix, of);
    await expectSameCover(stack, matrix, of);
    const inCommands = matrix.flows.filter((flow) => isOpened(flow) && !flow.rules.some(isNetworkPolicy));
    await expectSameCommands(stack, inCommands, of);
  }
}

/** Documents and pictures tell what the matrix tells. */
async function expectSameDocuments(paths: string, matrix: MatrixJson, of: object): Promise<void> {
  const { flows, hostnames = [], undocumented } = matrix;
  const expected = told(toldByJson(flows));
  const expectedOfRequest = told(toldByJson(flows, 'request'));
  const request = await output('request', paths, '--all');
  const requestCsv = await output('request', paths, '--all', '--format', 'csv');
  const requestMarkdown = await output('request', paths, '--all', '--format', 'markdown');
  expect({
    of,
    matrixCsv: told(toldByMatrix(await output('matrix', paths, '--format', 'csv'), 'csv')),
    matrixMarkdown: told(toldByMatrix(await output('matrix', paths, '--format', 'markdown'), 'markdown')),
    requestCsv: told(toldByRequest(requestCsv, 'csv')),
    requestMarkdown: told(toldByRequest(requestMarkdown, 'markdown')),
    request: told(toldByRequest(request, 'text')),
    hostnames: hostnamesByRequest(request),
  }).toEqual({
    of,
    matrixCsv: expected,
    matrixMarkdown: expected,
    requestCsv: expectedOfRequest,
    requestMarkdown: expectedOfRequest,
    request: told(toldByJson(flows.map(toVirtualAddress), 'request')),
    hostnames: documentedHostnames(hostnames),
  });
  await expectSameBesides(paths, matrix, of);
  await expectSameOmissions(paths, matrix, of);
  await expectSamePictures(paths, matrix, of);
  const ofHostnames = hostnames.flatMap(({ allowed }) => allowed).map(({ port }) => port.replace(/, document: .*/, ''));
  const ports = [
    ...new Set([...flows.map(({ port }) => port), ...undocumented.map(({ port }) => port), ...ofHostnames]),
  ].sort();
  for (const format of ['mermaid', 'dot']) {
    const picture = await output('diagram', paths, '--format', format);
    expect({ of, format, ports: portsInPicture(picture) }).toEqual({ of, format, ports });
  }
}

/** Leaves out what the vendor's form for a virtual address says by name for each of its sources. */
function toVirtualAddress(flow: FlowJson): FlowJson {
  return flow.destination.role === 'virtual-ip' && flow.external
    ? { ...flow, closedAtSource: undefined, notKnownToBeOpen: undefined, isWithoutPackets: undefined }
    : flow;
}

/** What no row documents, and what is not evaluated, is the same in documents, notes, pictures, show and lint. */
async function expectSameBesides(paths: string, matrix: MatrixJson, of: object): Promise<void> {
  const { flows, undocumented, notEvaluated } = matrix;
  const open = undocumented.filter(({ notKnownToBeOpen }) => notKnownToBeOpen === undefined);
  const notes = [
    ...(open.length === 0 ? [] : [`${open.length} not documented`]),
    ...(notEvaluated.length === 0 ? [] : [`${notEvaluated.length} not evaluated`]),
  ];
  const shown = await json<MatrixJson>('show', paths);
  const { findings } = await json<{ findings: readonly { address: string }[] }>(
    'lint',
    paths,
    '--only',
    'no-provenance',
  );
  const worldOpen = [
    ...flows.filter(({ source }) => source.openToTheWorld.length > 0),
    ...open.filter(({ isOpenToTheWorld }) => isOpenToTheWorld),
  ].map(({ destination }) => destination.label);
  expect({
    of,
    csv: undocumentedByMatrix(await output('matrix', paths, '--format', 'csv'), 'csv'),
    markdown: undocumentedByMatrix(await output('matrix', paths, '--format', 'markdown'), 'markdown'),
    lint: [...new Set(findings.map(({ address }) => address))].sort(),
    request: await notesOf('request', paths, '--all'),
    commands: await notesOf('commands', paths),
    worldOpen: openToTheWorldInPicture(await output('diagram', paths)),
    notEvaluated: shown.notEvaluated.map(({ address, reason }) => `${address} ${reason}`).sort(),
  }).toEqual({
    of,
    csv: undocumentedTold(undocumented),
    markdown: undocumentedTold(undocumented),
    lint: [...new Set(undocumented.flatMap(({ rules }) => rules))].sort(),
    request: notes,
    commands: notes,
    worldOpen: [...new Set(worldOpen.map(inMermaid))].sort(),
    notEvaluated: notEvaluated.map(({ address, reason }) => `${address} ${reason}`).sort(),
  });
}

/** Every output tells which rows constructs omit; a picture tells how many. */
async function expectSameOmissions(paths: string, { omitted = [] }: MatrixJson, of: object): Promise<void> {
  const expected = omittedTold(omitted);
  // a hostname may have several ports
  const ofHostnames = omitted.flatMap(({ hostname, row, construct }) =>
    hostname === undefined ? [] : [`${construct} ${row}`],
  );
  const { notes = [] } = await json<{ notes?: readonly { text: string }[] }>('show', paths);
  const { findings } = await json<{ findings: readonly { message: string }[] }>('lint', paths, '--only', 'omitted');
  const request = async (format: string): Promise<string[]> =>
    omittedInRemarks(await output('request', paths, '--all', '--format', format));
  const picture = await output('diagram', paths);
  expect({
    of,
    csv: omittedByMatrix(await output('matrix', paths, '--format', 'csv'), 'csv'),
    markdown: omittedByMatrix(await output('matrix', paths, '--format', 'markdown'), 'markdown'),
    show: omittedInRemarks(notes.map(({ text }) => text).join('\n')),
    lint: omittedInRemarks(findings.map(({ message }) => message).join('\n')),
    commands: omittedInRemarks(await output('commands', paths)),
    request: [await request('text'), await request('csv'), await request('markdown')],
    picture: ['port', 'hostname'].map((what) =>
      Number(new RegExp(`(\\d+) documented ${what}s? (?:is|are) omitted`).exec(picture)?.[1] ?? 0),
    ),
  }).toEqual({
    of,
    csv: expected,
    markdown: expected,
    show: expected,
    lint: expected,
    commands: expected,
    request: [expected, expected, expected],
    picture: [omitted.length - ofHostnames.length, new Set(ofHostnames).size],
  });
}

function inMermaid(label: string): string {
  return label.replace(/[^\w\s.,:/()+-]|_/g, (character) => `#${character.codePointAt(0)};`);
}

/** Returns what a command notes about openings and parts. */
async function notesOf(...argv: string[]): Promise<string[]> {
  const { stderr } = await once(argv);
  return [...stderr.matchAll(/^note: (\d+) \w+ (?:is|are) (not documented|not evaluated);/gm)].map(
    ([, count, not]) => `${count} ${not}`,
  );
}

interface RowJson {
  readonly direction: string;
  readonly port: string;
  readonly from: string;
  readonly to: string;
  readonly permitted: boolean;
}

/** Whether rules of the stack open a flow, at least in part. */
function isOpened({ external, closed, openInPart }: FlowJson): boolean {
  return external === undefined && (closed === undefined || openInPart === true);
}

/** Commands say which policies of pods "manifests" writes. */
function isNetworkPolicy(rule: string): boolean {
  return rule.startsWith('kubernetes_network_policy_v1.');
}

/** Whether a firewall of the user, of which something is not known, may deny a hostname. */
function mayBeDenied({ notKnownToBeOpen = '' }: HostnameJson): boolean {
  return notKnownToBeOpen.startsWith('google_compute_firewall.of-user-');
}

/** The rules that are read back, the commands, the gates and the matchers agree with the matrix. */
async function expectSameRules(stack: string, matrix: MatrixJson, of: object): Promise<void> {
  const { flows, hostnames = [], undocumented, notEvaluated } = matrix;
  const managed = flows.filter(isOpened);
  const commands = await output('commands', stack);
  const { rows } = await json<{ rows: readonly RowJson[] }>('show', stack);
  const inbound = rows.filter(({ direction, permitted }) => direction === 'ingress' && permitted);
  const ports = singlePorts(managed.filter(({ rules }) => !rules.some(isNetworkPolicy)).map(({ port }) => port));
  const ranges = (list: readonly { port: string; range: string }[]): string[] =>
    [...new Set(list.flatMap(({ port, range }) => singlePorts([port]).map((one) => `${one} ${range}`)))].sort();
  const hosts = rows.filter(({ to }) => to.startsWith('host:')).map(({ to }) => to.slice('host:'.length));
  const inboundOfUser = undocumented.filter(({ direction }) => direction === 'ingress');
  const managedHosts = hostnames.filter(({ external }) => external === undefined);
  const ofPolicy = managedHosts.filter(({ rules: [rule] }) => rule.includes('_firewall_policy_rule.'));
  expect({
    of,
    ports: singlePorts(inbound.map(({ port }) => port)),
    ranges: ranges(inbound.flatMap(({ port, from }) => (/^[\da-f.:]+\//.test(from) ? [{ port, range: from }] : []))),
    hosts: [...new Set(hosts)].sort(),
    notKnown: ofPolicy.filter((one) => one.notKnownToBeOpen !== undefined && !mayBeDenied(one)).length,
    commands: singlePorts(portsInCommands(commands)),
    policies: managed.flatMap(({ rules }) => rules.filter(isNetworkPolicy)).filter((rule) => !commands.includes(rule)),
  }).toEqual({
    of,
    ports: singlePorts([...managed, ...inboundOfUser].map(({ port }) => port)),
    ranges: ranges(
      [...managed, ...inboundOfUser].flatMap(({ port, source }) =>
        allowedRangesOf(source).map((range) => ({ port, range })),
      ),
    ),
    // networks of GCP allow all outbound traffic, so that a policy adds nothing to what is permitted
    hosts: allowedNames(managedHosts.filter((hostname) => !ofPolicy.includes(hostname))),
    notKnown: ofPolicy.filter(
      (one) => !mayBeDenied(one) && notEvaluated.some(({ address }) => one.rules.includes(address)),
    ).length,
    commands: ports,
    policies: [],
  });

  const { changes } = await json<{ changes: readonly unknown[] }>('diff', stack, stack);
  const { findings } = await json<{ findings: readonly { code: string; message: string }[] }>('lint', stack);
  const moved = flows.filter((flow) => flow.documentedPort !== undefined && (flow.external ?? isOpened(flow)));
  const found = findings.filter(({ code }) => code === 'moved').map(({ message }) => message.split(' ')[2]);
  expect({
    of,
    changes,
    moved: [...new Set(found)].sort(),
    falseClaims: findings.filter(({ code }) => code === 'false-claim'),
  }).toEqual({ of, changes: [], moved: [...new Set(moved.map(({ row }) => row))].sort(), falseClaims: [] });
  if (undocumented.length + notEvaluated.length > 0) return;
  const namesOf = (some: readonly FlowJson[]): string[] => [...new Set(some.map(({ row }) => row.replace(/.*\//, '')))];
  const options = {
    moved: namesOf(moved),
    disabled: namesOf(flows.filter((flow) => (flow.external ? flow.closed !== undefined : !isOpened(flow)))),
  };
  const subject = expect(join(stack, 'cdk.tf.json'));
  const isStopped = ({ closedAtSource = 'it has no outbound rule' }: FlowJson): boolean =>
    closedAtSource !== 'it has no outbound rule';
  const isUncertain = ({ notKnownToBeOpen = BY_ADDRESS }: FlowJson): boolean => !notKnownToBeOpen.endsWith(BY_ADDRESS);
  if (flows.some(isStopped) || flows.some(isUncertain)) subject.not.toMatchDocuments(options);
  else subject.toMatchDocuments(options);
}

/** The rules are as the documents say, and machines whose IP addresses are not given decide. */
const BY_ADDRESS = 'which are not given';

const NOT_ATTACHED = 'this configuration does not attach the policy';

interface ExplanationJson {
  readonly verdict: string;
  readonly source: { readonly verdict: string };
  readonly destination: {
    readonly verdict: string;
    readonly reason?: string;
    readonly matching: readonly { documentedBy: readonly { row: string }[] }[];
    readonly requested: readonly { documentedBy: readonly { row: string }[] }[];
  };
  readonly notEvaluated: readonly { readonly address: string }[];
}

/** What the matrix lists passes at its destination, for the same row, and at its source, unless it is closed there; a port that nothing lists does not, unless a rule that could not be evaluated may allow it. */
async function expectExplained(
  stack: string,
  { flows }: Pick<MatrixJson, 'flows'>,
  of: object,
  namesOf: (flow: FlowJson) => [string, string] | undefined = endsOf,
): Promise<void> {
  const questions = flows.flatMap((flow) => {
    const ends = namesOf(flow);
    return ends === undefined ? [] : [[`${ends.join(' ')} ${flow.port}`, { flow, ends }] as const];
  });
  for (const { flow, ends } of [...new Map(questions).values()].slice(0, 8)) {
    const [from, to, port] = [...ends, flow.port];
    const network = networkOf(flow);
    const asked = (about: string): Promise<ExplanationJson> =>
      json('explain', stack, '--from', from, '--to', to, '--port', about, ...network);
    const { source, destination, verdict: together } = await asked(port);
    const { verdict, matching, requested } = destination;
    const rows = [...matching, ...requested].flatMap(({ documentedBy }) => documentedBy.map(({ row }) => row));
    const question = JSON.stringify({ of, from, to, port });
    if (flow.isWithoutPackets) {
      expect({ question, together }).toEqual({ question, together: flow.external ? expect.anything() : 'refused' });
      continue;
    }
    if (!flow.external && !isOpened(flow)) {
      // of machines of a policy that no network of these files has, their network is not known
      const expected = (destination.reason ?? '').includes(NOT_ATTACHED) ? 'not known' : 'refused';
      expect({ question, verdict, together }).toEqual({ question, verdict: expected, together: expected });
      continue;
    }
    expect({
      question,
      verdict,
      isNamed: rows.includes(flow.row),
      isClosed: ['refused', 'depends on the IP address'].includes(source.verdict),
      isUncertain: together === 'not known',
    }).toEqual({
      question,
      verdict: flow.external ? 'asked for, not known to be open' : expect.stringMatching(/^(?:passes|not known)$/),
      isNamed: true,
      isClosed: flow.closedAtSource !== undefined && !isBesideGroups(flow.source, from),
      // what the firewall team is asked for may be disabled at its source, in a policy that no network of these files has
      isUncertain:
        flow.external && flow.closed !== undefined ? expect.any(Boolean) : flow.notKnownToBeOpen !== undefined,
    });
    const { destination: closed, notEvaluated } = await asked('7/tcp');
    const isPossible =
      (closed.reason ?? '').includes(NOT_ATTACHED) ||
      notEvaluated.some(({ address }) => closed.reason?.includes(`${address}: `) === true);
    expect({ question, verdict: closed.verdict }).toEqual({
      question,
      verdict: flow.external || isPossible ? 'not known' : 'refused',
    });
  }
}

/** A stack may have several networks on GCP. */
function networkOf({ source, destination }: FlowJson): string[] {
  const [first] = [destination, source].flatMap(({ hostGroups }) => hostGroups.flatMap(({ network }) => network ?? []));
  const [, name, project] = /^network (\S+) of project (\S+)$/.exec(first ?? '') ?? [];
  return name === undefined ? [] : ['--network', `${project}/${name}`];
}

/** Returns the names of both ends with their stack in front, as a matrix of several stacks prints them; nothing if one has only IP ranges. */
function namesOfEnds({ stack, source, destination }: FlowJson): [string, string] | undefined {
  const isNamed = ({ label }: FlowJson['source']): boolean => !/^[\da-f.:]+\/\d/.test(label);
  if (![source, destination].every(isNamed) || endsOf({ source, destination }) === undefined) return undefined;
  return [`${stack}/${source.label}`, `${stack}/${destination.label}`];
}

/** Whether an IP address is of a range that a source has beside its host groups: only rules of the groups can close the port there. */
function isBesideGroups(source: FlowJson['source'], asked: string): boolean {
  const beside = { ...source, hostGroups: [] };
  return (
    source.hostGroups.length > 0 && ['.', ':'].some((mark) => hasOwn(beside, mark) && endOf(beside, mark) === asked)
  );
}

function hasOwn({ ranges }: FlowJson['source'], mark: string): boolean {
  return ranges.some((range) => range.includes(mark));
}

/** Returns the names of both ends, or IP addresses, of a family that both have if there is one; nothing if it is not known. */
function endsOf({
  source,
  destination,
  isWithoutPackets,
}: Pick<FlowJson, 'source' | 'destination' | 'isWithoutPackets'>): [string, string] | undefined {
  if (isWithoutPackets) return [endOfOnly(source), endOfOnly(destination)];
  const family = ['.', ':'].find((mark) => [source, destination].every((peer) => hasFamily(peer, mark)));
  return family === undefined ? undefined : [endOf(source, family), endOf(destination, family)];
}

/** Returns the name of an end whose IP addresses are all of one family, or one of them. */
function endOfOnly(peer: FlowJson['source']): string {
  return endOf(peer, rangesOf(peer).some((range) => range.includes('.')) ? '.' : ':');
}

function hasFamily(peer: FlowJson['source'], mark: string): boolean {
  const ranges = rangesOf(peer);
  return ranges.length === 0 || ranges.some((range) => range.includes(mark));
}

/** Returns the name of an end, or an IP address in its first range of a family. */
function endOf(peer: FlowJson['source'], family: string): string {
  if (peer.hostGroups.length > 0 && peer.ranges.length === 0) return peer.label;
  const [range] = rangesOf(peer).filter((each) => each.includes(family));
  return range.replace(/(?:0|(?<=::))\/\d+$/, '9');
}
