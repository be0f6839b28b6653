import {
  type ChangedPart,
  requestChanges,
  requestedFlows,
  requestedHostnames,
  type RequestHead,
} from '../../documents';
import { refusal } from '../../input';
import { type Note, ownershipChanges, terraformKind } from '../../traffic';
import { readConfigurationFile } from '../manifests';
import type { CliIo } from '../output';
import { readNamedStacks } from '../read-configuration';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';
import { isDirectory } from '../stack-files';

/** What stacks ask for. */
export type Requested = Pick<ReadStacks, 'flows' | 'hostnames'>;

/** What a request asks for since an earlier day, or why that is not known. */
type SinceEarlier =
  | {
      readonly since: string;
      /** What is to be opened, to be closed, and unchanged. */
      readonly parts: readonly ChangedPart[];
      /** Which stacks only one of the two sides has. */
      readonly remarks: readonly string[];
      /** Whose rows are now somebody else's, or wanted until a different day. */
      readonly owners: readonly Note[];
    }
  | { readonly since: string; readonly reason: string };

/** What is compared. */
interface Compared {
  readonly since: string;
  readonly paths: readonly string[];
  readonly now: ReadStacks;
  /** Whether what the stacks open themselves is compared too. */
  readonly all?: boolean;
}

const NO_REQUEST = 'a plan or a state does not contain what the firewall team is asked to open';

/** Compares what stacks ask for with what those of an earlier day asked for. */
export function sinceEarlier(
  { since, paths, now, all = false }: Compared,
  options: FlowOptions,
  io: CliIo,
): SinceEarlier {
  const earlier = readEarlier(since, options, io);
  if (earlier === undefined) return { since, reason: NO_REQUEST };
  const [before, after] = [earlier, now].map((side) => ({ ...asked(side, all), all: side.flows }));
  const parts = requestChanges(before, after);
  const [old, current] = [[since], paths].map((of) => readNamedStacks(of, [], io).configuration);
  return { since, parts, remarks: onOneSide(parts, before, after), owners: ownershipChanges(old, current) };
}

/** Returns what stacks ask for; with `all` also what they open themselves. */
export function asked({ flows, hostnames }: Requested, all = false): Requested {
  const scope = all ? 'all' : 'external';
  return { flows: requestedFlows(flows, scope), hostnames: requestedHostnames(hostnames, scope) };
}

/** Returns how a request says since when it has changed, and how much. */
export function headChanges(earlier: SinceEarlier, all = false): RequestHead['changes'] {
  if ('reason' in earlier) return earlier;
  const { since, parts } = earlier;
  const countsOf = (isExternal: boolean): Record<ChangedPart['change'], number> => {
    const counts = parts.map(({ change, flows, hostnames }) => [
      change,
      flows.filter(({ external }) => external === isExternal).length +
        hostnames.filter(({ external }) => external === isExternal).flatMap(({ ports }) => ports).length,
    ]);
    return Object.fromEntries(counts) as Record<ChangedPart['change'], number>;
  };
  return { since, counts: countsOf(true), ...(all && { own: countsOf(false) }) };
}

/** Returns notes about stacks of which only one side asks for something: with a narrower path than before, all of them would be closed. */
function onOneSide(parts: readonly ChangedPart[], before: Requested, after: Requested): string[] {
  const sides = [
    { change: 'open', known: stacksIn(before), other: 'the earlier request' },
    { change: 'close', known: stacksIn(after), other: 'this request' },
  ];
  return sides.flatMap(({ change, known, other }) => {
    const part = parts.find((each) => each.change === change)!;
    const stacks = [...stacksIn(part)].filter((stack) => !known.has(stack)).join(', ');
    return stacks === '' ? [] : [`to ${change} as a whole, because ${other} has nothing of these stacks: ${stacks}`];
  });
}

function stacksIn({ flows, hostnames }: Requested): Set<string> {
  return new Set([...flows, ...hostnames].flatMap(({ stack }) => stack ?? []));
}

/** Reads the stacks of an earlier request. Returns nothing for a plan or a state. */
function readEarlier(path: string, options: FlowOptions, io: CliIo): ReadStacks | undefined {
  const isStack = isDirectory(path) || isStackFile(path);
  return isStack ? readAccess([path], { ...options, isEarlier: true }, io) : undefined;
}

function isStackFile(path: string): boolean {
  const json = readConfigurationFile(path);
  const kind = terraformKind(json, path);
  if (Object.keys(json as object).length > 0) return kind === 'synthesized';
  const need = 'the earlier stacks must be what "cdktf synth" wrote, because an empty file would make everything new';
  throw refusal(path, 'since-empty', need, 'an empty object');
}
