import type { Construct, IConstruct } from 'constructs';
import type { Flow } from './flow';

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
  /** Whether two constructs of one stack that ask for it share it. */
  readonly shared: boolean;
  /** The flows that need this rule. */
  readonly flows: readonly Flow[];
  /** Creates the resource below `parent`. */
  create(parent: Construct, description: string): IConstruct;
  /** The description when these flows need the rule. */
  describe(flows: readonly Flow[]): string;
  /** Replaces the description of a resource that `create` made. */
  redescribe(resource: IConstruct, description: string): void;
}
