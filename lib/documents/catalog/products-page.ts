import { constructOf, editionsOf, HOSTNAME_TABLE_IDS, hostnameEditionsOf, TABLE_IDS } from '../../products/catalog';
import { choicesOf, type HostnameTable, type PortTable, type TableOption } from '../../tables';
import type { CatalogPage } from './catalog-page';

const COLUMNS = ['Product', 'Table', 'Editions', 'Construct'];
const OPTION_COLUMNS = ['Table', 'Option', 'Default', 'Other choices', 'What is chosen'];

/** A table in all its editions. */
interface Product {
  readonly id: string;
  readonly product: string;
  /** The class that opens the table; absent if only `DocumentedPortRules` does. */
  readonly construct?: string;
  /** The default edition comes first. */
  readonly editions: readonly (PortTable | HostnameTable)[];
}

/** Returns the page of all products with a port table. */
export function productsPage(): CatalogPage {
  const products = sorted(TABLE_IDS.map((id) => productOf(id, editionsOf(id))));
  const hostnames = sorted(HOSTNAME_TABLE_IDS.map((id) => productOf(id, hostnameEditionsOf(id))));
  const all = [...products, ...hostnames];
  return {
    title: `Products with a port table: ${products.length}`,
    lines: [
      'The first edition is the default. DocumentedPortRules opens a table without a construct of its own.',
      '"cluster-ports ports <table>" prints the ports of a table.',
    ],
    sections: [
      { table: { columns: COLUMNS, rows: products.map(cellsOf) } },
      { heading: 'Tables of outbound hostnames', table: { columns: COLUMNS, rows: hostnames.map(cellsOf) } },
      { heading: 'Options', table: { columns: OPTION_COLUMNS, rows: all.flatMap(optionRows) } },
    ],
    nothing: '',
    sources: new Map(),
    csv: {
      columns: [...COLUMNS, 'Options'],
      rows: all.map((product) => [...cellsOf(product), optionsOf(product).map(optionText)]),
    },
    json: { products: products.map(productJson), hostnames: hostnames.map(productJson) },
  };
}

function sorted(products: readonly Product[]): Product[] {
  return [...products].sort((a, b) => a.product.localeCompare(b.product, 'en'));
}

function productOf(id: string, editions: Product['editions']): Product {
  const { product = id } = editions.find((table) => table.product !== undefined) ?? editions[0];
  return { id, product, construct: constructOf({ id, product }), editions };
}

function cellsOf({ id, product, construct = '', editions }: Product): (string | string[])[] {
  return [product, id, editions.map(({ edition }) => edition), construct];
}

/** Returns the options of all editions, each once. */
function optionsOf({ editions }: Product): TableOption[] {
  const options = editions.flatMap(({ options: ofEdition = [] }) => ofEdition);
  return [...new Map(options.reverse().map((option) => [option.id, option])).values()].reverse();
}

function optionRows(product: Product): (string | string[])[][] {
  return optionsOf(product).map((option) => [
    product.id,
    option.id,
    option.default,
    choicesOf(option).filter((choice) => choice !== option.default),
    option.title,
  ]);
}

function optionText(option: TableOption): string {
  const others = option.choices?.filter((choice) => choice !== option.default) ?? [];
  return `${option.id}=${option.default}${others.length === 0 ? '' : ` (${others.join(', ')})`}`;
}

function productJson({ id, product, construct, editions }: Product): object {
  return {
    id,
    product,
    construct,
    editions: editions.map((table, at) => ({
      edition: table.edition,
      isDefault: at === 0,
      title: table.title,
      reference: table.reference,
      comparedOn: table.comparedOn,
      checkedFor: table.checkedFor,
      options: (table.options ?? []).map((option) => ({ ...option, choices: choicesOf(option) })),
      ...('hostnames' in table && { parameters: table.parameters ?? [] }),
    })),
  };
}
