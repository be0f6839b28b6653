import { addTo } from '../input';
import {
  deviationText,
  type DocumentJson,
  type FlowJson,
  type HostnameJson,
  type OwnershipJson,
  type PeerJson,
  type ProvenanceJson,
  type RowJson,
  rulesOf,
} from '../provenance';
import { PortLevel } from '../tables';
import type { Configuration } from './configuration';
import {
  type Claims,
  checkClaims,
  claimInDescription,
  type DocumentClaim,
  documentDoubt,
  documentedPortsOf,
  excessOf,
  FlowJudge,
  isInternal,
  levelOf,
} from './proof';
import { coversName } from './permitted';
import { readTerraform } from './read';
import { type Action, type PeerName, resourceAddress, type Rule } from './rule';
import { overlap, parsePorts, type PortInterval } from './sets';

/** A row of a document that a rule was created for. */
export interface DocumentedRow {
  /** `kubeadm-flannel@2024-12/worker-to-control-plane/api-server`. */
  readonly row: string;
  /** The table and edition: `kubeadm-flannel@2024-12`. */
  readonly document: string;
  /** The heading in the document, or on the page of a supplement. */
  readonly section?: string;
  /** The URL of the document, or of the page of a supplement. */
  readonly reference?: string;
  /** Why it is needed although the document leaves it out; absent if the document has it. */
  readonly supplement?: string;
  /** The port that is opened, and the port of the document, if the user moved the row; absent if they are the same. */
  readonly port?: string;
  readonly documentedPort?: string;
  /** What fails while the port is closed; absent if the document does not say. */
  readonly impact?: string;
  /** Where the port is seen; absent if it is a port of the machine. */
  readonly level?: PortLevel;
  /** The versions for which the vendor checked the document. */
  readonly checkedFor?: readonly string[];
  /** The versions that the user runs, by product. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Who wants it, and until when; absent if the user named nobody. */
  readonly ownership?: OwnershipJson;
  /** The path of the construct; absent if only the description of the rule names the row. */
  readonly construct?: string;
}

/** What is known about why a rule exists. */
interface Reason {
  /** The rows that it was created for, as far as that holds; empty if they are not known. */
  readonly documentedBy: readonly DocumentedRow[];
  /** Why what the provenance or the description says must not be believed. */
  readonly doubt?: string;
  /** Whether the doubt is a contradiction, and not only something that cannot be checked. */
  readonly isFalse?: true;
  /** What rules do other than open the rows as recorded: `closed in part: ...`. */
  readonly deviation?: string;
}

const NOT_KNOWN: Reason = { documentedBy: [] };

/** A flow or hostname that names a rule. */
interface Naming {
  readonly file: string;
  readonly kind: 'flows' | 'hostnames';
  readonly index: number;
  readonly row: DocumentedRow;
  /** The ports, and the hostname of a filter. */
  readonly ports: readonly PortInterval[];
  readonly hostname?: string;
}

/** What the provenance says about a rule. It is a claim: the rule may be different. */
export interface RuleClaim {
  readonly flow: FlowJson;
  readonly source: PeerJson;
  /** Whether its row is for the inside of a cluster. */
  readonly isInternal: boolean;
}

/** What a question is about: only the rows for it are named. */
export interface AskedTraffic {
  readonly ports: readonly PortInterval[];
  readonly peers: readonly PeerName[];
}

/**
 * Finds the documented rows of rules: in the provenance of the rule's stack, for rules of a plan or state in the provenance of all
 * stacks, else in the row key at the end of the rule's description.
 *
 * Both are claims. A row is returned only if the tables of this package and the rules do not contradict it.
 */
export class DocumentedRowIndex {
  private readonly byAddress = new Map<string, Naming[]>();
  private readonly provenance = new Map<string, ProvenanceJson>();
  private readonly stacks = new Map<string, unknown>();
  private readonly claims = new Map<string, Claims>();
  /** The Terraform addresses of rules that allow what nothing in their provenance is for, by file. */
  private readonly undocumented = new Map<string, ReadonlySet<string>>();
  /** The judges of the files that are read together with each stack. A plan is read together with no stack. */
  private readonly judges = new Map<string, FlowJudge>();

