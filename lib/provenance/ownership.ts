import { isCalendarDate, type JsonPart } from '../input';
import type { OwnershipJson } from './provenance-json';

/** Reads who wants a flow or a hostname. Nobody can check it, but every output may count on a date that exists. */
export function readOwnership(part: JsonPart): OwnershipJson {
  const ticket = part.member('ticket').optional((each) => each.text());
  const expires = part.member('expires').optional(readDate);
  return {
    owner: part.member('owner').text(),
    ...(ticket !== undefined && { ticket }),
    ...(expires !== undefined && { expires }),
  };
}

function readDate(part: JsonPart): string {
  if (isCalendarDate(part.value)) return part.value;
  throw part.refusal('must be a day of the calendar');
}

/** Returns an ownership in words: `payments, ticket NET-42, until 2027-03-31`. */
export function ownershipText({ owner, ticket, expires }: OwnershipJson): string {
  return [owner, ticket === undefined ? [] : `ticket ${ticket}`, expires === undefined ? [] : `until ${expires}`]
    .flat()
    .join(', ');
}

const DAY = 86_400_000;
/** How many days before the last one it is near. */
const SOON = 30;

/** How far the last day of an ownership is. */
interface Expiry {
  readonly state: 'expired' | 'expires soon';
  /** Negative if it is over. */
  readonly days: number;
}

/** Returns how far the last day is, if it is over or comes in the next 30 days. `today` is such a day: `2027-03-31`. */
export function expiryOf({ expires }: OwnershipJson, today: string): Expiry | undefined {
  if (expires === undefined) return undefined;
  const days = (Date.parse(expires) - Date.parse(today)) / DAY;
  return days > SOON ? undefined : { state: days < 0 ? 'expired' : 'expires soon', days };
}
