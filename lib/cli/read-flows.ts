import type { Port } from '../net';
import { checkDepth, nearestName, refusal, shown } from '../input';
import {
  hasFlows,
  omittedHostname,
  readStack,
  readState,
  type TerraformState,
  type TracedFlow,
  type TracedHostname,
  type TracedOpening,
  type TracedPeer,
  type TracedStack,
  withAppliedValues,
} from '../provenance';
import type { MissingPart } from '../documents';
import {
  checkClaims,
  type Claims,
  comparedOnOf,
  type Configuration,
  FlowJudge,
  judgedOmissions,
  type JsonObject,
  machinesOfHostnames,
  provenanceIn,
} from '../traffic';
import {
  type GivenRanges,
  givenRanges,
  rangesByPlaceholder,
  type PrintedStack,
  type ReadAccess,
  withKnownRanges,
  withRanges,
} from './given-ranges';
import { namedLists } from './options';
import { type MachinePlaces, machinePlaces, openingsOf, providedNetworks, withNetworks } from './openings';
import { type CliIo, Progress } from './output';
import { readTogether } from './read-configuration';
import { stackFiles, stackGivenTwice } from './stack-files';
import { readConfigurationFile } from './manifests';

/** The options of commands that read flows. */
export interface FlowOptions {
  readonly state: readonly string[];
  readonly ipRanges: readonly string[];
  /** Whether they are the stacks of an earlier day: names in the options may be of later ones, and there may be no constructs. */
  readonly isEarlier?: boolean;
  /** Whether there may be no constructs, because everything that was asked for earlier may be to be closed. */
  readonly mayBeEmpty?: boolean;
}

/** What stacks open, and what is not known about it. */
export interface ReadStacks extends ReadAccess {
  /** What may open more than is listed. */
  readonly notEvaluated: readonly MissingPart[];
}

/** Reads the flows, the hostnames and all other openings of all stacks, with all known IP ranges. */
export function readAccess(paths: readonly string[], options: FlowOptions, io: CliIo): ReadStacks {
  const { stacks, notEvaluated, judgedBy } = parsedStacks(paths, options, io);
  const access = accessOf(stacks);
  const ranges = rangesGiven(access, options);
  return { ...withRanges(ranges.size === 0 ? access : accessOf(judgedBy(ranges)), ranges), notEvaluated };
}

function accessOf(stacks: readonly GivenStack[]): ReadAccess {
  return {
    flows: stacks.flatMap(({ stack }) => stack.flows),
    hostnames: stacks.flatMap(({ stack }) => stack.hostnames),
    omitted: stacks.flatMap(({ stack }) => stack.omitted),
    undocumented: stacks.flatMap(({ undocumented }) => undocumented),
  };
}

/** A stack, with its state if one is given. */
interface GivenStack {
  readonly stack: TracedStack;
  readonly state?: TerraformState;
  /** The IP ranges that users give, by the placeholder of the expression that they are for. */
  readonly given?: ReadonlyMap<string, readonly string[]>;
  /** What its rules allow and no row documents. */
  readonly undocumented: readonly TracedOpening[];
}

/** Stacks, and what may open more than they list. */
interface GivenStacks {
  readonly stacks: readonly GivenStack[];
  readonly notEvaluated: readonly MissingPart[];
}

/** Stacks that can be judged again, with IP ranges of their machines. */
interface ParsedStacks extends GivenStacks {
  readonly judgedBy: (ranges: GivenRanges) => readonly GivenStack[];
}

/** Reads stacks, judged by all known IP ranges. */
export function readStacks(paths: readonly string[], options: FlowOptions, io: CliIo): GivenStacks {
  const { stacks, notEvaluated, judgedBy } = parsedStacks(paths, options, io);
  const ranges = rangesGiven(accessOf(stacks), options);
  if (ranges.size === 0) return { stacks, notEvaluated };
  const given = stacks.map((one) => rangesByPlaceholder(accessOf([one]), ranges));
  return { stacks: judgedBy(ranges).map((one, at) => ({ ...one, given: given[at] })), notEvaluated };
}

function rangesGiven(access: ReadAccess, { ipRanges, isEarlier = false }: FlowOptions): GivenRanges {
  const given = namedLists('--ip-ranges', '<name>=<range>,<range>', ipRanges);
  return givenRanges(access, given, { place: '--ip-ranges', areAllKnown: !isEarlier });
}

