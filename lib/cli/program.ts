import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, type Option } from 'commander';
import { oneLine } from '../input';
import {
  commandsCommand,
  coverCommand,
  diagramCommand,
  diffCommand,
  explainCommand,
  hostRulesCommand,
  lintCommand,
  manifestsCommand,
  matrixCommand,
  portsCommand,
  productsCommand,
  reportCommand,
  requestCommand,
  showCommand,
  verifyCommand,
  whoCommand,
} from './commands';
import { takesOneValue } from './options';
import type { CliIo, ExitCode, ExitWith } from './output';

const NAME = 'cluster-ports';
const WIDTH = 100;

/** Returns the program with all its commands. */
function clusterPorts(io: CliIo, exitWith: ExitWith): Command {
  const program = new Command(NAME)
    .description(
      'Documents, checks and explains the ports that synthesized Terraform opens. Changes nothing in any cloud.',
    )
    .version(packageVersion(), '-V, --version', 'shows the version')
    .helpCommand(false)
    .addHelpText(
      'after',
      `\nExit codes:\n  0  nothing found\n  1  a gate, a linter or a check found something\n  2  bad input or usage, or an output that cannot be written`,
    )
    .addHelpText('after', `\nExample:\n  $ ${NAME} request cdktf.out --output request.txt`);
  const commands = [
    requestCommand(io),
    matrixCommand(io),
    diagramCommand(io),
    reportCommand(io, packageVersion()),
    commandsCommand(io),
    hostRulesCommand(io),
    manifestsCommand(io),
    verifyCommand(io, exitWith),
    showCommand(io),
    diffCommand(io, exitWith),
    explainCommand(io, exitWith),
    lintCommand(io, exitWith, packageVersion()),
    coverCommand(io, exitWith),
    productsCommand(io),
    portsCommand(io),
    whoCommand(io),
  ];
  commands.forEach((command) => program.addCommand(command));
  for (const command of [program, ...commands]) withCommonSettings(command, io);
  return program;
}

/** Sends all output to the given streams, and keeps commander from ending the process. */
function withCommonSettings(command: Command, io: CliIo): void {
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
  for (const option of command.options.filter(takesOneValue)) checkGivenOnce(command, option);
}

/** Ends with an error if an option is given again: its last value would win without a word. */
function checkGivenOnce(command: Command, option: Option): void {
  let isGiven = false;
  command.on(`option:${option.name()}`, () => {
    if (isGiven) command.error(`option '${option.flags}' must be given once`);
    isGiven = true;
  });
}

/** Rewrites an error of commander in the form of this package's errors. */
function asSentence(text: string): string {
  const sentence = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s+\(Did you mean (.*)\?\)$/, '; did you mean $1?')
    .replace(/\.$/, '');
  return oneLine(sentence);
}

/** Reads the version from package.json, which is two directories above this file, both in lib/ and in the bundle. */
function packageVersion(): string {
  const json = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return json.version;
}

/** Runs the command line. Prints every error as one sentence on stderr, without a stack trace. */
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
