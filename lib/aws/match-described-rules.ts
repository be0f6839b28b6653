import type { ImportBlock } from '../framework/import-blocks';
import { refusal, shown } from '../model/refusal';
import { describedRuleText, type DescribedRule } from './described-rules';
import type { KnownGroups } from './known-groups';
import type { Direction } from './rule-address';
import { ruleAddress } from './rule-address';

/** What an app asks for, as far as a stack of it sees. */
export interface AskedFor {
  readonly groups: KnownGroups;
  /** The resource types of our rules. */
  readonly resourceTypes: Readonly<Record<Direction, string>>;
  /** Whether a rule of the stack has an address. */
  readonly isHere: (address: string) => boolean;
  /** Whether a rule of another stack has it. */
  readonly isElsewhere: (address: string) => boolean;
}

/** Described rules, told apart by who asks for them. */
export interface Matches {
  readonly imports: ImportBlock[];
  readonly notAskedFor: DescribedRule[];
}

/** Finds our rule of the same content for every described rule: an address is made from content alone. */
export function matchDescribedRules(rules: readonly DescribedRule[], asked: AskedFor, place: string): Matches {
  const matches: Matches = { imports: [], notAskedFor: [] };
  for (const rule of rules) {
    const addresses = addressesOf(rule, asked, asked.groups.keysOf);
    const [ours, twin] = addresses.filter(asked.isHere).sort();
    if (twin !== undefined) {
      throw refusal(place, `${describedRuleText(rule)} must be asked for once`, `${ours} and ${twin}`);
    }
    if (ours !== undefined) matches.imports.push({ to: ours, id: rule.id });
    else {
      refuseDoubt(rule, asked, place);
      if (!addresses.some(asked.isElsewhere)) matches.notAskedFor.push(rule);
    }
  }
  return matches;
}

/** A rule that would be ours if a group of an unknown id were the one that it names. To guess would be to fail in the apply. */
function refuseDoubt(rule: DescribedRule, asked: AskedFor, place: string): void {
  const { groups } = asked;
  if (!addressesOf(rule, asked, groups.possibleKeysOf).some(asked.isHere)) return;
  const ids = [rule.groupId, rule.farEnd.groupId].filter((id) => id !== undefined && groups.keysOf(id).length === 0);
  const need = `groups must say whether ${ids.join(' and ')} is one of those whose id only Terraform knows (${groups.unknownKeys.join(', ')})`;
  const fix = `groups: { ${shown(groups.unknownKeys[0])}: ${shown(ids[0])} }, or rules without those of ${ids.join(' and ')}`;
  throw refusal(place, need, `${describedRuleText(rule)}, which we ask for there`, fix);
}

/** The addresses that a rule of the same content may have among ours. */
function addressesOf(
  { direction, groupId, protocol, ports, farEnd }: DescribedRule,
  { resourceTypes }: AskedFor,
  keysOf: KnownGroups['keysOf'],
): string[] {
  const peerKeys = farEnd.range === undefined ? groupPeerKeys(farEnd, keysOf) : [`range:${farEnd.range}`];
  return keysOf(groupId).flatMap((groupKey) =>
    peerKeys.map(
      (peerKey) => `${resourceTypes[direction]}.${ruleAddress({ direction, groupKey, protocol, ports, peerKey })}`,
    ),
  );
}

/** A group at a far end may be one that the app knows, or one of an account. */
function groupPeerKeys({ groupId, account }: DescribedRule['farEnd'], keysOf: KnownGroups['keysOf']): string[] {
  return groupId === undefined ? [] : [...keysOf(groupId), `${account}/${groupId}`].map((key) => `group:${key}`);
}
