import { checkedIpRanges, checkZone, type IPeer, type NetworkZone } from '../../access';
import { checkProps, type PropsForm } from '../../input';

/** Facts about machines, in addition to how rules select them. */
export interface GcpHostGroupOptions {
  /**
   * The IP ranges of the machines. `Egress.DOCUMENTED` needs them for destinations, because an EGRESS rule cannot select its
   * destination by tag or account. They also appear in access requests.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
  /**
   * The network zone of the machines, for pictures and `cluster-ports lint`. It is never part of a rule.
   * @default - unknown
   */
  readonly zone?: NetworkZone;
}

const OPTIONS: PropsForm<GcpHostGroupOptions> = {
  needed: 'options',
  example: '{ ipRanges }',
  names: { ipRanges: true, zone: true },
};

/** Returns a copy of options. Throws if one of them is invalid. */
export function checkedGroupOptions(options: GcpHostGroupOptions, place: string): GcpHostGroupOptions {
  checkProps(options, OPTIONS, place);
  checkZone(options.zone, place);
  return { ipRanges: checkedIpRanges(options.ipRanges, place), zone: options.zone };
}
