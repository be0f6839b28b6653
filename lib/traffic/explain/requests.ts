import type { ProvenanceJson, RowJson } from '../../provenance';
import type { Configuration } from '../configuration';
import { endsOfPeers, type NamedEnd } from '../named-ends';
import { overlap, parsePorts, type PortInterval } from '../sets';
import { covers, type QuestionEnd } from './ends';

/** A row for which the firewall team is asked to open a port. */
export interface RequestedRow {
  /** `kubeadm-flannel@2024-12/worker-to-control-plane/api-server`. */
  readonly row: string;
  /** The heading in the document. */
  readonly section?: string;
  /** The path of the construct that asks. */
  readonly construct: string;
}

/** Returns the rows for which the firewall team is asked to open a port. */
export function requestsFor(
  from: QuestionEnd,
  to: QuestionEnd,
  { configuration, port }: { readonly configuration: Configuration; readonly port: PortInterval },
): RequestedRow[] {
  const ends = endsOfPeers(configuration);
  return [...configuration.provenance].flatMap(([file, provenance]) =>
    externalFlows(provenance, ends.get(file)!).flatMap(({ source, destination, ports, requested }) =>
      overlap([ports], [port]) && covers(source, from) && covers(destination, to) ? [requested] : [],
    ),
  );
}

interface ExternalFlow {
  readonly source: NamedEnd;
  readonly destination: NamedEnd;
  readonly ports: PortInterval;
  readonly requested: RequestedRow;
}

function externalFlows({ flows, rows }: ProvenanceJson, ends: readonly NamedEnd[]): ExternalFlow[] {
  return flows.flatMap(({ external, row, port, source, destination, construct }) => {
    const ports = parsePorts(port);
    if (external !== true || ports === undefined) return [];
    const { section } = (rows as Record<string, RowJson | undefined>)[row] ?? {};
    const requested = { row, ...(section === undefined ? {} : { section }), construct };
    return [{ source: ends[source], destination: ends[destination], ports, requested }];
  });
}
