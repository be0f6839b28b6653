import { Command, Option } from 'commander';
import { checkJunit } from '../checks/check-junit';
import { checkPlan, type CheckPlan } from '../checks/check-plan';
import { checkExitCode, checkJson, type CheckReport } from '../checks/check-report';
import { checkScript } from '../checks/check-script';
import { runChecks } from '../checks/run-checks';
import { refusal, shown } from '../model/refusal';
import { checkTable } from './check-table';
import type { CliIo, ExitCode, ExitWith } from './cli-io';
import { emit } from './emit';
import {
  addressesOption,
  collected,
  formatOption,
  namedLists,
  outputOption,
  pathsArgument,
  stateOption,
} from './options';
import { Progress } from './progress';
import { readFlowsOfStacks, type FlowOptions } from './read-flows';

const FORMS = ['text', 'json', 'junit'];
const LONGEST_TIMEOUT = 600;

interface VerifyOptions extends FlowOptions {
  readonly as: string;
  readonly hosts: readonly string[];
  readonly timeout: number;
  readonly format: string;
  readonly script?: true;
  readonly output?: string;
}

/** Tries the connections of a role from the machine where it runs. */
export function verifyCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('verify')
    .summary('tries from this machine whether the ports are open')
    .description(
      'Opens the TCP connections that a machine of a role needs, and closes them. Ends with 1 where a firewall is in the way.',
    )
    .addArgument(pathsArgument())
    .requiredOption('--as <role>', 'the role that this machine plays, as worker')
    .addOption(hostsOption())
    .addOption(timeoutOption())
    .addOption(formatOption(FORMS))
    .option('--script', 'writes a shell script of "nc -zv" instead, for a machine without Node.js')
    .addOption(stateOption())
    .addOption(addressesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports verify --as worker --hosts mongodb=10.8.0.4,10.8.0.5')
    .action(async (paths: string[], options: VerifyOptions) => {
      const { as, hosts, script, output } = options;
      const plan = checkPlan(readFlowsOfStacks(paths, options, io), {
        as,
        hosts: namedLists('--hosts', hosts),
        place: 'verify',
      });
      if (script) await emit(checkScript(plan, options.timeout * 1000), output, io);
      else exitWith(await verify(plan, options, io));
    });
}

async function verify(plan: CheckPlan, { timeout, format, output }: VerifyOptions, io: CliIo): Promise<ExitCode> {
  const progress = new Progress(io, 'checked', plan.endpoints.length);
  const onResult = (_result: unknown, done: number): void => progress.at(done);
  const results = await runChecks(plan.endpoints, { timeoutMs: Math.ceil(timeout * 1000), onResult });
  progress.end();
  const report: CheckReport = { results, notCheckable: plan.notCheckable };
  await emit(rendered(report, format, output, io), output, io);
  return checkExitCode(report);
}

function rendered(report: CheckReport, format: string, output: string | undefined, io: CliIo): string {
  if (format === 'json') return checkJson(report);
  return format === 'junit' ? checkJunit(report) : checkTable(report, output, io);
}

function hostsOption(): Option {
  return new Option('--hosts <destination=hosts>', 'the machines of a destination that has more than one address')
    .argParser(collected)
    .default([], 'single addresses alone');
}

function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long one of two attempts waits')
    .argParser((text: string) => {
      const seconds = Number(text);
      if (seconds > 0 && seconds <= LONGEST_TIMEOUT) return seconds;
      throw refusal('--timeout', `a number of seconds up to ${LONGEST_TIMEOUT} is needed`, shown(text));
    })
    .default(4);
}
