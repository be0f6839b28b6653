import type { Construct, IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { textOf } from '../framework/references';
import { checkIpRanges } from '../model/addresses-given';
import type { IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import { refusal, shown } from '../model/refusal';
import { hasForm, holdsToken } from '../model/token-text';
import { checkResourceName } from './resource-name';
import { checkTags } from './tags';
import { AwsEgress } from './aws-egress';
import { checkMaxRules } from './rule-quota';

/** AWS allows 255 characters; 26 are Terraform's unique suffix, one is the hyphen before it. */
const LONGEST_NAME = 228;
const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** What a new security group is made of. */
export interface AwsSecurityGroupProps {
  /**
   * The name of the group: letters, digits, hyphens and underscores, beginning with a letter, at most 228 characters.
   * It is the beginning of the group's name in AWS, its Terraform address, and part of the identity of its rules:
   * another name is another group.
   */
  readonly name: string;
  /** The id of the VPC, as `vpc-0123456789abcdef0`, or a value known only to Terraform. */
  readonly vpcId: string;
  /** What the group lets out. */
  readonly egress: AwsEgress;
  /**
   * Tags of the group and of its rules; text in them stays text.
   * @default - none
   */
  readonly tags?: Record<string, string>;
  /**
   * The provider instance of an alias, for the group and all of its rules.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * How many rules AWS allows per direction and address family, where it has raised the quota.
   * @default 60
   */
  readonly maxRules?: number;
  /**
   * The ranges in which the machines of the group have their addresses: the owners of other firewalls, whom we ask to let the
   * group in, know no security groups. No rule is made of them.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
}

/** Checks what a group is made of, and copies it. */
export function checkAwsSecurityGroupProps(props: AwsSecurityGroupProps, place: string): AwsSecurityGroupProps {
  checkObject(props, 'a name, a VPC and egress', '{ name, vpcId, egress }', place);
  const { name, vpcId, egress, tags, provider, maxRules, ipRanges } = props;
  checkResourceName(name, 'sg-', LONGEST_NAME, place);
  checkVpcId(vpcId, place);
  if (!Object.values(AwsEgress).includes(egress)) {
    throw refusal(
      place,
      'egress must be chosen: a group that Terraform makes lets nothing out',
      shown(egress),
      'AwsEgress.DOCUMENTED',
    );
  }
  checkProvider(provider, place, 'aws');
  checkMaxRules(maxRules, undefined, place);
  return Object.freeze({
    name,
    vpcId,
    egress,
    tags: checkTags(tags, place),
    provider,
    maxRules,
    ipRanges: checkIpRanges(ipRanges, place),
  });
}

/** The id of the VPC as it stands in a stack: one that turns out to be plain text is checked, and stays what it is now. */
export function vpcIdIn(vpcId: string, stack: Construct, place: string): string {
  const text = holdsToken(vpcId) ? textOf(vpcId, stack, place) : undefined;
  if (text !== undefined) checkVpcId(text, place);
  return text ?? vpcId;
}

function checkVpcId(vpcId: string, place: string): void {
  if (!hasForm(vpcId, VPC_ID)) {
    const need = 'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource';
    throw refusal(place, need, shown(vpcId));
  }
}