  constructor(configurations: readonly Configuration[]) {
    for (const configuration of configurations) {
      const { provenance, stacks } = configuration;
      const judge = new FlowJudge(configuration);
      for (const [file, stack] of provenance) {
        if (this.provenance.has(file)) continue;
        this.provenance.set(file, stack);
        this.stacks.set(file, stacks.get(file));
        if (isRead(file, configuration)) this.judges.set(file, judge);
        stack.flows.forEach((flow, index) => {
          this.add({ file, kind: 'flows', index, row: flowRow(flow, stack), ports: portsOf(flow.port) }, rulesOf(flow));
        });
        stack.hostnames?.forEach((hostname, index) => {
          const row = hostnameRow(hostname, stack);
          const ports = portsOf(...hostname.ports);
          this.add({ file, kind: 'hostnames', index, row, ports, hostname: hostname.hostname }, rulesOf(hostname));
        });
      }
    }
  }

  /** Returns the rows that a rule was created for; an empty list if they are not known. */
  public of(rule: Rule): readonly DocumentedRow[] {
    return this.reasonOf(rule).documentedBy;
  }

  /** Returns the rows that a rule was created for, and the contradiction, if there is one. */
  public reasonOf(rule: Rule, asked?: AskedTraffic): Reason {
    if (rule.request !== undefined) return this.requestReason(rule, rule.request);
    const namings = this.namingsOf(rule);
    const described = claimInDescription(rule);
    if (namings.length === 0) return this.describedReason(rule, described, asked);
    const excess = this.excessOf(rule, namings);
    if (excess !== undefined) return { documentedBy: [], doubt: excess, isFalse: true };
    const address = resourceAddress(rule);
    const doubts = namings.map(({ file, kind, index }) => {
      const found = this.claimsOf(file)[kind][index];
      return found?.intact?.includes(address) === true ? undefined : found;
    });
    const isDocumented = (at: number): boolean => doubts[at]?.contradiction === undefined;
    const holding = namings.filter((naming, at) => isDocumented(at) && isAbout(naming, asked));
    const deviations = namings.flatMap((naming, at) => (isAbout(naming, asked) ? (doubts[at]?.deviation ?? []) : []));
    const doubt = doubts.find((_, at) => !isDocumented(at))?.contradiction ?? contradiction(described, namings);
    return {
      documentedBy: holding.map(({ row }) => row),
      ...(doubt === undefined ? {} : { doubt, isFalse: true }),
      ...(deviations.length > 0 && { deviation: [...new Set(deviations.map(deviationText))].join('; ') }),
    };
  }

  /** Returns what the provenance says about a rule, whether it holds or not; an empty list if it says nothing. */
  public claimsAbout(rule: Rule): readonly RuleClaim[] {
    const ofFlows = this.namingsOf(rule).filter(({ kind }) => kind === 'flows');
    return ofFlows.map(({ file, index }) => {
      const { flows, peers, rows } = this.provenance.get(file)!;
      const flow = flows[index];
      return { flow, source: peers[flow.source], isInternal: isForInside(flow.row, rows[flow.row]) };
    });
  }

  private requestReason(rule: Rule, request: NonNullable<Rule['request']>): Reason {
    const { file } = rule;
    const provenance = this.provenance.get(file);
    const flow = provenance?.flows.indexOf(request as FlowJson) ?? -1;
    if (flow >= 0) return this.ofFlow(file, flow);
    const hostname = provenance?.hostnames?.indexOf(request as HostnameJson) ?? -1;
    if (hostname >= 0) return this.ofHostname(file, hostname);
    // omitted, or of a stack of the same name on the other side of a comparison
    const described = claimInDescription(rule);
    return described === undefined ? NOT_KNOWN : reasonFrom(described, undefined);
  }

  /** A description counts only if nothing better is known: the provenance of a stack names all rules that were created for rows. */
  private describedReason({ file }: Rule, described: Described, asked: AskedTraffic | undefined): Reason {
    if (described === undefined) return NOT_KNOWN;
    if (!this.provenance.has(file) || described.isFalse) return reasonFrom(described, asked);
    return { documentedBy: [], doubt: 'the provenance of its stack does not name it', isFalse: true };
  }

  /** Returns the row for which a flow of the provenance was created, or why that must not be believed. */
  public ofFlow(file: string, index: number): Reason {
    const provenance = this.provenance.get(file)!;
    return reasonOfClaim(this.claimsOf(file).flows[index], () => flowRow(provenance.flows[index], provenance));
  }

