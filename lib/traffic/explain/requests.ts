import type { ProvenanceJson } from '../../provenance';
import { endsOfPeers, type NamedEnd } from '../named-ends';
import { overlap, parsePorts, type PortInterval } from '../sets';
import type { AskedPacket, Request } from './answer';
import { covers, type QuestionEnd } from './ends';

/** Returns the requests to the firewall team to open a port. */
export function requestsFor(
  from: QuestionEnd,
  to: QuestionEnd,
  { configuration, port, documented }: AskedPacket,
): Request[] {
  const ends = endsOfPeers(configuration);
  return [...configuration.provenance].flatMap(([file, provenance]) =>
    externalFlows(provenance, ends.get(file)!).flatMap(
      ({ source, destination, ports, construct, index }): Request[] => {
        if (!overlap([ports], [port]) || !covers(source, from) || !covers(destination, to)) return [];
        const { documentedBy, doubt } = documented.ofFlow(file, index);
        return [{ construct, documentedBy, ...(doubt !== undefined && { doubt }) }];
      },
    ),
  );
}

interface ExternalFlow {
  readonly source: NamedEnd;
  readonly destination: NamedEnd;
  readonly ports: PortInterval;
  readonly construct: string;
  /** The index of the flow in the provenance. */
  readonly index: number;
}

function externalFlows({ flows }: ProvenanceJson, ends: readonly NamedEnd[]): ExternalFlow[] {
  return flows.flatMap(({ external, port, source, destination, construct }, index) => {
    const ports = parsePorts(port);
    if (external !== true || ports === undefined) return [];
    return [{ source: ends[source], destination: ends[destination], ports, construct, index }];
  });
}
