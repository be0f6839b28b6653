import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { CliIo, ExitWith } from './cli-io';
import { commandsCommand } from './commands-command';
import { diagramCommand } from './diagram-command';
import { diffCommand } from './diff-command';
import { explainCommand } from './explain-command';
import { lintCommand } from './lint-command';
import { matrixCommand } from './matrix-command';
import { requestCommand } from './request-command';
import { showCommand } from './show-command';
import { verifyCommand } from './verify-command';

const NAME = 'cluster-ports';
const WIDTH = 100;

/** All commands, with what they have in common. */
export function clusterPorts(io: CliIo, exitWith: ExitWith): Command {
  const program = new Command(NAME)
    .description(
      'Documents, checks and explains the ports that synthesized Terraform opens. Changes nothing in any cloud.',
    )
    .version(packageVersion(), '-V, --version')
    .helpCommand(false)
    .addHelpText(
      'after',
      `\nExit codes:\n  0  nothing found\n  1  a gate, a linter or a check found something\n  2  bad input or usage`,
    )
    .addHelpText('after', `\nExample:\n  $ ${NAME} request cdktf.out --output request.txt`);
  const commands = [
    requestCommand(io),
    matrixCommand(io),
    diagramCommand(io),
    commandsCommand(io),
    verifyCommand(io, exitWith),
    showCommand(io),
    diffCommand(io, exitWith),
    explainCommand(io, exitWith),
    lintCommand(io, exitWith),
  ];
  commands.forEach((command) => program.addCommand(command));
  for (const command of [program, ...commands]) withCommonWays(command, io);
  return program;
}

/** Everything goes to the streams that were given, and nothing ends the process. */
function withCommonWays(command: Command, io: CliIo): void {
  const place = command.name() === NAME ? NAME : `${NAME} ${command.name()}`;
  command
    .exitOverride()
    .configureHelp({ helpWidth: WIDTH, showGlobalOptions: false })
    .helpOption('-h, --help', 'shows this help')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`${place}: ${asSentence(text)}\n`),
    });
}

/** The one form of every error. */
function asSentence(text: string): string {
  return text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s+\(Did you mean (.*)\?\)$/, '; did you mean $1?')
    .replace(/\.$/, '');
}

/** The same from lib/ and from the bundle: both lie two directories below package.json. */
function packageVersion(): string {
  const json = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return json.version;
}