  /** Returns the row for which a hostname of the provenance is allowed or requested, or why that must not be believed. */
  public ofHostname(file: string, index: number): Reason {
    const provenance = this.provenance.get(file)!;
    const row = (): DocumentedRow => hostnameRow(provenance.hostnames![index], provenance);
    return reasonOfClaim(this.claimsOf(file).hostnames[index], row);
  }

  /** Returns the row that a flow of the provenance is for, whether rules open it or not; nothing if the document does not have it so. */
  public rowOf(file: string, index: number): DocumentedRow | undefined {
    const provenance = this.provenance.get(file)!;
    const flow = provenance.flows[index];
    return documentDoubt(flow, provenance) === undefined ? flowRow(flow, provenance) : undefined;
  }

  /** Returns what holds of the provenance of a file. */
  public claimsOf(file: string): Claims {
    const known = this.claims.get(file) ?? checkClaims(this.stacks.get(file), file, this.judgeOf(file));
    this.claims.set(file, known);
    return known;
  }

  /** Whether a rule of a synthesized stack allows traffic that nothing in its provenance is for. */
  public isUndocumented({ file, address }: Rule): boolean {
    if (!this.provenance.has(file)) return false;
    const known = this.undocumented.get(file);
    const addresses =
      known ??
      new Set(
        this.claimsOf(file)
          .undocumented()
          .flatMap(({ rules }) => rules),
      );
    if (known === undefined) this.undocumented.set(file, addresses);
    return addresses.has(address);
  }

  /** Returns the judge of the files that are read together with a stack. */
  public judgeOf(file: string): FlowJudge {
    const known = this.judges.get(file) ?? new FlowJudge(readTerraform(this.stacks.get(file), file));
    this.judges.set(file, known);
    return known;
  }

  private namingsOf(rule: Rule): readonly Naming[] {
    const place = this.provenance.has(rule.file) ? `${rule.file}\n` : '';
    return this.byAddress.get(place + resourceAddress(rule)) ?? [];
  }

  /** Returns what a rule allows in addition to what its flows need. A rule of a plan or state is compared with the flows of its stack. */
  private excessOf(rule: Rule, namings: readonly Naming[]): string | undefined {
    const address = resourceAddress(rule);
    if (this.provenance.has(rule.file)) return this.claimsOf(rule.file).excess.get(address);
    const needed = [...new Set(namings.map(({ file }) => file))].flatMap(
      (file) => this.claimsOf(file).needed.get(address) ?? [],
    );
    return needed.length === 0 ? undefined : excessOf([rule], needed, false);
  }

  private add(naming: Naming, rules: readonly string[]): void {
    for (const address of rules) {
      addTo(this.byAddress, `${naming.file}\n${address}`, naming);
      addTo(this.byAddress, address, naming);
    }
  }
}

/** Whether the rules of a stack are in a configuration, and not only its provenance. */
function isRead(stack: string, { file, stackNames }: Configuration): boolean {
  return file === stack || stackNames?.has(stack) === true;
}

function portsOf(...texts: readonly string[]): readonly PortInterval[] {
  return texts.flatMap((text): PortInterval[] => {
    const ports = parsePorts(text);
    return ports === undefined ? [] : [ports];
  });
}

/** Whether a row is for what is asked. A filter may find a hostname at every port, so only its name counts. */
function isAbout({ ports, hostname }: Naming, asked: AskedTraffic | undefined): boolean {
  if (asked === undefined) return true;
  if (hostname === undefined) return overlap(ports, asked.ports);
  // AWS Network Firewall counts the domain itself to the names below it
  const names = [hostname, hostname.replace(/^\*\./, '')].map((name): PeerName => `host:${name}`);
  return asked.peers.some((peer) => names.some((name) => coversName(name, peer)));
}

