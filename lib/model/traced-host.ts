import type { Basis } from './basis';
import type { Port } from './port';
import type { TracedDocument } from './traced-flow';

/** A host as it is read back from a synthesized stack: everything that renderings say of it. */
export interface TracedHostname {
  /** The name of the stack. */
  readonly stack?: string;
  /** The name of the row in its document: `docker-io`. */
  readonly row: string;
  /** A name, or `*.` and a domain. */
  readonly hostname: string;
  /** At least one. */
  readonly ports: readonly Port[];
  /** On what the ports rest. */
  readonly basis: Basis;
  readonly document: TracedDocument;
  readonly section: string;
  /** What the document says of the host. */
  readonly remark?: string;
  /** Why it is needed although the document leaves it out. */
  readonly supplement?: string;
  /** What lets it out. */
  readonly through: string;
  /** Whether others must let it out, and we only ask. */
  readonly external: boolean;
  /** The path of the construct that asks. */
  readonly constructPath: string;
  /** The Terraform addresses of what lets it out on our side. */
  readonly rules: readonly string[];
}
