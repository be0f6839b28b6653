import type { Construct } from 'constructs';
import {
  type Agreement,
  type CloudEnd,
  type Flow,
  hostGroupsIn,
  type IHostGroup,
  type IPeer,
  isHostGroup,
  isMoved,
  type MachineFacts,
  portInDocument,
  type OutboundHostname,
  type RangeReference,
  type ResolvedEnd,
  rowKey,
} from '../access';
import { resolvedEnd } from '../framework';
import {
  type DocumentJson,
  type FlowJson,
  type FlowsJson,
  type HostGroupJson,
  type HostnameFilterJson,
  type HostnameJson,
  isListOfRanges,
  type OmittedJson,
  type OpenedRowJson,
  type PeerJson,
  PROVENANCE_VERSION,
  type RangesJson,
  type RowJson,
  rulesJson,
  type SelectorJson,
  type UnknownRangeJson,
  type WarningJson,
  type WrittenProvenanceJson,
} from '../provenance';
import { type HostnameTable, PortLevel, type PortTable, tableKey } from '../tables';

/** A hostname that a construct allows. */
interface RecordedHostname {
  readonly hostname: OutboundHostname;
  /** How the filter selects machines; absent if the firewall team manages it. */
  readonly filter?: HostnameFilterJson;
  /** The machines that the hostname is for. */
  readonly clients?: IPeer;
  /** The Terraform addresses of the resources that allow it. */
  readonly rules: readonly string[];
}

/** The different peers of a stack. Peers that constructs made anew, and that say the same, are one. */
class PeerList {
  private readonly indexes = new Map<IPeer, number>();
  private readonly byText = new Map<string, number>();

  public add(peer: IPeer, json: PeerJson): void {
    if (this.indexes.has(peer)) return;
    const text = JSON.stringify(json);
    const index = this.byText.get(text) ?? this.byText.size;
    this.byText.set(text, index);
    this.indexes.set(peer, index);
  }

  public indexOf(peer: IPeer): number {
    return this.indexes.get(peer)!;
  }

  public toJson(): PeerJson[] {
    return [...this.byText.keys()].map((text) => JSON.parse(text) as PeerJson);
  }
}

/** Flows that differ only in their rows. */
interface RecordedFlows {
  readonly flows: Flow[];
  /** The Terraform addresses of the rules that all of them have. */
  readonly rules: readonly string[];
}

/** The lists of rows of flows that are written together, each list once. */
class RowLists {
  private readonly indexes = new Map<string, number>();
  private readonly lists: OpenedRowJson[][] = [];

  public indexOf(list: OpenedRowJson[]): number {
    const text = JSON.stringify(list);
    const index = this.indexes.get(text) ?? this.lists.push(list) - 1;
    this.indexes.set(text, index);
    return index;
  }

  public toJson(): OpenedRowJson[][] | undefined {
    return this.lists.length === 0 ? undefined : this.lists;
  }
}

/** The record of why every port of a stack is open. It becomes metadata of the synthesized stack. */
export class Provenance {
  private readonly flows: RecordedFlows[] = [];
  private readonly omitted: Flow[] = [];
  private readonly hostnames: RecordedHostname[] = [];
  private readonly omittedHostnames: RecordedHostname[] = [];
  private readonly warnings = new Map<string, WarningJson>();
  private readonly peers = new PeerList();
  private readonly machines: PeerJson[] = [];
  private readonly manifests = new Map<string, object>();

  private complete: (peer: PeerJson) => PeerJson = (peer) => peer;

  /**
   * Makes the machines of the stack have the IP ranges and the zone that any construct of the app gives for them, also those of constructs
   * that give none: else one tag would be several machines in outputs. `agreedOn` is called during synthesis, when all constructs exist.
   */
  public completeMachines(stack: Construct, agreedOn: (subject: string) => string | undefined): void {
    this.complete = (peer) => completePeer(peer, stack, agreedOn);
  }

  /** Records the peers of flows and hostnames. */
  public addPeers(peers: ReadonlyMap<IPeer, PeerJson>): void {
    peers.forEach((json, peer) => {
      this.peers.add(peer, json);
    });
  }

  /** Records a flow, and the Terraform addresses of its rules. Its peers must be recorded. */
  public add(flow: Flow, rules: string[]): void {
    const last = this.flows.at(-1);
    if (last !== undefined && differOnlyInRow(last, { flow, rules })) last.flows.push(flow);
    else this.flows.push({ flows: [flow], rules });
  }

