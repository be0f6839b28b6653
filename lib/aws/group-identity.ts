import type { Construct, IConstruct } from 'constructs';
import { Ledger } from '../framework/ledger';
import { referenceOf } from '../framework/references';
import { refusal } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';

/** How a group was given. */
export interface GivenGroup {
  readonly id: string;
  readonly key?: string;
  readonly provider?: IConstruct;
  readonly maxRules: number;
}

/** Notes that a new group stands at an address, so that a reference to it is known to be the same group. */
export function noteNewGroup(stack: Construct, reference: string, name: string): void {
  Ledger.of(stack).noteKey(newGroupAt(stack, reference), name);
}

/** A new group as rules know it: by its name, in the stack where it stands. */
export function newGroupIdentity(stack: Construct, name: string, group: GivenGroup): GroupIdentity {
  const { id, provider, maxRules } = group;
  return { key: name, appKey: `${stack.node.path}|new|${name}`, id, provider, maxRules };
}

/** An existing group as rules know it: by the given key, else by its id, else by what the id refers to. */
export function existingGroupIdentity(group: GivenGroup, stack: Construct, place: string): GroupIdentity {
  const { id, provider, maxRules } = group;
  if (!holdsToken(id)) return { key: agreedKey(stack, id, group.key ?? id, place), appKey: id, id, provider, maxRules };
  const { expression, stack: owner } = referenceOf(id, stack, place, 'AwsSecurityGroup.fromId(id, { key: "a-name" })');
  const name = Ledger.of(stack).keyOf(newGroupAt(owner, expression));
  if (name !== undefined) return newGroupIdentity(owner, name, group);
  const appKey = `${owner.node.path}|${expression}`;
  return { key: agreedKey(stack, appKey, group.key ?? expression, place), appKey, id, provider, maxRules };
}

/** One group must have one key over the whole app, or the same rule would get two addresses. */
function agreedKey(scope: Construct, group: string, key: string, place: string): string {
  const ledger = Ledger.of(scope);
  const noted = ledger.keyOf(group) ?? key;
  if (noted !== key)
    throw refusal(
      place,
      'a security group must have the same key everywhere',
      `"${key}" where "${noted}" was given before`,
    );
  ledger.noteKey(group, key);
  return key;
}

function newGroupAt(stack: Construct, reference: string): string {
  return `new|${stack.node.path}|${reference}`;
}
