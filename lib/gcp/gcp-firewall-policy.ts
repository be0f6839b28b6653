import type { HostnameRequest, IHostnameFilter } from '../model/host-filter';
import { hostnamesByPort } from '../model/outbound-host';
import { checkObject } from '../model/object-given';
import type { PlannedRule } from '../model/planned-rule';
import { refusal, shown } from '../model/refusal';
import { checkForm, FIREWALL_POLICY, SERVICE_ACCOUNT } from './forms';
import { checkHostnameFilterProps, type GcpHostnameFilterProps } from './host-filter-props';
import { planPolicyRule } from './plan-policy-rule';

const MOST_TARGETS = 10;

/** A network firewall policy, and what the rules that let hosts out have in common. */
export interface GcpFirewallPolicyProps extends GcpHostnameFilterProps {
  /** The name or id of a global network firewall policy, or a value known only to Terraform. */
  readonly policy: string;
  /**
   * Whether connections are logged.
   * @default false
   */
  readonly logging?: boolean;
  /**
   * The service accounts of the machines that may reach the hosts, at most 10.
   * @default - every machine of the networks that have the policy
   */
  readonly targetServiceAccounts?: string[];
}

/**
 * A network firewall policy of Google that lets hosts out by exact names, which it resolves to addresses: at most 32 of each
 * family for a name, so it does not suit names of large content networks.
 *
 * It refuses wildcards, which a `GcpSecureWebProxy` takes. It lets out and denies nothing: where the network does not deny
 * egress by a rule of lower priority, everything is let out anyway. The policy and its associations are the user's.
 */
export class GcpFirewallPolicy implements IHostnameFilter {
  /** Always `gcp`. */
  public readonly cloud = 'gcp';
  /** What errors and documents call it. */
  public readonly label: string;
  /** Always false: a name is resolved, and a wildcard has no address. */
  public readonly supportsWildcards = false;
  /** The settings of all rules. */
  public readonly settings: GcpFirewallPolicyProps;

  constructor(props: GcpFirewallPolicyProps) {
    const place = 'GcpFirewallPolicy';
    checkObject(props, 'a policy', '{ policy }', place);
    const { policy, provider, priority, namePrefix, logging } = props;
    checkForm(policy, FIREWALL_POLICY, place);
    const project = props.project ?? projectOf(policy);
    checkHostnameFilterProps(props, place);
    if (logging !== undefined && typeof logging !== 'boolean') {
      throw refusal(place, 'logging must be true or false', shown(logging));
    }
    const targetServiceAccounts = checkedTargets(props.targetServiceAccounts, place);
    this.settings = Object.freeze({ policy, project, provider, priority, namePrefix, logging, targetServiceAccounts });
    this.label = 'a firewall policy of GCP';
    Object.freeze(this);
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    return hostnamesByPort(request.hostnames.map(({ row }) => row)).map((list) =>
      planPolicyRule(this.settings, request, list),
    );
  }
}

/** An empty list would mean every machine. */
function checkedTargets(accounts: string[] | undefined, place: string): string[] | undefined {
  if (accounts === undefined) return undefined;
  if (!Array.isArray(accounts) || accounts.length === 0 || accounts.length > MOST_TARGETS) {
    const need = `targetServiceAccounts must be 1 to ${MOST_TARGETS} service accounts`;
    throw refusal(place, need, Array.isArray(accounts) ? String(accounts.length) : shown(accounts));
  }
  const copy = [...new Set(accounts)].sort();
  copy.forEach((account) => checkForm(account, SERVICE_ACCOUNT, place));
  return Object.freeze(copy) as string[];
}

/** The project in the id of a policy; the provider looks for one in its own project otherwise. */
function projectOf(policy: string): string | undefined {
  return /(?:^|\/)projects\/([^/]+)\//.exec(policy)?.[1];
}
