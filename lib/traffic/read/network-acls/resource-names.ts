import { type Block, isUnknown, type Resource, type UnknownValue, Unreadable } from '../../terraform';

/** Finds the one name of resources of some types, whether other resources refer to them by id or by expression. */
export class ResourceNames {
  private readonly addresses = new Set<string>();
  private readonly byId = new Map<string, string>();

  constructor(resources: readonly Resource[], types: readonly string[]) {
    for (const { type, block } of resources) {
      if (!types.includes(type)) continue;
      this.addresses.add(block.address);
      const id = block.value('id');
      if (typeof id === 'string') this.byId.set(id, block.address);
    }
  }

  /** Returns the Terraform address of a resource, else the id or the expression; nothing if it is not known which one is meant. */
  public nameOf(id: string | UnknownValue): string | undefined {
    if (!isUnknown(id)) return this.byId.get(id) ?? id;
    const address = id.expression?.replace(/\.id$/, '');
    return address !== undefined && this.addresses.has(address) ? address : id.expression;
  }

  /** Returns the names of the resources that an attribute refers to; nothing for each that is not known. */
  public namesIn(block: Block, attribute: string): (string | undefined)[] {
    return textsIn(block, attribute).map((id) => (isUnknown(id) && id.count === 'any' ? undefined : this.nameOf(id)));
  }
}

/** Returns an attribute that is text or a list of texts as a list. One that is absent or has a different form is empty. */
export function textsIn(block: Block, attribute: string): readonly (string | UnknownValue)[] {
  const value = block.value(attribute);
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (isUnknown(value) && !attribute.endsWith('s')) return [value];
  return Array.isArray(value) || isUnknown(value) ? readOr([], () => block.texts(attribute)) : [];
}

/** Returns what is read, or something else if the configuration contradicts itself there. */
export function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return otherwise;
    throw error;
  }
}
