import { checkLines, isPassed, type CheckReport } from '../checks/check-report';
import type { Outcome } from '../checks/connect';
import type { CliIo } from './cli-io';
import { painter, type Style } from './colour';

/** The results of checks in columns; on a terminal, what is wrong stands out. */
export function checkTable(report: CheckReport, output: string | undefined, io: CliIo): string {
  const text = checkLines(report);
  if (output !== undefined) return text;
  const paint = painter(io);
  const styles = new Map<Outcome, Style>(
    report.results.map((result) => [result.outcome, isPassed(result) ? 'green' : 'red']),
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
