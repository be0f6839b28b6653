import type { ProvenanceJson } from '../model/provenance-json';
import type { EndName } from './names';
import type { Rule } from './rule';

/** What of a configuration could not be evaluated. Nothing is guessed: what is permitted may be more, or less, than was read. */
export interface NotEvaluated {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** What is not known, and why: `cidr_ipv4 is var.office, which has no default`. */
  readonly reason: string;
  /** The name under which it is compared with others all the same; absent where it is left out. */
  readonly comparedAs?: EndName;
  /** All that is known of what it is about, as text: where that is the same, nothing has changed. Absent where that cannot be told. */
  readonly content?: string;
}

/** What Terraform JSON was read. */
export type ConfigurationKind = 'synthesized' | 'plan' | 'state' | 'combined';

/** The rules of a configuration, as far as they can be known. */
export interface Configuration {
  /** How errors and results name it. */
  readonly file: string;
  readonly kind: ConfigurationKind;
  readonly rules: readonly Rule[];
  /** Empty where all of it could be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** Security groups that the configuration makes, with other names by which people know them: `k8s-workers`. */
  readonly groups: ReadonlyMap<EndName, readonly string[]>;
  /** What a synthesized stack hands to others: the text, or the expression, of each output. */
  readonly outputs?: ReadonlyMap<string, string>;
  /** Why the ports of each stack are open, by file. */
  readonly provenance: ReadonlyMap<string, ProvenanceJson>;
}
