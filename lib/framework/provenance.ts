import type { Construct } from 'constructs';
import { tableKey, type Flow } from '../model/flow';
import { isHostGroup, type IPeer } from '../model/host-group';
import type { PortTable } from '../model/port-table';
import type { DocumentJson, FlowJson, PeerJson, ProvenanceJson } from '../model/provenance-json';
import { rowKey } from '../model/rule-description';
import { resolvedEnd } from './resolved-end';

/** The version of the form below; readers refuse what they do not know. */
const VERSION = 1;

/** Why every port of a stack is open, as it travels with the synthesized stack. */
export class Provenance {
  private readonly flows: { flow: Flow; rules: string[] }[] = [];
  private readonly peers = new Map<IPeer, { index: number; json: PeerJson }>();

  /** Notes a flow, its peers, and the addresses of its rules on our side. */
  public add(flow: Flow, rules: string[], peers: ReadonlyMap<IPeer, PeerJson>): void {
    for (const peer of [flow.source, flow.destination]) {
      if (!this.peers.has(peer)) this.peers.set(peer, { index: this.peers.size, json: peers.get(peer)! });
    }
    this.flows.push({ flow, rules });
  }

  /** The form in which it stands under `//`: peers and documents once, flows refer to them. */
  public toJson(): ProvenanceJson {
    const documents = new Map(this.flows.map(({ flow }) => [tableKey(flow.table), documentJson(flow.table)]));
    return {
      version: VERSION,
      documents: Object.fromEntries(documents),
      peers: [...this.peers.values()].map(({ json }) => json),
      flows: this.flows.map(({ flow, rules }) => this.flowJson(flow, rules)),
    };
  }

  private flowJson(flow: Flow, rules: readonly string[]): FlowJson {
    const { sourceRole, source, destinationRole, destination, row } = flow;
    return {
      row: rowKey(flow),
      document: tableKey(flow.table),
      section: row.section,
      port: String(flow.port),
      protocolFrom: row.protocolFrom,
      description: row.description,
      purpose: row.purpose,
      source: { role: sourceRole.id, title: sourceRole.title, peer: this.indexOf(source) },
      destination: { role: destinationRole.id, title: destinationRole.title, peer: this.indexOf(destination) },
      environment: flow.environment,
      supplement: flow.supplement,
      opened: flow.external ? 'by others' : 'here',
      askedBy: flow.askedBy,
      rules,
    };
  }

  private indexOf(peer: IPeer): number {
    return this.peers.get(peer)!.index;
  }
}

function documentJson({ title, reference, edition, checkedFor, comparedOn }: PortTable): DocumentJson {
  return { title, reference, edition, checkedFor, comparedOn };
}

/** Describes the peers of flows, as far as synthesis knows them. */
export function describePeers(flows: readonly Flow[], stack: Construct, place: string): Map<IPeer, PeerJson> {
  const peers = new Set(flows.flatMap((flow): IPeer[] => [flow.source, flow.destination]));
  return new Map([...peers].map((peer) => [peer, peerJson(peer, stack, place)]));
}

function peerJson(peer: IPeer, stack: Construct, place: string): PeerJson {
  const end = resolvedEnd(peer._farEnd, stack, place);
  return {
    label: isHostGroup(peer) ? peer._labelIn(stack, place) : peer.label,
    ranges: end.ranges.map(String),
    references: end.references.map(({ expression }) => expression),
    hostGroups: end.hostGroups.map((group) => ({ cloud: group.cloud, label: group._labelIn(stack, place) })),
    openToTheWorld: end.worldReasons.map(({ family, reason }) => `${family}: ${reason}`),
  };
}
