import { grouped, jsonKind, JsonPart, refusal, shown } from '../input';
import { AddressFamily, type Cidr, parseCidr, parseSingleAddress, Port, sortedRanges } from '../net';
import { Basis, PortLevel, type Role } from '../tables';
import { withoutContradictions } from './contradictions';
import { withFilterNames } from './filter-names';
import { joinedLabels, machineNames, namesOnlyRanges, rangeTexts } from './machine-names';
import { readOwnership } from './ownership';
import {
  type FlowJson,
  PROVENANCE_VERSION,
  type ProvenanceJson,
  rulesOf,
  type SelectorJson,
  type WarningJson,
  withEachFlow,
  type WrittenProvenanceJson,
} from './provenance-json';
import { networkText, placeholder, type TerraformState, valueIn, valuesIn } from './terraform-state';
import type {
  TracedDocument,
  TracedFilter,
  TracedFlow,
  TracedHostGroup,
  TracedHostname,
  TracedOmission,
  TracedPeer,
  TracedRanges,
} from './traced-flow';

const FAMILIES = Object.values(AddressFamily);
const ZONES = ['private', 'public'] as const;
const FILTERS: readonly TracedFilter[] = ['domain-list', 'url-list', 'firewall-policy'];
const SYNTHESIZED_STACK = 'cdktf.out/stacks/<stack>/cdk.tf.json';

/** A synthesized stack with its flows and hostnames. */
export interface TracedStack {
  readonly name: string;
  /** In the order of the provenance; those without flows are machines that the stack creates. */
  readonly peers: readonly TracedPeer[];
  /** In the order of the constructs. */
  readonly flows: readonly TracedFlow[];
  /** The hostnames to which outbound access is allowed, in the order of the constructs. */
  readonly hostnames: readonly TracedHostname[];
  /** The documented ports that constructs leave closed because of `omit`, in the order of the constructs. */
  readonly omitted: readonly TracedOmission[];
  /** The documented hostnames that constructs do not allow because of `omit`, in the order of the constructs; absent if there are none. */
  readonly omittedHostnames?: readonly TracedHostname[];
  /** The synthesized resources, by type and logical id. */
  readonly resources: StackResources;
  /** The synthesized provider instances, by the name of the provider. */
  readonly providers: Readonly<Record<string, readonly Attributes[]>>;
}

/** The attributes of synthesized resources, by type and logical id. */
type StackResources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** The attributes of a resource. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * Returns the flows and hostnames of a parsed `cdk.tf.json`. Throws unless it has constructs of this package.
 *
 * Ranges that are known after apply stay Terraform expressions, unless `state` has their values.
 */
export function readStack(place: string, json: unknown, state?: TerraformState): TracedStack {
  const file = new JsonPart({ place, fix: 'to synthesize the stack again' }, 'file', json);
  const metadata = file.member('//').member('metadata');
  if (metadata.value === undefined) {
    const need = 'the output of "cdktf synth" is needed';
    throw refusal(place, 'synthesized-stack-required', need, kindOf(json), SYNTHESIZED_STACK);
  }
  const name = metadata.member('stackName').optional((part) => part.text()) ?? place;
  const provenance = metadata.member('clusterPorts');
  if (provenance.value === undefined) {
    const need = 'a stack with constructs of cdktf-cluster-ports is needed';
    throw refusal(place, 'provenance-missing', need, `stack ${shown(name)}, which has none`);
  }
  const clusterPorts = provenance.withPath('clusterPorts');
  checkVersion(place, clusterPorts.member('version').value);
  const checked = checkedProvenance(clusterPorts, json);
  return {
    name,
    peers: readPeers(checked, name, state),
    flows: readFlows(checked, name, state),
    hostnames: readHostnames(checked, name, state),
    omitted: readOmitted(checked, name, state),
    omittedHostnames: readOmittedHostnames(checked, name, state),
    resources: readResources(file.member('resource').withPath('resource')),
    providers: readProviders(file.member('provider').withPath('provider')),
  };
}

