/** What a firewall rule writes to the log about every connection. */
export enum GcpLogging {
  /** The connection, and what is known about both ends. */
  ALL = 'INCLUDE_ALL_METADATA',
  /** The connection alone: less to store. */
  WITHOUT_METADATA = 'EXCLUDE_ALL_METADATA',
}
