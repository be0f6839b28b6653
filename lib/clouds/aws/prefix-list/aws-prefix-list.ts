import { Construct } from 'constructs';
import { farEnd, type FarEnd, type IPeer } from '../../../access';
import { awsPrefixListProvider, checkProviderStack, resolvedEnd, stackOf } from '../../../framework';
import { checkScope, refusal } from '../../../input';
import { StackRecord, warnOfRedundantRanges } from '../../../opening';
import { recordCreatedResource } from '../resource-key';
import { type AwsPrefixListProps, checkedPrefixListProps } from './aws-prefix-list-props';
import { ExistingPrefixList, type ExistingPrefixListOptions } from './existing-prefix-list';
import { familyLists, NewPrefixList } from './new-prefix-list';

/**
 * Creates a managed prefix list of IP ranges. If it is the peer of an AWS security group, each port is one rule, and Terraform
 * changes the ranges of the list in place.
 *
 * A list has ranges of one IP family, so ranges of both become two lists. Use it for many ranges: an apply needs few API calls, and no
 * rule is missing at any moment. It does not save quota: in the quota of a security group, a rule that refers to the list takes up
 * `maxEntries` rules, so three ports and a list of 20 take up all 60.
 *
 * @example
 * new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: Peer.cidr('203.0.113.0/24', '198.51.100.0/24') });
 */
export class AwsPrefixList extends Construct implements IPeer {
  /**
   * Returns an existing prefix list: one of the account, one that is shared with it, or one that AWS manages.
   * @param prefixListId such as `pl-0123456789abcdef0`, or the id of a resource of the app
   * @param options maxEntries, addressFamily and key
   */
  public static fromId(prefixListId: string, options: ExistingPrefixListOptions): IPeer {
    return new ExistingPrefixList(prefixListId, options);
  }

  /** The name of the list in errors and documents: `prefix list offices`. */
  public readonly label: string;
  /** The ids of the lists, known after apply: one for each IP family that has ranges, IPv4 first. */
  public readonly prefixListIds: string[];
  /** @internal */
  public readonly _farEnd: FarEnd;

  constructor(scope: Construct, id: string, props: AwsPrefixListProps) {
    checkScope(scope, id, 'AwsPrefixList');
    const place = `AwsPrefixList "${scope.node.path}/${id}"`;
    const checked = checkedPrefixListProps(props, place);
    const stack = stackOf(scope, place);
    const resources = awsPrefixListProvider(stack, place);
    checkProviderStack(checked.provider, stack, place);
    const end = resolvedEnd(checked.ranges._farEnd, stack, place);
    const lists = familyLists(checked, end, stack, place);
    for (const { address, name } of lists) {
      if (StackRecord.find(stack)?.at(address)) {
        throw refusal(place, 'name-taken', 'name must be the only one of its kind in the stack', `"${name}" twice`);
      }
    }
    super(scope, id);

    this.label = `prefix list ${checked.name}`;
    const identities = lists.map((list) => {
      const resource = list.create(this, resources.Ec2ManagedPrefixList);
      StackRecord.of(stack).add(list.address, resource);
      recordCreatedResource(stack, list.address, this);
      return list.identity(resource.id);
    });
    this.prefixListIds = identities.map((list) => list.id);
    const list = new NewPrefixList(this.label, end.ranges, checked.ranges, identities);
    this._farEnd = farEnd(place, { hostGroups: [list], worldReasons: end.worldReasons });
    warnOfRedundantRanges(this, end.ranges);
  }

  /** The IP ranges of the list that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return this._farEnd.hostGroups.flatMap((list) => (list._ranges ?? []).map(String));
  }
}
