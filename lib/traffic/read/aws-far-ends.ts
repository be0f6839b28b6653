import { AddressFamily } from '../../net';
import type { ListSize } from '../configuration';
import type { EndName, FarEndFacts, Rule } from '../rule';
import { FAMILIES, parseRange, rangeText } from '../sets';
import { type Block, isUnknown, type UnknownValue } from '../terraform';
import type { AwsContext } from './aws-names';

/** The far ends of a rule as they are written. */
export interface GivenFarEnds {
  readonly ranges: Readonly<Record<AddressFamily, readonly (string | UnknownValue)[]>>;
  readonly groups: readonly (string | UnknownValue)[];
  readonly lists: readonly (string | UnknownValue)[];
  /** Whether the security group of the rule is one of them. */
  readonly hasSelf: boolean;
}

/** An attribute that has the only far end of a rule. */
export type FarEndAttribute = 'cidr_ipv4' | 'cidr_ipv6' | 'prefix_list_id' | 'referenced_security_group_id';

/** The far end of a rule that has exactly one. A configuration has many, so each list is made when it is read. */
export class OneFarEnd implements GivenFarEnds {
  public readonly hasSelf = false;

  constructor(
    private readonly name: FarEndAttribute,
    private readonly value: string | UnknownValue,
  ) {}

  public get ranges(): GivenFarEnds['ranges'] {
    return { [AddressFamily.IPV4]: this.if('cidr_ipv4'), [AddressFamily.IPV6]: this.if('cidr_ipv6') };
  }

  public get groups(): readonly (string | UnknownValue)[] {
    return this.if('referenced_security_group_id');
  }

  public get lists(): readonly (string | UnknownValue)[] {
    return this.if('prefix_list_id');
  }

  private if(name: FarEndAttribute): readonly (string | UnknownValue)[] {
    return name === this.name ? [this.value] : [];
  }
}

/** Returns the far ends of a rule that may have several. */
export function listedFarEnds(block: Block): GivenFarEnds {
  return {
    ranges: {
      [AddressFamily.IPV4]: block.texts('cidr_blocks'),
      [AddressFamily.IPV6]: block.texts('ipv6_cidr_blocks'),
    },
    groups: [block.text('source_security_group_id') ?? [], block.texts('security_groups')].flat(),
    lists: block.texts('prefix_list_ids'),
    hasSelf: block.value('self') === true,
  };
}

/** How AWS counts and compares the far ends of a rule of a security group. */
export class GivenFarEndFacts implements FarEndFacts {
  constructor(
    private readonly given: GivenFarEnds,
    private readonly own: EndName | undefined,
    private readonly context: AwsContext,
  ) {}

  public get entries(): FarEndFacts['entries'] {
    return ruleEntries(this.given, this.context);
  }

  public get uncountedLists(): readonly string[] {
    return uncountedLists(this.given, this.context);
  }

  public get texts(): readonly string[] {
    return writtenFarEnds(this.given, this.own, this.context);
  }
}

/**
 * Returns the far ends of a rule as AWS compares them: one text for each range, group and prefix list. Two rules that share one are
 * the same rule to AWS if their group, direction and ports are equal. Far ends that are known after apply are left out, because equal
 * expressions may have different values in two modules.
 */
function writtenFarEnds(given: GivenFarEnds, own: EndName | undefined, { names, place }: AwsContext): string[] {
  const ranges = [...given.ranges[AddressFamily.IPV4], ...given.ranges[AddressFamily.IPV6]];
  return [
    ...ranges.flatMap((range) => (isUnknown(range) ? [] : canonical(range))),
    ...given.groups.flatMap((id) => names.group(id, place) ?? []),
    ...(given.hasSelf && own !== undefined ? [own] : []),
    ...given.lists.flatMap((id) => nameOfList(id, names, place)),
  ];
}

/**
 * Counts how much of the quota of a security group a rule uses, by family: one per range, one per group, and the maximum number of
 * entries of a prefix list.
 */
function ruleEntries(given: GivenFarEnds, { names, place, listSizes }: AwsContext): Record<AddressFamily, number> {
  const groups = given.groups.length + (given.hasSelf ? 1 : 0);
  const entries = {
    [AddressFamily.IPV4]: given.ranges[AddressFamily.IPV4].length + groups,
    [AddressFamily.IPV6]: given.ranges[AddressFamily.IPV6].length + groups,
  };
  for (const id of given.lists) {
    const size = listSizes.get(names.list(id, place) ?? '');
    if (size) addEntries(entries, size);
    else entries[AddressFamily.IPV4] += 1;
  }
  return entries;
}

/** Returns a rule that counts prefix lists as AWS does whose size its own file does not have; until then each counted once. */
export function withCountedLists(rule: Rule, sizeOf: (list: string) => ListSize | undefined): Rule {
  if (rule.farEnds === undefined) return rule;
  const { entries, uncountedLists, texts } = rule.farEnds;
  const sizes = uncountedLists.flatMap((list) => sizeOf(list) ?? []);
  if (sizes.length === 0) return rule;
  const counted = { ...entries, [AddressFamily.IPV4]: entries[AddressFamily.IPV4] - sizes.length };
  for (const size of sizes) addEntries(counted, size);
  const unknown = uncountedLists.filter((list) => sizeOf(list) === undefined);
  return { ...rule, farEnds: { entries: counted, uncountedLists: unknown, texts } };
}

function addEntries(entries: Record<AddressFamily, number>, { family, maxEntries }: ListSize): void {
  for (const each of family === undefined ? FAMILIES : [family]) entries[each] += maxEntries;
}

/** Returns the prefix lists of a rule whose maximum number of entries is not known, so that the rule may count more than once. */
function uncountedLists({ lists }: GivenFarEnds, { names, place, listSizes }: AwsContext): string[] {
  return lists
    .flatMap((id) => names.list(id, place) ?? 'a prefix list known after apply')
    .filter((name) => !listSizes.has(name));
}

function nameOfList(id: string | UnknownValue, names: AwsContext['names'], place: AwsContext['place']): string[] {
  const name = names.list(id, place);
  return name === undefined ? [] : [`list:${name}`];
}

function canonical(text: string): string {
  const range = parseRange(text);
  if ('problem' in range) return text;
  return rangeText(range.family, range.bounds);
}
