import type { Construct, IConstruct } from 'constructs';
import type { MachineFacts, Agreement, CloudEnd, IHostGroup } from '../../access';
import { aliasedProvider, checkTokens } from '../../framework';
import { hasForm, refusal, shown } from '../../input';
import {
  existingResourceKey,
  type GivenResource,
  idOfResource,
  newResourceKey,
  type ResourceKey,
} from './resource-key';
import { literalTags, type Tags } from './tags';

/** The form of a security group id. */
export const GROUP_ID = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Throws unless `id` can be the id of a security group. */
export function checkGroupId(id: string, place: string): void {
  checkTokens(id, place);
  if (!hasForm(id, GROUP_ID)) {
    const need = 'a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource';
    const fix = isHostGroupOfAws(id)
      ? 'the security group itself, without fromId'
      : idOfResource(id, /^aws_(default_)?security_group$/, (text) => `AwsSecurityGroup.fromId(${text})`);
    throw refusal(place, 'security-group-id-invalid', need, shown(id), fix);
  }
}

function isHostGroupOfAws(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'securityGroupId' in value;
}

/** The machines of a security group. */
export interface IAwsSecurityGroup extends IHostGroup {
  /** The id of the group: `sg-0123456789abcdef0`, or a value that is known after apply. */
  readonly securityGroupId: string;
  /** @internal */
  _identity(stack: Construct, place: string): GroupIdentity;
  /** @internal */
  _factsIn(stack: Construct, place: string): MachineFacts;
}

/** How rules refer to a security group, and what all rules of the group have in common. */
export interface GroupIdentity extends ResourceKey {
  /** The provider instance with an alias. */
  readonly provider?: IConstruct;
  /** The tags of the rules. */
  readonly tags?: Tags;
  /** Whether the rules have tags for their owners. */
  readonly ownershipTags?: boolean;
  /** How many rules this library may create per direction and IP family. */
  readonly maxRules: number;
  /** How many unmanaged rules the group has per direction and IP family. */
  readonly existingRules?: number;
  /** The facts about the group on which the whole app must agree. */
  readonly agreements: readonly Agreement[];
}

/** A security group at a far end, of this AWS account or a different one. */
export interface NamedSecurityGroup extends CloudEnd {
  /** @internal */
  _identity(stack: Construct, place: string): Omit<GroupIdentity, 'maxRules'>;
}

/** Returns whether a far end is a security group. */
export function isNamedSecurityGroup(end: CloudEnd): end is NamedSecurityGroup {
  return '_identity' in end;
}

/** The id and the settings that the user gave for a security group. */
interface GivenGroup extends GivenResource {
  readonly provider?: IConstruct;
  readonly tags?: Tags;
  readonly ownershipTags?: boolean;
  readonly maxRules: number;
  readonly existingRules?: number;
}

/** Returns how rules refer to a group that this library creates. */
export function newGroupIdentity(stack: Construct, name: string, group: GivenGroup): GroupIdentity {
  return identity(newResourceKey(stack, name, group.id), stack, group);
}

/** Returns how rules refer to an existing group. */
export function existingGroupIdentity(group: GivenGroup, stack: Construct, place: string): GroupIdentity {
  const fix = 'AwsSecurityGroup.fromId(id, { key: "a-name" })';
  return identity(existingResourceKey(group, checkGroupId, fix, stack, place), stack, group);
}

function identity({ key, appKey, id }: ResourceKey, stack: Construct, group: GivenGroup): GroupIdentity {
  const { tags, ownershipTags, maxRules, existingRules } = group;
  const provider = aliasedProvider(group.provider);
  const agreed = agreements(key, appKey, stack, { ...group, provider });
  const ofRules = { tags: tags && literalTags(tags), ownershipTags };
  return { key, appKey, id, provider, ...ofRules, maxRules, existingRules, agreements: agreed };
}

/** Returns the facts about a group on which the whole app must agree, because constructs share its rules and its quota. */
function agreements(
  key: string,
  appKey: string,
  stack: Construct,
  { provider, tags, ownershipTags, maxRules }: GivenGroup,
): Agreement[] {
  const group = `security group ${key}`;
  return [
    { subject: `aws|key|${appKey}`, fact: `key "${key}"`, need: 'a security group must have the same key everywhere' },
    {
      subject: `aws|room|${appKey}`,
      fact: `${maxRules}`,
      need: `${group} must have the same maxRules minus existingRules everywhere`,
    },
    {
      subject: `aws|provider|${stack.node.path}|${appKey}`,
      fact: provider?.node.path ?? 'the provider without an alias',
      need: `${group} must have the same provider everywhere in its stack`,
    },
    {
      subject: `aws|tags|${stack.node.path}|${appKey}`,
      fact: JSON.stringify(Object.entries(tags ?? {}).sort()) + (ownershipTags === true ? ' and ownershipTags' : ''),
      need: `${group} must have the same tags everywhere in its stack`,
    },
  ];
}
