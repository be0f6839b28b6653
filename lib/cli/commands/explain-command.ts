import { Command } from 'commander';
import { levelText, versionsText } from '../../documents';
import { type CellLine } from '../../text';
import { omittedText, ownershipText } from '../../provenance';
import {
  type EndAnswer,
  explain,
  type Explanation,
  type GateAnswer,
  decisiveAt,
  HOST_FIREWALL,
  NETWORK_ACL,
  NODE_FIREWALL,
  type RuleMention,
} from '../../traffic';
import { configurationsArgument, formatOption, maxLengthOption, outputOption, whyOption } from '../options';
import type { CliIo, ExitWith } from '../output';
import { readConfiguration } from '../read-configuration';
import { documentCell, emitResult, type Result, RESULT_FORMATS, type ResultOptions, ruleCell } from '../result';

const COLUMNS = ['End', 'Verdict', 'Rule', 'Effect', 'Document'];
/** Whether the packet passes, for each verdict. */
const SENTENCES: Readonly<Record<Explanation['verdict'], string>> = {
  passes: 'The packet passes',
  refused: 'The packet is refused',
  'depends on the IP address': 'Whether the packet passes depends on the IP address',
  'depends on the enforcement order of the network':
    'Whether the packet passes depends on the enforcement order of the network',
  'not known': 'Whether the packet passes is not known',
  'asked for, not known to be open': 'The firewall team is asked to open the port, and it is not known whether it has',
  'not judged': 'The packet is not judged',
};
/** The widest table, for terminals and tickets. */
const MAX_WIDTH = 120;

interface ExplainOptions extends ResultOptions {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly fromIp?: string;
  readonly toIp?: string;
  readonly network?: string;
  readonly region?: string;
  readonly why: readonly string[];
}

/** Returns the command that explains whether a packet passes. */
export function explainCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('explain')
    .summary('whether a packet passes, which rule decides, and which document needs it')
    .description(
      'Says whether a packet passes: the source may send it, and the destination may receive it. Names the rules that decide at both ' +
        'ends. If it does not pass, names the nearest rule and exits with code 1.',
    )
    .addArgument(configurationsArgument())
    .requiredOption(
      '--from <source>',
      'a label, id, Terraform address, IP address or range, or hostname: the names in "matrix" and "show"',
    )
    .requiredOption('--to <destination>', 'the same')
    .requiredOption('--port <port>', 'such as 443/tcp, 2379-2380/tcp or 8/icmp: the ports in "matrix" and "show"')
    .option('--from-ip <ip>', 'the IP address of a source that is given by name')
    .option('--to-ip <ip>', 'the IP address of a destination that is given by name')
    .option('--network <network>', 'the network on GCP, if there are several')
    .option('--region <region>', 'the region of the machines on GCP, for the rules of regional firewall policies')
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports explain --from 10.0.0.7 --to tag:k8s-worker --port 10250/tcp')
    .action(async (paths: string[], options: ExplainOptions) => {
      const configuration = readConfiguration(paths, options.why, io);
      const answer = explain(configuration, options);
      await emitResult({ ...resultOf(answer), notes: configuration.notes }, options, io);
      exitWith(answer.verdict === 'passes' ? 0 : 1);
    });
}

/** Returns what fails if the port is closed, and for which versions the vendor checked the documents. */
function storyLines({ source, destination, needed, omitted }: Explanation): string[] {
  const mentions = [source, destination].flatMap(({ matching, requested }) => [...matching, ...requested]);
  const rows = [...mentions.flatMap(({ documentedBy }) => documentedBy), ...needed, ...omitted];
  const lines = rows.flatMap(({ row, document, impact, level, supplement, checkedFor, versions, ownership }) => {
    const checked = supplement === undefined ? versionsText(checkedFor, versions) : undefined;
    return [
      ...(level === undefined ? [] : [`${row}: ${levelText(level)}.`]),
      ...(ownership === undefined ? [] : [`Owner of ${row}: ${ownershipText(ownership)}.`]),
      ...(impact === undefined ? [] : [`If it is closed: ${impact}.`]),
      ...(checked === undefined
        ? []
        : [checkedFor === undefined ? `${document}: ${checked}.` : `${document} is ${checked}.`]),
    ];
  });
  return [...new Set(lines)];
}

