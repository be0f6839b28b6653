import { withAddresses } from '../model/given-addresses';
import type { TracedFlow } from '../model/traced-flow';
import type { TracedHostname } from '../model/traced-host';
import type { CliIo } from './cli-io';
import { namedLists } from './options';
import { readStacks } from './read-stacks';

/** What is given beside stacks. */
export interface FlowOptions {
  readonly state: readonly string[];
  readonly addresses: readonly string[];
}

/** What stacks open, or ask others to open. */
export interface ReadAccess {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
}

/** The flows of all stacks, with everything that is known of their addresses. */
export function readFlowsOfStacks(paths: readonly string[], options: FlowOptions, io: CliIo): TracedFlow[] {
  return [...readAccess(paths, options, io).flows];
}

/** The same for what shows ports alone: says that there are hosts too, which it has no place for. */
export function readPorts(paths: readonly string[], options: FlowOptions, io: CliIo): TracedFlow[] {
  const { flows, hostnames } = readAccess(paths, options, io);
  if (hostnames.length > 0) {
    io.stderr.write(`note: ${hostnames.length} hosts are let out by name; they are in "cluster-ports request --all"\n`);
  }
  return [...flows];
}

/** The same, and the hosts that are let out by name. */
export function readAccess(paths: readonly string[], { state, addresses }: FlowOptions, io: CliIo): ReadAccess {
  const stacks = readStacks(paths, state, io).map(({ stack }) => stack);
  const flows = stacks.flatMap((stack) => stack.flows);
  return {
    flows: withAddresses(flows, namedLists('--addresses', addresses), '--addresses'),
    hostnames: stacks.flatMap((stack) => stack.hostnames),
  };
}
