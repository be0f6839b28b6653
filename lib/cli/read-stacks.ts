import { hasFlows, readStack, type TracedStack } from '../model/read-stack';
import { refusal, shown } from '../model/refusal';
import { readState, type TerraformState } from '../model/terraform-state';
import type { CliIo } from './cli-io';
import { Progress } from './progress';
import { readJsonFile } from '../files/read-json-file';
import { stackFiles } from './stack-files';

/** A stack with the state that was given for it. */
export interface GivenStack {
  readonly stack: TracedStack;
  readonly state?: TerraformState;
}

/** Reads stacks, with states as `--state` has them: `state.json`, or `stack=state.json` where there are several. */
export function readStacks(paths: readonly string[], states: readonly string[], io: CliIo): GivenStack[] {
  const files = oursAmong(parsedFiles(paths, io));
  const given = statesByStack(states);
  const names = new Map<string, string>();
  const stacks = files.map(({ path, json }) => {
    const { name } = readStack(path, json);
    const other = names.get(name);
    if (other !== undefined) throw refusal(path, `a stack must be given once, got ${shown(name)} of ${other} again`);
    names.set(name, path);
    const state = given.get(name) ?? (files.length === 1 ? given.get('') : undefined);
    return { stack: state ? readStack(path, json, state) : readStack(path, json), state };
  });
  checkStates(given, [...names.keys()]);
  return stacks;
}

interface ParsedFile {
  readonly path: string;
  readonly isNamed: boolean;
  readonly json: unknown;
}

function parsedFiles(paths: readonly string[], io: CliIo): ParsedFile[] {
  const files = stackFiles(paths);
  const progress = new Progress(io, 'reading stacks:', files.length);
  try {
    return files.map((file, at) => {
      progress.at(at + 1);
      return { ...file, json: readJsonFile(file.path) };
    });
  } finally {
    progress.end();
  }
}

/** A directory may have stacks without our constructs, but not those alone. */
function oursAmong(files: readonly ParsedFile[]): ParsedFile[] {
  const ours = files.filter(({ isNamed, json }) => isNamed || hasFlows(json));
  return ours.length > 0 ? ours : [...files];
}

function statesByStack(states: readonly string[]): Map<string, TerraformState> {
  return new Map(
    states.map((text) => {
      const [, stack = '', file] = /^(?:([\w-]+)=)?(.*)$/s.exec(text)!;
      return [stack, readState(file, readJsonFile(file))];
    }),
  );
}

function checkStates(given: ReadonlyMap<string, TerraformState>, names: readonly string[]): void {
  if (given.has('') && names.length > 1) {
    const need = `the state of one of several stacks must be given as <stack>=<file>: ${[...names].sort().join(', ')}`;
    throw refusal('--state', need, 'a file alone', shown(`${names[0]}=state.json`));
  }
  for (const name of given.keys()) {
    if (name !== '' && !names.includes(name)) {
      throw refusal('--state', `a state must be that of a stack: ${[...names].sort().join(', ')}`, shown(name));
    }
  }
}
