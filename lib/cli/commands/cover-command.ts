import { Command, Option } from 'commander';
import type { TableCell, TextTable } from '../../text';
import { refusal, shown } from '../../input';
import { cover, type Cover, type MissingPort, storyNotes, type UndocumentedPorts } from '../../traffic';
import {
  choicesOption,
  collected,
  repeatable,
  repeatedOption,
  configurationsArgument,
  formatOption,
  maxLengthOption,
  namedLists,
  outputOption,
  whyOption,
} from '../options';
import type { CliIo, ExitWith } from '../output';
import { readConfiguration } from '../read-configuration';
import { emitResult, type Result, RESULT_FORMATS, type ResultOptions } from '../result';

const COLUMNS = ['Problem', 'Port', 'From', 'To', 'Rule or row', 'Document'];
/** The widest table, for terminals and tickets. */
const MAX_WIDTH = 120;
const GATES = ['undocumented', 'missing', 'not-evaluated'] as const;
/** The most products and pieces of ports that a cell names. */
const MAX_NAMES = 3;
const PRODUCT = /^([^@:]+)(?:@([^:]+))?(?::(.+))?$/s;
const PRODUCT_FORM = '<table>[@<edition>][:<option>=<choice>,...]';

interface CoverOptions extends ResultOptions {
  readonly product: readonly string[];
  readonly role: readonly string[];
  readonly failOn?: readonly (typeof GATES)[number][];
  readonly why: readonly string[];
}

/** Returns the command that compares open ports with the documents of products. */
export function coverCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('cover')
    .summary('which open ports no product in use documents, and which documented ports are not open')
    .description(
      'Compares the ports that machines may receive with those that products document, also in Terraform that nobody wrote with this ' +
        'package. A port counts as open between any machines, unless constructs of this package or --role say which machines have a ' +
        'role. Outbound rules, and firewalls that are not in the files, are not compared.',
    )
    .addArgument(configurationsArgument())
    .addOption(productOption())
    .addOption(roleOption())
    .addOption(failOnOption())
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ cluster-ports cover plan.json --product rke2:cni=cilium --product longhorn --fail-on missing',
    )
    .action(async (paths: string[], options: CoverOptions) => {
      const products = options.product.map(tableRequest);
      const configuration = readConfiguration(paths, options.why, io);
      const roles = Object.entries(namedLists('--role', '<role>=<name>,<name>', options.role));
      const found = cover(configuration, {
        products,
        roles: roles.map(([role, names]) => ({ role, names })),
      });
      const { failOn = [] } = options;
      const isStopped = failOn.some((gate) => stops(gate, found));
      const gates = failOn.map((gate) => `--fail-on ${gate}`).join(' ');
      const verdict = gates === '' ? undefined : `\`${gates}\` ${isStopped ? 'stops' : 'passes'} this configuration.`;
      const notes = [...configuration.notes, ...storyNotes(configuration)];
      await emitResult({ ...resultOf(found), verdict, notes }, options, io);
      exitWith(isStopped ? 1 : 0);
    });
}

function stops(gate: (typeof GATES)[number], { undocumented, missing, notEvaluated }: Cover): boolean {
  if (gate === 'undocumented') return undocumented.length > 0;
  return gate === 'missing' ? missing.length > 0 : notEvaluated.length > 0;
}

/** Reads `rke2@2026-05:cni=cilium,windows=true`. */
function tableRequest(text: string): { id: string; edition?: string; options: Record<string, string> } {
  const [, id, edition, given] = PRODUCT.exec(text) ?? [];
  const choices = (given?.split(',') ?? []).map((choice) => /^([^=]+)(?:=(.+))?$/s.exec(choice.trim()));
  if (id === undefined || choices.includes(null)) {
    throw refusal('--product', 'named-list-invalid', `the value must have the form ${PRODUCT_FORM}`, shown(text));
  }
  const options = choices.map((match) => [match![1], match![2] ?? 'true'] as const);
  return { id, edition, options: Object.fromEntries(options) };
}

function resultOf(found: Cover): Omit<Result, 'notes'> {
  const { undocumented, missing, notEvaluated } = found;
  const where = notEvaluated.length === 0 ? '' : ', as far as it could be evaluated';
  return {
    title: 'Open ports and documented ports',
    table: tableOf(found),
    maxWidth: MAX_WIDTH,
    nothing: `Every open port is documented, and every documented port is open${where}.`,
    summary: summaryOf(found),
    notEvaluated,
    json: {
      products: found.tables,
      rows: found.rows,
      found: found.found,
      unknownRoles: found.unknownRoles,
      undocumented,
      missing: missing.map(missingJson),
      outboundRulesNotCompared: found.outboundRules,
    },
  };
}