/**
 * Returns the provenance of a stack with what its file has in place of what its file contradicts, and with a name for each filter. Throws
 * unless it has the form of provenance.
 */
export function checkedProvenance(clusterPorts: JsonPart, file: unknown): JsonPart {
  readFlows(clusterPorts, '');
  readHostnames(clusterPorts, '');
  readOmitted(clusterPorts, '');
  readOmittedHostnames(clusterPorts, '');
  readWarnings(clusterPorts);
  const provenance = withEachFlow(clusterPorts.value as WrittenProvenanceJson);
  return clusterPorts.withValue(withFilterNames(withoutContradictions(provenance, file).provenance, file));
}

/** Returns whether parsed JSON is a synthesized stack with constructs of this package. */
export function hasFlows(json: unknown): boolean {
  const file = new JsonPart({ place: '', fix: '' }, 'file', json);
  return file.member('//').member('metadata').member('clusterPorts').value !== undefined;
}

/** Reads the flows in the `clusterPorts` metadata of a synthesized stack, as it is written or with an entry for each flow. */
function readFlows(part: JsonPart, stack: string, state?: TerraformState): TracedFlow[] {
  const documents = readDocuments(part);
  const rows = readAll(part.member('rows'), (row, key) => readRow(row, key, documents));
  const peers = readPeers(part, stack, state);
  const openedRow = (opened: JsonPart): OpenedRow => ({
    ...opened.member('row').lookUp(rows, 'a row'),
    port: Port._parse(opened.member('port').text(), opened.member('port').place),
    documentedPort: opened.member('documentedPort').optional((port) => Port._parse(port.text(), port.place)),
    ...(opened.member('family').value !== undefined && { family: opened.member('family').oneOf(FAMILIES) }),
  });
  const rowLists = part
    .member('rowLists')
    .optional((lists) => lists.items().map((list) => readRowList(list, openedRow)));
  return part
    .member('flows')
    .items()
    .flatMap((flow) => {
      const shared = {
        stack,
        source: peerAt(flow.member('source'), peers),
        destination: peerAt(flow.member('destination'), peers),
        environment: flow.member('environment').optional((name) => name.text()),
        hostname: flow.member('hostname').optional((name) => name.text()),
        external: flow.member('external').isSet(),
        constructPath: flow.member('construct').text(),
        versions: flow.member('versions').optional(readTexts),
        options: flow.member('options').optional(readTexts),
        ownership: flow.member('ownership').optional(readOwnership),
        rules: readRuleAddresses(flow.member('rules')),
      };
      return rowsOf(flow, rowLists, openedRow).map((opened) => ({ ...opened, ...shared }));
    });
}

/** The part of a flow that comes from the row that it opens. */
type OpenedRow = Row & Pick<TracedFlow, 'port' | 'documentedPort' | 'family'>;

function readRowList(part: JsonPart, openedRow: (part: JsonPart) => OpenedRow): OpenedRow[] {
  const rows = part.items().map(openedRow);
  if (rows.length === 0) throw part.refusal('must have a row');
  return rows;
}

/** Returns the rows of an entry: those of its list, or the one that it has itself. */
function rowsOf(
  flow: JsonPart,
  rowLists: readonly (readonly OpenedRow[])[] = [],
  openedRow: (part: JsonPart) => OpenedRow,
): readonly OpenedRow[] {
  const list = flow.member('rowList');
  if (list.value === undefined) return [openedRow(flow)];
  const rows = typeof list.value === 'number' ? rowLists[list.value] : undefined;
  if (!rows) throw list.refusal('must be the index of a list of rows');
  const both = OF_ROW.map((name) => flow.member(name)).find(({ value }) => value !== undefined);
  if (both) throw both.refusal('must be absent, because rowList has the rows');
  return rows;
}

const OF_ROW = ['row', 'port', 'documentedPort', 'family'];

