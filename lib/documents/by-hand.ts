import { ADDRESS_BITS, Protocol } from '../net';
import type { TracedFlow } from '../provenance';
import { inOwnFamily } from './flow-family';
import { peerRanges } from './peer-text';

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
export function flowByHand({ port, destinationRole }: TracedFlow): CheckByHand | undefined {
  if (port.protocol !== Protocol.TCP) return undefined;
  return byHand(`<${placeholderName(destinationRole.id)}_IP>`, port.numbers);
}

/** Returns the checks of a flow, of each machine that is named. */
export function flowChecks(flow: TracedFlow): CheckByHand[] {
  const { port, destination } = inOwnFamily(flow);
  if (port.protocol !== Protocol.TCP) return [];
  const { ranges, references } = peerRanges(destination);
  const isSingle = ranges.every(({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family]);
  if (!isSingle || ranges.length === 0 || references.length > 0) return [flowByHand(flow)!];
  return ranges.map((range) => byHand(String(range).replace(/\/\d+$/, ''), port.numbers));
}

/** Returns the id of a role as vendors write placeholders, and nothing that a shell would interpret: people copy the command. */
function placeholderName(role: string): string {
  return role.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** Renders a check by hand on one line. */
export function byHandText({ command, expected }: CheckByHand): string {
  return `by hand: ${command}, expect "${expected}"`;
}
