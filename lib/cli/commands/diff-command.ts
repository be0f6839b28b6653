import { existsSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { Command, type Option } from 'commander';
import type { TextTable } from '../../text';
import { refusal } from '../../input';
import type { WorldThreshold } from '../../net';
import {
  type Change,
  CHANGE_KINDS,
  combinedConfiguration,
  type Configuration,
  diff,
  type Gate,
  GATES,
  type NotEvaluated,
  ownershipChanges,
  packetText,
  type PlannedChange,
  type Reach,
  readPlannedChange,
  stops,
  terraformKind,
  type TrafficDiff,
  withOneNameForEachCluster,
} from '../../traffic';
import { choicesOption, formatOption, maxLengthOption, OUTPUT, outputOption, whyOption, worldOption } from '../options';
import type { CliIo, ExitWith } from '../output';
import { readConfigurations, withProvenance } from '../read-configuration';
import { SharedFiles } from '../shared-files';
import { documentCell, emitResult, RESULT_FORMATS, type ResultOptions, ruleCell, withoutContent } from '../result';
import { givenPath, isDirectory } from '../stack-files';
import { readConfigurationFile } from '../manifests';

const COLUMNS = ['Change', 'Direction', 'At', 'Now', 'Before', 'Packet', 'Rules', 'Document'];

interface DiffOptions extends ResultOptions {
  readonly failOn?: readonly string[];
  readonly worldWiderThan?: WorldThreshold;
  readonly why: readonly string[];
}

/** Returns the command that compares what two configurations permit. */
export function diffCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('diff')
    .summary('what a change opens, widens, moves, narrows, closes or requests')
    .description(
      'Compares what two configurations permit, or the two sides of one plan. The order, the spelling, and the splitting or ' +
        'merging of rules make no difference.',
    )
    .argument(
      '<before>',
      'a file, or a directory of stacks or manifests, before the change; or a plan, which contains both sides',
    )
    .argument('[after]', `the file or directory after the change (default: ${OUTPUT}, unless the first is a plan)`)
    .addOption(failOnOption())
    .addOption(worldOption())
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ cluster-ports diff main/cdktf.out cdktf.out --fail-on widened --format markdown',
    )
    .action(async (before: string, after: string | undefined, options: DiffOptions) => {
      const change = after === undefined ? readOne(before, io) : readBoth(before, after, io);
      const explained = withProvenance(change.after, options.why, io);
      const found = diff(change.before, explained, { threshold: options.worldWiderThan, existing: change.existing });
      const { failOn = [] } = options;
      const isStopped = failOn.some((gate) => stops(gate as Gate, found));
      const gates = failOn.map((gate) => `--fail-on ${gate}`).join(' ');
      const verdict = gates === '' ? undefined : `\`${gates}\` ${isStopped ? 'stops' : 'passes'} this change.`;
      const notes = [...change.after.notes, ...ownershipChanges(change.before, explained)];
      await emitResult({ ...resultOf(found), verdict, notes }, options, io);
      exitWith(isStopped ? 1 : 0);
    });
}

/** Reads both sides of a plan. Compares anything else with the stacks that were synthesized last. */
function readOne(text: string, io: CliIo): PlannedChange {
  const { path } = givenPath(text);
  if (!isDirectory(path)) {
    const json = readConfigurationFile(path);
    if (terraformKind(json, path) === 'plan') return readPlannedChange(json, path);
  }
  const need = 'a plan, or a second path to compare with, is needed';
  if (!existsSync(OUTPUT)) {
    throw refusal(path, 'second-path-required', need, `one path, and no ${OUTPUT} in this directory`, '"cdktf synth"');
  }
  if (isWithin(path, OUTPUT)) {
    const fix = `"cluster-ports diff main/${OUTPUT} ${OUTPUT}"`;
    throw refusal(path, 'second-path-required', need, `only what "cdktf synth" wrote to ${OUTPUT}`, fix);
  }
  return readBoth(text, OUTPUT, io);
}

function isWithin(path: string, directory: string): boolean {
  const [inner, outer] = [realpathSync.native(path), realpathSync.native(directory)];
  return inner === outer || inner.startsWith(outer + sep);
}

