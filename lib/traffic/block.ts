import { refusal, shown } from '../model/refusal';
import { isUnknown, UnknownValue } from './unknown-value';

/** The attributes of a resource, or of a block in it. Attributes that are null are absent. */
export class Block {
  constructor(
    /** How results name it: `aws_security_group.web.ingress[0]`. */
    public readonly address: string,
    /** Where it was read. */
    public readonly file: string,
    private readonly attribute: (name: string) => unknown,
    /** The attributes of a block that stands in a resource. */
    public readonly names: readonly string[] = [],
  ) {}

  /** How errors name it. */
  public get place(): string {
    return `${this.file}, ${this.address}`;
  }

  /** An attribute as it is. */
  public value(name: string): unknown {
    return this.attribute(name) ?? undefined;
  }

  /** An attribute that is text; numbers and truth values are written as text, as Terraform does. */
  public text(name: string): string | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string' || isUnknown(value)) return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw refusal(this.place, `${name} must be text`, shown(value));
  }

  /** An attribute that is a whole number; text with a number in it is one, as for Terraform. */
  public integer(name: string): number | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || isUnknown(value)) return value;
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(number)) return number as number;
    throw refusal(this.place, `${name} must be a whole number`, shown(value));
  }

  /** An attribute that is true or false. */
  public flag(name: string): boolean | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean' || isUnknown(value)) return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw refusal(this.place, `${name} must be true or false`, shown(value));
  }

  /** An attribute that is a list of texts; absent is empty. */
  public texts(name: string): readonly (string | UnknownValue)[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (isUnknown(value)) return [membersOf(value)];
    if (!Array.isArray(value)) throw refusal(this.place, `${name} must be a list`, shown(value));
    return value.map((member: unknown, index) => {
      if (isUnknown(member)) return member.stands === 'list' ? membersOf(member) : member;
      if (typeof member === 'string') return member;
      if (typeof member === 'number' || typeof member === 'boolean') return String(member);
      throw refusal(this.place, `${name}[${index}] must be text`, shown(member));
    });
  }

  /** An attribute that is a list of ranges: a list that is not known is named by what it refers to. */
  public ranges(name: string): readonly (string | UnknownValue)[] {
    const value = this.value(name);
    if (isUnknown(value)) return [value];
    const texts = this.texts(name);
    return texts.map((text, index) => (isUnknown(text) ? (value as UnknownValue[])[index] : text));
  }

  /** The blocks of a name, whether they stand in a list or alone; the value itself where they are not known. */
  public blocks(name: string): readonly Block[] | UnknownValue {
    const value = this.value(name);
    if (value === undefined || isUnknown(value)) return value ?? [];
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    const unknown = members.find(isUnknown);
    if (unknown) return unknown;
    return members.map((member, index) => {
      const address = `${this.address}.${name}[${index}]`;
      if (typeof member !== 'object' || member === null || Array.isArray(member)) {
        throw refusal(`${this.file}, ${address}`, 'a block must be an object', shown(member));
      }
      const attributes = member as Record<string, unknown>;
      return new Block(address, this.file, (attribute) => attributes[attribute], Object.keys(attributes));
    });
  }
}

/** A list that is not known: what it refers to names one member of it, and only where that is an id. */
function membersOf({ expression, reason }: UnknownValue): UnknownValue {
  return new UnknownValue(expression?.endsWith('.id') ? expression : undefined, reason, 'list');
}
