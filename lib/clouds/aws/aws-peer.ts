import type { Construct } from 'constructs';
import { Cloud, type FarEnd, farEnd, type IPeer, ipRangesOf } from '../../access';
import { checkTokens, referenceOf } from '../../framework';
import { checkProps, hasForm, holdsToken, type PropsForm, readOnly, refusal, shown } from '../../input';
import type { SelectorJson } from '../../provenance';
import { checkGroupId, GROUP_ID, type GroupIdentity } from './group-identity';
import { existingResourceKey, selectorOf } from './resource-key';

/** The AWS account of a security group. */
export interface PeerSecurityGroupOptions {
  /** The 12 digits of the account that owns the group, such as `123456789012`, or a value that is known after apply. */
  readonly ownerId: string;
}

/** A peer that only AWS knows. It can be only a source, because rules cannot be made for it. */
export class AwsPeer implements IPeer {
  /**
   * Returns the machines of a security group of a different AWS account, whose VPC is peered with this one.
   * @param securityGroupId such as `sg-0123456789abcdef0`, or a value that is known after apply
   * @param options the account
   */
  public static securityGroup(securityGroupId: string, options: PeerSecurityGroupOptions): AwsPeer {
    const place = 'AwsPeer.securityGroup';
    checkNotJoined(securityGroupId, place);
    checkGroupId(securityGroupId, place);
    checkProps(options, FORM, place);
    const { ownerId } = options;
    checkOwnerId(ownerId, place);
    const isKnown = !holdsToken(ownerId) && !holdsToken(securityGroupId);
    const label = `security group ${isKnown ? `${ownerId}/${securityGroupId}` : 'of a different account'}`;
    const group = new SecurityGroupOfPeerAccount(label, ownerId, securityGroupId);
    return new AwsPeer(label, farEnd(place, { hostGroups: [group] }));
  }

  /** The name of this peer in errors and documents: `security group 123456789012/sg-0123456789abcdef0`. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    readOnly(this);
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return ipRangesOf(this._farEnd);
  }
}

/** A security group of a different account. Rules can refer to it, but it cannot get rules of its own. */
class SecurityGroupOfPeerAccount {
  public readonly cloud: Cloud = Cloud.AWS;

  public constructor(
    public readonly label: string,
    private readonly ownerId: string,
    private readonly id: string,
  ) {
    Object.freeze(this);
  }

  public _labelIn(stack: Construct, place: string): string {
    return `security group ${this._identity(stack, place).key}`;
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    return selectorOf(this._identity(stack, place).id, stack, place);
  }

  public _identity(stack: Construct, place: string): Omit<GroupIdentity, 'maxRules'> {
    const fix = 'a value that is known at synthesis';
    for (const part of [this.ownerId, this.id]) if (holdsToken(part)) referenceOf(part, stack, place, fix);
    const value = { id: `${this.ownerId}/${this.id}` };
    return { ...existingResourceKey(value, checkJoined, fix, stack, place), agreements: [] };
  }
}

const FORM: PropsForm<PeerSecurityGroupOptions> = {
  needed: 'ownerId',
  example: '{ ownerId: "123456789012" }',
  names: { ownerId: true },
};
const OWNER_ID = /^\d{12}$/;

/** Throws if text combines an account and an id, as Terraform writes them: `123456789012/sg-0123456789abcdef0`. */
function checkNotJoined(text: unknown, place: string): void {
  const [ownerId, id, ...rest] = typeof text === 'string' ? text.split('/') : [];
  if (id === undefined || rest.length > 0 || holdsToken(id) || !GROUP_ID.test(id) || !OWNER_ID.test(ownerId)) return;
  const need = 'a security group id and its account must be two arguments';
  const fix = `AwsPeer.securityGroup(${shown(id)}, { ownerId: ${shown(ownerId)} })`;
  throw refusal(place, 'security-group-id-invalid', need, shown(text), fix);
}

function checkOwnerId(ownerId: string, place: string): void {
  checkTokens(ownerId, place);
  if (!hasForm(ownerId, OWNER_ID)) {
    const fix = OWNER_ID.test(String(ownerId)) ? `ownerId: ${shown(String(ownerId))}` : undefined;
    throw refusal(place, 'owner-id-invalid', 'ownerId must be the 12 digits of an AWS account', shown(ownerId), fix);
  }
}

/** Throws unless text that tokens resolve to is an account, a slash and the id of a security group. */
function checkJoined(text: string, place: string): void {
  const [ownerId, ...id] = text.split('/');
  checkOwnerId(ownerId, place);
  checkGroupId(id.join('/'), place);
}
