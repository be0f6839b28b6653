import { Command } from 'commander';
import { commandScript } from '../../documents';
import { ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit } from '../output';
import { notesOf, printNotes } from '../notes';
import { type FlowOptions, readStacks } from '../read-flows';

interface CommandsOptions extends FlowOptions {
  readonly output?: string;
}

/** Returns the command that renders rules as gcloud and aws commands. */
export function commandsCommand(io: CliIo): Command {
  return new Command('commands')
    .summary('the rules as gcloud and aws commands, for people without Terraform')
    .description('Writes the rules as a shell script of gcloud and aws commands. Runs nothing.')
    .addArgument(pathsArgument())
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports commands cdktf.out/stacks/prod --output open-ports.sh')
    .action(async (paths: string[], options: CommandsOptions) => {
      const { stacks, notEvaluated } = readStacks(paths, options, io);
      const left = {
        undocumented: stacks.flatMap(({ undocumented }) => undocumented),
        omitted: [], // the script lists them
        notEvaluated,
      };
      await emit(commandScript(stacks, notesOf(left)), options.output, io);
      printNotes(notesOf(left), io);
    });
}
