import { checkEgress, Egress } from '../../../access';
import { checkOnlyProps, holdsToken, type PropsForm, refusal, shown } from '../../../input';
import { checkForm, checkRegion, FIREWALL_POLICY, SERVICE_ACCOUNT } from '../forms';
import { checkBoolean, checkLogging, GcpLogging } from '../gcp-firewall-props';
import { checkHostnameFilterProps, type GcpHostnameFilterProps, HOSTNAME_FILTER_PROPS } from '../hostname-filter-props';
import {
  checkedBlock,
  checkedRulePriorities,
  type GcpPriorityBlock,
  type GcpRulePriority,
  type PriorityChoice,
} from './policy-priorities';

const MAX_TARGET_SERVICE_ACCOUNTS = 10;

/** A network firewall policy, and the settings of the rules in it. */
export interface GcpFirewallPolicyProps extends GcpHostnameFilterProps {
  /** The name or id of a global or regional network firewall policy, or a value that is known after apply. */
  readonly policy: string;
  /**
   * The region of a regional policy: `europe-west3`. Its rules apply to only a part of a network: `cluster-ports explain --region` evaluates
   * them, and everything else lists them as not evaluated.
   * @default - the region in the id of the policy; a policy without one is global
   */
  readonly region?: string;
  /**
   * The priorities of the rules for host groups. The priority of a rule comes from its name, so a new rule moves no other. With a
   * different block, Terraform replaces all of them.
   * @default - 100000000 to 199999999
   */
  readonly priorities?: GcpPriorityBlock;
  /**
   * Priorities given by hand, for rules that would have the priority of another one: the error about them has the entry.
   * @default - every priority comes from the name of the rule
   */
  readonly rulePriorities?: GcpRulePriority[];
  /**
   * Whether the rules for host groups are created without being enforced: the ports stay closed.
   * @default false
   */
  readonly disabled?: boolean;
  /**
   * The outbound rules of the host groups of this policy.
   *
   * - `Egress.UNMANAGED`: no EGRESS rule. GCP allows all outbound traffic unless a rule denies it.
   * - `Egress.DOCUMENTED`: EGRESS rules for the documented flows that start at these machines. They need the IP ranges of the
   *   destinations.
   *
   * `Egress.ALL` is an error.
   *
   * @default Egress.UNMANAGED
   */
  readonly egress?: Egress;
  /**
   * What is logged about connections: nothing, or `GcpLogging.ALL`. A rule of a firewall policy has no setting for metadata, so
   * `GcpLogging.WITHOUT_METADATA` is an error.
   * @default - nothing is logged
   */
  readonly logging?: GcpLogging;
  /**
   * The service accounts of the machines that may reach the hostnames, at most 10. It is only for hostnames: a host group selects its
   * machines itself.
   * @default - every machine of the networks that have the policy
   */
  readonly targetServiceAccounts?: string[];
}

/** Checked props. */
export interface PolicySettings extends Omit<GcpFirewallPolicyProps, 'priorities' | 'rulePriorities'>, PriorityChoice {}

const FORM: PropsForm<GcpFirewallPolicyProps> = {
  needed: 'a policy',
  example: '{ policy }',
  names: {
    policy: true,
    region: true,
    priorities: true,
    rulePriorities: true,
    disabled: true,
    egress: true,
    logging: true,
    targetServiceAccounts: true,
    ...HOSTNAME_FILTER_PROPS,
  },
};

/** Returns a copy of the props. Throws if one of them is invalid. */
export function checkedPolicyProps(props: GcpFirewallPolicyProps): PolicySettings {
  const place = 'GcpFirewallPolicy';
  checkOnlyProps(props, FORM, place);
  const { policy, provider, priority, namePrefix, logging, disabled, egress } = props;
  checkForm(policy, FIREWALL_POLICY, place);
  const project = props.project ?? projectOf(policy);
  const region = checkedRegion(props, place);
  checkHostnameFilterProps(props, place);
  checkPolicyLogging(logging, place);
  checkBoolean('disabled', disabled, place);
  checkPolicyEgress(egress, place);
  const priorities = checkedBlock(props.priorities, place);
  const rulePriorities = checkedRulePriorities(props.rulePriorities, priorities, place);
  const targetServiceAccounts = checkedTargets(props.targetServiceAccounts, place);
  const where = { policy, region, project, provider };
  const rules = { priority, namePrefix, logging, disabled, egress, targetServiceAccounts, priorities, rulePriorities };
  return Object.freeze({ ...where, ...rules });
}

/** Returns the region of the policy. Throws if `region` is not that of its id. */
function checkedRegion({ policy, region }: GcpFirewallPolicyProps, place: string): string | undefined {
  if (region !== undefined) checkRegion(region, 'region', place);
  if (holdsToken(policy)) return region;
  const [, scope, linked] = /(?:^|\/)(global|regions\/([a-z0-9-]+))\/firewallPolicies\//.exec(policy) ?? [];
  if (scope === undefined || region === undefined || region === linked) return region ?? linked;
  const need = 'region must be that of the policy';
  const fix = linked === undefined ? 'a policy without a region' : shown(linked);
  throw refusal(place, 'policy-region-mismatch', need, `${shown(region)} for ${shown(policy)}`, fix);
}

function checkPolicyEgress(egress: Egress | undefined, place: string): void {
  if (egress === undefined) return;
  checkEgress(egress, place);
  if (egress !== Egress.ALL) return;
  const need =
    'a firewall policy cannot allow all outbound traffic of each host group; it is allowed unless a rule denies it';
  throw refusal(place, 'egress-invalid', need, 'Egress.ALL', 'Egress.UNMANAGED');
}

function checkPolicyLogging(logging: GcpLogging | undefined, place: string): void {
  checkLogging(logging, place);
  if (logging === GcpLogging.WITHOUT_METADATA) {
    const need = 'a rule of a firewall policy has no setting that leaves out metadata';
    throw refusal(place, 'logging-metadata-required', need, 'GcpLogging.WITHOUT_METADATA', 'GcpLogging.ALL');
  }
}

/** Returns the accounts sorted and without duplicates. Throws for an empty list, because it would mean every machine. */
function checkedTargets(accounts: string[] | undefined, place: string): string[] | undefined {
  if (accounts === undefined) return undefined;
  if (!Array.isArray(accounts) || accounts.length === 0 || accounts.length > MAX_TARGET_SERVICE_ACCOUNTS) {
    const need = `targetServiceAccounts must be 1 to ${MAX_TARGET_SERVICE_ACCOUNTS} service accounts`;
    throw refusal(
      place,
      'target-service-accounts-invalid',
      need,
      Array.isArray(accounts) ? String(accounts.length) : shown(accounts),
    );
  }
  const copy = [...new Set(accounts)].sort();
  copy.forEach((account) => checkForm(account, SERVICE_ACCOUNT, place));
  return Object.freeze(copy) as string[];
}

/** Returns the project in the id of a policy. A name has none: the policy is in the project of the provider. */
function projectOf(policy: string): string | undefined {
  return /(?:^|\/)projects\/([^/]+)\//.exec(policy)?.[1];
}
