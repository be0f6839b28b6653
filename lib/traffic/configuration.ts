import type { ProvenanceJson } from '../provenance';
import type { EndName, Rule } from './rule';

/** A part of a configuration that could not be evaluated: more or less than the evaluated traffic may be permitted. */
export interface NotEvaluated {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** What could not be evaluated, and why: `cidr_ipv4 is var.office, which has no default`. */
  readonly reason: string;
  /** The name by which comparisons identify it; absent if no rule has it. */
  readonly comparedAs?: EndName;
  /** Everything known about it as text: equal texts mean that nothing has changed. Absent if parts are known after apply. */
  readonly content?: string;
}

/** The kind of Terraform JSON that a configuration was read from; `combined` is several stacks. */
export type ConfigurationKind = 'synthesized' | 'plan' | 'state' | 'combined';

/** The rules in Terraform JSON, with the parts that could not be evaluated. */
export interface Configuration {
  /** The name of the file in errors and results. */
  readonly file: string;
  readonly kind: ConfigurationKind;
  readonly rules: readonly Rule[];
  /** Empty if everything could be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** Security groups that the configuration creates, with their names in AWS: `k8s-workers`. */
  readonly groups: ReadonlyMap<EndName, readonly string[]>;
  /** Outputs of a synthesized stack by name: the text, or the expression if the value is not known. */
  readonly outputs?: ReadonlyMap<string, string>;
  /** The provenance of each stack, by file. */
  readonly provenance: ReadonlyMap<string, ProvenanceJson>;
}
