import { Command } from 'commander';
import { commandScript } from '../renderers/commands';
import type { CliIo } from './cli-io';
import { emit } from './emit';
import { outputOption, pathsArgument, stateOption } from './options';
import { readStacks } from './read-stacks';

interface CommandsOptions {
  readonly state: readonly string[];
  readonly output?: string;
}

/** The rules as commands of gcloud and aws. */
export function commandsCommand(io: CliIo): Command {
  return new Command('commands')
    .summary('the rules as gcloud and aws commands, for people without Terraform')
    .description('Writes the rules as a shell script of gcloud and aws commands. Nothing is run.')
    .addArgument(pathsArgument())
    .addOption(stateOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports commands cdktf.out/stacks/prod --output open-ports.sh')
    .action(async (paths: string[], { state, output }: CommandsOptions) => {
      await emit(commandScript(readStacks(paths, state, io)), output, io);
    });
}
