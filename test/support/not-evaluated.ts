import { withoutContent } from '../../lib/cli/result';
import type { Configuration, NotEvaluated } from '../../lib/traffic/configuration';

/** Returns what was not evaluated, without the content that only comparisons need. */
export function notEvaluatedIn({ notEvaluated }: Pick<Configuration, 'notEvaluated'>): NotEvaluated[] {
  return notEvaluated.map(withoutContent);
}