  /** Records a flow that a construct leaves closed because of `omit`. Its peers must be recorded. */
  public addOmitted(flow: Flow): void {
    this.omitted.push(flow);
  }

  /** Records an allowed hostname with its filter, and the Terraform addresses of the resources that allow it. Its machines must be recorded. */
  public addHostname(recorded: RecordedHostname): void {
    this.hostnames.push(recorded);
  }

  /** Records a hostname that a construct does not allow because of `omit`. Its machines are those of a hostname that the construct allows. */
  public addOmittedHostname(recorded: RecordedHostname): void {
    this.omittedHostnames.push(recorded);
  }

  /** Records machines that the stack creates. Only a different stack may have flows with them. */
  public addMachines(group: IHostGroup, stack: Construct, place: string): void {
    this.machines.push(peerJson(group, stack, place));
  }

  /** Records an object of Kubernetes that the command line writes in place of a Terraform resource. */
  public addManifest(address: string, manifest: object): void {
    this.manifests.set(address.slice(address.indexOf('.') + 1), manifest);
  }

  /** Records a warning of a construct, once. */
  public addWarning(warning: WarningJson): void {
    this.warnings.set(JSON.stringify([warning.construct, warning.text]), warning);
  }

  /** Returns the record as JSON. It has each document, row and peer once, and the flows refer to them. */
  public toJson(): WrittenProvenanceJson {
    const flows = [...this.flows.flatMap((recorded) => recorded.flows), ...this.omitted];
    const rowLists = new RowLists();
    const written = this.flows.map((recorded) => this.flowsJson(recorded, rowLists));
    return {
      version: PROVENANCE_VERSION,
      documents: byKey(
        [...flows, ...this.hostnames.map(({ hostname }) => hostname)],
        ({ table }) => tableKey(table),
        documentJson,
      ),
      rows: byKey(flows, rowKey, rowJson),
      rowLists: rowLists.toJson(),
      peers: this.peersAndMachines(),
      flows: written,
      ...(this.omitted.length > 0 && { omitted: this.omitted.map((flow) => this.omittedJson(flow)) }),
      ...(this.hostnames.length > 0 && {
        hostnames: this.hostnames.map((recorded) => this.hostnameJson(recorded)),
      }),
      ...(this.omittedHostnames.length > 0 && {
        omittedHostnames: this.omittedHostnames.map((recorded) => this.unruledJson(recorded)),
      }),
      ...(this.manifests.size > 0 && { manifests: Object.fromEntries(this.manifests) }),
      ...(this.warnings.size > 0 && { warnings: [...this.warnings.values()] }),
    };
  }

  /** Returns the peers of flows and hostnames, and after them the machines that are in none of them. */
  private peersAndMachines(): PeerJson[] {
    const peers = this.peers.toJson();
    // resources of two stacks may have the same Terraform address
    const keyOf = ({ selectedBy }: HostGroupJson): string => JSON.stringify([selectedBy?.value, selectedBy?.stack]);
    const known = new Set(peers.flatMap(({ hostGroups }) => hostGroups.map(keyOf)));
    const others = this.machines.filter(({ hostGroups: [group] }) => !known.has(keyOf(group)));
    return [...peers, ...others].map((peer) => this.complete(peer));
  }

  private hostnameJson(recorded: RecordedHostname): HostnameJson {
    const { filter, clients, ...json } = this.unruledJson(recorded);
    return { ...json, ownership: recorded.hostname.ownership, rules: rulesJson(recorded.rules), filter, clients };
  }

  private unruledJson({ hostname, filter, clients }: RecordedHostname): Omit<HostnameJson, 'rules'> {
    return { ...hostnameJson(hostname), filter, clients: clients && this.peers.indexOf(clients) };
  }

  private omittedJson(flow: Flow): OmittedJson {
    return {
      row: rowKey(flow),
      port: String(flow.port),
      source: this.peers.indexOf(flow.source),
      destination: this.peers.indexOf(flow.destination),
      environment: flow.environment,
      external: flow.external || undefined,
      construct: flow.constructPath,
      family: flow.row.family,
      options: flow.options,
    };
  }

  private flowsJson({ flows, rules }: RecordedFlows, rowLists: RowLists): FlowJson | FlowsJson {
    const [flow] = flows;
    const rows = flows.map(openedRowJson);
    return {
      ...(rows.length === 1 ? rows[0] : { rowList: rowLists.indexOf(rows) }),
      source: this.peers.indexOf(flow.source),
      destination: this.peers.indexOf(flow.destination),
      environment: flow.environment,
      hostname: flow.hostname,
      external: flow.external || undefined,
      construct: flow.constructPath,
      versions: flow.versions,
      options: flow.options,
      ownership: flow.ownership,
      rules: rulesJson(rules),
    };
  }
}

