import {
  checkDescription,
  checkObject,
  checkPropNames,
  isCalendarDate,
  type PropNames,
  readOnlyCopy,
  refusal,
  shown,
} from '../input';

/**
 * Who wants ports or hostnames, why, and until when. It changes no rule: a port stays open after the day in `expires`, and
 * `cluster-ports lint` finds it.
 */
export interface Ownership {
  /**
   * The team or the person who wants them, such as `payments` or `net-team@example.com`: at most 60 characters without `;`, `[` and `]`.
   * On AWS it is part of descriptions of rules, which have only ASCII characters.
   */
  readonly owner: string;
  /**
   * The ticket, change or decision behind them, such as `NET-42`: at most 60 characters without `;`, `[` and `]`.
   * @default - no ticket is known
   */
  readonly ticket?: string;
  /**
   * The last day on which they are wanted, such as `2027-03-31`. It is part of no Terraform address, and expiry changes no rule.
   * @default - they are wanted until further notice
   */
  readonly expires?: string;
}

const NAMES: PropNames<Ownership> = { owner: true, ticket: true, expires: true };
const EXAMPLE = "{ owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' }";
const MAX_LENGTH = 60;
/** The descriptions of rules are read back: a semicolon ends a remark, and brackets hold the row. */
const RESERVED = /[;[\]]/g;

/** Returns a copy of an ownership. Throws unless it has an owner, and its date exists. `what` is the prop: `rowOwnership["kubelet"]`. */
export function checkedOwnership(ownership: Ownership, what: string, place: string): Ownership {
  checkObject(ownership, 'an owner', EXAMPLE, `${place}, ${what}`);
  checkPropNames(ownership, NAMES, `${place}, ${what}`);
  const { owner, ticket, expires } = ownership;
  checkName(owner, `${what}.owner`, place);
  if (ticket !== undefined) checkName(ticket, `${what}.ticket`, place);
  if (expires !== undefined && !isCalendarDate(expires)) {
    const need = `${what}.expires must be a day of the calendar from 2000 on, in the form YYYY-MM-DD`;
    throw refusal(place, 'expiry-invalid', need, shown(expires), nearestDay(expires));
  }
  return readOnlyCopy({
    owner,
    ...(ticket !== undefined && { ticket }),
    ...(expires !== undefined && { expires }),
  });
}

function checkName(text: unknown, what: string, place: string): void {
  const name = checkDescription(text, place, what, MAX_LENGTH);
  const plain = name.replace(RESERVED, ' ').replace(/ +/g, ' ').trim();
  if (!name.includes(';') && !name.includes('[') && !name.includes(']')) return;
  const need = `${what} must not have ; [ or ]`;
  throw refusal(place, 'text-invalid', need, shown(text), plain === '' ? undefined : shown(plain));
}

/** Returns the day that was most likely meant: in ISO form, and of a month that is shorter, its last day. */
function nearestDay(value: unknown): string | undefined {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return shown(value.toISOString().slice(0, 10));
  const parts = dayParts(String(value));
  if (parts === undefined) return undefined;
  const { year, month, day } = parts;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) {
    return undefined;
  }
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const days = String(Math.min(Number(day), last)).padStart(2, '0');
  const meant = `${year}-${month.padStart(2, '0')}-${days}`;
  return isCalendarDate(meant) ? shown(meant) : undefined;
}

interface DayParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** Reads `2027/3/31`, `31.03.2027`, and with slashes a day that cannot be a month: `31/03/2027`, `3/31/2027`. */
function dayParts(text: string): DayParts | undefined {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:$|T)/.exec(text) ?? [];
  if (year !== undefined) return { year, month, day };
  const [, first, separator, second, last] = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  if (separator === '.' || Number(first) > 12) return { year: last, month: second, day: first };
  return Number(second) > 12 ? { year: last, month: first, day: second } : undefined;
}

/** Who wants what several flows or hostnames share, such as a rule. */
export interface SharedOwnership {
  /** Sorted, each once. */
  readonly owners: readonly string[];
  readonly tickets: readonly string[];
  /** The last day on which any of them is wanted; absent if one is wanted until further notice. */
  readonly expires?: string;
}

/** Returns who wants what flows or hostnames with these ownerships share. One without an ownership is wanted until further notice. */
export function sharedOwnership(ownerships: Iterable<Ownership | undefined>): SharedOwnership {
  const all = [...ownerships];
  const days = all.map((one) => one?.expires);
  const owners = [...new Set(all.flatMap((one) => one?.owner ?? []))].sort();
  const tickets = [...new Set(all.flatMap((one) => one?.ticket ?? []))].sort();
  const expires = days.every((day) => day !== undefined) ? [...days].sort().at(-1) : undefined;
  return { owners, tickets, ...(expires !== undefined && { expires }) };
}

/**
 * Returns the remark about owners in the description of a rule: `; owner payments, ticket NET-42, until 2027-03-31`. It is empty if nobody
 * is known, or if there is no room; the provenance has everything.
 */
export function ownershipRemark(ownerships: Iterable<Ownership | undefined>, room: number): string {
  const { owners, tickets, expires } = sharedOwnership(ownerships);
  if (owners.length === 0) return '';
  const until = expires === undefined ? '' : `, until ${expires}`;
  const who = `; owner${owners.length > 1 ? 's' : ''} ${owners.join(', ')}`;
  const why = tickets.length === 0 ? '' : `, ticket${tickets.length > 1 ? 's' : ''} ${tickets.join(', ')}`;
  return [who + why + until, who + until, who].find((text) => text.length <= room) ?? '';
}
