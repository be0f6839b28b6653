import type { ImportBlock } from '../../framework';
import { holdsToken, isUtf16ReadAsUtf8, nearestName, refusal, shown, withoutMark } from '../../input';
import { parseCidr } from '../../net';
import { GROUP_ID } from './group-identity';
import { LIST_ID } from './prefix-list';
import type { ResourceKey } from './resource-key';
import { ruleAddress, RuleDirection } from './security-group';

const RULE_ID = /^sgr-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const COMMAND = '"aws ec2 describe-security-group-rules" prints';

/** The fields that the command prints for every rule. */
interface PrintedRule {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  /** -1 or absent, if the protocol has no ports. */
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

/** An existing rule in EC2, with the content from which Terraform addresses of rules are made. */
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

/** The far end of a described rule: an IP range, a prefix list or a security group. */
interface DescribedFarEnd {
  /** In canonical form. */
  readonly range?: string;
  readonly prefixListId?: string;
  readonly groupId?: string;
  /** The account of the group. */
  readonly account?: string;
}

/** Reads the JSON that the AWS command line prints about security group rules. */
export function parseDescribedRules(json: unknown, place: string): DescribedRule[] {
  const read = parsed(json);
  const { SecurityGroupRules: rules, NextToken } = fields(read);
  if (!Array.isArray(rules)) {
    const got = typeof json !== 'string' ? shown(json) : read === undefined ? notJson(json) : 'other JSON';
    throw refusal(place, 'described-rules-invalid', `describedRules must be the JSON that ${COMMAND}`, got);
  }
  if (NextToken !== undefined) {
    throw refusal(
      place,
      'described-rules-incomplete',
      'describedRules must contain all pages of the output',
      'a page with a NextToken',
      'the output without --max-items',
    );
  }
  return rules.map((rule, index) => describedRule(rule, `${place}, SecurityGroupRules[${index}]`));
}

/** Returns a described rule in words: `sgr-01234567 (ingress 22/tcp from 10.0.0.0/8 at sg-01234567)`. */
export function describedRuleText({ id, direction, groupId, protocol, ports, farEnd }: DescribedRule): string {
  const side = direction === RuleDirection.INGRESS ? 'from' : 'to';
  const port = protocol === 'all' ? 'all traffic' : `${ports}/${protocol}`;
  return `${id} (${direction} ${port} ${side} ${farEnd.range ?? farEnd.prefixListId ?? farEnd.groupId} at ${groupId})`;
}

/** Says what text is that is not JSON. Quotes nothing, because it may contain secrets. */
function notJson(text: string): string {
  return isUtf16ReadAsUtf8(text) ? 'text in UTF-16 that was read as UTF-8' : 'text that is not JSON';
}

/** Returns nothing if the text is not JSON. */
function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(withoutMark(json)) : undefined;
  } catch {
    return undefined;
  }
}

