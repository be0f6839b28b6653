import type { ProvenanceJson } from '../provenance';
import type { EndName, PeerName, Rule } from './rule';

/**
 * The gates of a diff, from the one that stops least to the one that stops most. Each also stops what those before it stop, except
 * `requested`: it stops only changes of what the firewall team is asked for, and only `any` stops these too.
 */
export const GATES = ['world', 'opened', 'widened', 'requested', 'any'] as const;

/** A gate of a diff. */
export type Gate = (typeof GATES)[number];

/** The first gate that stops if something is new, has changed, or is gone. Absent if no gate stops. */
export interface Stops {
  readonly added?: Gate;
  readonly changed?: Gate;
  readonly removed?: Gate;
}

/**
 * Something that permits nothing itself and decides where rules apply: the groups of a machine, the networks of a policy, the region
 * of a provider. Comparisons report it if it differs; everything else leaves it out.
 */
export interface Circumstance {
  readonly file: string;
  /** The Terraform address. */
  readonly address: string;
  /** What it decides: `the security groups of this machine`. */
  readonly reason: string;
  /** Everything known about it as text, as in `NotEvaluated`. */
  readonly content?: string;
  readonly stops: Stops;
}

/** Something that a reader should know about a configuration, and that changes nothing. */
export interface Note {
  readonly file: string;
  /** The Terraform address, or `plan`. */
  readonly address: string;
  readonly text: string;
}

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
  /**
   * The gates that a difference stops.
   * @default - as for a rule that allows something: `opened`, `widened` and `any`
   */
  readonly stops?: Stops;
  /** The name that stands for it among the far ends of its rule. Absent if it is not the far end of a rule that could be read. */
  readonly farEnd?: PeerName;
  /** The part of a rule that is known, if something else in it is not; it decides the gates instead of `stops`. */
  readonly known?: KnownPart;
}

/** What is known about a rule that could not be evaluated. */
export type KnownPart = Pick<Rule, 'action' | 'direction' | 'peers'>;

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
  readonly notes: readonly Note[];
  /** Compared only; `notEvaluated` does not contain them. */
  readonly circumstances: readonly Circumstance[];
  /** What names that are expressions depend on, as text: a name means the same in two configurations if these texts are equal. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Security groups that the configuration creates, with their names in AWS: `k8s-workers`. */
  readonly groups: ReadonlyMap<EndName, readonly string[]>;
  /** Outputs of a synthesized stack by name: the text, or the expression if the value is not known. */
  readonly outputs?: ReadonlyMap<string, string>;
  /** What the firewall team is asked to open, as rules. Absent for plans and states, which do not contain it. */
  readonly requested?: readonly Rule[];
  /** The provenance of each stack, by file. */
  readonly provenance: ReadonlyMap<string, ProvenanceJson>;
}
