import type { Construct } from 'constructs';
import {
  checkedIpRanges,
  Cloud,
  type CloudEnd,
  farEnd,
  type FarEnd,
  ipRangesOf,
  type IPeer,
  type MachineFacts,
} from '../../../access';
import { expressionOf, ownerOf, terraformText } from '../../../framework';
import { checkMember, checkNoScope, checkProps, holdsToken, type PropsForm, readOnly, refusal } from '../../../input';
import { AddressFamily, type Cidr } from '../../../net';
import type { SelectorJson } from '../../../provenance';
import { ADDRESS_GROUP, checkedValueIn, checkForm } from '../forms';

const PLACE = 'GcpAddressGroup.fromId';

/** What is known about an address group. */
export interface GcpAddressGroupOptions {
  /** The IP family of its IP addresses: Google fixes it when the group is created. */
  readonly addressFamily: AddressFamily;
  /**
   * The IP ranges in the group, for access requests and documents. They are never part of a rule, and nothing checks that the group has
   * them.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
}

const FORM: PropsForm<GcpAddressGroupOptions> = {
  needed: 'addressFamily',
  example: '{ addressFamily: AddressFamily.IPV4 }',
  names: { addressFamily: true, ipRanges: true },
};

const FAMILY = {
  members: AddressFamily,
  name: 'AddressFamily',
  prop: 'addressFamily',
  code: 'address-family-invalid',
} as const;

/**
 * An address group of Google Cloud: a list of IP addresses that rules of several firewall policies share, and that changes without them.
 * It is a source of the host groups of a `GcpFirewallPolicy`; firewall rules of a network cannot have one. It is not a destination: a role
 * that listens is a host group, with the IP ranges of its machines. The group itself is yours, as the policy is.
 * @see https://docs.cloud.google.com/firewall/docs/address-groups-firewall-policies
 */
export class GcpAddressGroup implements IPeer {
  /**
   * Returns an existing address group, or one that the app creates.
   *
   * Throws `address-group-id-invalid` for a different text, and `address-family-invalid` without the IP family. A construct throws
   * `address-group-location-mismatch` unless the group is in the location of the firewall policy: `global`, or its region.
   * @param id such as `projects/net-host/locations/global/addressGroups/offices`, `organizations/123456789/...`, or the id of a
   * `google_network_security_address_group`
   * @param options the IP family, and the IP ranges as far as they are known
   */
  public static fromId(id: string, options: GcpAddressGroupOptions): GcpAddressGroup {
    checkNoScope(id, options, PLACE, 'id, { addressFamily }');
    checkForm(id, ADDRESS_GROUP, PLACE);
    checkProps(options, FORM, PLACE);
    checkMember(options.addressFamily, FAMILY, PLACE);
    const ipRanges = checkedIpRanges(options.ipRanges, PLACE);
    const other = ipRanges?._farEnd.ranges.find(({ family }) => family !== options.addressFamily);
    if (other !== undefined) {
      const need = `ipRanges must be of the family of the group, ${options.addressFamily}`;
      throw refusal(PLACE, 'address-family-invalid', need, String(other), `addressFamily: ${familyCall(other.family)}`);
    }
    return new GcpAddressGroup(id, options.addressFamily, ipRanges);
  }

  /** The name of the group in errors and documents: `address group projects/net-host/locations/global/addressGroups/offices`. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;

  private constructor(id: string, family: AddressFamily, ipRanges: IPeer | undefined) {
    const end = new AddressGroupEnd(id, family, ipRanges);
    this.label = end.label;
    this._farEnd = farEnd(PLACE, { hostGroups: [end], worldReasons: ipRanges?._farEnd.worldReasons });
    readOnly(this);
  }

  /** The IP ranges that are given as its `ipRanges`, in canonical form. */
  public get ipRanges(): string[] {
    return this._farEnd.hostGroups.flatMap(({ _ranges: ranges = [] }) => ipRangesOf({ ranges }));
  }
}

function familyCall(family: AddressFamily): string {
  return family === AddressFamily.IPV4 ? 'AddressFamily.IPV4' : 'AddressFamily.IPV6';
}

/** What a rule of a policy needs of an address group. */
interface AddressGroup extends CloudEnd {
  readonly family: AddressFamily;
  /** Returns the id in a stack. Throws unless the group is where the policy is, as far as this is known. */
  idFor(region: string | undefined, stack: Construct, place: string): string;
}

/** An address group at the far end of a rule. */
class AddressGroupEnd implements AddressGroup {
  public readonly cloud: Cloud = Cloud.GCP;
  public readonly label: string;
  public readonly _ranges?: readonly Cidr[];

  public constructor(
    private readonly id: string,
    public readonly family: AddressFamily,
    private readonly ipRanges: IPeer | undefined,
  ) {
    this.label = `address group ${holdsToken(id) ? 'known after apply' : id}`;
    this._ranges = ipRanges?._farEnd.ranges;
  }

  public _labelIn(stack: Construct, place: string): string {
    return `address group ${expressionOf(this.id, stack, place)}`;
  }

  public _factsIn(): MachineFacts {
    return { ipRanges: this.ipRanges };
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    return {
      kind: 'address-group',
      value: terraformText(this.id, stack, place),
      stack: holdsToken(this.id) ? ownerOf(this.id, stack, place).node.path : undefined,
    };
  }

  public idFor(region: string | undefined, stack: Construct, place: string): string {
    const id = checkedValueIn(this.id, ADDRESS_GROUP, stack, place);
    const [, location = ''] = /\/locations\/([^/]+)\//.exec(holdsToken(id) ? '' : id) ?? [];
    const needed = region ?? 'global';
    if (location === '' || location === needed) return id;
    const need = `an address group must be in the location of the firewall policy, ${needed}`;
    const fix = `a group with /locations/${needed}/ in its id`;
    throw refusal(place, 'address-group-location-mismatch', need, this.label, fix);
  }
}

/** Returns the address groups among several far ends. */
export function addressGroupsIn(groups: readonly CloudEnd[]): AddressGroup[] {
  return groups.filter((group) => group instanceof AddressGroupEnd);
}