function describedRule(rule: unknown, place: string): DescribedRule {
  const given = fields(rule);
  for (const [name, isAsPrinted] of PRINTED) {
    if (!isAsPrinted(given[name])) {
      throw refusal(place, 'described-rules-invalid', `${name} must have the form that ${COMMAND}`, shown(given[name]));
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
  throw refusal(
    place,
    'described-rules-invalid',
    `an IP range, a prefix list or a security group must have the form that ${COMMAND}`,
    shown(prefixListId ?? groupId),
  );
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A kind of resource that rules refer to by id. */
export interface IdKind {
  /** The prop of `AwsRuleImports` that gives the ids. */
  readonly prop: 'groups' | 'prefixLists';
  /** The name of such resources in errors. */
  readonly resources: string;
  readonly id: RegExp;
  readonly prefix: string;
}

/** A resource that a rule refers to. */
type ReferencedResource = Pick<ResourceKey, 'key' | 'id'>;

/** The ids of the resources that rules refer to, as far as they are known. */
export class KnownIds {
  /** The keys of resources whose id is known after apply and was not given. */
  public readonly unknownKeys: readonly string[];
  /** The key of each id. Some ids are tokens, which no described rule has. */
  private readonly keys = new Map<string, string>();

  public constructor(
    public readonly kind: IdKind,
    referenced: readonly ReferencedResource[],
    private readonly given: ReadonlyMap<string, string>,
    place: string,
  ) {
    const unknown = [...new Set(referenced.filter(({ id }) => holdsToken(id)).map(({ key }) => key))].sort();
    referenced.forEach(({ id, key }) => this.keys.set(id, key));
    given.forEach((id, key) => {
      this.addGiven(id, key, unknown, place);
    });
    this.unknownKeys = unknown.filter((key) => !given.has(key));
  }

  /** Returns the keys that the resource with this id may have: the known one, or else all keys whose id is unknown. */
  public possibleKeysOf(id: string): readonly string[] {
    return this.isKnown(id) ? this.keysOf(id) : this.unknownKeys;
  }

  /** Returns a list of the key of the resource with this id. The list is empty if the key is unknown. */
  public keysOf(id: string): readonly string[] {
    const key = this.keys.get(id);
    return key === undefined ? [] : [key];
  }

  /** Returns whether the key of an id is known. */
  public isKnown(id: string): boolean {
    return this.keys.has(id);
  }

  /**
   * Returns whether a referenced resource has this id, or may have it because its id is unknown. Two resources may have one key.
   * @param alternative the same id in a second form, if it has one
   */
  public mayReferTo({ key, id: own }: ReferencedResource, id: string, alternative = id): boolean {
    const known = holdsToken(own) ? this.given.get(key) : own;
    return known === undefined ? !this.isKnown(id) : known === id || known === alternative;
  }

  private addGiven(id: string, key: string, unknown: readonly string[], place: string): void {
    const { prop, resources } = this.kind;
    if (!unknown.includes(key)) {
      const known = unknown.length > 0 ? unknown.join(', ') : 'there are none';
      const need = `${prop} may name only ${resources} whose id is known after apply (${known})`;
      const nearest = nearestName(key, unknown);
      throw refusal(place, 'import-key-unknown', need, shown(key), nearest && shown(nearest));
    }
    const other = this.keys.get(id);
    if (other !== undefined) {
      throw refusal(place, 'import-id-given-twice', `${prop} must give every id once`, `${id} for ${other} and ${key}`);
    }
    this.keys.set(id, key);
  }
}

/** Returns a copy of the given ids by key. Throws unless each id has the form of its kind. */
export function checkedGivenIds(
  { prop, id: form, prefix }: IdKind,
  given: Record<string, string> | undefined,
  place: string,
): Map<string, string> {
  if (given === undefined) return new Map();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal(
      place,
      'import-ids-invalid',
      `${prop} must be ids by key`,
      shown(given),
      `{ platform: "${prefix}0123456789abcdef0" }`,
    );
  }
  for (const [key, id] of Object.entries(given)) {
    if (typeof id !== 'string' || !form.test(id)) {
      throw refusal(
        place,
        'import-ids-invalid',
        `${prop}["${key}"] must be "${prefix}" and 8 or 17 hexadecimal digits`,
        shown(id),
      );
    }
  }
  return new Map(Object.entries(given));
}

/** The resources that a rule of this library refers to. Its own group comes first, and then its far end. */
interface RuleReferences {
  readonly groups: readonly ReferencedResource[];
  readonly prefixLists: readonly ReferencedResource[];
}

/** The rules of a stack or of the whole app, with which described rules are compared. */
export interface ImportTarget {
  readonly groups: KnownIds;
  readonly prefixLists: KnownIds;
  readonly resourceTypes: Readonly<Record<RuleDirection, string>>;
  /** Returns what the rules with a Terraform address refer to. */
  readonly rulesAt: (address: string) => readonly RuleReferences[];
}

/** The described rules that match a rule of the stack, as import blocks, and those that match no rule of the app. */
export interface Matches {
  readonly imports: ImportBlock[];
  readonly unmatched: DescribedRule[];
}

/** Returns keys for an id. */
type KeysOf = (ids: KnownIds, id: string) => readonly string[];

const knownKeys: KeysOf = (ids, id) => ids.keysOf(id);
const possibleKeys: KeysOf = (ids, id) => ids.possibleKeysOf(id);

/** Compares described rules with rules of the app by Terraform address, because that is made only from the content of a rule. */
export function matchDescribedRules(
  rules: readonly DescribedRule[],
  stack: ImportTarget,
  app: ImportTarget,
  place: string,
): Matches {
  const matches: Matches = { imports: [], unmatched: [] };
  for (const rule of rules) {
    const [address, second] = addressesOf(rule, stack, knownKeys);
    if (second !== undefined) {
      throw refusal(
        place,
        'described-rule-matches-twice',
        `${describedRuleText(rule)} must match one rule of the stack`,
        `${address} and ${second}`,
      );
    }
    if (address !== undefined) matches.imports.push({ to: address, id: rule.id });
    else {
      checkUnambiguous(rule, stack, place);
      if (addressesOf(rule, app, knownKeys).length === 0) matches.unmatched.push(rule);
    }
  }
  return matches;
}

/** Throws if a described rule may match a rule of the stack whose ids are unknown, because a wrong guess would fail the apply. */
function checkUnambiguous(rule: DescribedRule, stack: ImportTarget, place: string): void {
  if (addressesOf(rule, stack, possibleKeys).length === 0) return;
  const { groupId, farEnd } = rule;
  const { ids, unknown } = [
    { ids: stack.groups, given: [groupId, farEnd.groupId] },
    { ids: stack.prefixLists, given: [farEnd.prefixListId] },
  ]
    .map(({ ids, given }) => ({ ids, unknown: given.filter((id) => id !== undefined && !ids.isKnown(id)) as string[] }))
    .find((candidate) => candidate.unknown.length > 0)!;
  const { prop } = ids.kind;
  const all = unknown.join(' and ');
  const need = `${prop} must say whether the ids that are known after apply (${ids.unknownKeys.join(', ')}) include ${all}`;
  const got = `${describedRuleText(rule)}, which the stack also creates if so`;
  const fix = `${prop}: { ${shown(ids.unknownKeys[0])}: ${shown(unknown[0])} }, or describedRules without those of ${all}`;
  throw refusal(place, 'described-rule-ambiguous', need, got, fix);
}

/**
 * Returns the Terraform addresses of the rules that match. Ids are compared too, because two groups or lists may have one key.
 */
function addressesOf(rule: DescribedRule, target: ImportTarget, keysOf: KeysOf): string[] {
  const { direction, groupId, protocol, ports } = rule;
  return keysOf(target.groups, groupId).flatMap((groupKey) =>
    peerKeysOf(rule.farEnd, target, keysOf)
      .map((peerKey) => ruleAddress({ direction, groupKey, protocol, ports, peerKey }))
      .map((logicalId) => `${target.resourceTypes[direction]}.${logicalId}`)
      .filter((address) => target.rulesAt(address).some((references) => mayReferTo(references, rule, target))),
  );
}

function mayReferTo(
  { groups, prefixLists }: RuleReferences,
  { groupId, farEnd }: DescribedRule,
  target: ImportTarget,
): boolean {
  const [group, otherGroup] = groups;
  const [prefixList] = prefixLists;
  return (
    target.groups.mayReferTo(group, groupId) &&
    (farEnd.groupId === undefined ||
      target.groups.mayReferTo(otherGroup, farEnd.groupId, `${farEnd.account}/${farEnd.groupId}`)) &&
    (farEnd.prefixListId === undefined || target.prefixLists.mayReferTo(prefixList, farEnd.prefixListId))
  );
}

/** Returns the keys of a far end. A security group may belong to this account or to a different one. */
function peerKeysOf(
  { range, groupId, account, prefixListId }: DescribedRule['farEnd'],
  { groups, prefixLists }: ImportTarget,
  keysOf: KeysOf,
): string[] {
  if (range !== undefined) return [`range:${range}`];
  if (prefixListId !== undefined) return keysOf(prefixLists, prefixListId).map((key) => `prefix-list:${key}`);
  return [...keysOf(groups, groupId!), `${account}/${groupId}`].map((key) => `group:${key}`);
}
