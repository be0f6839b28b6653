import {
  type Attributes,
  instanceKeys,
  placeholder,
  readableText,
  type TerraformState,
  valuesIn,
} from '../../provenance';

const WHOLE = /^\$\{(.*)\}$/s;
const SET = /^toset\((.*)\)$/s;
const CONCAT = /^concat\((.*)\)$/s;
/** One argument of the `concat` that cdktf writes for a list: literal members, or a list that is known after apply. */
const PART = /\[((?:"(?:[^"\\]|\\.)*"|[\w.-]+|, )*)\]|tolist\(([^()]*)\)/g;
const MEMBER = /"(?:[^"\\]|\\.)*"|[\w.-]+/g;
/** The `for_each` of a rule for each range of a list. */
const EACH_OF = /^toset\(\(length\((.*)\) >= 1\) \? tolist\(\1\) : \[""\]\)$/s;
const EACH_VALUE = '${each.value}';

/** Returns the members of a list that is an expression. Unknown members become placeholders; none is left out. */
function listMembers(text: string, state: TerraformState | undefined): string[] {
  const [, expression] = WHOLE.exec(text) ?? [];
  if (expression === undefined) return [readableText(text, state)];
  const [, inSet = expression] = SET.exec(expression) ?? [];
  const [, parts] = CONCAT.exec(inSet) ?? [];
  const matches = [...(parts ?? '').matchAll(PART)];
  // an expression of a different form becomes one placeholder
  if (parts === undefined || matches.map(([all]) => all).join(', ') !== parts) return membersOf(inSet, state);
  return matches.flatMap(([, literal, list]) => {
    if (literal === undefined) return membersOf(list, state);
    return (literal.match(MEMBER) ?? []).flatMap((member) =>
      member.startsWith('"') ? [readableText(JSON.parse(member) as string, state)] : membersOf(member, state),
    );
  });
}

/** Returns the instances of a rule: the resource itself, or one for each member of its `for_each`. */
export function instancesOf(address: string, attributes: Attributes, state: TerraformState | undefined): Attributes[] {
  if (typeof attributes.for_each !== 'string') return [attributes];
  const [, each = attributes.for_each] = WHOLE.exec(attributes.for_each) ?? [];
  const [, list = each] = EACH_OF.exec(each) ?? [];
  const keys = state ? instanceKeys(state, address) : [];
  const members = keys.length > 0 ? keys : membersOf(list, state);
  return members.map((member) =>
    Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, value === EACH_VALUE ? escaped(member) : value]),
    ),
  );
}

function membersOf(expression: string, state: TerraformState | undefined): string[] {
  return (state && valuesIn(state, expression)) ?? [placeholder(expression)];
}

function escaped(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}

/** IP ranges that users give, by the placeholder of the expression that they are for: `<var.office>`. */
export type RangesByPlaceholder = ReadonlyMap<string, readonly string[]>;

const CIDR_ATTRIBUTES = ['cidr_ipv4', 'cidr_ipv6'];

/** Returns the instances of a rule of a security group with one range each, in place of ranges that users give. */
export function withGivenRanges(
  instances: readonly Attributes[],
  state: TerraformState | undefined,
  given: RangesByPlaceholder,
): Attributes[] {
  return instances.flatMap((instance) => {
    const values = new RuleValues(instance, state);
    const [name] = CIDR_ATTRIBUTES.filter((attribute) => given.has(values.text(attribute) ?? ''));
    if (name === undefined) return [instance];
    const others = Object.fromEntries(Object.entries(instance).filter(([attribute]) => attribute !== name));
    return given
      .get(values.text(name)!)!
      .map((range) => ({ ...others, [CIDR_ATTRIBUTES[isIpv6(range) ? 1 : 0]]: range }));
  });
}

function isIpv6(range: string): boolean {
  return range.includes(':');
}

/** The attributes of a synthesized resource as text: without escapes, and with values or placeholders in place of expressions. */
export class RuleValues {
  public constructor(
    private readonly attributes: Attributes,
    private readonly state: TerraformState | undefined,
    private readonly given: RangesByPlaceholder = new Map(),
  ) {}

  /** Returns a text, number or boolean as text. */
  public text(name: string): string | undefined {
    return this.textOf(this.attributes[name]);
  }

  /** Returns the members of a list, which may be absent or an expression. */
  public texts(name: string): string[] {
    const value = this.attributes[name];
    const texts =
      typeof value === 'string'
        ? listMembers(value, this.state)
        : listOf(value).flatMap((value) => this.textOf(value) ?? []);
    return texts.flatMap((text) => this.given.get(text) ?? text);
  }

  /** Returns the blocks with this name. */
  public blocks(name: string): RuleValues[] {
    const value = this.attributes[name];
    return (Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value]).flatMap((block) =>
      typeof block === 'object' && block !== null ? [new RuleValues(block as Attributes, this.state, this.given)] : [],
    );
  }

  /** Returns the names and values of a map. */
  public entries(name: string): [string, string][] {
    const map = this.attributes[name];
    if (typeof map !== 'object' || map === null) return [];
    return Object.entries(map).map(([key, value]) => [this.textOf(key)!, this.textOf(value) ?? '']);
  }

  private textOf(value: unknown): string | undefined {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') return undefined;
    return readableText(value, this.state);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
