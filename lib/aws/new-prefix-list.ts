import type { Cidr } from '../model/cidr';
import type { AboutMachines, IPeer } from '../model/host-group';
import type { NamedPrefixList, PrefixListIdentity } from './prefix-list';

/** A prefix list that we make, at a far end. */
export class NewPrefixList implements NamedPrefixList {
  public readonly cloud = 'aws';

  public constructor(
    public readonly label: string,
    public readonly _ranges: readonly Cidr[],
    private readonly addresses: IPeer,
    private readonly identities: readonly PrefixListIdentity[],
  ) {
    Object.freeze(this);
  }

  public _labelIn(): string {
    return this.label;
  }

  public _aboutIn(): AboutMachines {
    return { addresses: this.addresses };
  }

  public _identities(): readonly PrefixListIdentity[] {
    return this.identities;
  }
}