function resultOf(answer: Explanation): Omit<Result, 'notes'> {
  const { verdict, port, parts, source, destination, gates, refusedBy, needed, omitted, remarks, notEvaluated } =
    answer;
  const title = parts === undefined ? SENTENCES[verdict] : 'The ports do not all pass';
  return {
    title,
    table: {
      columns: COLUMNS,
      rows: [
        ...rowsOf('source', source),
        ...aclRows(gates, 'request'),
        ...rowsOf('destination', destination),
        ...aclRows(gates, 'answer'),
      ],
    },
    maxWidth: MAX_WIDTH,
    nothing: '',
    summary: [
      `${title}: ${port} from ${endText(source)} to ${endText(destination)}.`,
      ...(parts === undefined ? [] : parts.map(partText)),
      ...(gates.length > 1 ? ['Gates, in this order:', ...gates.map(gateText)] : []),
      ...(refusedBy === undefined ? [] : [`The first that refuses it: ${gateName(refusedBy)}.`]),
      ...remarks.map((remark) => `${remark}.`),
      ...(needed.length === 0 ? [] : [`It is needed for ${[...new Set(needed.map(({ row }) => row))].join(', ')}.`]),
      ...omitted.map(
        ({ row, construct = '' }) => `It is needed for ${row}, which is ${omittedText({ constructPath: construct })}.`,
      ),
      ...storyLines(answer),
    ].join('\n'),
    notEvaluated,
    json: answer,
  };
}

/** Returns what becomes of some of several ports. */
function partText({ ports, verdict }: NonNullable<Explanation['parts']>[number]): string {
  return `${ports.join(', ')}: ${verdict}.`;
}

function gateText(gate: GateAnswer, index: number): string {
  // the table has the reasons of all other gates
  const hasOwnReason = gate.kind === HOST_FIREWALL || gate.kind === NODE_FIREWALL;
  const why = hasOwnReason && gate.reason !== undefined ? ` (${gate.reason})` : '';
  return `${index + 1}. ${gateName(gate)}: ${gate.verdict}${why}`;
}

/** Returns the name of a gate, and which way of the connection it is about. */
function gateName({ kind, name, end, packet }: GateAnswer): string {
  return `${kind} ${name}, ${packet === 'request' ? '' : 'answer at the '}${end}`;
}

/** Returns the rows of network ACLs, which see requests and answers one by one. */
function aclRows(gates: readonly GateAnswer[], packet: GateAnswer['packet']): CellLine[][][] {
  return gates
    .filter((gate) => gate.kind === NETWORK_ACL && gate.packet === packet)
    .flatMap(({ kind, name, end, verdict, rules, reason }) => {
      const at = [kind, `${packet === 'request' ? '' : 'answer, '}${end}`];
      const effects = rules.map(({ address, number, action }): CellLine[][] => [
        [{ code: address }],
        [`rule ${number}: ${action}`],
        [name],
      ]);
      const none: CellLine[][] = [[], ['no rule matches: deny'], [name]];
      const why: CellLine[][][] = reason === undefined ? [] : [[[], [reason], []]];
      const [first, ...more] = [...(effects.length > 0 || reason !== undefined ? effects : [none]), ...why];
      return [[at, [verdict], ...first], ...more.map((each): CellLine[][] => [[], [], ...each])];
    });
}

function endText({ name, network }: EndAnswer): string {
  return network === undefined ? name : `${name} on ${network}`;
}

function rowsOf(name: string, end: EndAnswer): CellLine[][][] {
  const { verdict, matching, nearest, deniesByName, requested, reason } = end;
  const decisive = decisiveAt(matching);
  const rows = [
    ...matching.map((rule, at): CellLine[][] => {
      const { isPart, unknown, isSkipped } = rule;
      const action = rule.action === 'next' ? 'goto_next' : rule.action;
      if (isSkipped) return ruleRow(rule, `not reached: ${action}`);
      if (unknown !== undefined) return ruleRow(rule, `${action}, if ${unknown.join(' or ')} has the IP address`);
      if (isPart) return ruleRow(rule, `${action}, for some IP addresses`);
      if (rule.action === 'next' && !(decisive >= 0 && at > decisive)) {
        return ruleRow(rule, 'skips the rest of its policy: goto_next');
      }
      return ruleRow(rule, at === decisive ? `decides: ${action}` : `not reached: ${action}`);
    }),
    ...(nearest === undefined ? [] : [ruleRow(nearest, `nearest, differs in ${nearest.fails.join(' and ')}`)]),
    ...deniesByName.map((rule) => ruleRow(rule, 'may deny a machine with several names')),
    ...requested.map((request) => [
      [],
      [`the firewall team is asked by ${request.construct}`],
      documentCell([request]),
    ]),
    ...(reason === undefined ? [] : [[[], [reason], []]]),
  ];
  const [row = [[], ['no rule matches'], []], ...more] = rows;
  return [[[name], [verdict], ...row], ...more.map((each) => [[], [], ...each])];
}

function ruleRow(rule: RuleMention, effect: string): CellLine[][] {
  return [ruleCell([rule]), [effect], [...documentCell([rule]), ...descriptionLines(rule)]];
}

/** Returns the description of a rule without a known row; one that must not be believed is quoted. */
function descriptionLines({ documentedBy, description = '', doubt }: RuleMention): string[] {
  if (documentedBy.length > 0 || description === '') return [];
  return [doubt === undefined ? `described as: ${description}` : `says ${JSON.stringify(description)}`];
}
