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
  /** The service that checks whether this machine can reach another one: `AWS Reachability Analyzer`. */
  readonly checkedBy: string;
  /**
   * The network of an IP address. Absent if the endpoint has an id.
   * @internal
   */
  readonly _network?: string;
  /**
   * Plans the resources that check whether this endpoint can reach the destination. Creates nothing.
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
  /** The Terraform addresses of the rules that the result depends on. */
  readonly rules: readonly string[];
  /** The resources at these Terraform addresses. */
  readonly resources: readonly IConstruct[];
  /** Further values that make the check run again when they change, by name. */
  readonly triggers?: Readonly<Record<string, string>>;
  /** Whether the apply fails if the destination is not reachable. */
  readonly failsApply: boolean;
  readonly provider?: IConstruct;
}

/** Returns whether a value is an endpoint of this package. */
export function isEndpoint(value: unknown): value is IEndpoint {
  return typeof value === 'object' && value !== null && '_planCheck' in value;
}
