import { rulesOf, type DocumentJson, type FlowJson, type ProvenanceJson, type RowJson } from '../model/provenance-json';
import type { Configuration } from './configuration';
import type { Rule } from './rule';

/** Who asked for a rule: a row of a document, as far as that is known. */
export interface DocumentedRow {
  /** `kubeadm-flannel@2024-12/worker-to-control-plane/api-server`. */
  readonly row: string;
  /** The table and edition: `kubeadm-flannel@2024-12`. */
  readonly document: string;
  /** The heading in the document; absent where only the description of the rule is known. */
  readonly section?: string;
  /** The address of the document; absent where only the description of the rule is known. */
  readonly reference?: string;
  /** The construct that asks; absent where only the description of the rule is known. */
  readonly construct?: string;
}

const ROW_KEY = /\[([a-z][a-z0-9-]*@\d{4}-\d{2})\/([a-z][a-z0-9-]*-to-[a-z0-9-]+)\/([a-z0-9,-]+)\]$/;
const INSTANCE_KEY = /\["[^"]*"\]$/;
const MORE = /^and-\d+-more$/;

/**
 * Finds out who asked for rules: from the provenance of the stack in which they stand, of a plan or state from that of all stacks,
 * else from the row key in their descriptions.
 */
export class DocumentedRowIndex {
  private readonly byAddress = new Map<string, DocumentedRow[]>();
  private readonly files = new Set<string>();

  constructor(configurations: readonly Configuration[]) {
    for (const { provenance } of configurations) {
      for (const [file, stack] of provenance) {
        if (this.files.has(file)) continue;
        this.files.add(file);
        for (const flow of stack.flows) this.add(flow, stack, file);
      }
    }
  }

  /** The rows that ask for a rule; none where that is not known. */
  public of({ file, address, description }: Rule): readonly DocumentedRow[] {
    const place = this.files.has(file) ? `${file}\n` : '';
    const found = this.byAddress.get(place + address) ?? this.byAddress.get(place + address.replace(INSTANCE_KEY, ''));
    return found ?? rowsIn(description);
  }

  private add(flow: FlowJson, { rows, documents }: ProvenanceJson, file: string): void {
    const row = (rows as Record<string, RowJson | undefined>)[flow.row];
    const document = row?.document ?? flow.row.split('/')[0];
    const { reference } = (documents as Record<string, DocumentJson | undefined>)[document] ?? {};
    const asked: DocumentedRow = {
      row: flow.row,
      document,
      section: row?.section,
      reference,
      construct: flow.construct,
    };
    for (const key of rulesOf(flow).flatMap((address) => [`${file}\n${address}`, address])) {
      const others = this.byAddress.get(key);
      if (others) others.push(asked);
      else this.byAddress.set(key, [asked]);
    }
  }
}

/** The rows that the end of a description names. */
export function rowsIn(description: string | undefined): DocumentedRow[] {
  const [, document, flow, names] = ROW_KEY.exec(description ?? '') ?? [];
  if (document === undefined) return [];
  const rows = names.split(',').filter((name) => !MORE.test(name));
  return rows.map((name) => ({ row: `${document}/${flow}/${name}`, document }));
}
