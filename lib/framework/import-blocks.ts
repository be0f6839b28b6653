import { refusal } from '../model/refusal';

/** What Terraform takes over at an address. */
export interface ImportBlock {
  /** The address: resource type, dot, logical id. */
  readonly to: string;
  /** The id by which the provider finds what stands already. */
  readonly id: string;
}

/** Import blocks as a piece of Terraform JSON. */
export function importJson(blocks: readonly ImportBlock[]): object {
  return blocks.length === 0 ? {} : { import: blocks.map(({ id, to }) => ({ to, id })) };
}

/** Import blocks in the form from which the framework writes HCL. */
export function importHcl(blocks: readonly ImportBlock[]): object {
  if (blocks.length === 0) return {};
  const attribute = (value: string, storageClassType: string): object => ({ value, type: 'simple', storageClassType });
  return { import: blocks.map(({ id, to }) => ({ to: attribute(to, 'reference'), id: attribute(id, 'string') })) };
}

/** Refuses two things at one address. Terraform would say so too, but not which stack of the app. */
export function checkImports(blocks: readonly ImportBlock[], place: string): readonly ImportBlock[] {
  const ids = new Map<string, string>();
  for (const { to, id } of blocks) {
    const other = ids.get(to);
    if (other !== undefined) throw refusal(place, `${to} must be imported once`, `${other} and ${id}`);
    ids.set(to, id);
  }
  return blocks;
}
