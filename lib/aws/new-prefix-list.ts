import type { Construct } from 'constructs';
import type { Cidr } from '../model/cidr';
import type { AboutMachines, IPeer } from '../model/host-group';
import type { SelectorJson } from '../model/provenance-json';
import { selectorOf } from './group-identity';
import type { NamedPrefixList, PrefixListIdentity } from './prefix-list';

/** A prefix list that we make, at a far end. */
export class NewPrefixList implements NamedPrefixList {
  public readonly cloud = 'aws';

  public constructor(
    public readonly label: string,
    public readonly _ranges: readonly Cidr[],
    private readonly ipRanges: IPeer,
    private readonly identities: readonly PrefixListIdentity[],
  ) {
    Object.freeze(this);
  }

  public _labelIn(): string {
    return this.label;
  }

  public _aboutIn(): AboutMachines {
    return { ipRanges: this.ipRanges };
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const [first, other] = this.identities.map(({ id }) => selectorOf(id, stack, place, 'prefix-list'));
    return { ...first, otherValue: other?.value };
  }

  public _identities(): readonly PrefixListIdentity[] {
    return this.identities;
  }
}
