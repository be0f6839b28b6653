import { Basis } from './basis';
import { parseCidr, parseHost, type Cidr } from './cidr';
import type { JsonPart } from './json-part';
import { Port } from './port';
import type { Role } from './port-table';
import { readAll, readDocuments, readRuleAddresses } from './read-documents';
import { sortedRanges } from './address-ranges';
import { valuesIn, valueIn, type TerraformState } from './terraform-state';
import { networkText, placeholder } from './terraform-text';
import type { TracedRanges, TracedDocument, TracedFlow, TracedHostGroup, TracedPeer } from './traced-flow';

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
  | 'supplement'
>;

/** Reads what stands under `clusterPorts` in a synthesized stack. */
export function readFlows(part: JsonPart, stack: string, state?: TerraformState): TracedFlow[] {
  const documents = readDocuments(part);
  const rows = readAll(part.member('rows'), (row, key) => readRow(row, key, documents));
  const peers = part
    .member('peers')
    .items()
    .map((peer) => readPeer(peer, state));
  return part
    .member('flows')
    .items()
    .map((flow) => ({
      ...flow.member('row').named(rows, 'a row'),
      stack,
      port: Port._parse(flow.member('port').text(), flow.member('port').place),
      source: peerAt(flow.member('source'), peers),
      destination: peerAt(flow.member('destination'), peers),
      environment: flow.member('environment').optional((name) => name.text()),
      hostname: flow.member('hostname').optional((name) => name.text()),
      external: flow.member('external').isSet(),
      constructPath: flow.member('construct').text(),
      rules: readRuleAddresses(flow.member('rules')),
    }));
}

function readRow(part: JsonPart, key: string, documents: ReadonlyMap<string, TracedDocument>): Row {
  return {
    rowKey: key,
    row: key.slice(key.lastIndexOf('/') + 1),
    sourceRole: readRole(part.member('source')),
    destinationRole: readRole(part.member('destination')),
    document: part.member('document').named(documents, 'a document'),
    section: part.member('section').text(),
    basis: part.member('protocolBasis').oneOf(Object.values(Basis)),
    description: part.member('description').text(),
    purpose: part.member('purpose').optional((purpose) => purpose.text()),
    supplement: part.member('supplement').optional((reason) => reason.text()),
  };
}

function readRole(part: JsonPart): Role {
  return { id: part.member('role').text(), title: part.member('title').text() };
}

function readPeer(part: JsonPart, state: TerraformState | undefined): TracedPeer {
  const groups = part.member('hostGroups').items();
  return {
    label: groups.reduce((label, group) => readableLabel(label, group, state), part.member('label').text()),
    ...tracedRanges(part, state),
    hostGroups: groups.map((group) => readHostGroup(group, state)),
    external: part.member('external').isSet(),
    openToTheWorld: part.member('openToTheWorld').texts(),
  };
}

function readHostGroup(part: JsonPart, state: TerraformState | undefined): TracedHostGroup {
  return {
    cloud: part.member('cloud').text(),
    label: readableLabel(part.member('label').text(), part, state),
    network: part.member('network').optional((network) => networkText(network.text(), state)),
    ipRanges: part.member('ipRanges').optional((ipRanges) => tracedRanges(ipRanges, state)),
  };
}

/** Machines whose id, tag or account Terraform alone knows are called by what that refers to, or by what a state has. */
function readableLabel(label: string, group: JsonPart, state: TerraformState | undefined): string {
  const value = group.member('selectedBy').member('value').value;
  const [, expression] = /^\$\{([^{}]+)\}$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (expression === undefined) return label;
  return label.replaceAll(expression, (state && valueIn(state, expression)) ?? placeholder(expression));
}

/** Ranges that a state has are as good as ranges that synthesis knew. */
function tracedRanges(part: JsonPart, state: TerraformState | undefined): TracedRanges {
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
  return text.includes('/') ? parseCidr(text, place) : parseHost(text, place);
}

function peerAt(part: JsonPart, peers: readonly TracedPeer[]): TracedPeer {
  const peer = typeof part.value === 'number' ? peers[part.value] : undefined;
  if (!peer) throw part.refusal('must be the place of a peer');
  return peer;
}
