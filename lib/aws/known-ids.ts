import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import type { ResourceKey } from './resource-key';

/** A kind of thing that rules name by its id, as `AwsRuleImports` has it. */
export interface IdKind {
  /** The property in which ids are given. */
  readonly prop: 'groups' | 'prefixLists';
  readonly id: RegExp;
  readonly prefix: string;
}

/** A thing that a rule names. */
export interface NamedThing {
  readonly key: string;
  /** Its id, or a value of Terraform; absent where it is surely such a value. */
  readonly id?: string;
}

/** What rules name by keys, by the ids that EC2 gives it. */
export class KnownIds {
  /** The keys of which only Terraform knows the id. */
  public readonly unknownKeys: readonly string[];
  /** By id; tokens stand among them, and no described rule has one. */
  private readonly keys = new Map<string, string>();

  public constructor(
    public readonly kind: IdKind,
    named: readonly Pick<ResourceKey, 'key' | 'id'>[],
    private readonly given: ReadonlyMap<string, string>,
    place: string,
  ) {
    const unknown = [...new Set(named.filter(({ id }) => holdsToken(id)).map(({ key }) => key))].sort();
    named.forEach(({ id, key }) => this.keys.set(id, key));
    given.forEach((id, key) => {
      this.give(id, key, unknown, place);
    });
    this.unknownKeys = unknown.filter((key) => !given.has(key));
  }

  /** The keys by which an id may be known: its own, or all of which the id is unknown. */
  public possibleKeysOf(id: string): readonly string[] {
    return this.isKnown(id) ? this.keysOf(id) : this.unknownKeys;
  }

  /** The key by which an id is known, if it is. */
  public keysOf(id: string): readonly string[] {
    const key = this.keys.get(id);
    return key === undefined ? [] : [key];
  }

  /** Whether an id has a key. */
  public isKnown(id: string): boolean {
    return this.keys.has(id);
  }

  /** Whether a thing has an id, or may have one that nothing else has. Things of one key have ids of their own. */
  public mayBe({ key, id: own }: NamedThing, id: string, longer = id): boolean {
    const known = own === undefined || holdsToken(own) ? this.given.get(key) : own;
    return known === undefined ? !this.isKnown(id) : known === id || known === longer;
  }

  private give(id: string, key: string, unknown: readonly string[], place: string): void {
    const { prop } = this.kind;
    if (!unknown.includes(key)) {
      const need = `${prop} must be those whose id only Terraform knows (${unknown.join(', ') || 'there is none'})`;
      const nearest = nearestName(key, unknown);
      throw refusal(place, need, shown(key), nearest && shown(nearest));
    }
    const other = this.keys.get(id);
    if (other !== undefined) throw refusal(place, `${prop} must give every id once`, `${id} for ${other} and ${key}`);
    this.keys.set(id, key);
  }
}

/** Refuses what cannot be ids by their keys, and copies it. */
export function checkGivenIds(
  { prop, id: form, prefix }: IdKind,
  given: Record<string, string> | undefined,
  place: string,
): Map<string, string> {
  if (given === undefined) return new Map();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal(place, `${prop} must be ids by key`, shown(given), `{ platform: "${prefix}0123456789abcdef0" }`);
  }
  for (const [key, id] of Object.entries(given)) {
    if (typeof id !== 'string' || !form.test(id)) {
      throw refusal(place, `${prop}["${key}"] must be "${prefix}" and 8 or 17 hexadecimal digits`, shown(id));
    }
  }
  return new Map(Object.entries(given));
}
