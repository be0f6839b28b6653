import { shellCommand } from '../../text';
import { gcloudOptions, protocolsAndPorts } from './gcloud-options';
import type { RuleValues } from './rule-values';

/** The types of rules of firewall policies in Terraform, and the scope of their policies. */
export const POLICY_RULES: Readonly<Record<string, 'global' | 'regional'>> = {
  google_compute_network_firewall_policy_rule: 'global',
  google_compute_region_network_firewall_policy_rule: 'regional',
};

const PRIORITY = /^\d+$/;

/** Where the policy of a rule is. */
interface PolicyScope {
  readonly project?: string;
  /** The region of a regional policy. */
  readonly region?: string;
}

/**
 * Renders the command that creates a rule of a firewall policy, with the options of
 * https://cloud.google.com/sdk/gcloud/reference/compute/network-firewall-policies/rules/create. Returns `undefined` if its priority is not
 * a known number.
 */
export function gcloudPolicyCommand(
  address: string,
  rule: RuleValues,
  { project, region }: PolicyScope,
): string | undefined {
  const priority = rule.text('priority') ?? '';
  if (!PRIORITY.test(priority)) return undefined;
  const { list, single } = gcloudOptions(address);
  const match = rule.blocks('match');
  const namesOf = (blocks: readonly RuleValues[]): string[] => blocks.flatMap((block) => block.text('name') ?? []);
  const ofMatch = (attribute: string): string[] => match.flatMap((block) => block.texts(attribute));
  const layer4 = match.flatMap((block) => block.blocks('layer4_configs'));
  return shellCommand(
    ['gcloud', 'compute', 'network-firewall-policies', 'rules', 'create', priority],
    [
      ...single('firewall-policy', policyName(rule)),
      ...(region === undefined ? [['--global-firewall-policy']] : single('firewall-policy-region', region)),
      ...single('project', project),
      ...single('direction', rule.text('direction')),
      ...single('action', rule.text('action')),
      ...list('src-ip-ranges', ofMatch('src_ip_ranges')),
      ...list('src-address-groups', ofMatch('src_address_groups')),
      ...list('src-secure-tags', namesOf(match.flatMap((block) => block.blocks('src_secure_tags')))),
      ...list('dest-ip-ranges', ofMatch('dest_ip_ranges')),
      ...list('dest-address-groups', ofMatch('dest_address_groups')),
      ...list('target-secure-tags', namesOf(rule.blocks('target_secure_tags'))),
      ...list('target-service-accounts', rule.texts('target_service_accounts')),
      ...list('layer4-configs', protocolsAndPorts(layer4, 'ip_protocol')),
      ...(rule.text('enable_logging') === 'true' ? [['--enable-logging']] : []),
      ...(rule.text('disabled') === 'true' ? [['--disabled']] : []),
      ...single('description', rule.text('description')),
    ],
  );
}

/** Returns the name of the policy of a rule. gcloud does not take its id, which Terraform accepts too. */
function policyName(rule: RuleValues): string | undefined {
  return rule.text('firewall_policy')?.replace(/^.*\/firewallPolicies\//, '');
}
