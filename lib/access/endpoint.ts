import type { Construct, IConstruct } from 'constructs';
import type { Cloud } from './cloud';
import type { Flow, PlannedRule } from './host-group';

/**
 * One machine at one end of a reachability check.
 *
 * Only this package creates endpoints: use `AwsEndpoint` or `GcpEndpoint`.
 */
export interface IEndpoint {
  /** The cloud of the machine. */
  readonly cloud: Cloud;
  /** The name of the machine in errors: its id or its IP address. */
  readonly label: string;
  /** The service that checks whether this machine reaches a different one: `AWS Reachability Analyzer`. */
  readonly checkedBy: string;
  /**
   * The network of an IP address; an id needs none.
   * @internal
   */
  readonly _network?: string;
  /**
   * Plans the resources that ask the cloud whether this endpoint reaches the destination. Creates nothing.
   * @internal
   */
  _planCheck(request: CheckRequest): PlannedRule[];
}

/** One reachability check, for the cloud of its source. */
export interface CheckRequest {
  readonly stack: Construct;
  readonly place: string;
  readonly flow: Flow;
  readonly destination: IEndpoint;
  /** The Terraform addresses of the rules that decide the answer. */
  readonly rules: readonly string[];
  /** The resources at these Terraform addresses. */
  readonly resources: readonly IConstruct[];
  /** Further values that make an answer stale when they change, by name. */
  readonly triggers?: Readonly<Record<string, string>>;
  /** Whether the apply fails if the destination is not reachable. */
  readonly failsApply: boolean;
  readonly provider?: IConstruct;
}

/** Returns whether a value is an endpoint of this package. */
export function isEndpoint(value: unknown): value is IEndpoint {
  return typeof value === 'object' && value !== null && '_planCheck' in value;
}