/**
 * Whether a flow can be written together with earlier ones. External flows have an entry each: they have no rules, which would contradict
 * the list of a different flow.
 */
function differOnlyInRow(earlier: RecordedFlows, { flow, rules }: { flow: Flow; rules: readonly string[] }): boolean {
  const [first] = earlier.flows;
  return (
    !flow.external &&
    SHARED.every((name) => first[name] === flow[name]) &&
    earlier.rules.length === rules.length &&
    earlier.rules.every((rule, index) => rule === rules[index])
  );
}

/** What flows that are written together have in common. */
const SHARED = [
  'constructPath',
  'source',
  'destination',
  'environment',
  'hostname',
  'external',
  'versions',
  'options',
  'ownership',
] as const satisfies readonly (keyof Flow)[];

function openedRowJson(flow: Flow): OpenedRowJson {
  return {
    row: rowKey(flow),
    port: String(flow.port),
    documentedPort: isMoved(flow) ? String(portInDocument(flow)) : undefined,
    family: flow.row.family,
  };
}

/** Returns what `toJson` makes of the first value of each key. */
function byKey<T, Json>(
  values: readonly T[],
  keyOf: (value: T) => string,
  toJson: (value: T) => Json,
): Record<string, Json> {
  const json = new Map<string, Json>();
  for (const value of values) {
    const key = keyOf(value);
    if (!json.has(key)) json.set(key, toJson(value));
  }
  return Object.fromEntries(json);
}

function rowJson({ table, row, sourceRole, destinationRole, supplement, supplementReference }: Flow): RowJson {
  const { section, protocolBasis, description, purpose, impact } = row;
  const internal = row.internal === true || undefined;
  const level = row.level === PortLevel.HOST ? undefined : row.level;
  const [source, destination] = [sourceRole, destinationRole].map(({ id, title }) => ({ role: id, title }));
  const text = { section, protocolBasis, description, purpose, impact };
  return { document: tableKey(table), ...text, source, destination, supplement, supplementReference, level, internal };
}

function hostnameJson({
  table,
  row,
  supplement,
  supplementReference,
  options,
  through,
  external,
  constructPath,
}: OutboundHostname): Omit<HostnameJson, 'rules' | 'filter' | 'clients'> {
  const { name, hostname, ports, portsBasis, section, remark } = row;
  const document = { document: tableKey(table), row: name, section, portsBasis };
  return {
    ...document,
    hostname,
    ports: ports.map(String),
    remark,
    supplement,
    supplementReference,
    options,
    through,
    external: external || undefined,
    construct: constructPath,
  };
}

function documentJson({ table }: { readonly table: PortTable | HostnameTable }): DocumentJson {
  const { title, reference, edition, checkedFor, comparedOn } = table;
  return { title, reference, edition, checkedFor, comparedOn };
}

/** Returns peers as JSON, as far as they are known at synthesis. */
export function describePeers(peers: Iterable<IPeer>, stack: Construct, place: string): Map<IPeer, PeerJson> {
  return new Map([...new Set(peers)].map((peer) => [peer, peerJson(peer, stack, place)]));
}

function peerJson(peer: IPeer, stack: Construct, place: string): PeerJson {
  const end = resolvedEnd(peer._farEnd, stack, place);
  const facts = end.hostGroups.map((group) => group._factsIn?.(stack, place) ?? {});
  const zones = [...new Set([...end.zones, ...facts.flatMap(({ zone }) => zone ?? [])])].sort();
  const hosts = isHostGroup(peer) ? peer : undefined;
  return {
    label: hosts === undefined ? peer.label : hosts._labelIn(stack, place),
    ...rangesJson(end),
    hostGroups: end.hostGroups.map((group, at) => hostGroupJson(group, facts[at], stack, place)),
    openToTheWorld: end.worldReasons.map(({ family, reason }) => `${family}: ${reason}`),
    external: hosts?._isExternal === true || undefined,
    hostFirewall: hosts?._hasHostFirewall === true || undefined,
    zones: zones.length === 0 ? undefined : zones,
  };
}

