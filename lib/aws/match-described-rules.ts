import type { ImportBlock } from '../framework/import-blocks';
import { refusal, shown } from '../model/refusal';
import { describedRuleText, type DescribedRule } from './described-rules';
import type { KnownIds, NamedThing } from './known-ids';
import { ruleAddress, type RuleDirection } from './rule-address';

/** The things that a rule of ours names: the group where it stands, and what is at its far end, if that is no range. */
export interface RuleNames {
  readonly groups: readonly NamedThing[];
  readonly prefixLists: readonly NamedThing[];
}

/** What stacks ask for. */
export interface ImportTarget {
  readonly groups: KnownIds;
  readonly prefixLists: KnownIds;
  /** The resource types of our rules. */
  readonly resourceTypes: Readonly<Record<RuleDirection, string>>;
  /** The rules that have an address, on a group of a key. */
  readonly rulesAt: (address: string, groupKey: string) => readonly RuleNames[];
}

/** Described rules, told apart by who asks for them. */
export interface Matches {
  readonly imports: ImportBlock[];
  readonly unmatched: DescribedRule[];
}

/** How ids become keys. */
type KeysOf = (ids: KnownIds, id: string) => readonly string[];

const own: KeysOf = (ids, id) => ids.keysOf(id);
const possible: KeysOf = (ids, id) => ids.possibleKeysOf(id);

/** Finds our rule of the same content for every described rule: an address is made from content alone. */
export function matchDescribedRules(
  rules: readonly DescribedRule[],
  here: ImportTarget,
  anywhere: ImportTarget,
  place: string,
): Matches {
  const matches: Matches = { imports: [], unmatched: [] };
  for (const rule of rules) {
    const [ours, twin] = addressesOf(rule, here, own);
    if (twin !== undefined) {
      throw refusal(place, `${describedRuleText(rule)} must be asked for once`, `${ours} and ${twin}`);
    }
    if (ours !== undefined) matches.imports.push({ to: ours, id: rule.id });
    else {
      refuseDoubt(rule, here, place);
      if (addressesOf(rule, anywhere, own).length === 0) matches.unmatched.push(rule);
    }
  }
  return matches;
}

/** A rule that would be ours if an id that nobody named were one of those that are unknown. To guess would be to fail in the apply. */
function refuseDoubt(rule: DescribedRule, asked: ImportTarget, place: string): void {
  if (addressesOf(rule, asked, possible).length === 0) return;
  const { groupId, farEnd } = rule;
  const doubted = [
    { ids: asked.groups, named: [groupId, farEnd.groupId] },
    { ids: asked.prefixLists, named: [farEnd.prefixListId] },
  ].map(({ ids, named }) => ({ ids, named: named.filter((id) => id !== undefined && !ids.isKnown(id)) as string[] }));
  const { ids, named } = doubted.find((doubt) => doubt.named.length > 0)!;
  const [{ prop }, all] = [ids.kind, named.join(' and ')];
  const need = `${prop} must say whether ${all} is one of those whose id only Terraform knows (${ids.unknownKeys.join(', ')})`;
  const fix = `${prop}: { ${shown(ids.unknownKeys[0])}: ${shown(named[0])} }, or describedRules without those of ${all}`;
  throw refusal(place, need, `${describedRuleText(rule)}, which we ask for there`, fix);
}

/** The addresses of our rules of the same content. A key is a name: only ids tell which group or list it is. */
function addressesOf(rule: DescribedRule, asked: ImportTarget, keysOf: KeysOf): string[] {
  const { direction, groupId, protocol, ports } = rule;
  return keysOf(asked.groups, groupId).flatMap((groupKey) =>
    peerKeysOf(rule.farEnd, asked, keysOf)
      .map((peerKey) => ruleAddress({ direction, groupKey, protocol, ports, peerKey }))
      .map((logicalId) => `${asked.resourceTypes[direction]}.${logicalId}`)
      .filter((address) => asked.rulesAt(address, groupKey).some((names) => mayBe(names, rule, asked))),
  );
}

function mayBe({ groups, prefixLists }: RuleNames, { groupId, farEnd }: DescribedRule, asked: ImportTarget): boolean {
  const [group, otherGroup] = groups;
  const [prefixList] = prefixLists;
  return (
    asked.groups.mayBe(group, groupId) &&
    (farEnd.groupId === undefined ||
      asked.groups.mayBe(otherGroup, farEnd.groupId, `${farEnd.account}/${farEnd.groupId}`)) &&
    (farEnd.prefixListId === undefined || asked.prefixLists.mayBe(prefixList, farEnd.prefixListId))
  );
}

/** A group at a far end may be one that the app knows, or one of an account. */
function peerKeysOf(
  { range, groupId, account, prefixListId }: DescribedRule['farEnd'],
  { groups, prefixLists }: ImportTarget,
  keysOf: KeysOf,
): string[] {
  if (range !== undefined) return [`range:${range}`];
  if (prefixListId !== undefined) return keysOf(prefixLists, prefixListId).map((key) => `prefix-list:${key}`);
  return [...keysOf(groups, groupId!), `${account}/${groupId}`].map((key) => `group:${key}`);
}
