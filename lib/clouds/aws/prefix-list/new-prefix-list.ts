import type { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { Precondition, TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { type MachineFacts, Cloud, type IPeer, type RangeReference, type ResolvedEnd } from '../../../access';
import { attributeList, coreOf, rangePrecondition } from '../../../framework';
import { refusal } from '../../../input';
import { AddressFamily, areWorldWide, type Cidr, FAMILY_NAMES, rangesOf } from '../../../net';
import type { SelectorJson } from '../../../provenance';
import { newResourceKey, selectorOf } from '../resource-key';
import { literalTags } from '../tags';
import type { AwsPrefixListProps } from './aws-prefix-list-props';
import { listAgreements, type NamedPrefixList, type PrefixListIdentity } from './prefix-list-identity';

/** Returns the prefix lists of an `AwsPrefixList`: one for each IP family that has ranges. */
export function familyLists(
  props: AwsPrefixListProps,
  end: ResolvedEnd,
  stack: Construct,
  place: string,
): FamilyList[] {
  const parts = Object.values(AddressFamily)
    .map((family) => ({ family, ...partOf(family, end) }))
    .filter(({ ranges, references }) => ranges.length + references.length > 0);
  const longest = parts.reduce((most, { ranges, references }) => Math.max(most, ranges.length + references.length), 0);
  return parts.map(({ family, ranges, references }) => {
    const texts = [...ranges.map(String), ...references.map(({ text }) => text)];
    const isWorld = areWorldWide(family, ranges);
    const maxEntries = entriesOf({ count: texts.length, longest, family, references }, props, place);
    return new FamilyList(props, { family, texts, references, maxEntries, isWorld }, stack);
  });
}

function partOf(family: AddressFamily, end: ResolvedEnd): Pick<ResolvedEnd, 'ranges' | 'references'> {
  return {
    ranges: rangesOf(family, end.ranges),
    references: end.references.filter((reference) => reference.family === family),
  };
}

/** How many entries AWS accepts in the call that creates a list. The provider makes only one call. */
const MAX_INITIAL_ENTRIES = 100;

/** The ranges of one family. */
interface FamilyRanges {
  readonly count: number;
  /** The number of ranges of the family that has most of them. */
  readonly longest: number;
  readonly family: AddressFamily;
  readonly references: readonly RangeReference[];
}

/** Returns the maximum number of entries of a list; throws if its ranges do not fit. */
function entriesOf(
  { count, longest, family, references }: FamilyRanges,
  { maxEntries }: AwsPrefixListProps,
  place: string,
): number {
  const isUnknown = references.some(({ isList }) => isList);
  if (isUnknown && maxEntries === undefined) {
    throw refusal(
      place,
      'max-entries-required',
      'maxEntries must be given for a list of ranges that is known after apply',
      'none',
    );
  }
  const most = isUnknown ? Math.max(count, maxEntries!) : count;
  if (most > MAX_INITIAL_ENTRIES) {
    const need = `a prefix list must have at most ${MAX_INITIAL_ENTRIES} ${FAMILY_NAMES[family]} ranges`;
    throw refusal(place, 'prefix-list-too-long', need, `${most}`, 'Peer.anyOf(...) with several prefix lists');
  }
  const room = maxEntries ?? count;
  if (count > room) {
    throw refusal(
      place,
      'max-entries-too-low',
      `maxEntries must be at least the number of ${FAMILY_NAMES[family]} ranges, ${count}`,
      `${room}`,
      `maxEntries: ${longest}`,
    );
  }
  return room;
}

/** The content of one prefix list. */
interface FamilyListContent {
  readonly family: AddressFamily;
  readonly texts: string[];
  readonly references: readonly RangeReference[];
  readonly maxEntries: number;
  readonly isWorld: boolean;
}

/** One prefix list, with the ranges of one IP family. */
class FamilyList {
  /** Its Terraform address. */
  public readonly address: string;
  /** Its name in AWS. */
  public readonly name: string;

  public constructor(
    private readonly props: AwsPrefixListProps,
    private readonly content: FamilyListContent,
    private readonly stack: Construct,
  ) {
    this.name = content.family === AddressFamily.IPV4 ? props.name : `${props.name}-ipv6`;
    this.address = `aws_ec2_managed_prefix_list.${this.logicalId}`;
  }

  public create(parent: Construct, PrefixList: typeof Ec2ManagedPrefixList): Ec2ManagedPrefixList {
    const { family, maxEntries, references } = this.content;
    const { tags, provider } = this.props;
    const list = new PrefixList(parent, family, {
      name: this.name,
      addressFamily: FAMILY_NAMES[family],
      maxEntries,
      entry: this.entries(),
      tags: tags && literalTags(tags),
      provider: provider as TerraformProvider | undefined,
      lifecycle: references.length > 0 ? { precondition: this.conditions() } : undefined,
    });
    list.overrideLogicalId(this.logicalId);
    return list;
  }

  public identity(id: string): PrefixListIdentity {
    const { family, maxEntries, isWorld } = this.content;
    const known = newResourceKey(this.stack, this.name, id);
    const agreements = listAgreements(known, maxEntries, family);
    return { ...known, family, maxEntries, world: isWorld ? family : undefined, agreements };
  }

  private get logicalId(): string {
    return `prefix_list_${this.name}`;
  }

  /** Whether the number of entries is unknown until apply. */
  private get isUnknown(): boolean {
    return this.content.references.some(({ isList }) => isList);
  }

  private entries(): NonNullable<ConstructorParameters<typeof Ec2ManagedPrefixList>[2]['entry']> {
    const { texts } = this.content;
    if (!this.isUnknown) return texts.map((cidr) => ({ cidr }));
    const { TerraformIterator, Token } = coreOf(this.stack);
    const ranges = TerraformIterator.fromList(attributeList(texts, this.stack));
    return ranges.dynamic({ cidr: Token.asString(ranges.value) });
  }

  private conditions(): Precondition[] {
    const { texts, references, maxEntries } = this.content;
    const conditions = references.map((range) => rangePrecondition(range, this.stack));
    if (!this.isUnknown) return conditions;
    const { Fn, Op, Token } = coreOf(this.stack);
    const count = Fn.lengthOf(Token.asList(Fn.toset(attributeList(texts, this.stack))));
    const hasRoom = {
      condition: Token.asString(Fn.try([Op.lte(count, maxEntries), false])),
      errorMessage: `prefix list ${this.name} must have at most ${maxEntries} ranges: give it more maxEntries.`,
    };
    return [...conditions, hasRoom];
  }
}

/** An `AwsPrefixList` at a far end. */
export class NewPrefixList implements NamedPrefixList {
  public readonly cloud: Cloud = Cloud.AWS;

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

  public _factsIn(): MachineFacts {
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
