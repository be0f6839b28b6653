import { type CheckResult, type ChangedResult, destinationText, endpointText, watchChecks } from '../../../checks';
import { oneLine } from '../../../input';
import { CLEAR_LINE, type CliIo } from '../../output';

const MS_PER_SECOND = 1000;

type Options = Omit<Parameters<typeof watchChecks>[1], 'onRound'>;

/**
 * Repeats checks until all are open. Prints a line for every change on standard error; on a terminal it also shows the state on one line,
 * which is removed at the end.
 */
export async function watched(
  endpoints: Parameters<typeof watchChecks>[0],
  io: CliIo,
  options: Options,
): Promise<CheckResult[]> {
  const { isTTY } = io.stderr;
  let isFirst = true;
  const onRound = (results: readonly CheckResult[], changed: readonly ChangedResult[]): void => {
    const lines = [...(isFirst && !isTTY ? [stateText(results, options)] : []), ...changed.map(changeText)];
    const time = clockText(new Date());
    const text = lines.map((line) => `${time}  ${oneLine(line)}\n`).join('');
    const next = results.every(options.isPassed) ? '' : `, again in ${options.intervalMs / MS_PER_SECOND} s`;
    isFirst = false;
    if (!isTTY) io.stderr.write(text);
    else {
      io.stderr.write(`${CLEAR_LINE}${text}${time}  ${stateText(results, options)}${next}`);
    }
  };
  const results = await watchChecks(endpoints, { ...options, onRound });
  if (isTTY) io.stderr.write(CLEAR_LINE);
  return results;
}

/** Returns the number of endpoints that are open, and of each other outcome: `3 of 5 open, 2 timed out`. */
function stateText(results: readonly CheckResult[], { isPassed }: Options): string {
  const others = new Map<string, number>();
  for (const result of results.filter((each) => !isPassed(each))) {
    others.set(result.outcome, (others.get(result.outcome) ?? 0) + 1);
  }
  const open = results.filter(isPassed).length;
  return [`${open} of ${results.length} open`, ...[...others].map(([outcome, count]) => `${count} ${outcome}`)].join(
    ', ',
  );
}

function changeText({ before, after }: ChangedResult): string {
  const { endpoint } = after;
  return `${endpointText(endpoint)}: ${before.outcome}, now ${after.outcome}  ${destinationText(endpoint)}`;
}

function clockText(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
