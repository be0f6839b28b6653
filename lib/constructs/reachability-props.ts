import type { IConstruct } from 'constructs';
import type { IEndpoint } from '../model/endpoint';
import type { IDocumentedRules } from './documented-rules';

/** One flow, and one machine at each end of it. */
export interface ReachabilityCheck {
  /** A row name such as `kubelet` where one flow has it, else the flow: `worker>control-plane/api-server`. */
  readonly flow: string;
  /** Where connections start. */
  readonly source: IEndpoint;
  /** Who listens. Of a range of ports the first is checked. */
  readonly destination: IEndpoint;
}

/** Which flows of a construct are checked. */
export interface ReachabilityChecksProps {
  /** The construct whose rules are checked. */
  readonly rules: IDocumentedRules;
  /** The flows, at least one. */
  readonly checks: ReachabilityCheck[];
  /**
   * Whether an end that is not reached fails the apply.
   * @default false: a check of Terraform warns
   */
  readonly failApply?: boolean;
  /**
   * On AWS, what else makes the answer stale: values by a name of letters, digits, hyphens and underscores, literal or known to
   * Terraform, as `{ routes: route.id }`. An analysis runs again when one of them changes. On GCP it is refused: a test runs
   * whenever Terraform reads it.
   * @default - the rules, and the prefix lists of this package that they name
   */
  readonly triggers?: Record<string, string>;
  /**
   * The provider instance of an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}
