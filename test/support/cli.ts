import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { App } from 'cdktf';
import { exampleApp } from '../../examples/all';
import { run } from '../../lib/cli/program';
import type { ErrorCode } from '../../lib/input';
import { expectKnownSentence } from './sentences';

/** The output and exit code of a command. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, by default as if its output were a pipe. */
export async function cli(
  argv: readonly string[],
  { isTTY = false, env = {} }: { isTTY?: boolean; env?: Record<string, string> } = {},
): Promise<CliResult> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): { isTTY: boolean; write: (text: string) => void } => ({
    isTTY,
    write: (text) => (written[name] += text),
  });
  const code = await run(argv, { stdout: stream('stdout'), stderr: stream('stderr'), env });
  return { code, ...written };
}

/** Expects that the command line ends with an error of this code and nothing else; returns the sentence, which is in the list of the folder. */
export async function expectBadInput(argv: readonly string[], errorCode: ErrorCode): Promise<string> {
  const { code, stdout, stderr } = await cli(argv);
  const [, sentence = stderr, thrown] = /^([^\n]*) \[([a-z0-9-]+)\]\n$/.exec(stderr) ?? [];
  expect({ code, stdout, thrown, sentence }).toEqual({ code: 2, stdout: '', thrown: errorCode, sentence });
  expectKnownSentence(errorCode, sentence);
  return sentence;
}

/** Expects that the command line rejects its arguments with exactly this sentence of the option parser. */
export async function expectUsageError(argv: readonly string[], sentence: string): Promise<void> {
  expect(await cli(argv)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
}

/** Returns the cells of the rows of a table in which long cells are wrapped, each without blanks, because a line may end anywhere. */
export function unwrappedCells(stdout: string): string[][] {
  const [header, ...lines] = stdout.split('\n\n')[0].split('\n');
  const starts = [...header.matchAll(/\S+/g)].map(({ index }) => index);
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = starts.map((start, at) => line.slice(start, starts[at + 1]).replace(/\s/g, ''));
    if (cells[0] !== '') rows.push(cells);
    else rows.at(-1)?.forEach((cell, at, row) => (row[at] = `${cell}${cells[at]}`));
  }
  return rows;
}

/** Creates a directory that is removed after the tests of the file. */
export function temporaryDirectory(): { readonly path: string; file: (name: string, content: string) => string } {
  const path = mkdtempSync(join(tmpdir(), 'cluster-ports-cli-'));
  afterAll(() => rmSync(path, { recursive: true }));
  return {
    path,
    file: (name, content) => {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}

const ROOT = join(__dirname, '../..');

/** Synthesizes all examples into a directory, as `cdktf synth` does; returns where their stacks are. */
export function synthesizeExamples(outdir: string): string {
  const app = new App({ outdir: resolve(outdir) });
  const here = process.cwd();
  process.chdir(ROOT); // one of them reads a file of the checkout
  try {
    exampleApp(app).synth();
  } finally {
    process.chdir(here);
  }
  return join(outdir, 'stacks');
}
