import type { IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import type { HostnamesAtPort } from '../model/outbound-host';
import type { Agreement } from '../model/planned-rule';
import { Protocol } from '../model/protocol';
import { refusal, shown } from '../model/refusal';
import { checkForm, PROJECT } from './forms';
import { checkNamePrefix } from './gcp-firewall-props';

const DEFAULT_PRIORITY = 1000;
const PORTS = 65_536;
/** The API takes more, and the number of a port is added. */
const LAST_PRIORITY = 2_000_000_000;

/** What the rules of every policy have in common. */
export interface GcpHostnameFilterProps {
  /**
   * The project of the policy.
   * @default - the project of the provider
   */
  readonly project?: string;
  /**
   * The provider instance of an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * What is added to the number of a port for the priority of its rule, which is 1443 for 443/tcp; a rule for udp stands 65536
   * behind. No two rules of a policy may have the same: give a second table another one.
   * @default 1000
   */
  readonly priority?: number;
  /**
   * The beginning of the names of all rules and lists: lower-case letters, digits and hyphens. It is part of their Terraform
   * addresses.
   * @default - none
   */
  readonly namePrefix?: string;
}

/** Checks these settings. */
export function checkHostnameFilterProps(props: GcpHostnameFilterProps, place: string): void {
  const { project, provider, priority, namePrefix } = props;
  if (project !== undefined) checkForm(project, PROJECT, place);
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= LAST_PRIORITY)) {
    throw refusal(place, `priority must be a whole number from 0 to ${LAST_PRIORITY}`, shown(priority));
  }
  checkNamePrefix(namePrefix, place);
  checkProvider(provider, place, 'gcp');
}

/** The priority of the rule for a port comes from the port alone: another host or another order of hosts moves none. */
export function priorityOf({ port }: HostnamesAtPort, { priority = DEFAULT_PRIORITY }: GcpHostnameFilterProps): number {
  return priority + port.fromPort + (port.protocol === Protocol.UDP ? PORTS : 0);
}

/** That a priority of a policy belongs to one rule. */
export function priorityAgreement(policyKey: string, priority: number, rule: string): Agreement {
  const need = `the rules of a policy must each have a priority of their own (${priority})`;
  return {
    thing: `${policyKey}|priority|${priority}`,
    fact: `rule ${rule}`,
    need,
    advice: 'another priority for one of the tables',
  };
}
