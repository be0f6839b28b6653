import type { Construct, IConstruct } from 'constructs';
import { ownerOf, referenceOf } from '../framework/references';
import type { Agreement } from '../model/planned-rule';
import { holdsToken } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';
import { checkGroupId } from './group-id';

/** How a group was given. */
export interface GivenGroup {
  readonly id: string;
  readonly key?: string;
  readonly provider?: IConstruct;
  readonly maxRules: number;
}

/** A new group as rules know it: by its name, in the stack where it stands. */
export function newGroupIdentity(stack: Construct, name: string, group: GivenGroup): GroupIdentity {
  return identity(name, `${stack.node.path}|new|${name}`, group);
}

/** An existing group as rules know it: by the given key, else by its id, else by what the id refers to. */
export function existingGroupIdentity(group: GivenGroup, stack: Construct, place: string): GroupIdentity {
  const { id, key } = group;
  if (!holdsToken(id)) return identity(key ?? id, id, group);
  if (key !== undefined) return identity(key, `${ownerOf(id, stack, place).node.path}|${key}`, group);
  const fix = 'AwsSecurityGroup.fromId(id, { key: "a-name" })';
  const { expression, isText, stack: owner } = referenceOf(id, stack, place, fix);
  if (isText) checkGroupId(expression, place);
  return identity(expression, isText ? expression : `${owner.node.path}|${expression}`, group);
}

function identity(key: string, appKey: string, { id, provider, maxRules }: GivenGroup): GroupIdentity {
  return { key, appKey, id, provider, maxRules, agreements: agreements(key, appKey, provider, maxRules) };
}

/** One group must be the same everywhere: rules are named after its key, and the first asker's provider would make them. */
function agreements(key: string, appKey: string, provider: IConstruct | undefined, maxRules: number): Agreement[] {
  const settings = `provider ${provider?.node.path ?? 'without an alias'}, room for ${maxRules} rules`;
  return [
    { thing: `aws|key|${appKey}`, fact: `key "${key}"`, need: 'a security group must have the same key everywhere' },
    {
      thing: `aws|settings|${appKey}`,
      fact: settings,
      need: `security group ${key} must have the same settings everywhere`,
    },
  ];
}
