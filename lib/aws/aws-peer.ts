import type { Construct } from 'constructs';
import { farEnd, type FarEnd } from '../model/far-end';
import type { IPeer } from '../model/host-group';
import type { SelectorJson } from '../model/provenance-json';
import { refusal, shown } from '../model/refusal';
import { besideTokens, holdsToken, isListToken } from '../model/token-text';
import type { GroupIdentity } from './aws-host-group';
import { selectorOf } from './group-identity';
import { resourceKey } from './resource-key';

const GROUP_OF_ACCOUNT = /^\d{12}\/sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
/** What may be known of it where the rest is not. */
const BESIDE_VALUES = /^(?:\d{12})?\/?(?:sg-(?:[0-9a-f]{8}|[0-9a-f]{17}))?$/;

/** Who is at the far end of a flow to a security group, as only AWS can name it. A source alone: rules cannot be made for it. */
export class AwsPeer implements IPeer {
  /**
   * The machines of a security group of another account, whose VPC is peered with this one.
   * @param accountAndId as `123456789012/sg-0123456789abcdef0`, or a value known only to Terraform
   */
  public static securityGroup(accountAndId: string): AwsPeer {
    const place = 'AwsPeer.securityGroup';
    if (!isPartlyKnown(accountAndId)) checkGroupOfAccount(accountAndId, place);
    const label = `security group ${holdsToken(accountAndId) ? 'of another account' : accountAndId}`;
    return new AwsPeer(label, farEnd(place, { hostGroups: [new ForeignSecurityGroup(label, accountAndId)] }));
  }

  /** How errors and documents call this peer. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    Object.freeze(this);
  }
}

/** A security group that can be named and not changed. */
class ForeignSecurityGroup {
  public readonly cloud = 'aws';

  public constructor(
    public readonly label: string,
    private readonly accountAndId: string,
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
    const known = resourceKey({ id: this.accountAndId }, checkGroupOfAccount, fix, stack, place);
    return { ...known, agreements: [] };
  }
}

/** Whether values of Terraform stand where the account and the group belong. */
function isPartlyKnown(text: unknown): text is string {
  return typeof text === 'string' && !isListToken(text) && holdsToken(text) && BESIDE_VALUES.test(besideTokens(text));
}

function checkGroupOfAccount(accountAndId: string, place: string): void {
  if (typeof accountAndId !== 'string' || !GROUP_OF_ACCOUNT.test(accountAndId)) {
    const need = 'a group of another account must be 12 digits, a slash and its id';
    throw refusal(place, need, shown(accountAndId), '"123456789012/sg-0123456789abcdef0"');
  }
}
