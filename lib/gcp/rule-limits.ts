import { refusal } from '../model/refusal';
import type { FirewallContent } from './firewall-rule';

/** What one rule may list. The API says so of accounts; of ranges and tags it is what others have run into. */
const MOST: Readonly<Record<keyof FirewallContent['farEnd'], readonly [number, string]>> = {
  sourceRanges: [5000, 'source ranges'],
  destinationRanges: [5000, 'destination ranges'],
  sourceTags: [30, 'source tags'],
  sourceServiceAccounts: [10, 'source service accounts'],
};

/** Refuses lists that are too long for one rule. */
export function checkLists(farEnd: FirewallContent['farEnd'], place: string): void {
  for (const [list, [most, what]] of Object.entries(MOST)) {
    const count = farEnd[list as keyof FirewallContent['farEnd']]?.length ?? 0;
    if (count > most) {
      const fix = 'several constructs, each with a GcpFirewall of another namePrefix';
      throw refusal(place, `a GCP firewall rule has at most ${most} ${what}`, String(count), fix);
    }
  }
}
