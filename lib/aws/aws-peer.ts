import { farEnd, type FarEnd } from '../model/far-end';
import type { IPeer } from '../model/host-group';
import type { SelectorJson } from '../model/provenance-json';
import { refusal, shown } from '../model/refusal';
import type { GroupIdentity } from './aws-host-group';

const GROUP_OF_ACCOUNT = /^\d{12}\/sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Who is at the far end of a flow to a security group, as only AWS can name it. A source alone: rules cannot be made for it. */
export class AwsPeer implements IPeer {
  /**
   * The machines of a security group of another account, whose VPC is peered with this one.
   * @param accountAndId as `123456789012/sg-0123456789abcdef0`
   */
  public static securityGroup(accountAndId: string): AwsPeer {
    const place = 'AwsPeer.securityGroup';
    if (typeof accountAndId !== 'string' || !GROUP_OF_ACCOUNT.test(accountAndId)) {
      const need = 'a group of another account must be 12 digits, a slash and its id';
      throw refusal(place, need, shown(accountAndId), '"123456789012/sg-0123456789abcdef0"');
    }
    const label = `security group ${accountAndId}`;
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

  public _labelIn(): string {
    return this.label;
  }

  public _selectedBy(): SelectorJson {
    return { kind: 'sg', value: this.accountAndId };
  }

  public _identity(): Omit<GroupIdentity, 'maxRules'> {
    const { accountAndId } = this;
    return { key: accountAndId, appKey: accountAndId, id: accountAndId, agreements: [] };
  }
}
