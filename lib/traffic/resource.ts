import type { Block } from './block';
import type { NotEvaluated } from './configuration';

/** One resource of a configuration; each instance of a `for_each` or `count` is one. */
export interface Resource {
  readonly type: string;
  /** Its address is the Terraform address. */
  readonly block: Block;
  /** All that is known of it as text, by which it is seen whether it has changed; absent where that cannot be told. */
  readonly content?: () => string;
  /** The directions in which a security group repeats rules that are resources of their own, as the cloud does. */
  readonly repeats?: readonly string[];
}

/** The resources of one kind of Terraform JSON, with what of it has none that could be read. */
export interface Resources {
  readonly resources: readonly Resource[];
  readonly notEvaluated: readonly Omit<NotEvaluated, 'file'>[];
  /** What stands before the apply of a plan: groups still repeat these. */
  readonly prior?: readonly Resource[];
}