/** Reads stacks and the values of `--state`: `state.json`, or `stack=state.json` if there are several stacks. */
function parsedStacks(
  paths: readonly string[],
  { state: states, isEarlier = false, mayBeEmpty = isEarlier }: Omit<FlowOptions, 'ipRanges'>,
  io: CliIo,
): ParsedStacks {
  const parsed = parsedFiles(paths, io);
  const files = mayBeEmpty ? parsed.filter(({ json }) => hasFlows(json)) : withFlows(parsed);
  const given = statesByStack(states);
  const read = files.map(({ path, json }) => readStack(path, json));
  const names = pathsByName(files, read);
  const stateOf = (name: string): TerraformState | undefined =>
    (given.get(name) ?? (files.length === 1 ? given.get('') : undefined))?.state;
  const applied = (json: unknown, name: string): unknown => {
    const state = stateOf(name);
    return state === undefined ? json : withAppliedValues(json, state);
  };
  // they say what the states know about their ranges
  const traced = read.map((stack, at) => {
    const { path, json } = files[at];
    const state = stateOf(stack.name);
    return state === undefined ? stack : readStack(path, json, state);
  });
  const together = readTogether(paths, io, applied);
  const { configuration, notEvaluated } = together;
  const placesByFile = machinePlaces(configuration);
  const machinesByFile = machinesOfHostnames(configuration);
  const judged = (judge: FlowJudge): GivenStack[] =>
    [...names].map(([name, path], at) => {
      const { json } = files[at];
      const file = { path, json, known: applied(json, name), state: stateOf(name), traced: traced[at] };
      return judgedStack(file, judge, {
        places: placesByFile.get(path) ?? [],
        machines: machinesByFile.get(path) ?? [],
      });
    });
  const printed = files.map(({ path }, at) => ({ path, peers: traced[at].peers, undocumented: [] }));
  const stacks = judged(judgeOf(configuration, printed));
  if (!isEarlier) checkStates(given, [...names.keys()].sort());
  const judgedBy = (ranges: GivenRanges): GivenStack[] => {
    const all = stacks.map(({ stack: { peers }, undocumented }, at) => ({ path: files[at].path, peers, undocumented }));
    return judged(judgeOf(configuration, all, ranges));
  };
  return { stacks, notEvaluated, judgedBy };
}

/** Returns the path of each stack by its name. Throws if two files are of one stack. */
function pathsByName(
  files: readonly Pick<ReadFile, 'path'>[],
  stacks: readonly Pick<TracedStack, 'name'>[],
): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [at, { path }] of files.entries()) {
    const { name } = stacks[at];
    const other = paths.get(name);
    if (other !== undefined) throw stackGivenTwice(name, path, other);
    paths.set(name, path);
  }
  return paths;
}

/** What all files together say about the machines of a stack. */
interface NamedMachines {
  readonly places: MachinePlaces;
  /** The names of the machines of each hostname in permitted traffic. */
  readonly machines: readonly (readonly string[])[];
}

/** A stack as it is read. */
interface ReadFile {
  readonly path: string;
  readonly json: unknown;
  /** The same with the values that its state has. */
  readonly known: unknown;
  readonly state?: TerraformState;
  /** What its provenance says. */
  readonly traced: TracedStack;
}

/** Returns a stack without what its provenance says and what does not hold, and what its rules allow in addition. */
function judgedStack(
  { path, json, known, state, traced: written }: ReadFile,
  judge: FlowJudge,
  { places, machines }: NamedMachines,
): GivenStack {
  const claims = checkClaims(known, path, judge);
  const { resources } = known === json ? written : readStack(path, known);
  const traced = { ...written, resources };
  const [provenance, traffic] = [provenanceIn(json as JsonObject, path)!, claims.undocumented()];
  const networks = providedNetworks(traced, known, path);
  const omissions = judgedOmissions(path, provenance, judge);
  const placed = withNetworks(traced, provenance, { traffic, networks, places });
  const hostnames = placed.hostnames.map((hostname, at) => ({ ...hostname, machines: machines[at] }));
  const stack = checkedStack({ ...placed, hostnames }, { claims, omissions });
  return { stack, state, undocumented: openingsOf(traffic, { ...stack, networks }) };
}

