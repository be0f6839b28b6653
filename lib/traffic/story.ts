import { addTo, grouped } from '../input';
import { type FlowJson, type OpenedRow, type PeerJson, podPorts, type RowJson, rulesOf } from '../provenance';
import type { Configuration, Note } from './configuration';
import { DocumentedRowIndex } from './documented-row';
import { omissionNotes } from './omitted-rows';
import { ownershipNotes } from './ownerships';
import { editionNote, levelOf } from './proof';
import type { Rule } from './rule';
import { judgedWarnings } from './warnings';
import { stackNetworks, withProjects } from './stack-networks';

/** A row that the user moved to a different port. */
export interface MovedRow {
  readonly file: string;
  /** The Terraform address of a rule, or the path of the construct if the firewall team opens it. */
  readonly address: string;
  /** The key of the row among all documents. */
  readonly row: string;
  /** The port that is opened; absent if only the description of a rule is known. */
  readonly port?: string;
  readonly documentedPort: string;
  readonly isSupplement: boolean;
}

/** Returns the rows that were moved, as far as that holds. */
export function movedRows(configuration: Configuration, index = new DocumentedRowIndex([configuration])): MovedRow[] {
  const moved = [...configuration.provenance].flatMap(([file, { flows, rows }]) =>
    flows.flatMap((flow, at): MovedRow[] => {
      if (flow.documentedPort === undefined || index.claimsOf(file).flows[at] !== undefined) return [];
      const { row, port, documentedPort } = flow;
      const [address = flow.construct] = rulesOf(flow);
      return [{ file, address, row, port, documentedPort, isSupplement: rows[row].supplement !== undefined }];
    }),
  );
  const known = new Set(moved.map(({ row, address }) => `${row} ${address}`));
  const described = movedInDescriptions(configuration.rules, index);
  const all = [...moved, ...described.filter(({ row, address }) => !known.has(`${row} ${address}`))];
  // a rule may be for several host groups, each with a flow of its own, and be read in several parts or networks
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Descriptions of rules name the port of the document too, for plans and states without provenance. */
function movedInDescriptions(rules: readonly Rule[], index: DocumentedRowIndex): MovedRow[] {
  return rules
    .filter(({ description = '' }) => /; (?:document|its source): /.test(description))
    .flatMap((rule) =>
      index.of(rule).flatMap(({ row, port, documentedPort, supplement }) => {
        const isSupplement = supplement !== undefined;
        const { file, address } = rule;
        return documentedPort === undefined ? [] : [{ file, address, row, port, documentedPort, isSupplement }];
      }),
    );
}

/** Returns both ports of a moved row: `10350/tcp, document: 10250/tcp`. */
export function movedText({ port, documentedPort, isSupplement }: Omit<MovedRow, 'file' | 'address' | 'row'>): string {
  return [port ?? [], `${isSupplement ? 'its source' : 'document'}: ${documentedPort}`].flat().join(', ');
}

/** Returns the name of a row: that of a supplement without the document that lacks it. */
export function movedName({ row, isSupplement }: Pick<MovedRow, 'row' | 'isSupplement'>): string {
  return isSupplement ? `the supplement ${row.slice(row.indexOf('/') + 1)}` : row;
}

/** Returns what a reader of permitted traffic should know: moved rows, omitted rows, and the warnings of constructs. */
export function storyNotes(configuration: Configuration): Note[] {
  const index = new DocumentedRowIndex([configuration]);
  return [
    ...movedRows(configuration, index).map((moved) => ({
      file: moved.file,
      address: moved.address,
      text: `${movedName(moved)} is moved: ${movedText(moved)}`,
    })),
    ...omissionNotes(configuration, index).map(({ file, address, text }) => ({ file, address, text })),
    ...judgedWarnings(configuration, index).warnings,
    ...podPortNotes(configuration, index).map(({ file, address, text }) => ({ file, address, text })),
    ...ownershipNotes(configuration, index),
  ];
}

/** Returns for each construct the ports of pods that it opens in a cloud, as far as rules open them, and what they need. */
export function podPortNotes(
  { provenance }: Configuration,
  index: DocumentedRowIndex,
): (Note & { readonly rows: readonly string[] })[] {
  return [...provenance].flatMap(([file, { flows, rows, peers }]) => {
    const { flows: doubts } = index.claimsOf(file);
    // a network policy sees the ports of pods
    const arePods = peers.map(({ hostGroups }) => hostGroups.some(({ cloud }) => cloud === 'kubernetes'));
    const open = flows.filter(
      ({ external, destination }, at) => external !== true && !arePods[destination] && doubts[at] === undefined,
    );
    return [...grouped(open, ({ construct }) => construct)].flatMap(([address, ofConstruct]) => {
      const found = podPorts(ofConstruct.map(({ row, port }) => openedRow(row, port, rows[row])));
      return found === undefined ? [] : [{ file, address, ...found }];
    });
  });
}

function openedRow(key: string, port: string, row: RowJson): OpenedRow {
  const [sourceRole, destinationRole] = [row.source.role, row.destination.role];
  return { name: key.slice(key.lastIndexOf('/') + 1), port, level: levelOf(key, row), sourceRole, destinationRole };
}

/** Returns the tables in use of which this package has a later edition, and what that would change. */
export function laterEditionsIn({ provenance }: Configuration): Note[] {
  const notes = new Map<string, Note | undefined>();
  for (const [file, { flows, rows, hostnames = [] }] of provenance) {
    const inUse = [
      ...flows.map(({ row, options }) => ({ key: rows[row].document, options })),
      ...hostnames.map(({ document, options }) => ({ key: document, options })),
    ];
    for (const { key, options } of inUse) {
      const id = options === undefined ? key : JSON.stringify([key, options]);
      if (notes.has(id)) continue;
      const text = editionNote(key, options);
      notes.set(id, text === undefined ? undefined : { file, address: key, text });
    }
  }
  return [...notes.values()].filter((note) => note !== undefined);
}

/** Rows that belong together and were moved to different ports. */
interface MovedApart {
  readonly file: string;
  /** The Terraform address of a rule, or the path of a construct. */
  readonly address: string;
  readonly text: string;
  /** The Terraform addresses of the other rules. */
  readonly related: readonly string[];
}

/** A flow of a provenance, with the machines that it is opened for. */
export interface OpenFlow {
  readonly file: string;
  readonly flow: FlowJson;
  /** The table and the row, without the edition and the roles. */
  readonly row: string;
  readonly documentedPort: string;
  readonly isSupplement: boolean;
  /** What identifies each group of machines at the destination. */
  readonly machines: readonly string[];
}

/**
 * Finds rows that belong together and were moved apart: one row of the same machines at two ports, and the API server of a control plane at
 * ports that its virtual address does not have. The gateways of several environments are several services.
 */
export function movedApart(configuration: Configuration): MovedApart[] {
  const flows = flowsWithMachines(configuration);
  if (flows.every(({ flow }) => flow.documentedPort === undefined)) return [];
  const groups = new Map<string, OpenFlow[]>();
  for (const each of flows) {
    for (const machines of each.machines) {
      const name = API_SERVER.has(each.row) ? 'the API server' : each.row;
      addTo(groups, JSON.stringify([name, each.flow.environment ?? '', each.documentedPort, machines]), each);
    }
  }
  const found = new Map<string, MovedApart>();
  for (const group of [...groups.values(), ...virtualAddresses(flows)]) {
    const ports = [...new Set(group.map(({ flow }) => flow.port))];
    if (ports.length < 2) continue;
    const names = [
      ...new Set(
        group.map(({ flow, isSupplement }) => `${movedName({ row: flow.row, isSupplement })} at ${flow.port}`),
      ),
    ].sort();
    const addresses = [...new Set(group.map(placeOf))];
    found.set(JSON.stringify([group[0].file, names, addresses]), {
      file: group[0].file,
      address: addresses[0],
      text: `rows that belong together were moved apart: ${names.join(', ')}; their sources have ${group[0].documentedPort} for all of them`,
      related: addresses.slice(1),
    });
  }
  return [...found.values()];
}

/** The rows at which a control plane serves its API, and the routing to it. */
const API_SERVER: ReadonlySet<string> = new Set([
  'kubeadm-flannel/api-server',
  'control-plane-vip/routing',
  'control-plane-vip/health-check',
]);
const VIRTUAL_ADDRESS = 'control-plane-vip/virtual-ip';
const ROUTING = 'control-plane-vip/routing';

/** Returns for each virtual address its own rows, and the rows of the API server of the machines behind it. */
function virtualAddresses(flows: readonly OpenFlow[]): OpenFlow[][] {
  const constructs = new Map<string, OpenFlow[]>();
  for (const each of flows) {
    if (each.row === VIRTUAL_ADDRESS) addTo(constructs, `${each.file} ${each.flow.construct}`, each);
  }
  return [...constructs].map(([key, own]) => {
    const routing = flows.filter(({ row, file, flow }) => row === ROUTING && `${file} ${flow.construct}` === key);
    const behind = new Set(routing.flatMap(({ machines }) => machines));
    return [
      ...own,
      ...flows.filter(({ row, machines }) => API_SERVER.has(row) && machines.some((one) => behind.has(one))),
    ];
  });
}

function placeOf({ flow }: OpenFlow): string {
  return rulesOf(flow)[0] ?? flow.construct;
}

/** Returns the flows of all provenances, whether they hold or not. */
export function flowsWithMachines(configuration: Configuration): OpenFlow[] {
  return [...configuration.provenance].flatMap(([file, { flows, peers, rows }]) => {
    const networks = stackNetworks(file, configuration);
    const machines = peers.map((peer) => machinesOf(peer, networks, file));
    return flows.map((flow) => ({
      file,
      flow,
      row: flow.row.replace(/@[^/]*\/.*\//, '/'),
      documentedPort: flow.documentedPort ?? flow.port,
      isSupplement: rows[flow.row].supplement !== undefined,
      machines: machines[flow.destination],
    }));
  });
}

/** Returns what identifies each group of machines: how rules select it, or the name and the ranges of external hosts. */
function machinesOf({ label, ranges, hostGroups }: PeerJson, networks: ReadonlySet<string>, file: string): string[] {
  if (hostGroups.length === 0) return [JSON.stringify([label, ...ranges])];
  return hostGroups.map(({ selectedBy, label: name }) => {
    const { kind, value, stack, network, project, provider } = selectedBy ?? {};
    if (value === undefined) return JSON.stringify([name]);
    // the clusters of two stacks may be different, also if their pods have the same labels
    if (kind === 'pods') return JSON.stringify([kind, value, provider ?? '', file]);
    const written = project === undefined ? network : `${project}/${network}`;
    const places = written === undefined ? [] : withProjects(written, networks);
    return JSON.stringify([kind, value, value.includes('${') ? stack : '', ...places]);
  });
}
