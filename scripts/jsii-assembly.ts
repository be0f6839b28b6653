// Reads .jsii, in which the compiler describes the public API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** The type of a value, in one of four forms. */
export type TypeReference =
  | { readonly primitive: string }
  | { readonly fqn: string }
  | { readonly collection: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference } }
  | { readonly union: { readonly types: readonly TypeReference[] } };

/** The parts of a docstring. */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly example?: string;
  readonly returns?: string;
  readonly deprecated?: string;
}

export interface Documented {
  readonly name: string;
  readonly docs?: Docs;
}

export interface Parameter extends Documented {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

/** The place of a member in the source; the assembly sorts members by name. */
export interface Located {
  readonly locationInModule?: { readonly line: number };
}

export interface Property extends Documented, Located {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
}

export interface Method extends Documented, Located {
  readonly static?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
}

interface Members extends Documented {
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly interfaces?: readonly string[];
}

export interface ClassType extends Members {
  readonly kind: 'class';
  readonly base?: string;
  readonly abstract?: boolean;
  readonly initializer?: { readonly parameters?: readonly Parameter[] };
}

export interface InterfaceType extends Members {
  readonly kind: 'interface';
  /** Whether it is a struct. Other interfaces are implemented by classes. */
  readonly datatype?: boolean;
}

export interface EnumType extends Documented {
  readonly kind: 'enum';
  readonly members: readonly Documented[];
}

export type AssemblyType = ClassType | InterfaceType | EnumType;

interface Assembly {
  readonly types?: Readonly<Record<string, AssemblyType>>;
}

/** The public API of this package, by the simple names of its types. */
export class PackageAssembly {
  public readonly types: ReadonlyMap<string, AssemblyType>;

  constructor(
    public readonly name = 'cdktf-cluster-ports',
    types: readonly AssemblyType[] = compiledTypes(),
  ) {
    this.types = new Map(types.map((type) => [type.name, type]));
  }

  /** The type of a name such as `cdktf-cluster-ports.Peer`; nothing for types of other packages. */
  public find(fqn: string | undefined): AssemblyType | undefined {
    const [name, type] = fqn?.split('.') ?? [];
    return name === this.name ? this.types.get(type) : undefined;
  }

  /** The properties of a type, including those that it inherits from types of this package. */
  public properties(type: AssemblyType | undefined): Property[] {
    if (!type || type.kind === 'enum') return [];
    return [
      ...inSourceOrder(type.properties ?? []),
      ...this.parents(type).flatMap((parent) => this.properties(parent)),
    ];
  }

  /** The methods of a type, including those that it inherits from types of this package. */
  public methods(type: AssemblyType | undefined): Method[] {
    if (!type || type.kind === 'enum') return [];
    return [...inSourceOrder(type.methods ?? []), ...this.parents(type).flatMap((parent) => this.methods(parent))];
  }

  /** The parameters of a method such as `Peer.cidr`, or of the constructor if `call` is the name of a class. */
  public parameters(call: string): readonly Parameter[] {
    const [name, method] = call.split('.');
    const type = this.types.get(name);
    const callable =
      method === undefined && type?.kind === 'class'
        ? type.initializer
        : this.methods(type).find((candidate) => candidate.name === method);
    if (!callable) throw new Error(`${call} must be public, got no such call; did you mean its new name?`);
    return callable.parameters ?? [];
  }

  /** Everything that a user can call with arguments: constructors, factories, methods. */
  public calls(): string[] {
    return [...this.types.values()].flatMap((type) => {
      if (type.kind === 'enum') return [];
      const methods = (type.methods ?? [])
        .filter((method) => Boolean(method.static) || hasRequired(method.parameters))
        .map((method) => `${type.name}.${method.name}`);
      const isConstructible = type.kind === 'class' && type.initializer && !type.abstract;
      return isConstructible ? [type.name, ...methods] : methods;
    });
  }

  /** The type of the elements of a list or a map. */
  public elementOf(reference: TypeReference): TypeReference | undefined {
    return 'collection' in reference ? reference.collection.elementtype : undefined;
  }

  /** The types of this package that a type extends or implements. */
  public parents(type: ClassType | InterfaceType): AssemblyType[] {
    const names = [type.kind === 'class' ? type.base : undefined, ...(type.interfaces ?? [])];
    return names.map((name) => this.find(name)).filter((parent) => parent !== undefined);
  }
}

function compiledTypes(): AssemblyType[] {
  const file = join(ROOT, '.jsii');
  if (!existsSync(file)) throw new Error('.jsii must exist, got no such file; did you mean "npm run build"?');
  const { types = {} } = JSON.parse(readFileSync(file, 'utf8')) as Assembly;
  return Object.values(types);
}

function hasRequired(parameters: readonly Parameter[] = []): boolean {
  return parameters.some(({ optional, variadic }) => !optional && !variadic);
}

/** Members in the order in which their author wrote them. */
export function inSourceOrder<T extends Located>(members: readonly T[]): T[] {
  return [...members].sort((a, b) => (a.locationInModule?.line ?? 0) - (b.locationInModule?.line ?? 0));
}
