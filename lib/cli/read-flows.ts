import { withAddresses } from '../model/given-addresses';
import type { TracedFlow } from '../model/traced-flow';
import type { CliIo } from './cli-io';
import { namedLists } from './options';
import { readStacks } from './read-stacks';

/** What is given beside stacks. */
export interface FlowOptions {
  readonly state: readonly string[];
  readonly addresses: readonly string[];
}

/** The flows of all stacks, with everything that is known of their addresses. */
export function readFlows(paths: readonly string[], { state, addresses }: FlowOptions, io: CliIo): TracedFlow[] {
  const flows = readStacks(paths, state, io).flatMap(({ stack }) => stack.flows);
  return withAddresses(flows, namedLists('--addresses', addresses), '--addresses');
}
