import { parseCidr } from '../model/cidr';
import { refusal, shown } from '../model/refusal';
import { LIST_ID } from './existing-prefix-list';
import { GROUP_ID } from './group-id';
import { RuleDirection } from './rule-address';

const RULE_ID = /^sgr-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const COMMAND = '"aws ec2 describe-security-group-rules" prints';

/** What every printed rule has. */
interface PrintedRule {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  /** Minus one, or missing, where the protocol has no ports. */
  readonly FromPort?: number;
  readonly ToPort?: number;
}

const PRINTED: readonly (readonly [keyof PrintedRule, (value: unknown) => boolean])[] = [
  ['SecurityGroupRuleId', (value) => isId(value, RULE_ID)],
  ['GroupId', (value) => isId(value, GROUP_ID)],
  ['IsEgress', (value) => typeof value === 'boolean'],
  ['IpProtocol', (value) => typeof value === 'string'],
  ['FromPort', isPortNumber],
  ['ToPort', isPortNumber],
];

/** A rule that stands in EC2, in the words by which our rules are addressed. */
export interface DescribedRule {
  readonly id: string;
  readonly direction: RuleDirection;
  readonly groupId: string;
  /** `tcp`, or `all`. */
  readonly protocol: string;
  /** `6443`, `2379-2380`, or `all`. */
  readonly ports: string;
  readonly farEnd: DescribedFarEnd;
}

/** Who is at the far end of a described rule: one of these. */
export interface DescribedFarEnd {
  /** In its canonical spelling. */
  readonly range?: string;
  readonly prefixListId?: string;
  readonly groupId?: string;
  /** The account of the group. */
  readonly account?: string;
}

/** Reads what the AWS command line prints of security group rules. */
export function parseDescribedRules(json: unknown, place: string): DescribedRule[] {
  const { SecurityGroupRules: rules, NextToken } = parsed(json) ?? {};
  if (!Array.isArray(rules)) throw refusal(place, `describedRules must be the JSON that ${COMMAND}`, shown(json));
  if (NextToken !== undefined) {
    throw refusal(place, 'describedRules must be all pages of the answer', 'one with a NextToken', 'no --max-items');
  }
  return rules.map((rule, index) => describedRule(rule, `${place}, SecurityGroupRules[${index}]`));
}

/** A described rule in the words of `aws ec2 authorize-security-group-ingress`. */
export function describedRuleText({ id, direction, groupId, protocol, ports, farEnd }: DescribedRule): string {
  const side = direction === RuleDirection.INGRESS ? 'from' : 'to';
  const port = protocol === 'all' ? 'everything' : `${ports}/${protocol}`;
  return `${id} (${direction} ${port} ${side} ${farEnd.range ?? farEnd.prefixListId ?? farEnd.groupId} at ${groupId})`;
}

function parsed(json: unknown): Record<string, unknown> | null | undefined {
  try {
    return typeof json === 'string' ? (JSON.parse(json) as Record<string, unknown> | null) : undefined;
  } catch {
    return undefined;
  }
}

function describedRule(rule: unknown, place: string): DescribedRule {
  const given = fields(rule);
  for (const [name, isAsPrinted] of PRINTED) {
    if (!isAsPrinted(given[name])) {
      throw refusal(place, `${name} must be as ${COMMAND} it`, shown(given[name]));
    }
  }
  const { SecurityGroupRuleId, GroupId, IsEgress, IpProtocol, FromPort, ToPort } = given as unknown as PrintedRule;
  return {
    id: SecurityGroupRuleId,
    direction: IsEgress ? RuleDirection.EGRESS : RuleDirection.INGRESS,
    groupId: GroupId,
    protocol: IpProtocol === '-1' ? 'all' : IpProtocol,
    ports: portsOf(FromPort, ToPort),
    farEnd: farEndOf(given, place),
  };
}

function isId(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}

function isPortNumber(value: unknown): boolean {
  return value === undefined || Number.isInteger(value);
}

function portsOf(from = -1, to = from): string {
  if (from === -1) return 'all';
  return from === to ? `${from}` : `${from}-${to}`;
}

function farEndOf(rule: Record<string, unknown>, place: string): DescribedFarEnd {
  const range = rule.CidrIpv4 ?? rule.CidrIpv6;
  if (range !== undefined) return { range: String(parseCidr(range, place)) };
  const { PrefixListId: prefixListId } = rule;
  if (isId(prefixListId, LIST_ID)) return { prefixListId };
  const { GroupId: groupId, UserId: account } = fields(rule.ReferencedGroupInfo);
  if (isId(groupId, GROUP_ID)) return { groupId, account: account as string | undefined };
  throw refusal(place, `a range, a prefix list or a group must be as ${COMMAND} it`, shown(prefixListId ?? groupId));
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
