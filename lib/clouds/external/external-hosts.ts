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
 * Machines behind a firewall that another team manages, for example on premises. This library creates no rules for them: the
 * firewall team is asked to open their ports.
 */
export class ExternalHosts implements IHostGroup {
  /**
   * Returns machines by their IP ranges.
   * @param name what the firewall team calls the machines; never part of a rule
   * @param ranges such as `10.8.0.0/28`; a value that is known after apply is taken to be IPv4
   */
  public static named(name: string, ...ranges: string[]): ExternalHosts {
    const place = 'ExternalHosts.named';
    const label = checkText(name, place, 'the name');
    return new ExternalHosts(label, externalEnd(place, ranges));
  }

  /** Always `external`. */
  public readonly cloud: Cloud = Cloud.EXTERNAL;
  /** The name of the machines. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = true;

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
  public inZone(zone: NetworkZone): ExternalHosts {
    const place = 'ExternalHosts.inZone';
    checkZone(zone, place);
    return new ExternalHosts(this.label, farEnd(place, { ...this._farEnd, zones: [zone] }));
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
