import { Command } from 'commander';
import { productsPage } from '../../../documents';
import { formatOption, outputOption } from '../../options';
import type { CliIo } from '../../output';
import { CATALOG_FORMATS, type CatalogOptions, emitPage } from './catalog-output';

/** Returns the command that lists the products with a port table. */
export function productsCommand(io: CliIo): Command {
  return new Command('products')
    .summary('the products with a port table, their editions and options')
    .description(
      'Lists the products with a port table: editions, options with their defaults, and constructs. Reads no files.',
    )
    .addOption(formatOption(CATALOG_FORMATS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports products --format json')
    .action(async (options: CatalogOptions) => emitPage(productsPage(), options, io));
}
