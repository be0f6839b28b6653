import { addTo } from '../input';
import {
  type DocumentJson,
  type FlowJson,
  type HostnameJson,
  type ProvenanceJson,
  type RowJson,
  rulesOf,
} from '../provenance';
import type { Configuration } from './configuration';
import type { Action, Rule } from './rule';

/** A row of a document that a rule was created for. */
interface DocumentedRow {
  /** `kubeadm-flannel@2024-12/worker-to-control-plane/api-server`. */
  readonly row: string;
  /** The table and edition: `kubeadm-flannel@2024-12`. */
  readonly document: string;
  /** The heading in the document; absent if only the description of the rule names the row. */
  readonly section?: string;
  /** The URL of the document; absent if only the description of the rule names the row. */
  readonly reference?: string;
  /** The path of the construct; absent if only the description of the rule names the row. */
  readonly construct?: string;
}

const ROW_KEY = /\[([a-z][a-z0-9-]*@\d{4}-\d{2})\/([a-z][a-z0-9-]*-to-[a-z0-9-]+)\/([a-z0-9,-]+)\]$/;
const HOSTNAME_KEY = /\[([a-z][a-z0-9-]*@\d{4}-\d{2})\/([a-z0-9-]+)\]$/;
const INSTANCE_KEY = /\["[^"]*"\]$/;
const OMITTED_NAMES = /^and-\d+-more$/;

/**
 * Finds the documented rows of rules: in the provenance of the rule's stack, for rules of a plan or state in the provenance of all
 * stacks, else in the row key at the end of the rule's description.
 */
export class DocumentedRowIndex {
  private readonly byAddress = new Map<string, DocumentedRow[]>();
  private readonly files = new Set<string>();

  constructor(configurations: readonly Configuration[]) {
    for (const { provenance } of configurations) {
      for (const [file, stack] of provenance) {
        if (this.files.has(file)) continue;
        this.files.add(file);
        for (const flow of stack.flows) this.add(flowRow(flow, stack), rulesOf(flow), file);
        for (const hostname of stack.hostnames ?? []) this.add(hostnameRow(hostname, stack), rulesOf(hostname), file);
      }
    }
  }

  /** Returns the rows that a rule was created for; an empty list if they are not known. */
  public of({ file, address, description }: Rule): readonly DocumentedRow[] {
    const place = this.files.has(file) ? `${file}\n` : '';
    const found = this.byAddress.get(place + address) ?? this.byAddress.get(place + address.replace(INSTANCE_KEY, ''));
    return found ?? rowsIn(description);
  }

  private add(documented: DocumentedRow, rules: readonly string[], file: string): void {
    for (const address of rules) {
      addTo(this.byAddress, `${file}\n${address}`, documented);
      addTo(this.byAddress, address, documented);
    }
  }
}

function flowRow(flow: FlowJson, { rows, documents }: ProvenanceJson): DocumentedRow {
  const row = (rows as Record<string, RowJson | undefined>)[flow.row];
  const document = row?.document ?? flow.row.split('/')[0];
  const { reference } = (documents as Record<string, DocumentJson | undefined>)[document] ?? {};
  return { row: flow.row, document, section: row?.section, reference, construct: flow.construct };
}

function hostnameRow(
  { document, row, section, construct }: HostnameJson,
  { documents }: ProvenanceJson,
): DocumentedRow {
  const { reference } = (documents as Record<string, DocumentJson | undefined>)[document] ?? {};
  return { row: `${document}/${row}`, document, section, reference, construct };
}

/** Returns the rows in the row key at the end of a description. */
function rowsIn(description: string | undefined): DocumentedRow[] {
  const [, table, row] = HOSTNAME_KEY.exec(description ?? '') ?? [];
  if (table !== undefined) return [{ row: `${table}/${row}`, document: table }];
  const [, document, flow, names] = ROW_KEY.exec(description ?? '') ?? [];
  if (document === undefined) return [];
  const rows = names.split(',').filter((name) => !OMITTED_NAMES.test(name));
  return rows.map((name) => ({ row: `${document}/${flow}/${name}`, document }));
}

/** A rule in the form of results. */
export interface RuleMention {
  /** The Terraform address. */
  readonly address: string;
  readonly file: string;
  readonly action: Action;
  readonly description?: string;
  /** The rows that it was created for; empty if they are not known. */
  readonly documentedBy: readonly DocumentedRow[];
}

/** Returns a rule in the form of results, with its documented rows. */
export function mention(rule: Rule, index: DocumentedRowIndex): RuleMention {
  const { address, file, action, description } = rule;
  return { address, file, action, ...(description === undefined ? {} : { description }), documentedBy: index.of(rule) };
}
