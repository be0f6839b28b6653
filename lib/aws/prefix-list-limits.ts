import { refusal, shown } from '../model/refusal';

/** What AWS takes in the call that makes a list, and the provider makes no second one. */
export const MOST_AT_ONCE = 100;
const MOST_ENTRIES = 1000;

/** Refuses a number of entries that no prefix list can have. */
export function checkMaxEntries(maxEntries: number, place: string): void {
  if (!(Number.isInteger(maxEntries) && maxEntries >= 1 && maxEntries <= MOST_ENTRIES)) {
    throw refusal(place, `maxEntries must be a whole number from 1 to ${MOST_ENTRIES}`, shown(maxEntries));
  }
}
