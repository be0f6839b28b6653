#!/usr/bin/env node
import { run } from './run';

/** A reader that has seen enough, as `head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const streamOf = (stream: NodeJS.WriteStream): { isTTY: boolean; write: (text: string) => void } => ({
  isTTY: stream.isTTY,
  write: (text) => void stream.write(text),
});

// the code alone, and no exit: what stands in a pipe is still to be written
void run(process.argv.slice(2), {
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  env: process.env,
}).then((code) => (process.exitCode = code));
