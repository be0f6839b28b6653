import { CommanderError } from 'commander';
import { oneLine } from '../renderers/one-line';
import type { CliIo, ExitCode } from './cli-io';
import { clusterPorts } from './program';

/** Runs the command line. Whatever goes wrong is one sentence on stderr, and never a stack trace. */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await clusterPorts(io, (given) => (code = given)).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(`${sentence(error)}\n`);
    return 2;
  }
}

function sentence(error: unknown): string {
  return oneLine((error instanceof Error ? error.message : String(error)).replaceAll('\n', ' '));
}
