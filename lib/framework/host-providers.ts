import type { NetworkfirewallRuleGroup } from '@cdktf/provider-aws/lib/networkfirewall-rule-group';
import type { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import type { NetworkSecurityGatewaySecurityPolicy } from '@cdktf/provider-google/lib/network-security-gateway-security-policy';
import type { NetworkSecurityGatewaySecurityPolicyRule } from '@cdktf/provider-google/lib/network-security-gateway-security-policy-rule';
import type { NetworkSecurityUrlLists } from '@cdktf/provider-google/lib/network-security-url-lists';
import type { Construct } from 'constructs';
import { Framework, frameworkOf } from './framework';
import { missing } from './providers';

/** The AWS resources that let hosts out. */
export interface AwsHostnameProvider {
  readonly NetworkfirewallRuleGroup: typeof NetworkfirewallRuleGroup;
}

/** The Google resources of a Secure Web Proxy that let hosts out. */
export interface GoogleProxyProvider {
  readonly NetworkSecurityUrlLists: typeof NetworkSecurityUrlLists;
  readonly NetworkSecurityGatewaySecurityPolicy: typeof NetworkSecurityGatewaySecurityPolicy;
  readonly NetworkSecurityGatewaySecurityPolicyRule: typeof NetworkSecurityGatewaySecurityPolicyRule;
}

/** The Google resource of a firewall policy that lets hosts out. */
export interface GooglePolicyProvider {
  readonly ComputeNetworkFirewallPolicyRule: typeof ComputeNetworkFirewallPolicyRule;
}

/* eslint-disable @typescript-eslint/no-require-imports */

/** Loads the network firewall of the AWS provider package. */
export function awsHostnameProvider(stack: Construct, place: string): AwsHostnameProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return (
      terrain
        ? require('@cdktn/provider-aws/lib/networkfirewall-rule-group')
        : require('@cdktf/provider-aws/lib/networkfirewall-rule-group')
    ) as AwsHostnameProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-aws' : '@cdktf/provider-aws');
  }
}

/** Loads the Secure Web Proxy of the Google provider package. */
export function googleProxyProvider(stack: Construct, place: string): GoogleProxyProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return {
      ...(terrain
        ? require('@cdktn/provider-google/lib/network-security-url-lists')
        : require('@cdktf/provider-google/lib/network-security-url-lists')),
      ...(terrain
        ? require('@cdktn/provider-google/lib/network-security-gateway-security-policy')
        : require('@cdktf/provider-google/lib/network-security-gateway-security-policy')),
      ...(terrain
        ? require('@cdktn/provider-google/lib/network-security-gateway-security-policy-rule')
        : require('@cdktf/provider-google/lib/network-security-gateway-security-policy-rule')),
    } as GoogleProxyProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-google' : '@cdktf/provider-google');
  }
}

/** Loads the rules of firewall policies of the Google provider package. */
export function googlePolicyProvider(stack: Construct, place: string): GooglePolicyProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return (
      terrain
        ? require('@cdktn/provider-google/lib/compute-network-firewall-policy-rule')
        : require('@cdktf/provider-google/lib/compute-network-firewall-policy-rule')
    ) as GooglePolicyProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-google' : '@cdktf/provider-google');
  }
}

/* eslint-enable @typescript-eslint/no-require-imports */
