import { AddressFamily } from '../model/address-family';
import { coverAll, rangesOf, sortedRanges } from '../model/address-ranges';
import { farEnd, type FarEnd } from '../model/far-end';
import type { IHostGroup } from '../model/host-group';
import { readRanges } from '../model/ranges-given';
import type { PlannedRule } from '../model/planned-rule';
import { checkText } from '../model/text';
import { refusal } from '../model/refusal';

/** Machines on premises or of another team, whose firewall others manage: we ask for their ports and open none. */
export class ExternalHosts implements IHostGroup {
  /**
   * Machines by their addresses.
   * @param name what the people who own the firewall call them; never part of a rule
   * @param addresses ranges as `10.8.0.0/28`; a value known only to Terraform counts as IPv4
   */
  public static named(name: string, ...addresses: string[]): ExternalHosts {
    const place = 'ExternalHosts.named';
    const label = checkText(name, place, 'the name');
    const ranges = readRanges(place, addresses, AddressFamily.IPV4);
    const world = Object.values(AddressFamily).find((family) =>
      coverAll(family, sortedRanges(rangesOf(family, ranges.ranges))),
    );
    if (world) throw refusal(place, 'the ranges must be those of the machines', 'the whole internet');
    return new ExternalHosts(label, farEnd(place, ranges));
  }

  /** Always `external`. */
  public readonly cloud = 'external';
  /** The name of the machines. */
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  /** @internal */
  public readonly _isExternal = true;

  private constructor(label: string, end: FarEnd) {
    this.label = label;
    this._farEnd = end;
    Object.freeze(this);
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
