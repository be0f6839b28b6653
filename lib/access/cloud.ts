/** Whose firewall protects machines. */
export enum Cloud {
  /** Google Cloud. */
  GCP = 'gcp',
  /** Amazon Web Services. */
  AWS = 'aws',
  /** A firewall that another team manages: the firewall team. */
  EXTERNAL = 'external',
}

/**
 * How this library manages the outbound traffic of machines. Each call that takes it says what the values mean there.
 */
export enum Egress {
  /** One outbound rule for each documented flow that starts at these machines. */
  DOCUMENTED = 'documented',
  /** Rules that allow all outbound traffic. */
  ALL = 'all',
  /** This library creates no outbound rule. */
  UNMANAGED = 'unmanaged',
}
