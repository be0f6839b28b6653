import type { Construct, IConstruct } from 'constructs';
import { aliased } from '../framework/provider-instance';
import { knownExpression, ownerOf } from '../framework/references';
import type { Agreement } from '../model/planned-rule';
import type { SelectorJson } from '../model/provenance-json';
import { holdsToken } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';
import { checkGroupId } from './group-id';
import { resourceKey } from './resource-key';
import { literalTags, type Tags } from './tags';

/** How a group was given. */
export interface GivenGroup {
  readonly id: string;
  readonly key?: string;
  readonly provider?: IConstruct;
  readonly tags?: Tags;
  readonly maxRules: number;
  readonly existingRules?: number;
}

/** A new group as rules know it: by its name, in the stack where it stands. */
export function newGroupIdentity(stack: Construct, name: string, group: GivenGroup): GroupIdentity {
  return identity(name, `${stack.node.path}|new|${name}`, stack, group);
}

/** An existing group as rules know it: by the given key, else by its id, else by what the id refers to. */
export function existingGroupIdentity(group: GivenGroup, stack: Construct, place: string): GroupIdentity {
  const known = resourceKey(group, checkGroupId, 'AwsSecurityGroup.fromId(id, { key: "a-name" })', stack, place);
  return identity(known.key, known.appKey, stack, { ...group, id: known.id });
}

/** What rules select the machines of an existing group, or the ranges of a prefix list, by. */
export function selectorOf(
  id: string,
  stack: Construct,
  place: string,
  kind: 'sg' | 'prefix-list' = 'sg',
): SelectorJson {
  if (!holdsToken(id)) return { kind, value: id };
  const expression = knownExpression(id, stack, place) ?? '';
  return { kind, value: `\${${expression}}`, stack: ownerOf(id, stack, place).node.path };
}

function identity(key: string, appKey: string, stack: Construct, group: GivenGroup): GroupIdentity {
  const { id, tags, maxRules, existingRules } = group;
  const provider = aliased(group.provider);
  const agreed = agreements(key, appKey, stack, { ...group, provider });
  return { key, appKey, id, provider, tags: tags && literalTags(tags), maxRules, existingRules, agreements: agreed };
}

/** Rules are named after the key of a group, AWS counts them over all stacks, and the first asker's provider would make them. */
function agreements(
  key: string,
  appKey: string,
  stack: Construct,
  { provider, tags, maxRules }: GivenGroup,
): Agreement[] {
  const group = `security group ${key}`;
  return [
    { thing: `aws|key|${appKey}`, fact: `key "${key}"`, need: 'a security group must have the same key everywhere' },
    {
      thing: `aws|room|${appKey}`,
      fact: `${maxRules}`,
      need: `${group} must have the same maxRules less existingRules everywhere`,
    },
    {
      thing: `aws|provider|${stack.node.path}|${appKey}`,
      fact: provider?.node.path ?? 'the one without an alias',
      need: `${group} must have the same provider everywhere in its stack`,
    },
    {
      thing: `aws|tags|${stack.node.path}|${appKey}`,
      fact: JSON.stringify(Object.entries(tags ?? {}).sort()),
      need: `${group} must have the same tags everywhere in its stack`,
    },
  ];
}
