import type { AssemblyType, PackageAssembly, TypeReference } from '../../scripts/jsii-assembly';

type Exported = Readonly<Record<string, unknown>>;

/** Searches all values that the public API returns for objects that the kernel of jsii could not mark. */
export class FrozenValues {
  /** The paths of these objects, such as `PortTables.named('rancher').flows[].rows[].port`. */
  public readonly places = new Set<string>();
  /** How many objects were inspected. */
  public count = 0;
  private readonly seen = new Set<object>();

  constructor(
    private readonly assembly: PackageAssembly,
    private readonly exported: Exported,
  ) {}

  /** Inspects the constants of every class. */
  public addConstants(): void {
    for (const type of this.assembly.types.values()) {
      for (const { name, type: reference, static: isStatic } of this.assembly.properties(type)) {
        const owner = this.exported[type.name] as Record<string, unknown>;
        if (isStatic) this.add(owner[name], reference, `${type.name}.${name}`);
      }
    }
  }

  /** Inspects an object, if its class is public. */
  public addObject(value: object): void {
    const type = this.typeOf(value);
    if (type) this.add(value, { fqn: `${this.assembly.name}.${type.name}` }, type.name);
  }

  private add(value: unknown, reference: TypeReference, place: string): void {
    if (typeof value !== 'object' || value === null) return;
    if ('collection' in reference) {
      // the kernel copies lists and maps, so they may be frozen; their elements may not
      for (const element of Object.values(value)) this.add(element, reference.collection.elementtype, `${place}[]`);
      return;
    }
    if (!('fqn' in reference)) return;
    if (!Object.isExtensible(value)) this.places.add(place);
    if (this.seen.has(value)) return;
    this.seen.add(value);
    this.count++;
    const types = [this.assembly.find(reference.fqn), this.typeOf(value)];
    for (const { name, type, static: isStatic } of types.flatMap((each) => this.assembly.properties(each))) {
      if (!isStatic) this.add((value as Record<string, unknown>)[name], type, `${place}.${name}`);
    }
  }

  private typeOf(value: object): AssemblyType | undefined {
    const { name } = value.constructor;
    return this.exported[name] === value.constructor ? this.assembly.types.get(name) : undefined;
  }
}
