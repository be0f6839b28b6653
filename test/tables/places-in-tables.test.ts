import { Port } from '../../lib/net/port';
import { checkHostnameTable } from '../../lib/tables/hostname-laws';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { Basis, type PortTable } from '../../lib/tables/port-table';
import { checkPortTable } from '../../lib/tables/table-laws';

const row = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const [node, registry, mirror] = ['node', 'registry', 'mirror'].map((id) => ({ id, title: id }));
const flow = { source: node, destination: registry, rows: [row] };
const supplement = {
  source: registry,
  destination: mirror,
  rows: [row],
  reason: 'replicas',
  reference: 'https://wiki.example.com/more',
};
const table = {
  id: 'registry',
  title: 'Ports',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [flow],
  supplements: [supplement],
};

const cni = { id: 'cni', title: 'CNI plugin', choices: ['canal', 'cilium'], default: 'canal', section: 'CNI' };
const withOption = (changes: object, when = { cni: ['canal'] }): object => ({
  ...table,
  options: [{ ...cni, ...changes }],
  flows: [{ ...flow, when, rows: [row] }],
});
const withRow = (changes: object): object => ({
  ...table,
  flows: [{ ...flow, rows: [row, { ...row, name: 'b', ...changes }] }],
});

/** Returns the path of the part that an error names. */
function placeOfError(broken: object): string {
  try {
    checkPortTable(broken as PortTable, 'place', (path) => ` @${path.join('.')}`);
  } catch (error) {
    return /@([\w.]*)/.exec((error as Error).message)?.[1] ?? 'nowhere';
  }
  return 'no error';
}

test.each<[string, object]>([
  ['id', { ...table, id: 'Registry' }],
  ['title', { ...table, title: '' }],
  ['reference', { ...table, reference: 'wiki' }],
  ['edition', { ...table, edition: '2026-13' }],
  ['comparedOn', { ...table, comparedOn: 'today' }],
  ['checkedFor.1', { ...table, checkedFor: ['registry 2', ''] }],
  ['discrepancies.0', { ...table, discrepancies: [{ finding: '', decision: 'x' }] }],
  ['flows', { ...table, flows: 'none' }],
  ['flows.0.source', { ...table, flows: [{ ...flow, source: { id: 'X', title: 'x' } }] }],
  ['flows.0.destination', { ...table, flows: [{ ...flow, destination: { id: 'X', title: 'x' } }] }],
  ['flows.0.name', { ...table, flows: [{ ...flow, name: 'A' }] }],
  ['flows.0.rows', { ...table, flows: [{ ...flow, rows: 'none' }] }],
  ['flows.0.rows.1', { ...table, flows: [{ ...flow, rows: [row, 7] }] }],
  ['flows.0.rows.1', { ...table, flows: [{ ...flow, rows: [row, row] }] }],
  ['flows.0.rows.1.name', withRow({ name: 'B' })],
  ['flows.0.rows.1.port', withRow({ port: 5001 })],
  ['flows.0.rows.1.description', withRow({ description: '' })],
  ['flows.0.rows.1.section', withRow({ section: '' })],
  ['flows.0.rows.1.purpose', withRow({ purpose: '' })],
  ['flows.0.rows.1.impact', withRow({ impact: '' })],
  ['flows.0.rows.1.internal', withRow({ internal: 'yes' })],
  ['flows.0.rows.1.directionBasis', withRow({ directionBasis: 'guess' })],
  ['flows.0.rows.1.family', withRow({ family: 'v6' })],
  ['flows.0.rows.1.level', withRow({ level: 'service' })],
  ['flows.0.rows.1.protocolBasis', withRow({ protocolBasis: 'guess' })],
  ['supplements.0.source', { ...table, supplements: [{ ...supplement, source: { id: 'X', title: 'x' } }] }],
  ['supplements.0.reason', { ...table, supplements: [{ ...supplement, reason: '' }] }],
  ['supplements.0.reference', { ...table, supplements: [{ ...supplement, reference: 'wiki' }] }],
  ['supplements.0', { ...table, supplements: [{ ...supplement, source: node, destination: registry }] }],
  ['options', { ...table, options: 'cni' }],
  ['options.0', { ...table, options: [null] }],
  ['options.0', { ...table, options: [cni] }],
  ['options.1', { ...table, options: [cni, cni] }],
  ['options.0.id', withOption({ id: 'CNI' })],
  ['options.0.title', withOption({ title: '' })],
  ['options.0.section', withOption({ section: '' })],
  ['options.0.reference', withOption({ reference: 'wiki' })],
  ['options.0.choices', withOption({ choices: [] })],
  ['options.0.default', withOption({ default: 'calico' })],
  ['flows.0.when', withOption({}, { cni: ['calico'] })],
  ['flows.0.rows.1.when', { ...withRow({ when: { cni: ['calico'] } }), options: [cni] }],
  ['flows.1.rows.0', { ...table, flows: [flow, flow] }],
  ['flows.1', { ...table, flows: [flow, { ...flow, optional: true, rows: [{ ...row, name: 'b' }] }] }],
])('an error at %s names this part', (place, broken) => {
  expect(placeOfError(broken)).toBe(place);
});

