import type { IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { refusal, shown } from '../model/refusal';
import { besideTokens, hasForm, holdsToken, literal, looksLikeToken } from '../model/token-text';
import { AwsEgress } from './aws-egress';
import { checkMaxRules } from './rule-quota';

const NAME = /^[A-Za-z][\w-]*$/;
/** AWS allows 255 characters; 26 are Terraform's unique suffix, one is the hyphen before it. */
const LONGEST_NAME = 228;
const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const LONGEST_TAG_KEY = 128;
const LONGEST_TAG_VALUE = 256;

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
   * Tags of the group; text in them stays text.
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
}

/** Checks what a group is made of, and copies it. */
export function checkAwsSecurityGroupProps(props: AwsSecurityGroupProps, place: string): AwsSecurityGroupProps {
  const { name, vpcId, egress, tags, provider, maxRules } = props;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refusal(place, 'name must be letters, digits, hyphens and underscores, beginning with a letter', shown(name));
  }
  if (/^sg-/i.test(name)) throw refusal(place, 'name must not begin with "sg-", as the ids of AWS do', shown(name));
  if (name.length > LONGEST_NAME)
    throw refusal(place, `name must have at most ${LONGEST_NAME} characters`, `${name.length}`);
  if (!hasForm(vpcId, VPC_ID)) {
    throw refusal(place, 'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource', shown(vpcId));
  }
  if (!Object.values(AwsEgress).includes(egress)) {
    throw refusal(
      place,
      'egress must be chosen: a group that Terraform makes lets nothing out',
      shown(egress),
      'AwsEgress.DOCUMENTED',
    );
  }
  checkProvider(provider, place);
  checkMaxRules(maxRules, undefined, place);
  return Object.freeze({
    name,
    vpcId,
    egress,
    tags: tags === undefined ? undefined : checkTags(tags, place),
    provider,
    maxRules,
  });
}

/** Tags whose text is not evaluated by Terraform. */
export function literalTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [literal(key), holdsToken(value) ? value : literal(value)]),
  );
}

function checkTags(tags: Record<string, string>, place: string): Record<string, string> {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    throw refusal(place, 'tags must be an object of names and values', shown(tags));
  }
  for (const [key, value] of Object.entries(tags)) {
    if (looksLikeToken(key)) throw refusal(place, 'the key of a tag must be known at synthesis', shown(key));
    if (
      key === '' ||
      key.length > LONGEST_TAG_KEY ||
      /^aws:/i.test(key) ||
      key === '__proto__' ||
      looksLikeToken(key)
    ) {
      throw refusal(
        place,
        `the key of a tag must be 1 to ${LONGEST_TAG_KEY} characters and not begin with "aws:"`,
        shown(key),
      );
    }
    if (typeof value !== 'string' || value.length > LONGEST_TAG_VALUE) {
      throw refusal(place, `tag ${key} must be text of at most ${LONGEST_TAG_VALUE} characters`, shown(value));
    }
    if (looksLikeToken(value) && besideTokens(value) !== '') {
      throw refusal(place, `tag ${key} must be text, or a value known to Terraform, not both in one`, shown(value));
    }
  }
  return Object.freeze({ ...tags });
}
