#!/usr/bin/env node
import { run } from './program';

// a reader that stops early, such as `head`, is not an error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const streamOf = (stream: NodeJS.WriteStream): { isTTY: boolean; write: (text: string) => void } => ({
  isTTY: stream.isTTY,
  write: (text) => void stream.write(text),
});

// sets the exit code without exiting, because a pipe may still have output to write
void run(process.argv.slice(2), {
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  env: process.env,
}).then((code) => (process.exitCode = code));