const hostname = {
  name: 'a',
  hostname: 'a.example.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.TABLE,
  section: 'A',
};
const more = { ...hostname, name: 'b', hostname: 'b.{region}.example.com', when: { cni: ['canal'] } };
const extra = { ...hostname, name: 'c', hostname: 'c.example.com', reason: 'x', reference: 'https://wiki.example.com' };
const { id, title, reference, edition, comparedOn } = table;
const region = { id: 'region', title: 'Region', example: 'a' };
const hostnames = {
  ...{ id, title, reference, edition, comparedOn },
  options: [cni],
  parameters: [region],
  hostnames: [hostname, more],
  supplements: [extra],
};
const withHostname = (changes: object): object => ({ ...hostnames, hostnames: [hostname, { ...more, ...changes }] });
const withSupplement = (changes: object): object => ({ ...hostnames, supplements: [{ ...extra, ...changes }] });

/** The same for a table of hostnames. */
function placeOfHostnameError(broken: object): string {
  try {
    checkHostnameTable(broken as HostnameTable, 'place', (path) => ` @${path.join('.')}`);
  } catch (error) {
    return /@([\w.]*)/.exec((error as Error).message)?.[1] ?? 'nowhere';
  }
  return 'no error';
}

test.each<[string, object]>([
  ['id', { ...hostnames, id: 'Hosts' }],
  ['title', { ...hostnames, title: '' }],
  ['options.0.default', { ...hostnames, options: [{ ...cni, default: 'x' }] }],
  ['options.0', { ...hostnames, hostnames: [hostname, { ...more, when: undefined }] }],
  ['parameters.0', { ...hostnames, parameters: [null] }],
  ['parameters.0.id', { ...hostnames, parameters: [{ ...region, id: 'A' }] }],
  ['parameters.0.title', { ...hostnames, parameters: [{ ...region, title: '' }] }],
  ['parameters.0.example', { ...hostnames, parameters: [{ ...region, example: 'A' }] }],
  ['parameters.1', { ...hostnames, parameters: [region, region] }],
  ['parameters.0', withHostname({ hostname: 'b.example.com' })],
  ['hostnames', { ...hostnames, hostnames: [] }],
  ['hostnames.1', { ...hostnames, hostnames: [hostname, 7] }],
  ['hostnames.1', withHostname({ name: 'a' })],
  ['hostnames.1', withHostname({ hostname: hostname.hostname })],
  ['hostnames.1.name', withHostname({ name: 'B' })],
  ['hostnames.1.hostname', withHostname({ hostname: 'https://b.example.com' })],
  ['hostnames.1.hostname', withHostname({ hostname: 'b.{zone}.{region}.example.com' })],
  ['hostnames.1.ports', withHostname({ ports: [443] })],
  ['hostnames.1.portsBasis', withHostname({ portsBasis: 'guess' })],
  ['hostnames.1.section', withHostname({ section: '' })],
  ['hostnames.1.remark', withHostname({ remark: '' })],
  ['hostnames.1.when', withHostname({ when: { cni: ['flannel'] } })],
  ['supplements.0.hostname', withSupplement({ hostname: 'c' })],
  ['supplements.0.reason', withSupplement({ reason: '' })],
  ['supplements.0.reference', withSupplement({ reference: 'wiki' })],
  ['supplements.0', withSupplement({ name: 'a' })],
])('an error in %s of a table of hostnames names this place', (place, broken) => {
  expect(placeOfHostnameError(broken)).toBe(place);
});
