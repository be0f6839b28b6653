import type { Construct } from 'constructs';
import { tableKey, type Flow } from '../model/flow';
import type { ResolvedEnd } from '../model/far-end';
import { isHostGroup, type CloudEnd, type IPeer } from '../model/host-group';
import type { PortTable } from '../model/port-table';
import {
  rulesJson,
  type DocumentJson,
  type FlowJson,
  type HostGroupJson,
  type PeerJson,
  type ProvenanceJson,
  type RowJson,
  type UnknownRangeJson,
} from '../model/provenance-json';
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

  /** The form in which it stands under `//`: documents, rows and peers once, flows refer to them. */
  public toJson(): ProvenanceJson {
    const flows = this.flows.map(({ flow }) => flow);
    return {
      version: VERSION,
      documents: Object.fromEntries(flows.map(({ table }) => [tableKey(table), documentJson(table)])),
      rows: Object.fromEntries(flows.map((flow) => [rowKey(flow), rowJson(flow)])),
      peers: [...this.peers.values()].map(({ json }) => json),
      flows: this.flows.map(({ flow, rules }) => this.flowJson(flow, rules)),
    };
  }

  private flowJson(flow: Flow, rules: readonly string[]): FlowJson {
    return {
      row: rowKey(flow),
      port: String(flow.port),
      source: this.peers.get(flow.source)!.index,
      destination: this.peers.get(flow.destination)!.index,
      environment: flow.environment,
      opened: flow.external ? 'by others' : 'here',
      askedBy: flow.askedBy,
      rules: rulesJson(rules),
    };
  }
}

function rowJson({ table, row, sourceRole, destinationRole, supplement }: Flow): RowJson {
  const { section, protocolFrom, description, purpose } = row;
  const [source, destination] = [sourceRole, destinationRole].map(({ id, title }) => ({ role: id, title }));
  return { document: tableKey(table), section, protocolFrom, description, purpose, source, destination, supplement };
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
    hostGroups: end.hostGroups.map((group) => hostGroupJson(group, stack, place)),
    unknownRanges: unknownRanges(end),
    openToTheWorld: end.worldReasons.map(({ family, reason }) => `${family}: ${reason}`),
  };
}

function hostGroupJson(group: CloudEnd, stack: Construct, place: string): HostGroupJson {
  const addresses = group.addresses && resolvedEnd(group.addresses._farEnd, stack, place);
  return {
    cloud: group.cloud,
    label: group._labelIn(stack, place),
    selectedBy: group._selectedBy?.(stack, place),
    addresses: addresses && { ranges: addresses.ranges.map(String), unknownRanges: unknownRanges(addresses) },
  };
}

function unknownRanges({ references }: ResolvedEnd): UnknownRangeJson[] {
  return references.map(({ family, expression, owner }) => ({
    family,
    value: expression.includes('${') ? expression : `\${${expression}}`,
    stack: owner,
  }));
}
