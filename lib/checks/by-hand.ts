import { Protocol } from '../net';
import type { TracedFlow } from '../provenance';
import type { NotCheckable } from './check-plan';

/**
 * The check that a document tells its reader to make, and the line that shows success. vCluster documents it for Prometheus, and it is
 * the same for every port. The text in the brackets is the name of the port on that machine, or `*`.
 */
interface CheckByHand {
  readonly command: string;
  readonly expected: string;
}

/** Returns the check of a port of a machine. */
export function byHand(host: string, ports: number | string): CheckByHand {
  return { command: `nc -zv ${host} ${ports}`, expected: `Connection to ${host} ${ports} port [tcp/...] succeeded!` };
}

/** Returns the check of a flow whose machines are not named; nothing for UDP and other protocols, which nc cannot tell from a closed port either. */
export function flowByHand({ flow }: NotCheckable): CheckByHand | undefined {
  if (flow.port.protocol !== Protocol.TCP) return undefined;
  return byHand(`<${placeholderName(flow.destinationRole.id)}_IP>`, flow.port.numbers);
}

/** Returns the id of a role as vendors write placeholders, and nothing that a shell would interpret: people copy the command. */
function placeholderName(role: string): string {
  return role.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** Renders a check by hand on one line. */
export function byHandText({ command, expected }: CheckByHand): string {
  return `by hand: ${command}, expect "${expected}"`;
}

/** Returns what fails while the ports of flows are closed, as far as their documents say it. */
export function impactsOf(flows: readonly TracedFlow[]): string[] {
  return [...new Set(flows.flatMap(({ impact }) => impact ?? []))];
}

/** Renders what fails on one line. */
export function impactText(impact: string): string {
  return `if closed: ${impact}`;
}
