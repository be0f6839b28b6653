import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';
import { GROUP_ID } from './group-id';

/** The security groups of an app, by the ids that EC2 gives them. */
export class KnownGroups {
  /** The keys of groups whose id only Terraform knows. */
  public readonly unknownKeys: readonly string[];
  private readonly keys = new Map<string, string>();

  public constructor(
    groups: readonly Pick<GroupIdentity, 'key' | 'id'>[],
    given: ReadonlyMap<string, string>,
    place: string,
  ) {
    const known = groups.filter(({ id }) => !holdsToken(id));
    const unknown = [...new Set(groups.filter(({ id }) => holdsToken(id)).map(({ key }) => key))].sort();
    known.forEach(({ id, key }) => this.keys.set(id, key));
    given.forEach((id, key) => {
      this.give(id, key, unknown, place);
    });
    this.unknownKeys = unknown.filter((key) => !given.has(key));
  }

  /** The keys by which a group may be known: its own, or all of which the id is unknown. */
  public readonly possibleKeysOf = (groupId: string): readonly string[] => {
    const key = this.keys.get(groupId);
    return key === undefined ? this.unknownKeys : [key];
  };

  /** The key by which a group is known, if it is. */
  public readonly keysOf = (groupId: string): readonly string[] => {
    const key = this.keys.get(groupId);
    return key === undefined ? [] : [key];
  };

  private give(id: string, key: string, unknown: readonly string[], place: string): void {
    if (!unknown.includes(key)) {
      const need = `groups must be those whose id only Terraform knows (${unknown.join(', ') || 'there is none'})`;
      const nearest = nearestName(key, unknown);
      throw refusal(place, need, shown(key), nearest && shown(nearest));
    }
    const other = this.keys.get(id);
    if (other !== undefined) throw refusal(place, 'groups must give every id once', `${id} for ${other} and ${key}`);
    this.keys.set(id, key);
  }
}

/** Refuses what cannot be ids of groups by their keys, and copies it. */
export function checkGivenGroups(groups: Record<string, string> | undefined, place: string): Map<string, string> {
  if (groups === undefined) return new Map();
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) {
    throw refusal(place, 'groups must be ids by key', shown(groups), '{ platform: "sg-0123456789abcdef0" }');
  }
  for (const [key, id] of Object.entries(groups)) {
    if (typeof id !== 'string' || !GROUP_ID.test(id)) {
      throw refusal(place, `groups["${key}"] must be "sg-" and 8 or 17 hexadecimal digits`, shown(id));
    }
  }
  return new Map(Object.entries(groups));
}
