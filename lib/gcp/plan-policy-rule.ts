import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { googlePolicyProvider } from '../framework/host-providers';
import { checkProviderOf } from '../framework/provider-instance';
import { describeHostnames } from '../model/host-description';
import type { HostnameRequest } from '../model/host-filter';
import type { HostnamesAtPort } from '../model/outbound-host';
import { plannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { literal } from '../model/token-text';
import { shortened } from './firewall-name';
import { FIREWALL_POLICY, PROJECT, SERVICE_ACCOUNT, checkedValueIn } from './forms';
import type { GcpFirewallPolicyProps } from './gcp-firewall-policy';
import { priorityAgreement, priorityOf } from './host-filter-props';
import { referenceKey, projectKey } from './network-key';

/** What Google takes in one rule. */
const MOST_NAMES = 100;

/** The rule that lets the names at one port out. */
export function planPolicyRule(
  settings: GcpFirewallPolicyProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
): PlannedRule {
  const { scope, place, table } = request;
  checkLength(list, place);
  const stack = stackOf(scope, place);
  const { ComputeNetworkFirewallPolicyRule } = googlePolicyProvider(stack, place);
  checkProviderOf(settings.provider, stack, place);
  const name = shortened(`${settings.namePrefix ?? ''}${table.id}-${list.port.numbers}-${list.port.protocol}`);
  const logicalId = `hosts_${name}`;
  const policy = checkedValueIn(settings.policy, FIREWALL_POLICY, stack, place);
  const policyName = referenceKey(policy, stack, place).replace(/^.*\/firewallPolicies\//, '');
  const policyKey = `gcp|firewall-policy|${projectKey(settings, stack, place)}|${policyName}`;
  const priority = priorityOf(list, settings);
  const config = {
    firewallPolicy: policy,
    ruleName: name,
    description: literal(describeHostnames(request, list)),
    priority,
    action: 'allow',
    direction: 'EGRESS',
    match: {
      destFqdns: [...list.hostnames].sort(),
      layer4Configs: [{ ipProtocol: list.port.protocol, ports: [list.port.numbers] }],
    },
    enableLogging: settings.logging,
    ...inProject(settings, stack, place),
  };
  return plannedResource({
    address: `${ComputeNetworkFirewallPolicyRule.tfResourceType}.${logicalId}`,
    identity: `${policyKey}|${name}`,
    what: `the rule ${name} of a firewall policy`,
    advice: 'a second GcpFirewallPolicy with a namePrefix and another priority',
    agreements: [priorityAgreement(policyKey, priority, name)],
    hostnames: list.hostnames,
    make: (parent) => {
      const rule = new ComputeNetworkFirewallPolicyRule(parent, logicalId, config);
      rule.overrideLogicalId(logicalId);
      return rule;
    },
  });
}

function checkLength({ hostnames, port }: HostnamesAtPort, place: string): void {
  if (hostnames.length <= MOST_NAMES) return;
  const need = `a rule of a firewall policy has at most ${MOST_NAMES} names`;
  const fix = 'several tables, each with a GcpFirewallPolicy of another namePrefix and priority';
  throw refusal(place, need, `${hostnames.length} at ${String(port)}`, fix);
}

function inProject(
  { project, provider, targetServiceAccounts }: GcpFirewallPolicyProps,
  stack: Construct,
  place: string,
): { project?: string; provider?: TerraformProvider; targetServiceAccounts?: string[] } {
  return {
    project: project === undefined ? undefined : checkedValueIn(project, PROJECT, stack, place),
    provider: provider as TerraformProvider | undefined,
    targetServiceAccounts: targetServiceAccounts?.map((account) =>
      checkedValueIn(account, SERVICE_ACCOUNT, stack, place),
    ),
  };
}
