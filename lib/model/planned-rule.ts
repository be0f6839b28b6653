import type { Construct, IConstruct } from 'constructs';
import type { Flow } from './flow';

/** How many of something a cloud allows. */
export interface Quota {
  /** What makes two quotas the same one, over the whole app. */
  readonly key: string;
  /** How many there may be. */
  readonly limit: number;
  /** What is counted, as in `security group workers must have at most 60 inbound IPv4 rules`. */
  readonly sentence: string;
  /** What to do when there are more. */
  readonly advice: string;
}

/** A fact about a thing that all constructs of an app must agree on. */
export interface Agreement {
  /** The thing, over the whole app. */
  readonly thing: string;
  /** What is said of it. */
  readonly fact: string;
  /** What is needed, for the error when another construct said otherwise. */
  readonly need: string;
  /** What to do about it, where that can be said. */
  readonly advice?: string;
}

/** A rule that a cloud has worked out and checked, and not created yet. */
export interface PlannedRule {
  /** The Terraform address: resource type, dot, logical id. */
  readonly address: string;
  /** What makes two planned rules the same thing in the cloud, over the whole app. */
  readonly identity: string;
  /** The same thing in the user's words, for the error when it is asked for where it cannot be shared. */
  readonly what: string;
  /** What to do when it is asked for where it cannot be shared. */
  readonly advice: string;
  /** What to do when another rule has its address. */
  readonly addressAdvice: string;
  /** What must be the same wherever it is said in the app. */
  readonly agreements: readonly Agreement[];
  /** Whether two constructs of one stack that ask for it share it. */
  readonly shared: boolean;
  /** The quotas that the rule counts for. */
  readonly quotas: readonly Quota[];
  /** How much of each of them it takes. */
  readonly weight: number;
  /** The flows that need this rule. */
  readonly flows: readonly Flow[];
  /**
   * The hosts that it lets out by name.
   * @default - it is no list of hosts
   */
  readonly hostnames?: readonly string[];
  /**
   * The ids that it names, which may be those of other stacks.
   * @default - none
   */
  readonly references?: readonly string[];
  /** Creates the resource below `parent`. */
  create(parent: Construct, description: string): IConstruct;
  /** The description when these flows need the rule. */
  describe(flows: readonly Flow[]): string;
  /** Replaces the description of a resource that `create` made. */
  redescribe(resource: IConstruct, description: string): void;
}
