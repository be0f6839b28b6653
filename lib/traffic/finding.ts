/** What is found. */
export type FindingKind =
  | 'world-open'
  | 'shadowed'
  | 'redundant'
  | 'collision'
  | 'egress-missing'
  | 'quota'
  | 'no-description'
  | 'no-provenance'
  | 'denies-by-name';

/** Something in a configuration that a person should look at. */
export interface Finding {
  readonly kind: FindingKind;
  /** The Terraform address of the rule, or the name of the group. */
  readonly address: string;
  readonly file: string;
  /** What is the matter, in words that go on after the address. */
  readonly message: string;
  /** The other rules that it is about. */
  readonly related: readonly string[];
}