function hostGroupJson(
  group: CloudEnd,
  { network, ipRanges }: MachineFacts,
  stack: Construct,
  place: string,
): HostGroupJson {
  return {
    cloud: group.cloud,
    label: group._labelIn(stack, place),
    network,
    selectedBy: group._selectedBy?.(stack, place),
    ipRanges: ipRanges && rangesJson(resolvedEnd(ipRanges._farEnd, stack, place)),
  };
}

/**
 * Returns what a construct says about machines that rules select. Two constructs that select the same machines must say the same, because
 * no output could tell which of them is right. A construct that says nothing agrees with all, and so do ranges that are known after apply.
 */
export function machineAgreements(peers: Iterable<IPeer>, stack: Construct, place: string): Agreement[] {
  const all = [...new Set(peers)];
  const groups = [...new Set(all.flatMap(({ _farEnd: { hostGroups } }) => hostGroups))];
  const hosts = all.filter(isHostGroup).filter(({ _isExternal }) => _isExternal);
  const ofGroups = groups.flatMap((group): PossibleAgreement[] => {
    const { ipRanges, network, zone } = group._factsIn?.(stack, place) ?? {};
    const selector = ipRanges === undefined && zone === undefined ? undefined : group._selectedBy?.(stack, place);
    if (selector === undefined) return [];
    const key = machinesKey(selector, stack);
    const label = [group._labelIn(stack, place), network ?? []].flat().join(' of ');
    const ranges = ipRanges && rangesFact(resolvedEnd(ipRanges._farEnd, stack, place));
    return [
      { subject: `ranges ${key}`, fact: ranges, need: `${label} must have the same IP ranges everywhere` },
      { subject: `zone ${key}`, fact: zone, need: needOfZone(label) },
    ];
  });
  const ofHosts = hosts.flatMap(hostGroupsIn).map((one): PossibleAgreement => {
    const label = one._labelIn(stack, place);
    const key = hostsKey({ label, ...rangesJson(resolvedEnd(one._farEnd, stack, place)) }, stack);
    return { subject: `zone ${key}`, fact: one._farEnd.zones.at(0), need: needOfZone(label) };
  });
  return [...ofGroups, ...ofHosts].flatMap(({ fact, ...agreement }) =>
    fact === undefined ? [] : [{ ...agreement, fact, saidBy: place }],
  );
}

type PossibleAgreement = Pick<Agreement, 'subject' | 'need'> & { readonly fact: string | undefined };

function needOfZone(label: string): string {
  return `${label} must be in one network zone everywhere`;
}

/** Returns a peer with the IP ranges and zones of its host groups, or the zone of external hosts, that other constructs give. */
function completePeer(peer: PeerJson, stack: Construct, agreedOn: (subject: string) => string | undefined): PeerJson {
  const keys = peer.hostGroups.map(({ selectedBy }) =>
    selectedBy === undefined || isListOfRanges(selectedBy.kind) ? '' : machinesKey(selectedBy, stack),
  );
  if (peer.external === true) keys.push(hostsKey(peer, stack));
  const zones = [...new Set([...(peer.zones ?? []), ...keys.flatMap((key) => agreedOn(`zone ${key}`) ?? [])])].sort();
  const hostGroups = peer.hostGroups.map((group, at) => {
    const agreed = group.ipRanges === undefined ? agreedOn(`ranges ${keys[at]}`) : undefined;
    return agreed === undefined ? group : { ...group, ipRanges: { ranges: agreed.split(', '), references: [] } };
  });
  return { ...peer, hostGroups, zones: zones.length === 0 ? undefined : zones };
}

/** Returns a key that is equal for the same machines. Without a project, or in Kubernetes, different stacks may mean different machines. */
function machinesKey(
  { kind, value, stack: owner, network, policy, project, region }: SelectorJson,
  stack: Construct,
): string {
  const isOfStack = kind === 'pods' || ((network ?? policy) !== undefined && project === undefined);
  return JSON.stringify([kind, value, owner, network, policy, project, region, isOfStack ? stack.node.path : '']);
}

/** Returns a key that is equal for external hosts of one name with the same IP ranges in one stack: two stacks may be two networks. */
function hostsKey({ label, ranges, references }: RangesJson & { readonly label: string }, stack: Construct): string {
  return JSON.stringify(['external', label, ranges, references, stack.node.path]);
}

function rangesFact({ ranges, references }: ResolvedEnd): string | undefined {
  return references.length > 0 ? undefined : ranges.map(String).join(', ');
}

function rangesJson({ ranges, references }: ResolvedEnd): RangesJson {
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
