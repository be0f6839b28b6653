import { plainUnread } from '../../lib/cli/result';
import type { Configuration, NotEvaluated } from '../../lib/traffic/configuration';

/** What is told of what could not be evaluated: without the text by which it is compared. */
export function told({ notEvaluated }: Pick<Configuration, 'notEvaluated'>): NotEvaluated[] {
  return notEvaluated.map(plainUnread);
}
