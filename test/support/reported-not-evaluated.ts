import { withoutContent } from '../../lib/cli/result';
import type { Configuration, NotEvaluated } from '../../lib/traffic/configuration';

/** The parts of a configuration that could not be evaluated, as commands report them. */
export function reportedNotEvaluated({ notEvaluated }: Pick<Configuration, 'notEvaluated'>): NotEvaluated[] {
  return notEvaluated.map(withoutContent);
}