function tableOf({ undocumented, missing }: Cover): TextTable {
  return { columns: COLUMNS, rows: [...undocumented.map(undocumentedCells), ...missing.map(missingCells)] };
}

function undocumentedCells({
  port,
  undocumented,
  from,
  to,
  network,
  rules,
  documentedBy,
  moved,
}: UndocumentedPorts): TableCell[] {
  const isWhole = undocumented.length === 1 && undocumented[0] === port;
  return [
    'not documented',
    isWhole ? { code: port } : [{ code: port }, `of it ${firstOf(undocumented)}`],
    { code: from },
    { code: network === undefined ? to : `${to} on ${network}` },
    rules.map((code) => ({ code })),
    moved === undefined ? documentText(documentedBy) : movedText(moved),
  ];
}

function documentText({ named, others }: UndocumentedPorts['documentedBy']): string {
  if (named.length > 0) return `${firstOf(named)}, with other options or between other machines`;
  return others.length === 0 ? 'of no product' : `not of these products, but of ${firstOf(others)}`;
}

function movedText(moved: NonNullable<UndocumentedPorts['moved']>): string {
  return `moved, as its rule says: ${firstOf(moved.map(({ row, documentedPort }) => `${row}, document: ${documentedPort}`))}`;
}

function missingCells({ state, documented, ports, from, to, movedTo }: MissingPort): TableCell[] {
  const { table, row } = documented;
  return [
    state === 'closed' ? 'not open' : 'not known',
    ports.map((code) => ({ code })),
    from,
    to,
    `${row.name}: ${row.description}${movedTo === undefined ? '' : `; moved to ${firstOf(movedTo)}, as a rule says`}`,
    `${table.id}@${table.edition}, ${row.section}`,
  ];
}

function firstOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return `${names.slice(0, MAX_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function missingJson({ state, documented, ports, from, to, roles, movedTo }: MissingPort): object {
  const { table, row, source, destination, reference } = documented;
  return {
    state,
    table: table.id,
    edition: table.edition,
    row: row.name,
    port: row.port.text,
    ports,
    from,
    to,
    sourceRole: source.id,
    destinationRole: destination.id,
    roles,
    movedTo,
    description: row.description,
    section: row.section,
    reference,
  };
}

function summaryOf({ tables, rows, found, undocumented, missing, unknownRoles, outboundRules }: Cover): string {
  const closed = missing.filter(({ state }) => state === 'closed').length;
  const counts = [
    `${found} of ${rows} documented rows are open`,
    `${undocumented.length} open and not documented`,
    `${closed} documented and not open`,
    ...(missing.length > closed ? [`${missing.length - closed} not known`] : []),
  ];
  const lines = [
    `${counts.join(', ')}.`,
    `Compared with ${tables.join(', ')}.`,
    'Options that are not named have their documented defaults.',
    ...(unknownRoles.length === 0
      ? []
      : [
          `The machines of ${firstOf(unknownRoles)} are not known (--role names them).`,
          'A port of unknown machines counts as open between any machines.',
        ]),
    ...(undocumented.some(({ moved }) => moved !== undefined)
      ? [
          'The descriptions of rules say that rows were moved: --why with the synthesized stacks compares the ports that were asked for.',
        ]
      : []),
    'Inbound rules were compared; outbound rules, and firewalls that are not in these files, were not.',
    ...(outboundRules.length === 0 ? [] : [`Outbound rules that allow: ${firstOf(outboundRules)}.`]),
  ];
  return lines.join('\n');
}

function productOption(): Option {
  const option = new Option(
    '--product <table>',
    `a product in use, with options that differ from the default: ${PRODUCT_FORM}; may be given more than once`,
  )
    .argParser((text: string, before: readonly string[] | undefined) => collected(text, before ?? []))
    .makeOptionMandatory();
  return repeatable(option);
}

function roleOption(): Option {
  return repeatedOption(
    '--role <role=names>',
    'the machines of a role, such as "server=tag:rke2-server" or "rke2.server=10.0.1.0/24": the names in "matrix" and "show"',
    'those of constructs',
  );
}

function failOnOption(): Option {
  return choicesOption(
    '--fail-on <what>',
    'exits with code 1 if an open port is not documented, if a documented port is not known to be open, or if something could not be ' +
      `evaluated: ${GATES.join(', ')}; may be given more than once`,
    GATES,
  );
}
