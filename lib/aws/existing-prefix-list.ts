import type { Construct } from 'constructs';
import { AddressFamily } from '../model/address-family';
import { farEnd, type FarEnd } from '../model/far-end';
import type { IPeer } from '../model/host-group';
import type { SelectorJson } from '../model/provenance-json';
import { checkObject } from '../model/object-given';
import { refusal, shown } from '../model/refusal';
import { checkText } from '../model/text';
import { hasForm, holdsToken } from '../model/token-text';
import { selectorOf } from './group-identity';
import { createdResource } from './made-by-us';
import { listAgreements, type NamedPrefixList, type PrefixListIdentity } from './prefix-list';
import { checkMaxEntries } from './prefix-list-limits';
import { resourceKey } from './resource-key';

/** The form of an id. */
export const LIST_ID = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const PLACE = 'AwsPrefixList.fromId';

/** What must be said of a prefix list that exists already. */
export interface ExistingPrefixListOptions {
  /**
   * For how many rules AWS counts a rule that refers to the list: its maximum number of entries, not those in use. For a list
   * that AWS manages, its weight.
   */
  readonly maxEntries: number;
  /**
   * The family of its ranges.
   * @default - not known: a rule that refers to the list counts for both families
   */
  readonly addressFamily?: AddressFamily;
  /**
   * The name by which rules know the list. It must be given before a reference becomes a literal id, or the resource it refers
   * to is renamed: the addresses of the rules are made from it.
   * @default - the literal id, or the Terraform address that the id refers to
   */
  readonly key?: string;
}

/** A prefix list that others keep: rules refer to it. */
export class ExistingPrefixList implements IPeer, NamedPrefixList {
  public readonly cloud = 'aws';
  public readonly label: string;
  public readonly _farEnd: FarEnd;
  private readonly options: ExistingPrefixListOptions;

  public constructor(
    private readonly id: string,
    options: ExistingPrefixListOptions,
  ) {
    checkObject(options, 'maxEntries', '{ maxEntries: 20 }', PLACE);
    const { maxEntries, addressFamily, key } = options;
    checkListId(id, PLACE);
    checkMaxEntries(maxEntries, PLACE);
    if (key !== undefined) checkText(key, PLACE, 'key');
    if (addressFamily !== undefined && !Object.values(AddressFamily).includes(addressFamily)) {
      throw refusal(PLACE, 'addressFamily must be a family', shown(addressFamily), 'AddressFamily.IPV4');
    }
    this.options = Object.freeze({ maxEntries, addressFamily, key });
    this.label = `prefix list ${key ?? (holdsToken(id) ? 'known to Terraform' : id)}`;
    this._farEnd = farEnd(PLACE, { hostGroups: [this] });
    Object.freeze(this);
  }

  public _labelIn(stack: Construct, place: string): string {
    return `prefix list ${this._identities(stack, place)[0].key}`;
  }

  public _selectedBy(stack: Construct, place: string): SelectorJson {
    return selectorOf(this._identities(stack, place)[0].id, stack, place, 'prefix-list');
  }

  public _identities(stack: Construct, place: string): PrefixListIdentity[] {
    const { maxEntries, addressFamily: family, key } = this.options;
    const made = createdResource(this.id, stack, place);
    if (made) {
      throw refusal(
        place,
        'a prefix list that the app makes must be given as it is',
        made.node.path,
        'the AwsPrefixList',
      );
    }
    const fix = 'AwsPrefixList.fromId(id, { key: "a-name" })';
    const known = resourceKey({ id: this.id, key }, checkListId, fix, stack, place);
    return [{ ...known, family, maxEntries, agreements: listAgreements(known, maxEntries, family) }];
  }
}

function checkListId(id: string, place: string): void {
  if (!hasForm(id, LIST_ID)) {
    const need = 'a prefix list id must be "pl-" and 8 or 17 hexadecimal digits, or the id of a resource';
    throw refusal(place, need, shown(id));
  }
}
