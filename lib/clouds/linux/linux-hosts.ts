import {
  checkZone,
  Cloud,
  externalEnd,
  farEnd,
  type FarEnd,
  type IHostGroup,
  ipRangesOf,
  type NetworkZone,
  type PlannedRule,
} from '../../access';
import { checkText, readOnly } from '../../input';

/**
 * Linux machines whose own firewall you manage, for example on premises. They are external hosts: this library creates no rules for
 * them in a cloud, and the firewall team is still asked to open their ports on the way to them. In addition, `cluster-ports
 * host-rules` renders what each machine must accept, for nftables, firewalld or ufw.
 */
export class LinuxHosts implements IHostGroup {
  /**
   * Returns machines by their IP ranges. Throws without a name, without ranges, for text that is not an IP range, and for ranges that
   * are most of the internet.
   * @param name what people call the machines; never part of a rule
   * @param ranges such as `10.8.0.0/28`; a value that is known after apply is taken to be IPv4
   */
  public static named(name: string, ...ranges: string[]): LinuxHosts {
    const place = 'LinuxHosts.named';
    return new LinuxHosts(checkText(name, place, 'the name'), externalEnd(place, ranges));
  }

  /** Always `external`. */
  public readonly cloud: Cloud = Cloud.EXTERNAL;
  /** The name of the machines. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = true;
  /** @internal */
  public readonly _hasHostFirewall = true;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    readOnly(this);
  }

  /** The IP ranges of the machines that are known at synthesis, in canonical form. */
  public get ipRanges(): string[] {
    return ipRangesOf(this._farEnd);
  }

  /**
   * Returns the same machines in a network zone, for pictures and `cluster-ports lint`. Throws unless `zone` is a member of
   * `NetworkZone`.
   * @param zone such as `NetworkZone.PRIVATE`
   */
  public inZone(zone: NetworkZone): LinuxHosts {
    const place = 'LinuxHosts.inZone';
    checkZone(zone, place);
    return new LinuxHosts(this.label, farEnd(place, { ...this._farEnd, zones: [zone] }));
  }

  /** @internal */
  public _labelIn(): string {
    return this.label;
  }

  /** @internal */
  public _openIngress(): PlannedRule[] {
    return [];
  }

  /** @internal */
  public _openEgress(): PlannedRule[] {
    return [];
  }
}
