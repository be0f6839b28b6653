import { Command } from 'commander';
import { portsPage } from '../../../documents';
import { formatOption, outputOption } from '../../options';
import type { CliIo } from '../../output';
import { CATALOG_FORMATS, type CatalogOptions, emitPage } from './catalog-output';

const OPTION = /^--([a-z][a-z\d-]*)(?:=(.*))?$/s;

interface PortsOptions extends CatalogOptions {
  readonly edition?: string;
}

/** Returns the command that prints the ports of a product, with their sources. */
export function portsCommand(io: CliIo): Command {
  return new Command('ports')
    .summary('the documented ports of a product, with their sources')
    .description(
      'Prints the ports that a table opens, and where its document says so. Every option of the table is an option of this command, ' +
        'such as --cni cilium; "cluster-ports products" lists them. Reads no files.',
    )
    .usage('<table> [--<option of the table> <choice>] [options]')
    .argument('<table>', 'the id of a table, such as rke2')
    .option('--edition <edition>', 'the edition of the table (default: its default edition)')
    .addOption(formatOption(CATALOG_FORMATS))
    .addOption(outputOption())
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText('after', '\nExample:\n  $ cluster-ports ports rke2 --cni cilium')
    .action(async (id: string, options: PortsOptions, command: Command) => {
      if (id.startsWith('-')) return command.error('the table must come before its options');
      const choices = choicesIn(command);
      const page = portsPage({ id, edition: options.edition, options: choices }, 'ports');
      return emitPage(page, options, io);
    });
}

/** Reads the options that only the table knows: `--cni cilium`, `--cni=cilium`, and `--windows` for `--windows true`. */
function choicesIn(command: Command): Record<string, string> {
  const [, ...texts] = command.args;
  const choices = new Map<string, string>();
  for (let at = 0; at < texts.length; at++) {
    const [, option, written] = OPTION.exec(texts[at]) ?? [];
    if (option === undefined) {
      command.error(`${texts[at].startsWith('-') ? 'unknown option' : 'unexpected argument'} '${texts[at]}'`);
    }
    if (choices.has(option)) command.error(`option '--${option}' must be given once`);
    const next = texts.at(at + 1) ?? '-';
    const isChoice = written === undefined && !next.startsWith('-');
    choices.set(option, written ?? (isChoice ? next : 'true'));
    if (isChoice) at++;
  }
  return Object.fromEntries(choices);
}
