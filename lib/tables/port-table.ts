import type { AddressFamily, Port } from '../net';

/** The part of the document that gives a protocol, a port or a direction. */
export enum Basis {
  /** The port table of the document. */
  TABLE = 'table',
  /** A command in the document. */
  COMMAND = 'command',
  /** The request template of the document. */
  REQUEST_TEMPLATE = 'request-template',
  /** A sentence of the document. */
  TEXT = 'text',
  /** The document does not say it: it follows from the purpose of the port. */
  INFERRED = 'inferred',
  /** A list of command-line flags with their defaults, if the vendor has no port table. */
  FLAGS = 'flags',
  /** A manifest or a chart of the vendor, if the vendor has no port table. */
  MANIFEST = 'manifest',
  /** The source code of the product, if nothing else says it. */
  SOURCE_CODE = 'source-code',
}

/** Where a port is seen: a firewall of machines sees ports of hosts, and a NetworkPolicy sees ports of pods. */
export enum PortLevel {
  /** A port of the machine: of a process on it, or of a pod in the network of the host. */
  HOST = 'host',
  /** A NodePort: every node listens on it for a Service. */
  NODE_PORT = 'node-port',
  /** A port of a pod with an IP address of its own. */
  POD = 'pod',
}

/** A group of machines in a vendor's document. */
export interface Role {
  /** The name in keys and rule names: lower-case letters, digits and hyphens, such as `control-plane`. */
  readonly id: string;
  /** The name of these machines in the document. */
  readonly title: string;
}

/** One port of a documented flow. */
export interface PortRow {
  /** The name in `omit`, `ports` and keys: lower-case letters, digits and hyphens. It never changes. */
  readonly name: string;
  /** The port that the document gives. */
  readonly port: Port;
  /** The description in the vendor's words. */
  readonly description: string;
  /**
   * The purpose column of the vendor's table.
   * @default - the table has no such column
   */
  readonly purpose?: string;
  /**
   * What fails while the port is closed.
   * @default - the document does not say
   */
  readonly impact?: string;
  /** The heading of the document that contains the row. */
  readonly section: string;
  /** The part of the document that gives the protocol. */
  readonly protocolBasis: Basis;
  /**
   * The part of the document that says which end opens the connections.
   * @default Basis.TABLE
   */
  readonly directionBasis?: Basis;
  /**
   * Where the port is seen. Every row is opened for the machines of its roles, as the document has it. A firewall of machines sees a
   * port of a pod only if pods have IP addresses of its network; under an overlay it sees only the encapsulation. Synthesis and
   * `cluster-ports lint` say which constructs open such ports (`pod-ports`).
   * @default PortLevel.HOST
   */
  readonly level?: PortLevel;
  /**
   * The IP family that the row is only for: of the IP ranges of its source, only those of this family are opened. Throws
   * `family-missing` if the source has only ranges of the other family. A security group or network tag selects both families.
   * @default - both families
   */
  readonly family?: AddressFamily;
  /**
   * Whether opening this port to the whole internet is an error, whatever the reason.
   * @default false
   */
  readonly internal?: boolean;
  /**
   * The choices with which the row is opened: `{ cni: ['canal', 'flannel'], windows: ['true'] }`. Each option must have one of its
   * listed choices.
   * @default - the row is opened with every choice
   */
  readonly when?: Record<string, string[]>;
}

/** The rows between two roles of a document. */
export interface DocumentedFlow {
  /**
   * The name that the vendor gives the rule, for example in a command.
   * @default - rules are named after the table and the roles
   */
  readonly name?: string;
  /** The machines that open the connections. */
  readonly source: Role;
  /** The machines that listen. */
  readonly destination: Role;
  /** The ports, in the vendor's order. */
  readonly rows: PortRow[];
  /**
   * Whether the flow is opened only if the machines of both its roles are given, because the document has it in addition to another
   * flow for the same purpose.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * The choices with which the flow is opened, in the form of `PortRow.when`. A row may add other options.
   * @default - the flow is opened with every choice
   */
  readonly when?: Record<string, string[]>;
}

