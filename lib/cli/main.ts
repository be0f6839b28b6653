#!/usr/bin/env node
import { fstatSync, writeFileSync } from 'node:fs';
import { notWritten } from './output';
import { run } from './program';

const { stdout, stderr } = process;
let isBroken = false;

stdout.on('error', (error: NodeJS.ErrnoException) => {
  // a reader that stops early, such as `head`, is not an error: the command ends with the exit code of what it found
  if (error.code === 'EPIPE') return;
  isBroken = true;
  process.exitCode = 2;
  stderr.write(`${notWritten('standard output', error).message}\n`);
});
// the exit code counts also if nobody reads the errors
stderr.on('error', () => undefined);

/** Writes to standard output. The stream of a file would ignore that a full disk takes only the first part of a text. */
function writer(): (text: string) => void {
  const stats = fstatSync(stdout.fd);
  if (stdout.isTTY || !(stats.isFile() || stats.isCharacterDevice())) return (text) => void stdout.write(text);
  return (text) => {
    try {
      writeFileSync(stdout.fd, text);
    } catch (error) {
      throw notWritten('standard output', error);
    }
  };
}

// sets the exit code without exiting, because a pipe may still have output to write
void run(process.argv.slice(2), {
  stdout: { isTTY: stdout.isTTY, write: writer() },
  stderr: { isTTY: stderr.isTTY, write: (text) => void stderr.write(text) },
  env: process.env,
}).then((code) => (process.exitCode = isBroken ? 2 : code));
