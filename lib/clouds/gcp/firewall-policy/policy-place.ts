import type { ComputeNetworkFirewallPolicyRuleConfig } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { checkProviderStack, googlePolicyProvider, googleRegionalPolicyProvider } from '../../../framework';
import { checkedValueIn, FIREWALL_POLICY, PROJECT } from '../forms';
import { projectKey, referenceKey } from '../gcp-firewall-props';
import type { PolicySettings } from './gcp-firewall-policy-props';

/** The attributes of a rule of a policy, without those that say which policy it is. */
type PolicyRuleConfig = Omit<
  ComputeNetworkFirewallPolicyRuleConfig,
  'firewallPolicy' | 'project' | 'provider' | 'priority'
> & { readonly priority: number };

/** A policy in one stack. */
export interface PolicyPlace {
  /** Identifies the policy in the whole app. */
  readonly key: string;
  /** The type of its rules in Terraform. */
  readonly ruleType: string;
  /** Creates a rule of the policy. */
  readonly createRule: (parent: Construct, logicalId: string, config: PolicyRuleConfig) => TerraformResource;
}

/** Returns the policy of settings in a stack. */
export function policyPlace(settings: PolicySettings, stack: Construct, place: string): PolicyPlace {
  const { region, provider } = settings;
  const ruleClass = ruleClassOf(region, stack, place);
  checkProviderStack(provider, stack, place);
  const policy = checkedValueIn(settings.policy, FIREWALL_POLICY, stack, place);
  const name = referenceKey(policy, stack, place).replace(/^.*\/firewallPolicies\//, '');
  const project = settings.project === undefined ? undefined : checkedValueIn(settings.project, PROJECT, stack, place);
  const attributes = { firewallPolicy: policy, region, project, provider: provider as TerraformProvider | undefined };
  const ofRegion = region === undefined ? '' : `${region}|`;
  return {
    key: `gcp|firewall-policy|${projectKey(settings, stack, place)}|${ofRegion}${name}`,
    ruleType: ruleClass.tfResourceType,
    createRule: (parent, logicalId, config) => {
      const rule = new ruleClass(parent, logicalId, { ...config, ...attributes });
      rule.overrideLogicalId(logicalId);
      return rule;
    },
  };
}

/** The class of the rules of a policy. Those of both scopes have the same attributes, apart from the region. */
function ruleClassOf(region: string | undefined, stack: Construct, place: string): RuleClass {
  return region === undefined
    ? googlePolicyProvider(stack, place).ComputeNetworkFirewallPolicyRule
    : googleRegionalPolicyProvider(stack, place).ComputeRegionNetworkFirewallPolicyRule;
}

interface RuleClass {
  readonly tfResourceType: string;
  new (
    scope: Construct,
    id: string,
    config: ComputeNetworkFirewallPolicyRuleConfig & { readonly region?: string },
  ): TerraformResource;
}
