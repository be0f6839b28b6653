import type { Construct, IConstruct } from 'constructs';
import { farEnd, type FarEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import type { PlannedRule } from '../model/planned-rule';
import { refusal, shown } from '../model/refusal';
import { checkText } from '../model/text';
import { hasForm, holdsToken } from '../model/token-text';
import type { GroupIdentity, IAwsSecurityGroup } from './aws-host-group';
import { existingGroupIdentity } from './group-identity';
import { planRules } from './plan-rules';
import { Direction } from './rule-address';

const GROUP_ID = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** What can be said of a security group that exists already. */
export interface ExistingSecurityGroupOptions {
  /**
   * The name by which rules know the group. It must be given before a reference becomes a literal id, or the resource
   * it refers to is renamed: the addresses of the rules are made from it.
   * @default - the literal id, or the Terraform address that the id refers to
   */
  readonly key?: string;
  /**
   * The provider instance of the account and region of the group.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/** A security group that others made: our rules stand beside theirs. */
export class ExistingSecurityGroup implements IAwsSecurityGroup {
  public readonly cloud = 'aws';
  public readonly label: string;
  public readonly securityGroupId: string;
  public readonly _farEnd: FarEnd;
  public readonly _openedByOthers = false;
  private readonly options: ExistingSecurityGroupOptions;

  public constructor(securityGroupId: string, options: ExistingSecurityGroupOptions) {
    const place = 'AwsSecurityGroup.fromId';
    if (!hasForm(securityGroupId, GROUP_ID)) {
      const need = 'a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource';
      throw refusal(place, need, shown(securityGroupId));
    }
    if (options.key !== undefined) checkText(options.key, place, 'key');
    this.securityGroupId = securityGroupId;
    this.options = Object.freeze({ ...options });
    this.label = `security group ${options.key ?? (holdsToken(securityGroupId) ? 'known to Terraform' : securityGroupId)}`;
    this._farEnd = farEnd(place, { hostGroups: [this] });
    Object.freeze(this);
  }

  public _identity(stack: Construct, place: string): GroupIdentity {
    return existingGroupIdentity({ id: this.securityGroupId, ...this.options }, stack, place);
  }

  public _labelIn(stack: Construct, place: string): string {
    return `security group ${this._identity(stack, place).key}`;
  }

  public _openIngress(group: FlowGroup): PlannedRule[] {
    return planRules(Direction.INGRESS, this, group.source._farEnd, group);
  }

  public _openEgress(): PlannedRule[] {
    return [];
  }
}
