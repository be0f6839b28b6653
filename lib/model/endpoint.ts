import type { Construct, IConstruct } from 'constructs';
import type { Flow } from './flow';
import type { PlannedRule } from './planned-rule';

/** One machine at an end of a flow. A check needs machines: a group of them is no place that packets leave from. */
export interface IEndpoint {
  /** Whose network it is in: `gcp` or `aws`. */
  readonly cloud: string;
  /** How errors call it: an id, an address. */
  readonly label: string;
  /**
   * The network in which an address has its meaning; an id has one everywhere.
   * @internal
   */
  readonly _network?: string;
  /**
   * Works out and checks what asks the cloud whether this end reaches the other. Creates nothing.
   * @internal
   */
  _planCheck(request: CheckRequest): PlannedRule[];
}

/** What a check asks. */
export interface CheckRequest {
  readonly stack: Construct;
  readonly place: string;
  readonly flow: Flow;
  readonly destination: IEndpoint;
  /** Terraform addresses of the rules on which the answer rests. */
  readonly rules: readonly string[];
  /** The resources of these addresses. */
  readonly resources: readonly IConstruct[];
  /** What else makes an answer stale, by a name. */
  readonly triggers?: Readonly<Record<string, string>>;
  /** Whether an unreachable end fails the apply. */
  readonly failsApply: boolean;
  readonly provider?: IConstruct;
}

/** Whether a value can stand at an end of a check. */
export function isEndpoint(value: unknown): value is IEndpoint {
  return typeof value === 'object' && value !== null && '_planCheck' in value;
}
