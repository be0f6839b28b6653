import type { IConstruct } from 'constructs';
import type { IHostnameFilter } from '../model/host-filter';
import type { OutboundHostname } from '../model/outbound-host';

/** What every construct of documented hosts takes. */
export interface DocumentedHostnamesProps {
  /** What lets the hosts out. */
  readonly through: IHostnameFilter;
  /**
   * Hosts that stay closed, by the names of their rows.
   * @default - every host of the document is let out
   */
  readonly omit?: string[];
  /**
   * Hosts that the document leaves out, by the names of their rows.
   * @default - none
   */
  readonly supplements?: string[];
}

/** What every construct of documented hosts gives. */
export interface IDocumentedHostnames extends IConstruct {
  /** The hosts that are let out here, or that others are asked to let out. */
  readonly hostnames: OutboundHostname[];
  /** Terraform addresses of what lets them out, for `dependsOn`. */
  readonly addresses: string[];
  /** The resources of these addresses, in the same order, for `addOverride`. */
  readonly resources: IConstruct[];
  /** The ids of these resources, known to Terraform: on AWS the ARNs of rule groups, for the firewall policy. */
  readonly ids: string[];
}