/** Returns the row of a flow with its document. */
export function flowRow(flow: FlowJson, { rows, documents }: ProvenanceJson): DocumentedRow {
  const row: RowJson = rows[flow.row];
  const document: DocumentJson = documents[row.document];
  const { port, documentedPort, versions } = flow;
  const level = levelOf(flow.row, row);
  return {
    row: flow.row,
    document: row.document,
    section: row.section,
    reference: row.supplement === undefined ? document.reference : row.supplementReference,
    supplement: row.supplement,
    ...(documentedPort !== undefined && { port, documentedPort }),
    impact: row.impact,
    level: level === PortLevel.HOST ? undefined : level,
    checkedFor: row.supplement === undefined ? document.checkedFor : undefined,
    versions,
    ownership: flow.ownership,
    construct: flow.construct,
  };
}

/** Returns the row of a hostname with its document. */
export function hostnameRow(hostname: Omit<HostnameJson, 'rules'>, { documents }: ProvenanceJson): DocumentedRow {
  const { document, row, section, supplement, supplementReference, ownership, construct } = hostname;
  const { reference, checkedFor }: DocumentJson = documents[document];
  return {
    row: `${document}/${row}`,
    document,
    section,
    reference: supplement === undefined ? reference : supplementReference,
    supplement,
    checkedFor: supplement === undefined ? checkedFor : undefined,
    ownership,
    construct,
  };
}

/** Returns the row that a flow or hostname is for, with what rules do with it; or why that must not be believed. */
function reasonOfClaim(doubt: Claims['flows'][number], row: () => DocumentedRow): Reason {
  const { contradiction, deviation } = doubt ?? {};
  return {
    ...(contradiction === undefined
      ? { documentedBy: [row()] }
      : { documentedBy: [], doubt: contradiction, isFalse: true }),
    ...(deviation !== undefined && { deviation: deviationText(deviation) }),
  };
}

/** Returns what does not hold of a flow or hostname as a sentence. */
export function doubtText({ contradiction, deviation }: NonNullable<Claims['flows'][number]>): string {
  return [contradiction ?? [], deviation === undefined ? [] : deviationText(deviation)].flat().join('; ');
}

type Described = DocumentClaim | undefined;

function reasonFrom({ rows, doubt, isFalse }: NonNullable<Described>, asked: AskedTraffic | undefined): Reason {
  const documentedBy = rows.filter(({ row, port }) => {
    const ports = port === undefined ? documentedPortsOf(row) : portsOf(...port.split(', '));
    // a rule of a hostname has only the row of this hostname
    return asked === undefined || ports === undefined || overlap(ports, asked.ports);
  });
  return { documentedBy, ...(doubt !== undefined && { doubt }), ...(isFalse && { isFalse }) };
}

/** Returns what is wrong if the description of a rule names rows that the provenance does not have for it. */
function contradiction(described: Described, namings: readonly Naming[]): string | undefined {
  if (described === undefined) return undefined;
  if (described.isFalse) return described.doubt;
  const known = new Set(namings.map(({ row: { row } }) => row));
  const other = described.rows.find(({ row }) => !known.has(row));
  return other === undefined ? undefined : `its description names ${other.row}, and no flow of the stack does`;
}

/** Whether a row is for the inside of a cluster: the provenance says so, or the table of this package. */
export function isForInside(key: string, row: RowJson | undefined): boolean {
  return row?.internal === true || isInternal(key);
}

/** Whether a row is for a port of the machine, and not for a NodePort or a port of a pod. */
export function isPortOfMachine(key: string, row: RowJson): boolean {
  return levelOf(key, row) === PortLevel.HOST;
}

/** A rule in the form of results. */
export interface RuleMention {
  /** The Terraform address. */
  readonly address: string;
  readonly file: string;
  readonly action: Action;
  readonly description?: string;
  /** The rows that it was created for, as far as that holds; empty if they are not known. */
  readonly documentedBy: readonly DocumentedRow[];
  /** Why what the provenance or the description says about it must not be believed. */
  readonly doubt?: string;
  /** What rules do other than open the rows as recorded: `closed in part: ...`. */
  readonly deviation?: string;
}

/** Returns a rule in the form of results, with its documented rows. */
export function mention(rule: Rule, index: DocumentedRowIndex, asked?: AskedTraffic): RuleMention {
  const { address, file, action, description } = rule;
  const { documentedBy, doubt, deviation } = index.reasonOf(rule, asked);
  return {
    address,
    file,
    action,
    ...(description === undefined ? {} : { description }),
    documentedBy,
    ...(doubt === undefined ? {} : { doubt }),
    ...(deviation === undefined ? {} : { deviation }),
  };
}
