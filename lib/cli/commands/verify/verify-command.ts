import { Command, Option } from 'commander';
import {
  checkExitCode,
  checkGoss,
  checkJob,
  checkJson,
  checkJunit,
  checkLines,
  checkPlan,
  type CheckPlan,
  type CheckReport,
  type CheckResult,
  checkScript,
  isPassed,
  JOB_IMAGE,
  type Outcome,
  runChecks,
} from '../../../checks';
import { refusal, shown } from '../../../input';
import {
  choiceOption,
  repeatedOption,
  formatOption,
  ipRangesOption,
  namedLists,
  notAlone,
  outputOption,
  pathsArgument,
  stateOption,
} from '../../options';
import { notesOf, printNotes } from '../../notes';
import { type CliIo, emit, type ExitCode, type ExitWith, painter, Progress, type Style } from '../../output';
import { type FlowOptions, readAccess } from '../../read-flows';
import { formOptions, INTERVAL, PLAIN_NUMBER, watchOptions } from './verify-options';
import { watched } from './watch';

const FORMATS = ['text', 'json', 'junit'];
const MAX_TIMEOUT = 600;
const MS_PER_SECOND = 1000;

interface VerifyOptions extends FlowOptions {
  readonly role: string;
  readonly hosts: readonly string[];
  readonly timeout: number;
  readonly format: string;
  readonly script?: true;
  readonly for?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly watch?: true;
  readonly interval?: number;
  readonly giveUpAfter?: number;
  readonly accept?: string;
  readonly output?: string;
}

/** Returns the command that tries the connections of a role from this machine. */
export function verifyCommand(io: CliIo, exitWith: ExitWith): Command {
  const command = new Command('verify')
    .summary('tries from this machine whether the ports are open')
    .description(
      'Opens the TCP connections that a machine of a role needs, and closes them. Exits with code 1 unless all are open. Hostnames are ' +
        'listed with a command to try each of them, and not tried.',
    )
    .addArgument(pathsArgument())
    .requiredOption('--as, --role <role>', 'the role of this machine, such as worker');
  const options = [
    ...[hostsOption(), timeoutOption(), formatOption(FORMATS)],
    ...formOptions(),
    ...watchOptions(),
    choiceOption('--accept <outcome>', 'counts connections with this outcome as open, before anything listens', [
      'refused',
    ]),
    ...[stateOption(), ipRangesOption(), outputOption()],
  ];
  for (const option of options) command.addOption(option);
  return command
    .addHelpText('after', '\nExample:\n  $ cluster-ports verify --as worker --hosts mongodb=10.8.0.4,10.8.0.5')
    .action(async (paths: string[], given: VerifyOptions) => {
      checkTogether(given);
      const plan = planOf(paths, given, io);
      const form = given.script ? 'script' : given.for;
      if (form === undefined) exitWith(await verify(plan, given, io));
      else await emit(inForm(form, plan, given), given.output, io);
    });
}

/** Returns what a machine of the role tries, and what it cannot try. */
function planOf(paths: readonly string[], options: VerifyOptions, io: CliIo): CheckPlan {
  const { role: as, hosts } = options;
  const { flows, hostnames, omitted, notEvaluated, undocumented } = readAccess(paths, options, io);
  // the report lists the others
  printNotes(notesOf({ undocumented, omitted: [], notEvaluated: [] }), io);
  return checkPlan(flows, {
    as,
    hostnames,
    omitted,
    notEvaluated,
    hosts: namedLists('--hosts', '<destination>=<host>,<host>', hosts),
    place: 'verify',
  });
}

/** Throws for options that only count together with one that is missing. */
function checkTogether({ watch, interval, giveUpAfter, for: form, ...ofJob }: VerifyOptions): void {
  const { namespace, labels, image } = ofJob;
  const given = { '--interval': interval, '--give-up-after': giveUpAfter };
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined && watch === undefined) throw notAlone(flag, '--watch');
  }
  for (const [flag, value] of Object.entries({ '--namespace': namespace, '--labels': labels, '--image': image })) {
    if (value !== undefined && form !== 'job') throw notAlone(flag, '--for job');
  }
}

/** Renders the checks for a different program than this one. */
function inForm(form: string, plan: CheckPlan, options: VerifyOptions): string {
  const { role: as, timeout, accept, namespace = 'default', labels = {}, image = JOB_IMAGE } = options;
  const how = { timeoutMs: timeout * MS_PER_SECOND, acceptsRefused: accept !== undefined };
  if (form === 'job') return checkJob(plan, { ...how, as, namespace, labels, image, place: 'verify' });
  if (form === 'script') return checkScript(plan, how);
  if (accept === undefined) return checkGoss(plan, how);
  const need =
    'a connection that is refused must be a failure in Goss, which cannot tell it from one without an answer';
  throw refusal('--accept', 'goss-accepts-nothing', need, accept, '--for script');
}

async function verify(plan: CheckPlan, options: VerifyOptions, io: CliIo): Promise<ExitCode> {
  const { format, output, accept, watch } = options;
  const acceptsRefused = accept !== undefined;
  const results = await (watch ? watchedResults(plan, options, io) : onceChecked(plan, options, io));
  const report: CheckReport = { ...plan, results, acceptsRefused };
  await emit(rendered(report, format, output, io), output, io);
  return checkExitCode(report);
}

async function onceChecked(plan: CheckPlan, { timeout }: VerifyOptions, io: CliIo): Promise<CheckResult[]> {
  const progress = new Progress(io, 'checked', plan.endpoints.length);
  const onResult = (_result: unknown, done: number): void => progress.at(done);
  const results = await runChecks(plan.endpoints, { timeoutMs: Math.ceil(timeout * MS_PER_SECOND), onResult });
  progress.end();
  return results;
}

async function watchedResults(plan: CheckPlan, options: VerifyOptions, io: CliIo): Promise<CheckResult[]> {
  const { timeout, accept, interval = INTERVAL, giveUpAfter } = options;
  return watched(plan.endpoints, io, {
    timeoutMs: Math.ceil(timeout * MS_PER_SECOND),
    intervalMs: interval * MS_PER_SECOND,
    giveUpMs: giveUpAfter && giveUpAfter * MS_PER_SECOND,
    isPassed: (result) => isPassed(result, { acceptsRefused: accept !== undefined }),
  });
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
  return repeatedOption(
    '--hosts <destination=hosts>',
    'the names or IP addresses of the machines of a destination',
    'only destinations that are single IP addresses',
  );
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