/** Compares stacks by name if a side has several, and ignores the names otherwise. */
export function readBoth(before: string, after: string, io: CliIo): PlannedChange {
  const paths = [before, after].map((text) => givenPath(text).path);
  const shared = new SharedFiles([paths[0], paths[1]]);
  const sides = [before, after].map((path, at) => ({
    path,
    stacks: readConfigurations([path], io, { isShared: (file) => shared.has(paths[at], file) }),
  }));
  const areNamed = sides.some(({ stacks }) => stacks.length > 1);
  const read = sides.map(({ path, stacks }): Configuration =>
    areNamed ? combinedConfiguration(path, stacks) : stacks[0][1],
  );
  const [first, second] = withOneNameForEachCluster(read);
  return { before: first, after: { ...second, notes: [...second.notes, ...shared.notes] } };
}

function resultOf(found: TrafficDiff): Omit<Parameters<typeof emitResult>[0], 'notes'> {
  const { changes, counts, world, notEvaluated } = found;
  const parts = CHANGE_KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  const isWhole = [notEvaluated.before, notEvaluated.after, notEvaluated.changed].every((some) => some.length === 0);
  const worldPart = world > 0 ? [`${world} open to the world`] : [];
  return {
    title: 'What opens and closes',
    table: changesTable(changes),
    nothing: isWhole ? 'No difference: both permit the same traffic.' : 'No difference in what could be evaluated.',
    summary: parts.length > 0 ? [...parts, ...worldPart].join(', ') : undefined,
    notEvaluated: shownNotEvaluated(notEvaluated),
    json: { changes, counts, world, changesNotEvaluated: notEvaluated.changed.map(withoutContent) },
  };
}

/** Lists first what opens to the world: readers may stop early, and long comments lose their last rows. */
function changesTable(changes: readonly Change[]): TextTable {
  const worldFirst = [...changes].sort((a, b) => Number(b.isWorld) - Number(a.isWorld));
  const rows = worldFirst.map((change) => [
    change.kind + (change.isWorld ? ', open to the world' : ''),
    change.direction,
    { code: (change.movedFrom === undefined ? '' : `${change.movedFrom} -> `) + change.group + onNetwork(change) },
    change.after.flatMap(reachCells),
    change.before.flatMap(reachCells),
    packetText(change.witness),
    ruleCell(change.rules),
    documentCell(change.rules),
  ]);
  return { columns: COLUMNS, rows };
}

function onNetwork({ network }: Change): string {
  return network === undefined ? '' : ` on ${network}`;
}

function reachCells(reach: Reach): { code: string }[] {
  return reachTexts(reach).map((code) => ({ code }));
}

/** Returns ports and their far end, a line for each port. */
export function reachTexts({ ports, peer, except = [] }: Reach): string[] {
  const denied = except.flatMap((one) => one.ports.map((port) => (one.peer === peer ? port : `${port} ${one.peer}`)));
  const not = denied.length === 0 ? '' : `, not ${denied.join(', ')}`;
  return ports.map((port) => `${port} ${peer}${not}`);
}

/** Lists first what is new or changed; lists everything else after that, without duplicates. */
function shownNotEvaluated({ before, after, changed }: TrafficDiff['notEvaluated']): NotEvaluated[] {
  const marked = changed.map((one) => ({ ...one, reason: `${one.reason} (new or changed)` }));
  const known = new Set(changed.map(({ address, reason }) => `${address} ${reason}`));
  const same = [...after, ...before].filter(({ address, reason }) => !known.has(`${address} ${reason}`));
  const once = new Map(same.reverse().map((one) => [`${one.address} ${one.reason}`, one]));
  return [...marked, ...[...once.values()].reverse()];
}

function failOnOption(): Option {
  return choicesOption(
    '--fail-on <what>',
    'exits with code 1 if something is now open to the world, is newly open, is open more widely, is asked for differently in the ' +
      'access request, or is different at all; also if something that cannot be evaluated is new, is gone or has changed; may be given ' +
      'more than once',
    GATES,
  );
}
