import type { Construct } from 'constructs';
import { Cloud, farEnd, type FarEnd, type IPeer } from '../../../access';
import { checkTokens } from '../../../framework';
import {
  checkNoScope,
  checkProps,
  checkText,
  hasForm,
  holdsToken,
  type PropsForm,
  readOnly,
  refusal,
  shown,
  checkMember,
} from '../../../input';
import { AddressFamily } from '../../../net';
import type { SelectorJson } from '../../../provenance';
import { createdResource, existingResourceKey, idOfResource, selectorOf } from '../resource-key';
import { checkMaxEntries, listAgreements, type NamedPrefixList, type PrefixListIdentity } from './prefix-list-identity';

/** The form of a prefix list id. */
export const LIST_ID = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const PLACE = 'AwsPrefixList.fromId';

/** The size of an existing prefix list, and how rules refer to it. */
export interface ExistingPrefixListOptions {
  /**
   * How many rules AWS counts for a rule that refers to the list: the maximum number of entries of the list, not the number in use.
   * For a list that AWS manages, it is the weight of the list.
   */
  readonly maxEntries: number;
  /**
   * The IP family of its ranges.
   * @default - unknown: a rule that refers to the list counts for both families
   */
  readonly addressFamily?: AddressFamily;
  /**
   * The name by which Terraform addresses of rules refer to the list. Give it before you replace a reference by a literal id, or rename
   * the resource, so that these addresses stay the same.
   * @default - the literal id, or the Terraform address that the id refers to
   */
  readonly key?: string;
}

const FAMILY = {
  members: AddressFamily,
  name: 'AddressFamily',
  prop: 'addressFamily',
  code: 'address-family-invalid',
} as const;

const FORM: PropsForm<ExistingPrefixListOptions> = {
  needed: 'maxEntries',
  example: '{ maxEntries: 20 }',
  names: { maxEntries: true, addressFamily: true, key: true },
};

/** An existing prefix list, as a peer. */
export class ExistingPrefixList implements IPeer, NamedPrefixList {
  public readonly cloud: Cloud = Cloud.AWS;
  public readonly label: string;
  /** @internal */
  public readonly _farEnd: FarEnd;
  private readonly options: ExistingPrefixListOptions;

  public constructor(
    private readonly id: string,
    options: ExistingPrefixListOptions,
  ) {
    checkNoScope(id, options, PLACE, 'id, { maxEntries }');
    checkProps(options, FORM, PLACE);
    const { maxEntries, addressFamily, key } = options;
    checkListId(id, PLACE);
    checkMaxEntries(maxEntries, PLACE);
    if (key !== undefined) checkText(key, PLACE, 'key');
    if (addressFamily !== undefined) checkMember(addressFamily, FAMILY, PLACE);
    this.options = Object.freeze({ maxEntries, addressFamily, key });
    this.label = `prefix list ${key ?? (holdsToken(id) ? 'known after apply' : id)}`;
    this._farEnd = farEnd(PLACE, { hostGroups: [this] });
    readOnly(this);
  }

  /** Always empty, because the ranges of the list are unknown at synthesis. */
  public get ipRanges(): string[] {
    return [];
  }

  /** @internal */
  public _labelIn(stack: Construct, place: string): string {
    return `prefix list ${this._identities(stack, place)[0].key}`;
  }

  /** @internal */
  public _selectedBy(stack: Construct, place: string): SelectorJson {
    const { maxEntries, addressFamily: family } = this.options;
    return { ...selectorOf(this._identities(stack, place)[0].id, stack, place, 'prefix-list'), maxEntries, family };
  }

  /** @internal */
  public _identities(stack: Construct, place: string): PrefixListIdentity[] {
    const { maxEntries, addressFamily: family, key } = this.options;
    const ofApp = createdResource(this.id, stack, place);
    if (ofApp) {
      throw refusal(
        place,
        'prefix-list-of-this-app',
        'a prefix list that the app creates must be given itself, not by its id',
        ofApp.node.path,
        'the AwsPrefixList itself',
      );
    }
    const fix = 'AwsPrefixList.fromId(id, { maxEntries, key: "a-name" })';
    const known = existingResourceKey({ id: this.id, key }, checkListId, fix, stack, place);
    return [{ ...known, family, maxEntries, agreements: listAgreements(known, maxEntries, family) }];
  }
}

function checkListId(id: string, place: string): void {
  checkTokens(id, place);
  if (!hasForm(id, LIST_ID)) {
    const need = 'a prefix list id must be "pl-" and 8 or 17 hexadecimal digits, or the id of a resource';
    const fix = idOfResource(
      id,
      /^aws_(ec2_managed_)?prefix_list$/,
      (text) => `AwsPrefixList.fromId(${text}, { maxEntries })`,
    );
    throw refusal(place, 'prefix-list-id-invalid', need, shown(id), fix);
  }
}
