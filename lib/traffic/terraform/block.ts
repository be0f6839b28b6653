import { shown } from '../../input';
import type { AwsPlace, Circumstance, ModuleCall, NotEvaluated, Note } from '../configuration';
import { isUnknown, UnknownValue } from './unknown-value';
import { unreadable } from './unreadable';

/** The attributes of a resource or of a nested block. An attribute that is null counts as absent. */
export class Block {
  constructor(
    /** The Terraform address, for a nested block with its position: `aws_security_group.web.ingress[0]`. */
    public readonly address: string,
    /** The file that it was read from. */
    public readonly file: string,
    private readonly attribute: (name: string) => unknown,
    /** The names of the attributes of a nested block. */
    public readonly names: readonly string[] = [],
  ) {}

  /** The beginning of error messages: file and Terraform address. */
  public get place(): string {
    return `${this.file}, ${this.address}`;
  }

  /** Returns an attribute without conversion. */
  public value(name: string): unknown {
    return this.attribute(name) ?? undefined;
  }

  /** Returns an attribute as text; as in Terraform, numbers and booleans are converted. */
  public text(name: string): string | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string' || isUnknown(value)) return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw unreadable(`${name} must be text`, shown(value));
  }

  /** Returns an attribute as a whole number; as in Terraform, numeric text is converted. */
  public integer(name: string): number | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || isUnknown(value)) return value;
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(number)) return number as number;
    throw unreadable(`${name} must be a whole number`, shown(value));
  }

  /** Returns an attribute as a boolean. */
  public flag(name: string): boolean | UnknownValue | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean' || isUnknown(value)) return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw unreadable(`${name} must be true or false`, shown(value));
  }

  /** Returns an attribute as a list of texts; an absent list is empty. */
  public texts(name: string): readonly (string | UnknownValue)[] {
    const value = this.value(name);
    if (value === undefined) return NO_TEXTS;
    if (isUnknown(value)) return [membersOf(value)];
    if (!Array.isArray(value)) throw unreadable(`${name} must be a list`, shown(value));
    return value.map((member: unknown, index) => {
      if (isUnknown(member)) return member.count === 'any' ? membersOf(member) : member;
      if (typeof member === 'string') return member;
      if (typeof member === 'number' || typeof member === 'boolean') return String(member);
      throw unreadable(`${name}[${index}] must be text`, shown(member));
    });
  }

  /** Returns an attribute as a list of IP ranges; a list that is not known keeps the expression that it refers to. */
  public ranges(name: string): readonly (string | UnknownValue)[] {
    const value = this.value(name);
    if (isUnknown(value)) return [value];
    const texts = this.texts(name);
    return texts.map((text, index) => (isUnknown(text) ? (value as UnknownValue[])[index] : text));
  }

  /** Returns the nested blocks of a name, given as a list or as one object; returns the value itself if it is not known. */
  public blocks(name: string): readonly Block[] | UnknownValue {
    const value = this.value(name);
    if (value === undefined || isUnknown(value)) return value ?? [];
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    const unknown = members.find(isUnknown);
    if (unknown) return unknown;
    return members.map((member, index) => {
      const address = `${this.address}.${name}[${index}]`;
      if (typeof member !== 'object' || member === null || Array.isArray(member)) {
        throw unreadable('a block must be an object', shown(member));
      }
      const attributes = member as Record<string, unknown>;
      return new Block(address, this.file, (attribute) => attributes[attribute], Object.keys(attributes));
    });
  }
}

const NO_TEXTS: readonly string[] = [];

/** Returns an unknown list as one member that means any number of values. Its expression is kept only if it is the id of a resource. */
function membersOf({ expression, reason }: UnknownValue): UnknownValue {
  return new UnknownValue(expression?.endsWith('.id') ? expression : undefined, reason, 'any');
}

/** One resource of a configuration. Each instance of `for_each` or `count` is a resource. */
export interface Resource {
  readonly type: string;
  /** The attributes; `block.address` is the Terraform address. */
  readonly block: Block;
  /**
   * Everything known about it, without some attributes, as text: equal texts mean that it has not changed. Absent if parts are known
   * after apply.
   */
  content?(leftOut?: readonly string[]): string;
  /** Everything known about some attributes as text, like `content`. */
  contentOf(names: readonly string[]): string;
  /** The attributes that decide who reaches it, for a resource of a type that the register does not know. */
  readonly reachability: readonly string[];
  /** The provider that the resource belongs to: `aws`, `aws.ireland`. */
  readonly provider?: string;
  /** The account and the region of a resource of AWS, as far as they are known. */
  readonly place?: AwsPlace;
  /** Whether the configuration runs commands when it creates or destroys the resource. */
  readonly hasProvisioners?: boolean;
  /** The attributes in which a security group or prefix list also lists separate resources, as states and plans do. */
  readonly listsSeparateRules?: readonly string[];
  /** The directions in which the configuration of a security group has a complete list of its rules; absent if it is not known. */
  readonly listsInlineRules?: readonly string[];
}

/** A part that could not be evaluated. */
export interface UnreadPart extends Omit<NotEvaluated, 'file'> {
  /** What all instances of a resource have in common, if only Terraform knows how many there are. */
  readonly common?: Resource;
}

/** The resources of Terraform JSON, with the parts that could not be evaluated. */
export interface Resources {
  readonly resources: readonly Resource[];
  /** The data sources. */
  readonly data: readonly Resource[];
  /** The settings of each provider as text, by the name by which resources refer to it. */
  readonly providers: ReadonlyMap<string, string>;
  /** What says which cluster a Kubernetes provider is for, by the name by which resources refer to it, as far as the settings say it. */
  readonly clusters?: ReadonlyMap<string, string>;
  /** The modules whose resources are not among these; absent for plans and states, which have them. */
  readonly modules?: readonly ModuleCall[];
  /** The providers of resources whose instances are not known. */
  readonly providersNotRead?: readonly string[];
  /** What an expression depends on, as text; absent for plans, which do not contain it. */
  readonly dependenciesOf?: (expression: string) => string | undefined;
  readonly notEvaluated: readonly UnreadPart[];
  readonly notes: readonly Omit<Note, 'file'>[];
  /** What decides about resources, and is not written in them. */
  readonly circumstances?: readonly Omit<Circumstance, 'file'>[];
  /** The project of networks and policies whose names are written without one; absent if names have the project of their provider. */
  readonly impliedProject?: string;
  /** The project that such names have from the providers; absent if it is not the same for all, and where `impliedProject` is left out. */
  readonly providedProject?: string | UnknownValue;
  /** The resources of a plan before its apply: security groups still list the rules of these. */
  readonly prior?: readonly Resource[];
}
