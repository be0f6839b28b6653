import type { Construct, IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { checkObject } from '../model/object-given';
import { refusal, shown } from '../model/refusal';
import { checkForm, NETWORK, PROJECT, checkedValueIn } from './forms';
import { GcpLogging } from './gcp-logging';
import { checkOneProject } from './network-key';

const NAME_PREFIX = /^[a-z][-a-z0-9]{0,30}$/;
/** The implied deny of every network has 65535, and a deny wins a tie. */
const LAST_PRIORITY = 65534;

/** The network of the rules, and what all of them have in common. */
export interface GcpFirewallProps {
  /** The name or self link of the VPC network, or a value known only to Terraform. */
  readonly network: string;
  /**
   * The project of the network; with a Shared VPC the host project.
   * @default - the project of the provider
   */
  readonly project?: string;
  /**
   * The provider instance of an alias, for all rules.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * The priority of all rules, from 0 (first) to 65534.
   * @default 1000
   */
  readonly priority?: number;
  /**
   * What is logged about connections.
   * @default - nothing
   */
  readonly logging?: GcpLogging;
  /**
   * Whether the rules are made and not enforced: the ports stay closed.
   * @default false
   */
  readonly disabled?: boolean;
  /**
   * Whether EGRESS rules are made for the documented flows that start at machines of this network: for networks that deny by
   * default what goes out. They need the ranges of the far end.
   * @default false: GCP lets everything out
   */
  readonly documentedEgress?: boolean;
  /**
   * The beginning of the names of all rules: lower-case letters, digits and hyphens. It is part of their Terraform addresses.
   * @default - none
   */
  readonly namePrefix?: string;
}

/** Checks the settings of a firewall, and copies them. */
export function checkGcpFirewallProps(props: GcpFirewallProps): GcpFirewallProps {
  const place = 'GcpFirewall';
  checkObject(props, 'a network', '{ network }', place);
  const { network, project, provider, priority, logging, disabled, documentedEgress, namePrefix } = props;
  checkForm(network, NETWORK, place);
  if (project !== undefined) checkForm(project, PROJECT, place);
  checkOneProject({ network, project }, place);
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= LAST_PRIORITY)) {
    throw refusal(place, `priority must be a whole number from 0 to ${LAST_PRIORITY}`, shown(priority));
  }
  if (logging !== undefined && !Object.values(GcpLogging).includes(logging)) {
    throw refusal(place, 'logging must be one of GcpLogging', shown(logging), 'GcpLogging.ALL');
  }
  for (const [name, value] of Object.entries({ disabled, documentedEgress })) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw refusal(place, `${name} must be true or false`, shown(value));
    }
  }
  checkNamePrefix(namePrefix, place);
  checkProvider(provider, place, 'gcp');
  return Object.freeze({ network, project, provider, priority, logging, disabled, documentedEgress, namePrefix });
}

/** Refuses what names in a project cannot begin with. */
export function checkNamePrefix(namePrefix: string | undefined, place: string): void {
  if (namePrefix !== undefined && !(typeof namePrefix === 'string' && NAME_PREFIX.test(namePrefix))) {
    const need = 'namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter';
    throw refusal(place, need, shown(namePrefix));
  }
}

/** The settings as they stand in a stack. */
export function settingsIn(settings: GcpFirewallProps, stack: Construct, place: string): GcpFirewallProps {
  const { network, project } = settings;
  const known = {
    ...settings,
    network: checkedValueIn(network, NETWORK, stack, place),
    project: project === undefined ? undefined : checkedValueIn(project, PROJECT, stack, place),
  };
  checkOneProject(known, place);
  return known;
}
