/** Which end of a connection a rule applies to. */
export enum TrafficDirection {
  /** The destination: the rule allows it to receive connections. */
  INGRESS = 'ingress',
  /** The source: the rule allows it to open connections. */
  EGRESS = 'egress',
}

/**
 * Traffic that a test expects: port `6443/tcp`, from `172.16.0.0/28`, to `tag:k8s-control-plane`.
 *
 * Machines are `sg:`, `tag:`, `account:` or `secure-tag:` with their name, or `all-instances`. A security group of the
 * configuration is named by its Terraform address (`sg:aws_security_group.web`) or by its name on AWS (`sg:web`). Host groups, peers
 * and hostnames also have the names that the port matrix and the access request print: `security group web`, `ops-vpn`,
 * `archive.ubuntu.com`. A name that the configuration does not have is an error, because a row with it proves nothing.
 */
export interface ExpectedTraffic {
  /** A port with its protocol: `6443/tcp`, `30000-32767/udp`, `8/icmp`, `50/ip`; or only a protocol: `icmp`, `esp`, `all`. */
  readonly port: string;
  /**
   * The source: machines, their IP address (`10.0.0.7`), an IP range (`10.0.0.0/8`), an IP range without some of its parts (`10.0.0.0/8 except 10.1.0.0/16`), a prefix
   * list (`list:pl-...`), or machines in a range (`tag:web in 10.0.0.0/8`).
   *
   * The machines behind a filter of hostnames are `machines:` and their IP range, or what `cluster-ports show` or `matrix` prints.
   */
  readonly from: string;
  /**
   * The destination, in the same form, or a hostname: `host:registry.example.com`, `host:*.docker.com` for all names below docker.com.
   * AWS Network Firewall finds names only in one protocol, on every port: `host:*.docker.com over TLS`.
   */
  readonly to: string;
  /**
   * Whether the rule applies to the destination (ingress) or to the source (egress).
   * @default - egress if `to` is an IP range, an IP address of no machines, a prefix list or a hostname, else ingress
   */
  readonly direction?: TrafficDirection;
  /**
   * The network on GCP, as failures print it: `net-host/prod`.
   * @default - the only network of the configuration
   */
  readonly network?: string;
}

/** Traffic that a test in TypeScript expects, with the direction as text. */
export interface ExpectedRow extends Omit<ExpectedTraffic, 'direction'> {
  /**
   * Whether the rule applies to the destination (ingress) or to the source (egress).
   * @default - egress if `to` is an IP range, an IP address of no machines, a prefix list or a hostname, else ingress
   */
  readonly direction?: `${TrafficDirection}`;
}

/** What may differ from the documents. */
export interface DocumentsOptions {
  /**
   * The rows that are moved to a different port: the name of a row, such as `kubelet`, or the key of one flow, such as
   * `control-plane>worker/kubelet`. A row that is not moved is an error.
   * @default - every row must have the port of its document
   */
  readonly moved?: string[];
  /**
   * The rows that are closed because the code disables their firewall (`disabled` of `GcpFirewall`), in the same form. A row
   * whose firewall is not disabled, or that a different rule opens, is an error.
   * @default - the rules of every row must be enforced
   */
  readonly disabled?: string[];
}

/** One line of permitted traffic: the ports of one protocol and one far end. */
export interface PermittedRow {
  /** Whether the rule applies to the destination (ingress) or to the source (egress). */
  readonly direction: TrafficDirection;
  /** The ports with their protocol: `443/tcp`, `30000-32767/udp`, `8/icmp`, `50/ip`, `all`. */
  readonly port: string;
  /** The end that opens the connections: `10.0.0.0/8`, `sg:aws_security_group.web`, `tag:web`, `all-instances`. */
  readonly from: string;
  /** The end that receives them, in the same form. */
  readonly to: string;
  /**
   * The network on GCP: `net-host/prod`.
   * @default - none: a security group of AWS, or pods
   */
  readonly network?: string;
  /** False if machines with this name are denied what the other machines of the network are allowed. */
  readonly permitted: boolean;
  /** The row as one line: `ingress 9090/tcp from 10.0.0.0/8 to tag:prometheus on prod`. */
  readonly text: string;
}

/** What differs between permitted traffic and what a test expects. */
export interface TrafficDifferences {
  /** A table of everything that differs, for the message of a failed test. Empty if nothing differs. */
  readonly text: string;
  /** What is expected, and not permitted. */
  readonly missing: PermittedRow[];
  /** What is permitted, and not expected. */
  readonly extra: PermittedRow[];
  /** Differences that are not traffic, one line each: rows that were moved or disabled, rows that a rule at their source stops. */
  readonly others: string[];
  /** What affects the answer and could not be evaluated, one line each: the Terraform address and the reason. */
  readonly notEvaluated: string[];
}
