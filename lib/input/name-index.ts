import type { ErrorCode } from './error-code';
import { type ClusterPortsError, nearestName, refusal, shown } from './refusal';

const MAX_NAMES = 5;
/** How many names an error suggests if several things are meant. */
const MAX_MEANT = 2;

/** What an error about a name says. */
interface NameErrors {
  /** What a name must be: `must be machines of the configuration`. The known names follow. */
  readonly need: string;
  /** The code if nothing has the name. */
  readonly unknown: ErrorCode;
  /** The code if several things have the name. */
  readonly ambiguous: ErrorCode;
}

/** Finds things by any of their names. */
export class NameIndex<T> {
  private readonly byName = new Map<string, Set<T>>();
  private readonly namesOf: ReadonlyMap<T, readonly string[]>;

  /** @param things each with all its names; errors list the first name of each */
  constructor(things: Iterable<readonly [thing: T, names: readonly string[]]>) {
    this.namesOf = new Map(things);
    for (const [thing, names] of this.namesOf) {
      for (const name of names) this.byName.set(name, (this.byName.get(name) ?? new Set()).add(thing));
    }
  }

  /** Returns all things with a name. */
  public all(name: string): T[] {
    return [...(this.byName.get(name) ?? [])];
  }

  /**
   * Returns the thing that a name means: the only one that has it, or the only one whose first name it is, because outputs print first
   * names, which may have a stack in front. Throws with the nearest name if nothing has it, and with a name of each if several things have it.
   */
  public only(name: string, place: string, errors: NameErrors): T {
    const found = this.all(name);
    if (found.length === 1) return found[0];
    const called = found.filter((thing) => `/${name}`.endsWith(`/${this.namesOf.get(thing)![0]}`));
    if (called.length === 1) return called[0];
    throw found.length === 0 ? this.unknown(name, place, errors) : this.ambiguous(name, found, place, errors);
  }

  /** Returns a name that nothing else has, if there is one, else the first name. */
  public ownName(thing: T): string {
    const names = this.namesOf.get(thing) ?? [];
    return names.find((name) => this.byName.get(name)!.size === 1) ?? names[0];
  }

  private unknown(name: string, place: string, { need, unknown }: NameErrors): ClusterPortsError {
    const first = [...this.namesOf]
      .flatMap(([thing, names]) => (names.length === 0 ? [] : [this.ownName(thing)]))
      .sort();
    const listed = first.length === 0 ? 'there are none' : this.listed(first.map(shown));
    const nearest = nearestName(name, [...this.byName.keys()]);
    const meant = nearest === undefined ? [] : this.all(nearest);
    const own = new Set(meant.map((thing) => shown(this.ownName(thing))));
    const fix = meant.length === 1 ? shown(nearest) : [...own].slice(0, MAX_MEANT).join(' or ');
    return refusal(place, unknown, `${need}: ${listed}`, shown(name), fix === '' ? undefined : fix);
  }

  private ambiguous(
    name: string,
    found: readonly T[],
    place: string,
    { need, ambiguous }: NameErrors,
  ): ClusterPortsError {
    const names = found.map((thing) => shown(this.ownName(thing)));
    if (new Set(names).size < names.length) {
      const needed = `${need}, by a name that only one of them has; give them different names in the code`;
      return refusal(place, ambiguous, needed, `${shown(name)}, which several have and which is their only name`);
    }
    const listed = names.length > MAX_MEANT ? ` (${this.listed(names)})` : '';
    const fix = names.slice(0, MAX_MEANT).join(' or ');
    return refusal(place, ambiguous, `${need}, by a name that only one of them has${listed}`, shown(name), fix);
  }

  private listed(names: readonly string[]): string {
    const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
    return `${names.slice(0, MAX_NAMES).join(', ')}${more}`;
  }
}
