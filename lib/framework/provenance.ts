import type { Construct } from 'constructs';
import { tableKey, type Flow } from '../model/flow';
import type { RangeReference, ResolvedEnd } from '../model/far-end';
import { isHostGroup, type CloudEnd, type IPeer } from '../model/host-group';
import type { HostTable } from '../model/host-table';
import type { OutboundHost } from '../model/outbound-host';
import type { PortTable } from '../model/port-table';
import {
  PROVENANCE_VERSION,
  rulesJson,
  type AddressesJson,
  type DocumentJson,
  type FlowJson,
  type HostGroupJson,
  type HostJson,
  type PeerJson,
  type ProvenanceJson,
  type RowJson,
  type UnknownRangeJson,
} from '../model/provenance-json';
import { rowKey } from '../model/rule-description';
import { resolvedEnd } from './resolved-end';

/** Why every port of a stack is open, as it travels with the synthesized stack. */
export class Provenance {
  private readonly flows: { flow: Flow; rules: string[] }[] = [];
  private readonly hosts: { host: OutboundHost; rules: string[] }[] = [];
  private readonly peers = new Map<IPeer, { index: number; json: PeerJson }>();

  /** Notes a flow, its peers, and the addresses of its rules on our side. */
  public add(flow: Flow, rules: string[], peers: ReadonlyMap<IPeer, PeerJson>): void {
    for (const peer of [flow.source, flow.destination]) {
      if (!this.peers.has(peer)) this.peers.set(peer, { index: this.peers.size, json: peers.get(peer)! });
    }
    this.flows.push({ flow, rules });
  }

  /** Notes a host that is let out, and the addresses of what lets it out. */
  public addHost(host: OutboundHost, rules: string[]): void {
    this.hosts.push({ host, rules });
  }

  /** The form in which it stands under `//`: documents, rows and peers once, flows refer to them. */
  public toJson(): ProvenanceJson {
    const flows = this.flows.map(({ flow }) => flow);
    return {
      version: PROVENANCE_VERSION,
      documents: Object.fromEntries(
        [...flows, ...this.hosts.map(({ host }) => host)].map(({ table }) => [tableKey(table), documentJson(table)]),
      ),
      rows: Object.fromEntries(flows.map((flow) => [rowKey(flow), rowJson(flow)])),
      peers: [...this.peers.values()].map(({ json }) => json),
      flows: this.flows.map(({ flow, rules }) => this.flowJson(flow, rules)),
      ...(this.hosts.length > 0 && { hosts: this.hosts.map(({ host, rules }) => hostJson(host, rules)) }),
    };
  }

  private flowJson(flow: Flow, rules: readonly string[]): FlowJson {
    return {
      row: rowKey(flow),
      port: String(flow.port),
      source: this.peers.get(flow.source)!.index,
      destination: this.peers.get(flow.destination)!.index,
      environment: flow.environment,
      dnsName: flow.dnsName,
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

function hostJson({ table, row, supplement, through, external, askedBy }: OutboundHost, rules: string[]): HostJson {
  const { name, host, ports, portsFrom, section, remark } = row;
  const opened = external ? 'by others' : 'here';
  const document = { document: tableKey(table), row: name, section, portsFrom };
  return {
    ...document,
    host,
    ports: ports.map(String),
    remark,
    supplement,
    through,
    opened,
    askedBy,
    rules: rulesJson(rules),
  };
}

function documentJson({ title, reference, edition, checkedFor, comparedOn }: PortTable | HostTable): DocumentJson {
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
    ...addressesJson(end),
    hostGroups: end.hostGroups.map((group) => hostGroupJson(group, stack, place)),
    openToTheWorld: end.worldReasons.map(({ family, reason }) => `${family}: ${reason}`),
    external: isHostGroup(peer) && peer._openedByOthers ? true : undefined,
  };
}

function hostGroupJson(group: CloudEnd, stack: Construct, place: string): HostGroupJson {
  const { network, addresses } = group._aboutIn?.(stack, place) ?? {};
  return {
    cloud: group.cloud,
    label: group._labelIn(stack, place),
    network,
    selectedBy: group._selectedBy?.(stack, place),
    addresses: addresses && addressesJson(resolvedEnd(addresses._farEnd, stack, place)),
  };
}

function addressesJson({ ranges, references }: ResolvedEnd): AddressesJson {
  return {
    ranges: ranges.map(String),
    references: references.map(({ expression }) => expression),
    unknownRanges: references.length > 0 ? references.map(unknownRangeJson) : undefined,
  };
}

function unknownRangeJson({ family, expression, owner, isList }: RangeReference): UnknownRangeJson {
  const value = expression.includes('${') ? expression : `\${${expression}}`;
  return { family, value, stack: owner, isList };
}
