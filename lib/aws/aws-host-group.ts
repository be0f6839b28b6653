import type { Construct, IConstruct } from 'constructs';
import type { Tags } from './tags';
import type { Agreement } from '../model/planned-rule';
import type { AboutMachines, CloudEnd, IHostGroup } from '../model/host-group';

/** The machines of a security group. */
export interface IAwsSecurityGroup extends IHostGroup {
  /** The id of the group, as `sg-0123456789abcdef0`, or a value known only to Terraform. */
  readonly securityGroupId: string;
  /** @internal */
  _identity(stack: Construct, place: string): GroupIdentity;
  /** @internal */
  _aboutIn(stack: Construct, place: string): AboutMachines;
}

/** A security group as rules know it. */
export interface GroupIdentity {
  /** What addresses are made from; it never changes while the group lives. */
  readonly key: string;
  /** The same, told apart over all stacks. */
  readonly appKey: string;
  /** The value of the attribute. */
  readonly id: string;
  /** The provider instance of an alias. */
  readonly provider?: IConstruct;
  /** The tags of the rules. */
  readonly tags?: Tags;
  /** How many rules per direction and address family may be ours. */
  readonly maxRules: number;
  /** How many rules of others stand beside them. */
  readonly existingRules?: number;
  /** What all constructs of the app must say alike of it. */
  readonly agreements: readonly Agreement[];
}

/** A security group at a far end, of this account or another. */
export interface NamedSecurityGroup extends CloudEnd {
  _identity(stack: Construct, place: string): Omit<GroupIdentity, 'maxRules'>;
}

/** Whether what stands at a far end is a security group. */
export function isNamedSecurityGroup(end: CloudEnd): end is NamedSecurityGroup {
  return '_identity' in end;
}