/** Reads the omitted rows in the `clusterPorts` metadata of a synthesized stack. */
function readOmitted(part: JsonPart, stack: string, state?: TerraformState): TracedOmission[] {
  const omitted = part.member('omitted').optional((all) => all.items()) ?? [];
  if (omitted.length === 0) return [];
  const documents = readDocuments(part);
  const rows = readAll(part.member('rows'), (row, key) => readRow(row, key, documents));
  const peers = readPeers(part, stack, state);
  return omitted.map((each) => {
    each.member('family').optional((family) => family.oneOf(Object.values(AddressFamily)));
    each.member('options').optional(readTexts);
    return {
      ...each.member('row').lookUp(rows, 'a row'),
      stack,
      port: Port._parse(each.member('port').text(), each.member('port').place),
      source: peerAt(each.member('source'), peers),
      destination: peerAt(each.member('destination'), peers),
      environment: each.member('environment').optional((name) => name.text()),
      external: each.member('external').isSet(),
      constructPath: each.member('construct').text(),
    };
  });
}

/**
 * Adds the network, the stack or the IP ranges to the labels of peers that have the same label and are different. IP ranges are as they are
 * written in the stack, so that a state changes no label.
 */
function withPlaces(peers: readonly TracedPeer[], written: readonly TracedRanges[]): TracedPeer[] {
  const ends = peers.flatMap((peer, at): WrittenPeer[] => [
    { peer, ranges: written[at] },
    ...groupsOfSeveral(peer).map((group) => ({ peer: group, ranges: written[at] })),
  ]);
  const byLabel = grouped(ends, ({ peer }) => peer.label);
  const labels = new Map([...byLabel.values()].flatMap((same) => (same.length > 1 ? labelsOfSame(same) : [])));
  return peers.map((peer) => {
    const label = labels.get(peer);
    return label === undefined ? peer : { ...peer, label, givenLabel: peer.label };
  });
}

/** Returns the host groups of a peer that has several as peers of their own: their labels are names of machines too. */
function groupsOfSeveral(peer: TracedPeer): TracedPeer[] {
  const { hostGroups } = peer;
  return hostGroups.length < 2 ? [] : hostGroups.map((group) => ({ ...peer, label: group.label, hostGroups: [group] }));
}

/** A peer, with its IP ranges as they are written in the stack. */
interface WrittenPeer {
  readonly peer: TracedPeer;
  readonly ranges: TracedRanges;
}

type PlaceOf = (end: WrittenPeer) => string;

/** Returns the labels that tell peers with one label from each other. */
function labelsOfSame(same: readonly WrittenPeer[]): [TracedPeer, string][] {
  const count = (placeOf: PlaceOf): number => new Set(same.map(placeOf)).size;
  const isTelling = (placeOf: PlaceOf): boolean => count(placeOf) > 1;
  if (namesOnlyRanges(same[0].peer.label)) {
    // the label leaves out some of the ranges
    const isKnown = same.every(({ ranges }) => ranges.references.length === 0);
    return isKnown && isTelling(allRanges) ? same.map((end) => [end.peer, allRanges(end)]) : [];
  }
  const ranges = count(firstRanges) === count(allRanges) ? firstRanges : allRanges;
  const telling = [networksOf, ownersOf, ranges].filter(isTelling);
  return same.flatMap((end) => {
    const places = telling.map((placeOf) => placeOf(end)).filter((text) => text !== '');
    return places.length === 0 ? [] : [[end.peer, `${end.peer.label} (${places.join(', ')})`]];
  });
}

/** Machines that rules select are told apart by their network or stack, and keep their name if their IP ranges change. */
function ownRanges({ peer, ranges }: WrittenPeer): string[] {
  return peer.hostGroups.length === 0 ? rangeTexts(ranges) : [];
}

function allRanges(end: WrittenPeer): string {
  return ownRanges(end).join(', ');
}

function firstRanges(end: WrittenPeer): string {
  return joinedLabels(ownRanges(end));
}

function networksOf({ peer: { hostGroups } }: WrittenPeer): string {
  return [...new Set(hostGroups.flatMap(({ network }) => network ?? []))].join(', ');
}

function ownersOf({ peer: { hostGroups } }: WrittenPeer): string {
  return [...new Set(hostGroups.flatMap(({ owner }) => (owner === undefined ? [] : [`stack ${owner}`])))].join(', ');
}

