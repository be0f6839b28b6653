import type { AwsPlace } from '../configuration';
import type { EndName } from '../rule';
import type { Resource } from '../terraform';

/** The attributes by which resources refer to security groups and prefix lists. */
const REFERRING = [
  'security_group_id',
  'source_security_group_id',
  'referenced_security_group_id',
  'prefix_list_id',
  'prefix_list_ids',
  // the inline rules of a security group
  'ingress',
  'egress',
];
/** The id of a security group or prefix list, with its account if that is a different one. */
const ID = /^(?:(\d{12})\/)?((sg|pl)-[0-9a-zA-Z-]+)$/;

/** The ids by which a configuration refers to security groups and prefix lists, in each account and region. */
export class PlacedIds {
  private readonly byId = new Map<string, Map<string, AwsPlace>>();
  /** The text of each place, by its key: no two places have the same. */
  private readonly texts = new Map<string, string>();
  /** The place of all resources, if they have the same. */
  private readonly only: AwsPlace | undefined;

  constructor(resources: readonly Resource[]) {
    const places = new Map<string, AwsPlace>();
    for (const { place } of resources) if (place !== undefined) places.set(place.key, place);
    this.only = places.size === 1 ? [...places.values()][0] : undefined;
    if (places.size < 2) return;
    for (const { block, place } of resources) {
      if (place === undefined) continue;
      for (const name of REFERRING) for (const id of idsIn(block.value(name))) this.add(id, place);
    }
    for (const place of places.values()) this.texts.set(place.key, uniqueText(place, [...places.values()]));
  }

  /** Returns the name of an id: itself, with the account, region or provider in front if it is also an id in a different one. */
  public nameOf(id: string, place: AwsPlace | undefined): string {
    const [, account, own] = ID.exec(id) ?? [];
    const isOfOne = (this.byId.get(id)?.size ?? 0) < 2;
    const text = isOfOne || place === undefined ? undefined : this.texts.get(place.key);
    if (own === undefined || text === undefined) return id;
    if (account === undefined) return `${text}/${own}`;
    const without = text.replace(/(?:^|\/)\d{12}(?=\/|$)/, '').replace(/^\//, '');
    return [account, without, own].filter((part) => part !== '').join('/');
  }

  /** Returns the place of the security group or prefix list with a name; nothing if it is not known, or in a different account. */
  public placeOf(name: EndName): AwsPlace | undefined {
    const text = name.slice(name.indexOf(':') + 1);
    const [, account, , kind] = ID.exec(text) ?? [];
    if (kind !== undefined && account === undefined && this.only !== undefined) return this.only;
    const [, id = text] = /^(?:.*\/)?([^/]+)$/.exec(text) ?? [];
    return [...(this.byId.get(id)?.values() ?? [])].find((place) => this.nameOf(id, place) === text);
  }

  private add(id: string, place: AwsPlace): void {
    const known = this.byId.get(id);
    if (known === undefined) this.byId.set(id, new Map([[place.key, place]]));
    else known.set(place.key, place);
  }
}

/** Returns a place as text that no other place has: its account and region if they are enough, else its provider too. */
function uniqueText(place: AwsPlace, all: readonly AwsPlace[]): string {
  const text = placeText(place);
  const isUnique = text !== '' && all.every((other) => other.key === place.key || placeText(other) !== text);
  const parts = isUnique ? [text] : [place.provider ?? '', text];
  return parts.filter((part) => part !== '').join('/');
}

/** Returns the id in the name of a security group or prefix list, with its kind; nothing if the name has none, or a different account. */
export function idIn(name: string): string | undefined {
  const [, kind, id] = /^(sg|list):(?:.*\/)?((?:sg|pl)-[0-9a-zA-Z-]+)$/.exec(name) ?? [];
  return kind === undefined ? undefined : `${kind}:${id}`;
}

/** Whether the name of a security group or prefix list is an id with its account, region or provider in front. */
export function isPlacedId(name: string): boolean {
  const id = idIn(name);
  return id !== undefined && id !== name;
}

/** Returns the known account and region of a place: `123456789012/eu-west-1`. */
export function placeText({ account, region }: AwsPlace): string {
  return [account, region].filter((part) => part !== undefined).join('/');
}

/** Returns the ids anywhere in a value. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return ID.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(idsIn);
}
