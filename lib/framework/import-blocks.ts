import { refusal, shown } from '../input';

/** An `import` block of Terraform: the id of an existing object, and the Terraform address to which it is imported. */
export interface ImportBlock {
  /** The Terraform address: resource type, dot, logical id. */
  readonly to: string;
  /** The id with which the provider finds the existing object. */
  readonly id: string;
}

/** Returns import blocks as Terraform JSON. */
export function importJson(blocks: readonly ImportBlock[]): object {
  return blocks.length === 0 ? {} : { import: blocks.map(({ id, to }) => ({ to, id })) };
}

/** Returns import blocks in the form from which the framework writes HCL. */
export function importHcl(blocks: readonly ImportBlock[]): object {
  if (blocks.length === 0) return {};
  const attribute = (value: string, storageClassType: string): object => ({ value, type: 'simple', storageClassType });
  return { import: blocks.map(({ id, to }) => ({ to: attribute(to, 'reference'), id: attribute(id, 'string') })) };
}

/** Returns `blocks`. Throws if two of them have one Terraform address: the error of Terraform would not name the stack. */
export function checkedImports(blocks: readonly ImportBlock[], place: string): readonly ImportBlock[] {
  const ids = new Map<string, string>();
  for (const { to, id } of blocks) {
    const other = ids.get(to);
    if (other !== undefined) {
      throw refusal(
        place,
        'imported-twice',
        `only one object can be imported to ${to}`,
        `${shown(other)} and ${shown(id)}`,
      );
    }
    ids.set(to, id);
  }
  return blocks;
}