/** The part of a flow that comes from its row. */
type Row = Pick<
  TracedFlow,
  | 'rowKey'
  | 'row'
  | 'sourceRole'
  | 'destinationRole'
  | 'document'
  | 'section'
  | 'basis'
  | 'description'
  | 'purpose'
  | 'impact'
  | 'level'
  | 'supplement'
  | 'supplementReference'
>;

function readRow(part: JsonPart, key: string, documents: ReadonlyMap<string, TracedDocument>): Row {
  return {
    rowKey: key,
    row: key.slice(key.lastIndexOf('/') + 1),
    sourceRole: readRole(part.member('source')),
    destinationRole: readRole(part.member('destination')),
    document: part.member('document').lookUp(documents, 'a document'),
    section: part.member('section').text(),
    basis: part.member('protocolBasis').oneOf(Object.values(Basis)),
    description: part.member('description').text(),
    purpose: part.member('purpose').optional((purpose) => purpose.text()),
    impact: part.member('impact').optional((impact) => impact.text()),
    level: part.member('level').optional((level) => level.oneOf(Object.values(PortLevel))),
    supplement: part.member('supplement').optional((reason) => reason.text()),
    supplementReference: part.member('supplementReference').optional((reference) => reference.text()),
  };
}

function readRole(part: JsonPart): Role {
  return { id: part.member('role').text(), title: part.member('title').text() };
}

/** Returns the peers of provenance as outputs print them. `stack` is the name of the stack, if outputs name several. */
export function printedPeers(provenance: ProvenanceJson, stack?: string): TracedPeer[] {
  const source = { place: 'metadata.clusterPorts', fix: 'to synthesize the stack again' };
  return readPeers(new JsonPart(source, 'clusterPorts', provenance), stack, undefined);
}

/** Reads the hostnames in the `clusterPorts` metadata of a synthesized stack. */
function readHostnames(part: JsonPart, stack: string, state?: TerraformState): TracedHostname[] {
  return hostnamesIn(part, 'hostnames', { stack, state }).map(({ traced, json }) => ({
    ...traced,
    rules: readRuleAddresses(json.member('rules')),
  }));
}

/** Reads the hostnames that constructs omit in the `clusterPorts` metadata of a synthesized stack. */
function readOmittedHostnames(part: JsonPart, stack: string, state?: TerraformState): TracedHostname[] {
  return hostnamesIn(part, 'omittedHostnames', { stack, state }).map(({ traced }) => ({ ...traced, rules: [] }));
}

/** Reads a list of hostnames. */
function hostnamesIn(
  part: JsonPart,
  list: 'hostnames' | 'omittedHostnames',
  { stack, state }: { readonly stack: string; readonly state?: TerraformState },
): { readonly traced: Omit<TracedHostname, 'rules'>; readonly json: JsonPart }[] {
  const hostnames = part.member(list).optional((all) => all.items()) ?? [];
  if (hostnames.length === 0) return [];
  const documents = readDocuments(part);
  const peers = readPeers(part, stack, state);
  return hostnames.map((hostname) => ({ json: hostname, traced: readHostname(hostname, { stack, documents, peers }) }));
}

function readHostname(
  hostname: JsonPart,
  {
    stack,
    documents,
    peers,
  }: {
    readonly stack: string;
    readonly documents: ReadonlyMap<string, TracedDocument>;
    readonly peers: readonly TracedPeer[];
  },
): Omit<TracedHostname, 'rules'> {
  hostname.member('options').optional(readTexts);
  return {
    stack,
    row: hostname.member('row').text(),
    hostname: hostname.member('hostname').text(),
    ports: readPorts(hostname.member('ports')),
    basis: hostname.member('portsBasis').oneOf(Object.values(Basis)),
    document: hostname.member('document').lookUp(documents, 'a document'),
    section: hostname.member('section').text(),
    remark: hostname.member('remark').optional((remark) => remark.text()),
    supplement: hostname.member('supplement').optional((reason) => reason.text()),
    supplementReference: hostname.member('supplementReference').optional((reference) => reference.text()),
    through: hostname.member('through').text(),
    filter: hostname.member('filter').optional((filter) => filter.member('kind').oneOf(FILTERS)),
    clients: hostname.member('clients').optional((clients) => peerAt(clients, peers)),
    external: hostname.member('external').isSet(),
    constructPath: hostname.member('construct').text(),
    ownership: hostname.member('ownership').optional(readOwnership),
  };
}