/** A choice that decides which rows of a table are opened, such as the CNI plugin. */
export interface TableOption {
  /** The name in `options` and `when`: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /** What is chosen. */
  readonly title: string;
  /**
   * The choices: lower-case letters, digits and hyphens.
   * @default - the option is a flag, and its choices are `true` and `false`
   */
  readonly choices?: string[];
  /** The choice that the document describes as the default. */
  readonly default: string;
  /** The heading of the document that contains the choices. */
  readonly section: string;
  /**
   * The URL of the page that gives the default.
   * @default - the document of the table
   */
  readonly reference?: string;
}

/** A flow that a working installation needs and the document leaves out. It is opened only if you select it. */
export interface Supplement extends DocumentedFlow {
  /** Why the flow is needed. */
  readonly reason: string;
  /** The URL of the page that says so. */
  readonly reference: string;
}

/** A place where a document contradicts itself, or leaves out something that a firewall rule needs. */
export interface Discrepancy {
  /** What the document contradicts or leaves out. */
  readonly finding: string;
  /** What this table does about it. */
  readonly decision: string;
  /**
   * The names of the rows that are affected.
   * @default - all rows of the table
   */
  readonly rows?: string[];
}

/** The ports that one edition of a vendor's document lists for one product. */
export interface PortTable {
  /** The name in keys and rule names: lower-case letters, digits and hyphens. It never changes. */
  readonly id: string;
  /**
   * The name of the product, as its vendor writes it, such as `RKE2`.
   * @default - `id`
   */
  readonly product?: string;
  /** The title of the document, or of its part about these ports. */
  readonly title: string;
  /** The URL of the document. */
  readonly reference: string;
  /**
   * The year and month of the document, such as `2024-12`; or the version of the product, such as `1.31`, if the vendor has a document
   * for each version. All editions of one table have the same form.
   */
  readonly edition: string;
  /**
   * The versions of the product for which the vendor has checked the ports.
   * @default - the document names no versions
   */
  readonly checkedFor?: string[];
  /** The day on which this table was last compared with the document: `2026-11-21`. */
  readonly comparedOn: string;
  /**
   * The options that decide which rows are opened.
   * @default - every row is always opened
   */
  readonly options?: TableOption[];
  /** The documented flows, in the vendor's order. */
  readonly flows: DocumentedFlow[];
  /**
   * Flows that the document leaves out.
   * @default - none
   */
  readonly supplements?: Supplement[];
  /**
   * Places where the document contradicts itself.
   * @default - none
   */
  readonly discrepancies?: Discrepancy[];
}

/** Returns the key of a row, which is unique in a table: `worker>control-plane/api-server`. */
export function flowKey(flow: DocumentedFlow, row: PortRow): string {
  return `${flow.source.id}>${flow.destination.id}/${row.name}`;
}

/** Returns the id and the edition of a table, which are also the name of its file: `kubeadm-flannel@2024-12`. */
export function tableKey(table: Pick<PortTable, 'id' | 'edition'>): string {
  return `${table.id}@${table.edition}`;
}

/** Returns where a port is seen, if that is not the machine: `port of a pod`. A description that says "NodePort" says it already. */
export function levelRemark({
  level = PortLevel.HOST,
  description,
}: Pick<PortRow, 'level' | 'description'>): string | undefined {
  if (level === PortLevel.POD) return 'port of a pod';
  return level === PortLevel.NODE_PORT && !/node ?port/i.test(description) ? 'NodePort' : undefined;
}

/**
 * The roles that reach pods at their IP addresses: the control planes of clouds, and pods whose IP ranges the document names. Their rows
 * are right as they are: a firewall of machines must allow them.
 */
const REACH_PODS: ReadonlySet<string> = new Set(['control-plane', 'kubernetes-api', 'pod', 'remote-pod']);

/** Whether a firewall of machines sees a row only if pods have IP addresses of its network, because its port is one of pods. */
export function needsPodAddresses(level: string | undefined, sourceRole: string): boolean {
  return level === PortLevel.POD && !REACH_PODS.has(sourceRole);
}
