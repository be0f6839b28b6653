import { Command } from 'commander';
import { whoPage } from '../../../documents';
import { formatOption, outputOption } from '../../options';
import type { CliIo } from '../../output';
import { CATALOG_FORMATS, type CatalogOptions, emitPage } from './catalog-output';

/** Returns the command that finds the products that document a port. */
export function whoCommand(io: CliIo): Command {
  return new Command('who')
    .summary('which products document a port, between whom, and in which document')
    .description(
      'Lists the rows of all port tables that have a port: for a firewall rule whose reason nobody knows. Reads no files.',
    )
    .argument('<port>', 'such as 8472/udp, 53/tcp+udp, 8/icmp or vrrp; a number without a protocol is TCP and UDP')
    .addOption(formatOption(CATALOG_FORMATS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports who 8472/udp')
    .action(async (port: string, options: CatalogOptions) => emitPage(whoPage(port, 'who'), options, io));
}