/** Reads the warnings in the `clusterPorts` metadata of a synthesized stack. */
function readWarnings(part: JsonPart): WarningJson[] {
  const warnings = part.member('warnings').optional((all) => all.items()) ?? [];
  return warnings.map((each) => ({
    construct: each.member('construct').text(),
    text: each.member('text').text(),
    kind: each.member('kind').optional((kind) => kind.text()),
    facts: each.member('facts').optional(readTexts),
  }));
}

function readTexts(part: JsonPart): Record<string, string> {
  return Object.fromEntries(part.members().map(([name, text]) => [name, text.text()]));
}

function readPorts(part: JsonPart): Port[] {
  return part.items().map((port) => Port._parse(port.text(), port.place));
}

function readDocuments(part: JsonPart): Map<string, TracedDocument> {
  return readAll(part.member('documents'), readDocument);
}

function readDocument(part: JsonPart, key: string): TracedDocument {
  return {
    key,
    title: part.member('title').text(),
    reference: part.member('reference').text(),
    edition: part.member('edition').text(),
    checkedFor: part.member('checkedFor').optional((versions) => versions.texts()),
    comparedOn: part.member('comparedOn').text(),
  };
}

function readAll<T>(part: JsonPart, read: (part: JsonPart, key: string) => T): Map<string, T> {
  return new Map(part.members().map(([key, member]) => [key, read(member, key)]));
}

function readRuleAddresses(part: JsonPart): string[] {
  for (const [, lines] of part.members()) lines.texts();
  return rulesOf({ rules: part.value as FlowJson['rules'] });
}

function peerAt(part: JsonPart, peers: readonly TracedPeer[]): TracedPeer {
  const peer = typeof part.value === 'number' ? peers[part.value] : undefined;
  if (!peer) throw part.refusal('must be the index of a peer');
  return peer;
}

/** Reads the peers in the `clusterPorts` metadata of a synthesized stack, with the labels that outputs print. */
function readPeers(part: JsonPart, stack: string | undefined, state: TerraformState | undefined): TracedPeer[] {
  const parts = part.member('peers').items();
  const peers = parts.map((peer) => readPeer(peer, stack, state));
  return withPlaces(peers, state === undefined ? peers : parts.map((peer) => readRanges(peer, undefined)));
}

function readPeer(part: JsonPart, stack: string | undefined, state: TerraformState | undefined): TracedPeer {
  const groups = part.member('hostGroups').items();
  return {
    stack,
    label: groups.reduce((label, group) => readableLabel(label, group, state), part.member('label').text()),
    ...readRanges(part, state),
    hostGroups: groups.map((group) => readHostGroup(group, state)),
    external: part.member('external').isSet(),
    ...(part.member('hostFirewall').isSet() && { hasHostFirewall: true as const }),
    openToTheWorld: part.member('openToTheWorld').texts(),
    zones: part.member('zones').optional((zones) => zones.items().map((zone) => zone.oneOf(ZONES))),
  };
}

function readHostGroup(part: JsonPart, state: TerraformState | undefined): TracedHostGroup {
  const label = part.member('label').text();
  const readable = readableLabel(label, part, state);
  return {
    cloud: part.member('cloud').text(),
    label: readable,
    names: [
      ...new Set([
        ...machineNames(readable, undefined),
        ...machineNames(label, readSelector(part)),
        ...idOf(part, state),
      ]),
    ],
    network: part.member('network').optional((network) => networkText(network.text(), state)),
    owner: part
      .member('selectedBy')
      .member('stack')
      .optional((owner) => owner.text()),
    ipRanges: part.member('ipRanges').optional((ipRanges) => readRanges(ipRanges, state)),
  };
}

