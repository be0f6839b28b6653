/** Why every port of a stack is open, as it stands under `//` in the synthesized stack. */
export interface ProvenanceJson {
  /** The version of this form; readers refuse what they do not know. */
  readonly version: number;
  /** The documents, by table and edition. */
  readonly documents: Readonly<Record<string, DocumentJson>>;
  readonly peers: readonly PeerJson[];
  readonly flows: readonly FlowJson[];
}

/** A document of which a table was taken. */
export interface DocumentJson {
  readonly title: string;
  readonly reference: string;
  readonly edition: string;
  readonly checkedFor?: readonly string[];
  readonly comparedOn: string;
}

/** Who is at one end of flows. */
export interface PeerJson {
  readonly label: string;
  readonly ranges: readonly string[];
  /** Terraform expressions of ranges that are unknown at synthesis. */
  readonly references: readonly string[];
  readonly hostGroups: readonly { readonly cloud: string; readonly label: string }[];
  /** Per family for which it is open to the world: the reason. */
  readonly openToTheWorld: readonly string[];
}

/** One end of a flow. */
export interface EndJson {
  readonly role: string;
  readonly title: string;
  /** The place of the peer in `peers`. */
  readonly peer: number;
}

/** One documented port between two peers. */
export interface FlowJson {
  /** Names the row over all documents. */
  readonly row: string;
  /** Names the document in `documents`. */
  readonly document: string;
  readonly section: string;
  /** As `6443/tcp`. */
  readonly port: string;
  readonly protocolFrom: string;
  readonly description: string;
  readonly purpose?: string;
  readonly source: EndJson;
  readonly destination: EndJson;
  readonly environment?: string;
  /** Why it is needed although the document leaves it out. */
  readonly supplement?: string;
  readonly opened: 'here' | 'by others';
  /** The path of the construct that asks. */
  readonly askedBy: string;
  /** Terraform addresses of the rules on our side. */
  readonly rules: readonly string[];
}
