/** The kinds of findings; `lint --ignore` takes the same words. */
export type FindingKind =
  | 'world-open'
  | 'shadowed'
  | 'redundant'
  | 'collision'
  | 'egress-missing'
  | 'quota'
  | 'no-description'
  | 'no-provenance'
  | 'denies-by-name'
  | 'public-to-internal';

/** A rule or a security group that somebody should look at. */
export interface Finding {
  readonly kind: FindingKind;
  /** The Terraform address of the rule, or the name of the group. */
  readonly address: string;
  readonly file: string;
  /** What is wrong, as a sentence that continues the Terraform address. */
  readonly message: string;
  /** The Terraform addresses of other rules that the finding is about. */
  readonly related: readonly string[];
}

/** A finding about one rule. */
export function findingAt(
  { address, file }: Pick<Finding, 'address' | 'file'>,
  kind: FindingKind,
  message: string,
  related: readonly string[] = [],
): Finding {
  return { kind, address, file, message, related };
}
