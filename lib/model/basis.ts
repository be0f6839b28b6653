/** On what a statement about a port rests. */
export enum Basis {
  /** The port table of the document says it. */
  TABLE = 'table',
  /** A command in the document says it. */
  COMMAND = 'command',
  /** The request template of the document says it. */
  REQUEST_TEMPLATE = 'request-template',
  /** A sentence of the document says it. */
  TEXT = 'text',
  /** The document does not say it; it follows from what the port is for. */
  INFERRED = 'inferred',
}