/** Returns what judges the flows of stacks by the IP ranges that their states have, and by those that users give. */
function judgeOf(
  configuration: Configuration,
  stacks: readonly (PrintedStack & { readonly path: string })[],
  ranges: GivenRanges = new Map(),
): FlowJudge {
  const known = stacks.map(({ path: file, ...stack }) => ({
    file,
    ...withKnownRanges(configuration.provenance.get(file)!, stack, ranges),
  }));
  const provenance = new Map([...configuration.provenance, ...known.map((one) => [one.file, one.provenance] as const)]);
  const given = known.flatMap((one) => one.ranges.map((each) => ({ ...each, file: one.file })));
  return new FlowJudge({ ...configuration, provenance }, given);
}

/** What holds of the provenance of a stack. */
interface CheckedParts {
  readonly claims: Claims;
  readonly omissions: ReturnType<typeof judgedOmissions>;
}

/** Returns a stack without what its provenance says and what does not hold: no output may repeat it as true. */
function checkedStack(stack: TracedStack, { claims, omissions }: CheckedParts): TracedStack {
  const { flows, hostnames, notKnown, closedAtSource, withoutPackets } = claims;
  return {
    ...stack,
    flows: stack.flows.map((flow, at) => ({
      ...asItHolds(withOwnDay(flow), flows[at]),
      source: { ...flow.source, openToTheWorld: reasonsThatHold(flow.source, flows[at]) },
      notKnown: notKnown.flows[at]?.text,
      closedAtSource: closedAtSource[at]?.reason,
      ...(withoutPackets[at] && { isWithoutPackets: true as const }),
    })),
    hostnames: stack.hostnames.flatMap((hostname, at) =>
      doubtedParts(withOwnDay(hostname), hostnames[at]).flatMap((part) => knownParts(part, notKnown.hostnames[at])),
    ),
    omitted: [
      ...stack.omitted.flatMap((omission, at) => {
        const { doubt, openNevertheless } = omissions[at];
        return doubt === undefined ? [{ ...omission, openNevertheless }] : [];
      }),
      ...(stack.omittedHostnames ?? []).flatMap((hostname, at) => {
        const { doubt, openNevertheless } = claims.omittedHostnames[at];
        return doubt === undefined ? omittedHostname(withOwnDay(hostname), openNevertheless) : [];
      }),
    ],
  };
}

/** Returns why a source is open to the world, for the families in which rules open it to most of the internet. */
function reasonsThatHold({ openToTheWorld }: TracedPeer, doubt: Claims['flows'][number]): readonly string[] {
  if (doubt?.isOpen === false) return [];
  const { worldFamilies } = doubt ?? {};
  if (worldFamilies === undefined) return openToTheWorld;
  return openToTheWorld.filter((reason) => worldFamilies.some((family) => reason.startsWith(`${family}: `)));
}

/** Returns a flow or hostname with the day on which this package compared the table, if it is one of its own. */
function withOwnDay<T extends TracedFlow | TracedHostname>(traced: T): T {
  const { document } = traced;
  return { ...traced, document: { ...document, comparedOn: comparedOnOf(document.key) ?? document.comparedOn } };
}

/** Returns a hostname as it is at the ports that are in doubt, and as it is at the remaining ones. */
function doubtedParts(hostname: TracedHostname, doubt: Claims['hostnames'][number]): TracedHostname[] {
  if (doubt?.ports === undefined) return [asItHolds(hostname, doubt)];
  const { ports: doubted, intact = hostname.rules } = doubt;
  const isDoubted = (port: Port): boolean => doubted.includes(String(port));
  return [
    asItHolds({ ...hostname, ports: hostname.ports.filter(isDoubted) }, doubt),
    { ...hostname, ports: hostname.ports.filter((port) => !isDoubted(port)), rules: intact },
  ];
}

/** Returns a hostname as it is at the ports at which it is not known to be open, for each reason, and as it is at the remaining ones. */
function knownParts(hostname: TracedHostname, notKnown: Claims['notKnown']['hostnames'][number]): TracedHostname[] {
  const portsOf = (isAt: (port: string) => boolean): Port[] => hostname.ports.filter((port) => isAt(String(port)));
  const missing = notKnown.flatMap(({ text, ports, rules }) => {
    const own = portsOf((port) => ports.includes(port));
    return own.length === 0 ? [] : [{ ...hostname, ports: own, notKnown: text, rules }];
  });
  const rest = portsOf((port) => !notKnown.some(({ ports }) => ports.includes(port)));
  if (missing.length + Math.min(rest.length, 1) === 1) {
    return [{ ...hostname, ...(missing.length === 1 && { notKnown: missing[0].notKnown }) }];
  }
  const others = hostname.rules.filter((address) => !missing.some(({ rules }) => rules.includes(address)));
  return [...missing, ...(rest.length === 0 ? [] : [{ ...hostname, ports: rest, rules: others }])];
}

