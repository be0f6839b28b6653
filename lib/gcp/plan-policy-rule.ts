import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { googlePolicyProvider } from '../framework/host-providers';
import { checkProviderOf } from '../framework/provider-instance';
import { describeHosts } from '../model/host-description';
import type { HostRequest } from '../model/host-filter';
import type { HostsAtPort } from '../model/outbound-host';
import { plannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { literal } from '../model/token-text';
import { shortened } from './firewall-name';
import { FIREWALL_POLICY, PROJECT, SERVICE_ACCOUNT, valueIn } from './forms';
import type { GcpFirewallPolicyProps } from './gcp-firewall-policy';
import { priorityAgreement, priorityOf } from './host-filter-props';
import { nameOf, projectKey } from './network-key';

/** What Google takes in one rule. */
const MOST_NAMES = 100;

/** The rule that lets the names at one port out. */
export function planPolicyRule(settings: GcpFirewallPolicyProps, request: HostRequest, list: HostsAtPort): PlannedRule {
  const { scope, place, table } = request;
  if (list.hosts.length > MOST_NAMES) {
    const need = `a rule of a firewall policy has at most ${MOST_NAMES} names`;
    const fix = 'several tables, each with a GcpFirewallPolicy of another namePrefix and priority';
    throw refusal(place, need, `${list.hosts.length} at ${String(list.port)}`, fix);
  }
  const stack = stackOf(scope, place);
  const { ComputeNetworkFirewallPolicyRule } = googlePolicyProvider(stack, place);
  checkProviderOf(settings.provider, stack, place);
  const name = shortened(`${settings.namePrefix ?? ''}${table.id}-${list.port.numbers}-${list.port.protocol}`);
  const logicalId = `hosts_${name}`;
  const policy = valueIn(settings.policy, FIREWALL_POLICY, stack, place);
  const policyName = nameOf(policy, stack, place).replace(/^.*\/firewallPolicies\//, '');
  const policyKey = `gcp|firewall-policy|${projectKey(settings, stack, place)}|${policyName}`;
  const priority = priorityOf(list, settings);
  const config = {
    firewallPolicy: policy,
    ruleName: name,
    description: literal(describeHosts(request, list)),
    priority,
    action: 'allow',
    direction: 'EGRESS',
    match: {
      destFqdns: [...list.hosts].sort(),
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
    hosts: list.hosts,
    make: (parent) => {
      const rule = new ComputeNetworkFirewallPolicyRule(parent, logicalId, config);
      rule.overrideLogicalId(logicalId);
      return rule;
    },
  });
}

function inProject(
  { project, provider, targetServiceAccounts }: GcpFirewallPolicyProps,
  stack: Construct,
  place: string,
): { project?: string; provider?: TerraformProvider; targetServiceAccounts?: string[] } {
  return {
    project: project === undefined ? undefined : valueIn(project, PROJECT, stack, place),
    provider: provider as TerraformProvider | undefined,
    targetServiceAccounts: targetServiceAccounts?.map((account) => valueIn(account, SERVICE_ACCOUNT, stack, place)),
  };
}
