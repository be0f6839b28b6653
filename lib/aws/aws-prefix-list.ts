import { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { awsPrefixListProvider } from '../framework/providers';
import { resolvedEnd } from '../framework/resolved-end';
import { StackRecord } from '../framework/stack-record';
import { warnOfRedundantRanges } from '../framework/warn-of-redundant-ranges';
import { farEnd, type FarEnd } from '../model/far-end';
import type { IPeer } from '../model/host-group';
import { refusal } from '../model/refusal';
import { checkAwsPrefixListProps, type AwsPrefixListProps } from './aws-prefix-list-props';
import { ExistingPrefixList, type ExistingPrefixListOptions } from './existing-prefix-list';
import { familyLists } from './family-list';
import { noteMade } from './made-by-us';
import { NewPrefixList } from './new-prefix-list';

/**
 * Makes a managed prefix list of ranges, to be used where the peer of an AWS security group stands: each port is then one rule,
 * and another range changes the list in place.
 *
 * A list has ranges of one family, so it is two where ranges of both are given. It is the better choice for many ranges: few
 * API calls, and no moment in which a rule is missing. For the quota of a security group it counts with `maxEntries`.
 */
export class AwsPrefixList extends Construct implements IPeer {
  /**
   * A prefix list that exists already, of the account, shared with it, or kept by AWS.
   * @param prefixListId as `pl-0123456789abcdef0`, or the id of a resource of the app
   * @param options maxEntries, and how rules know it
   */
  public static fromId(prefixListId: string, options: ExistingPrefixListOptions): IPeer {
    return new ExistingPrefixList(prefixListId, options);
  }

  /** The name of the list after its kind. */
  public readonly label: string;
  /** The ids of the list, known to Terraform after it was created: of IPv4 ranges first, then of IPv6. */
  public readonly prefixListIds: string[];
  /** @internal */
  public readonly _farEnd: FarEnd;

  constructor(scope: Construct, id: string, props: AwsPrefixListProps) {
    const place = `AwsPrefixList "${scope.node.path}/${id}"`;
    const checked = checkAwsPrefixListProps(props, place);
    const stack = stackOf(scope, place);
    const resources = awsPrefixListProvider(stack, place);
    checkProviderOf(checked.provider, stack, place);
    const end = resolvedEnd(checked.ranges._farEnd, stack, place);
    const lists = familyLists(checked, end, stack, place);
    for (const { address } of lists) {
      if (StackRecord.find(stack)?.at(address)) {
        throw refusal(place, 'name must be the only one of its kind in the stack', `"${checked.name}" twice`);
      }
    }
    super(scope, id);

    this.label = `prefix list ${checked.name}`;
    const identities = lists.map((list) => {
      const resource = list.create(this, resources.Ec2ManagedPrefixList);
      StackRecord.of(stack).add(list.address, resource);
      noteMade(stack, list.address, this);
      return list.identity(resource.id);
    });
    this.prefixListIds = identities.map((list) => list.id);
    const list = new NewPrefixList(this.label, end.ranges, checked.ranges, identities);
    this._farEnd = farEnd(place, { hostGroups: [list], worldReasons: end.worldReasons });
    warnOfRedundantRanges(this, end.ranges);
  }
}