const NO_CLAIM = {
  row: 'not documented',
  section: '',
  supplement: undefined,
  supplementReference: undefined,
};
const NO_CLAIM_OF_FLOW = {
  ...NO_CLAIM,
  rowKey: 'not documented',
  documentedPort: undefined,
  description: '',
  purpose: undefined,
  impact: undefined,
  hostname: undefined,
  level: undefined,
};

/** The ids of roles stay, because `verify` selects flows by them. */
function withoutTitles({
  sourceRole,
  destinationRole,
}: TracedFlow): Pick<TracedFlow, 'sourceRole' | 'destinationRole'> {
  const [source, destination] = [sourceRole, destinationRole].map(({ id }) => ({ id, title: '' }));
  return { sourceRole: source, destinationRole: destination };
}

/** Returns a flow or hostname without what its document does not say, and with what rules do with it. */
function asItHolds<T extends TracedFlow | TracedHostname>(traced: T, doubt: Claims['flows'][number]): T {
  if (doubt === undefined) return traced;
  const { contradiction, deviation, isOpen, openedBy = traced.rules } = doubt;
  return {
    ...traced,
    ...(contradiction !== undefined && { ...withoutClaim(traced), notDocumented: contradiction }),
    deviation,
    rules: isOpen ? openedBy : [],
  };
}

function withoutClaim(traced: TracedFlow | TracedHostname): Partial<TracedFlow & TracedHostname> {
  return 'rowKey' in traced ? { ...NO_CLAIM_OF_FLOW, ...withoutTitles(traced) } : { ...NO_CLAIM, remark: undefined };
}

interface ParsedFile {
  readonly path: string;
  readonly isNamed: boolean;
  readonly json: unknown;
}

function parsedFiles(paths: readonly string[], io: CliIo): ParsedFile[] {
  const { files } = stackFiles(paths);
  const progress = new Progress(io, 'reading stacks:', files.length);
  try {
    return files.map((file, at) => {
      progress.at(at + 1);
      return { ...file, json: readShallow(file.path, '"cdktf synth"') };
    });
  } finally {
    progress.end();
  }
}

/** Reads JSON, and limits its depth. */
function readShallow(file: string, toRun: string): unknown {
  const json = readConfigurationFile(file, toRun);
  checkDepth(json, file);
  return json;
}

/** Skips stacks of a directory without constructs of this package. If no stack has any, all are kept, and reading them throws. */
function withFlows(files: readonly ParsedFile[]): ParsedFile[] {
  const found = files.filter(({ isNamed, json }) => isNamed || hasFlows(json));
  return found.length > 0 ? found : [...files];
}

/** A state and its file. */
interface GivenState {
  readonly file: string;
  readonly state: TerraformState;
}

/** Reads states by the names of their stacks. A state without a name has the key `''`. */
function statesByStack(states: readonly string[]): Map<string, GivenState> {
  return new Map(
    states.map((text) => {
      const [, stack = '', file] = /^(?:([\w-]+)=)?(.*)$/s.exec(text)!;
      return [stack, { file, state: readState(file, readShallow(file, '"terraform show -json > state.json"')) }];
    }),
  );
}

function checkStates(given: ReadonlyMap<string, GivenState>, names: readonly string[]): void {
  const unnamed = given.get('');
  if (unnamed && names.length > 1) {
    const need = `with several stacks, a state must name its stack (${names.join(', ')})`;
    const fix = shown(`${names[0]}=${unnamed.file}`);
    throw refusal('--state', 'state-without-stack', need, shown(unnamed.file), fix);
  }
  const unknown = [...given.keys()].find((name) => name !== '' && !names.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, names);
    const need = `a state must belong to one of the stacks ${names.join(', ')}`;
    throw refusal('--state', 'stack-unknown', need, shown(unknown), near && shown(near));
  }
}
