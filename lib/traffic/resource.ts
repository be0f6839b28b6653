import type { Block } from './block';

/** One resource of a configuration; each instance of a `for_each` or `count` is one. */
export interface Resource {
  readonly type: string;
  /** Its address is the Terraform address. */
  readonly block: Block;
}

/** The resources of one kind of Terraform JSON, with what of it has none that could be read. */
export interface Resources {
  readonly resources: readonly Resource[];
  readonly unread: readonly { readonly address: string; readonly reason: string }[];
}
