import { Command, Option } from 'commander';
import {
  checkExitCode,
  checkJson,
  checkJunit,
  checkLines,
  checkPlan,
  type CheckPlan,
  type CheckReport,
  checkScript,
  isPassed,
  type Outcome,
  runChecks,
} from '../../checks';
import { refusal, shown } from '../../input';
import {
  choiceOption,
  collected,
  formatOption,
  ipRangesOption,
  namedLists,
  outputOption,
  pathsArgument,
  stateOption,
} from '../options';
import { notesOf, printNotes } from '../notes';
import { type CliIo, emit, type ExitCode, type ExitWith, painter, Progress, type Style } from '../output';
import { type FlowOptions, readAccess } from '../read-flows';

const FORMATS = ['text', 'json', 'junit'];
const MAX_TIMEOUT = 600;
const PLAIN_NUMBER = /^(?:0|[1-9]\d*)?(?:\.\d+)?$/;

interface VerifyOptions extends FlowOptions {
  readonly as: string;
  readonly hosts: readonly string[];
  readonly timeout: number;
  readonly format: string;
  readonly script?: true;
  readonly accept?: string;
  readonly output?: string;
}

/** Returns the command that tries the connections of a role from this machine. */
export function verifyCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('verify')
    .summary('tries from this machine whether the ports are open')
    .description(
      'Opens the TCP connections that a machine of a role needs, and closes them. Exits with code 1 unless all are open. Hostnames are ' +
        'listed with a command to try each of them, and not tried.',
    )
    .addArgument(pathsArgument())
    .requiredOption('--as <role>', 'the role of this machine, such as worker')
    .addOption(hostsOption())
    .addOption(timeoutOption())
    .addOption(formatOption(FORMATS))
    .option('--script', 'writes a shell script of "nc -zv" instead, for a machine without Node.js')
    .addOption(
      choiceOption('--accept <outcome>', 'counts connections with this outcome as open, before anything listens', [
        'refused',
      ]),
    )
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports verify --as worker --hosts mongodb=10.8.0.4,10.8.0.5')
    .action(async (paths: string[], options: VerifyOptions) => {
      const { as, hosts, script, output } = options;
      const { flows, hostnames, omitted, notEvaluated, undocumented } = readAccess(paths, options, io);
      // the report lists the others
      printNotes(notesOf({ undocumented, omitted: [], notEvaluated: [] }), io);
      const plan = checkPlan(flows, {
        as,
        hostnames,
        omitted,
        notEvaluated,
        hosts: namedLists('--hosts', '<destination>=<host>,<host>', hosts),
        place: 'verify',
      });
      const acceptsRefused = options.accept !== undefined;
      if (script) {
        await emit(checkScript(plan, { timeoutMs: options.timeout * 1000, acceptsRefused }), output, io);
        return;
      }
      exitWith(await verify(plan, options, io));
    });
}

async function verify(plan: CheckPlan, options: VerifyOptions, io: CliIo): Promise<ExitCode> {
  const { timeout, format, output, accept } = options;
  const progress = new Progress(io, 'checked', plan.endpoints.length);
  const onResult = (_result: unknown, done: number): void => progress.at(done);
  const results = await runChecks(plan.endpoints, { timeoutMs: Math.ceil(timeout * 1000), onResult });
  progress.end();
  const report: CheckReport = { ...plan, results, acceptsRefused: accept !== undefined };
  await emit(rendered(report, format, output, io), output, io);
  return checkExitCode(report);
}

function rendered(report: CheckReport, format: string, output: string | undefined, io: CliIo): string {
  if (format === 'json') return checkJson(report);
  return format === 'junit' ? checkJunit(report) : checkTable(report, output, io);
}

/** Renders a report in columns, with coloured outcomes on a terminal. */
function checkTable(report: CheckReport, output: string | undefined, io: CliIo): string {
  const text = checkLines(report);
  if (output !== undefined) return text;
  const paint = painter(io);
  const styles = new Map<Outcome, Style>(
    report.results.map((result) => [result.outcome, isPassed(result, report) ? 'green' : 'red']),
  );
  return text
    .split('\n')
    .map((line, at) => {
      if (at === 0) return paint('bold', line);
      const outcome = [...styles.keys()].find((each) => line.startsWith(`${each} `));
      return outcome === undefined ? line : paint(styles.get(outcome)!, outcome) + line.slice(outcome.length);
    })
    .join('\n');
}

function hostsOption(): Option {
  return new Option('--hosts <destination=hosts>', 'the names or IP addresses of the machines of a destination')
    .argParser(collected)
    .default([], 'only destinations that are single IP addresses');
}

function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long each of the two attempts waits for an answer')
    .argParser((text: string) => {
      const seconds = Number(text);
      if (PLAIN_NUMBER.test(text) && seconds > 0 && seconds <= MAX_TIMEOUT) return seconds;
      const need = `the timeout must be a plain number of seconds, more than 0 and at most ${MAX_TIMEOUT}`;
      throw refusal('--timeout', 'timeout-invalid', need, shown(text));
    })
    .default(4);
}
