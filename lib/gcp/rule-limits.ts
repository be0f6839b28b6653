import { refusal } from '../model/refusal';
import type { FirewallContent } from './firewall-rule';

type Lists = FirewallContent['farEnd'] & FirewallContent['targets'];

/** What GCP takes. */
export const LONGEST_GCP_DESCRIPTION = 2048;

/** What one rule may list. The API says so of accounts; of ranges and tags it is what others have run into. */
const MOST: Readonly<Record<keyof Lists, readonly [number, string]>> = {
  sourceRanges: [5000, 'source ranges'],
  destinationRanges: [5000, 'destination ranges'],
  sourceTags: [30, 'source tags'],
  sourceServiceAccounts: [10, 'source service accounts'],
  targetTags: [70, 'target tags'],
  targetServiceAccounts: [10, 'target service accounts'],
};

/** Refuses lists that are too long for one rule. */
export function checkLists(lists: Lists, place: string): void {
  for (const [list, [most, what]] of Object.entries(MOST)) {
    const count = lists[list as keyof Lists]?.length ?? 0;
    if (count > most) {
      const fix = 'several constructs, each with a GcpFirewall of another namePrefix';
      throw refusal(place, `a GCP firewall rule has at most ${most} ${what}`, String(count), fix);
    }
  }
}

/** Refuses what is longer than a description may be: the labels of the document were shortened already. */
export function checkDescriptionLength(description: string, place: string): void {
  if (description.length > LONGEST_GCP_DESCRIPTION) {
    const need = `on GCP a description has at most ${LONGEST_GCP_DESCRIPTION} characters: fewer or shorter reasons`;
    throw refusal(place, need, `${description.length}`);
  }
}