const KINDS = Object.keys({
  sg: true,
  'prefix-list': true,
  'address-group': true,
  tag: true,
  account: true,
  'secure-tag': true,
  pods: true,
  'all-instances': true,
} satisfies Record<SelectorJson['kind'], true>) as SelectorJson['kind'][];

/** Returns how rules select machines, as far as names need it. */
function readSelector(group: JsonPart): SelectorJson | undefined {
  const selector = group.member('selectedBy');
  const kind = KINDS.find((known) => known === selector.member('kind').value);
  const value = selector.member('value').value;
  return kind === undefined || typeof value !== 'string' ? undefined : { kind, value };
}

/** Returns the id, tag or email of a host group that only the state has. */
function idOf(group: JsonPart, state: TerraformState | undefined): string[] {
  const value = group.member('selectedBy').member('value').value;
  const [, expression] = /^\$\{([^{}]+)\}$/.exec(typeof value === 'string' ? value : '') ?? [];
  const found = expression === undefined || !state ? undefined : valueIn(state, expression);
  return found === undefined ? [] : [found];
}

/**
 * Returns a label with the value from the state, or a placeholder, in place of an id, tag or account that is known after apply.
 */
function readableLabel(label: string, group: JsonPart, state: TerraformState | undefined): string {
  const value = group.member('selectedBy').member('value').value;
  const [, expression] = /^\$\{([^{}]+)\}$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (expression === undefined) return label;
  return label.replaceAll(expression, (state && valueIn(state, expression)) ?? placeholder(expression));
}

/** Reads ranges, with the values of expressions if the state has them. */
function readRanges(part: JsonPart, state: TerraformState | undefined): TracedRanges {
  const known = part
    .member('ranges')
    .items()
    .map((range) => parseCidr(range.value, range.place));
  const references = part.member('references').texts();
  const found = new Map<string, Cidr[]>();
  for (const reference of state ? references : []) {
    const texts = valuesIn(state!, reference);
    if (texts) {
      found.set(
        reference,
        texts.map((text) => rangeOf(text, `${part.place}, ${reference}`)),
      );
    }
  }
  return {
    ranges: sortedRanges([...known, ...[...found.values()].flat()]),
    references: references.filter((reference) => !found.has(reference)),
  };
}

function rangeOf(text: string, place: string): Cidr {
  return text.includes('/') ? parseCidr(text, place) : parseSingleAddress(text, place);
}

function readResources(part: JsonPart): StackResources {
  return (part.optional((all) => {
    for (const [, ofType] of all.members()) for (const [, resource] of ofType.members()) resource.members();
    return all.value;
  }) ?? {}) as StackResources;
}

function readProviders(part: JsonPart): TracedStack['providers'] {
  const providers = part.optional((all) => all.members()) ?? [];
  for (const [, instances] of providers) for (const instance of instances.items()) instance.members();
  return Object.fromEntries(providers.map(([name, { value }]) => [name, value as Attributes[]]));
}

/** Throws unless this version of the package can read the provenance. A different version may have written it. */
function checkVersion(place: string, version: unknown): void {
  if (version === PROVENANCE_VERSION) return;
  const isNewer = typeof version === 'number' && version > PROVENANCE_VERSION;
  const need = `clusterPorts.version must be ${PROVENANCE_VERSION}`;
  const got = `${shown(version)}, from a ${isNewer ? 'newer' : 'different'} cdktf-cluster-ports`;
  const fix = isNewer
    ? 'to update cluster-ports to the version that synthesized the stack'
    : 'to synthesize the stack again with this version of cdktf-cluster-ports';
  throw refusal(place, 'provenance-version-unknown', need, got, fix);
}

/** Returns what was given instead of a synthesized stack, in words. */
function kindOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return jsonKind(json);
  if ('planned_values' in json) return 'a Terraform plan';
  if ('format_version' in json) return 'a Terraform state';
  if ('lineage' in json && 'serial' in json) return 'a raw state file';
  if ('stacks' in json) return 'a cdktf manifest';
  return 'JSON of a different tool';
}
