import { plainUnread } from '../../lib/cli/result';
import type { Configuration, Unread } from '../../lib/traffic/configuration';

/** What is told of what could not be evaluated: without the text by which it is compared. */
export function told({ unread }: Pick<Configuration, 'unread'>): Unread[] {
  return unread.map(plainUnread);
}
