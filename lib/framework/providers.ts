import type { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import type { Ec2NetworkInsightsAnalysis } from '@cdktf/provider-aws/lib/ec2-network-insights-analysis';
import type { Ec2NetworkInsightsPath } from '@cdktf/provider-aws/lib/ec2-network-insights-path';
import type { NetworkfirewallRuleGroup } from '@cdktf/provider-aws/lib/networkfirewall-rule-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import type { ComputeRegionNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-region-network-firewall-policy-rule';
import type { DataGoogleNetworkManagementConnectivityTestRun } from '@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run';
import type { NetworkManagementConnectivityTest } from '@cdktf/provider-google/lib/network-management-connectivity-test';
import type { NetworkSecurityGatewaySecurityPolicy } from '@cdktf/provider-google/lib/network-security-gateway-security-policy';
import type { NetworkSecurityGatewaySecurityPolicyRule } from '@cdktf/provider-google/lib/network-security-gateway-security-policy-rule';
import type { NetworkSecurityUrlLists } from '@cdktf/provider-google/lib/network-security-url-lists';
import type { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Construct } from 'constructs';
import { oncePer, refusal } from '../input';
import { Framework, frameworkOf } from './framework';
import { importOf, installOf, isNotImported } from './other-languages';
import { installedVersion, type ProviderCloud, type ProviderPackage, versionsWith } from './provider-versions';

/** The classes of provider packages that this library uses. They are the same in both frameworks. */
interface ProviderClasses {
  readonly Ec2ManagedPrefixList: typeof Ec2ManagedPrefixList;
  readonly Ec2NetworkInsightsAnalysis: typeof Ec2NetworkInsightsAnalysis;
  readonly Ec2NetworkInsightsPath: typeof Ec2NetworkInsightsPath;
  readonly NetworkfirewallRuleGroup: typeof NetworkfirewallRuleGroup;
  readonly SecurityGroup: typeof SecurityGroup;
  readonly VpcSecurityGroupEgressRule: typeof VpcSecurityGroupEgressRule;
  readonly VpcSecurityGroupIngressRule: typeof VpcSecurityGroupIngressRule;
  readonly ComputeFirewall: typeof ComputeFirewall;
  readonly ComputeNetworkFirewallPolicyRule: typeof ComputeNetworkFirewallPolicyRule;
  readonly ComputeRegionNetworkFirewallPolicyRule: typeof ComputeRegionNetworkFirewallPolicyRule;
  readonly DataGoogleNetworkManagementConnectivityTestRun: typeof DataGoogleNetworkManagementConnectivityTestRun;
  readonly NetworkManagementConnectivityTest: typeof NetworkManagementConnectivityTest;
  readonly NetworkSecurityGatewaySecurityPolicy: typeof NetworkSecurityGatewaySecurityPolicy;
  readonly NetworkSecurityGatewaySecurityPolicyRule: typeof NetworkSecurityGatewaySecurityPolicyRule;
  readonly NetworkSecurityUrlLists: typeof NetworkSecurityUrlLists;
  readonly NetworkPolicyV1: typeof NetworkPolicyV1;
}

type ClassName = keyof ProviderClasses;

/**
 * Loads classes of a provider package for the framework of a stack. Throws if the package is not installed, or not
 * imported in a different language, or does not have the classes.
 */
type Loader<Name extends ClassName> = (stack: Construct, place: string) => Pick<ProviderClasses, Name>;

/** Loads the security groups of AWS and their rules. */
export const awsProvider = loaderOf(
  'aws',
  'SecurityGroup',
  'VpcSecurityGroupIngressRule',
  'VpcSecurityGroupEgressRule',
);
export type AwsProvider = ReturnType<typeof awsProvider>;

/** Loads the prefix lists of AWS. */
export const awsPrefixListProvider = loaderOf('aws', 'Ec2ManagedPrefixList');

/** Loads the AWS Network Firewall, which filters hostnames. */
export const awsHostnameProvider = loaderOf('aws', 'NetworkfirewallRuleGroup');

/** Loads the Reachability Analyzer of AWS. */
export const awsCheckProvider = loaderOf('aws', 'Ec2NetworkInsightsPath', 'Ec2NetworkInsightsAnalysis');

/** Loads the firewall rules of GCP. */
export const googleProvider = loaderOf('google', 'ComputeFirewall');
export type GoogleProvider = ReturnType<typeof googleProvider>;

/** Loads the rules of global firewall policies of GCP. */
export const googlePolicyProvider = loaderOf('google', 'ComputeNetworkFirewallPolicyRule');

/** Loads the rules of regional firewall policies of GCP. */
export const googleRegionalPolicyProvider = loaderOf('google', 'ComputeRegionNetworkFirewallPolicyRule');

/** Loads the Secure Web Proxy of GCP, which filters hostnames. */
export const googleProxyProvider = loaderOf(
  'google',
  'NetworkSecurityUrlLists',
  'NetworkSecurityGatewaySecurityPolicy',
  'NetworkSecurityGatewaySecurityPolicyRule',
);
export type GoogleProxyProvider = ReturnType<typeof googleProxyProvider>;

/** Loads the Connectivity Tests of GCP. */
export const googleCheckProvider = loaderOf(
  'google',
  'NetworkManagementConnectivityTest',
  'DataGoogleNetworkManagementConnectivityTestRun',
);

/** Loads the network policies of Kubernetes. */
export const kubernetesProvider = loaderOf('kubernetes', 'NetworkPolicyV1');
export type KubernetesProvider = ReturnType<typeof kubernetesProvider>;

function loaderOf<Name extends ClassName>(cloud: ProviderCloud, ...names: Name[]): Loader<Name> {
  // once, because Node.js looks for the file of a module at each `require`
  const load = oncePer((stack: Construct) => {
    const modules = MODULES[frameworkOf(stack)];
    return Object.fromEntries(names.map((name) => [name, modules[name]()[name]])) as Pick<ProviderClasses, Name>;
  });
  return (stack, place) => {
    const name: ProviderPackage = `@${frameworkOf(stack)}/provider-${cloud}`;
    if (isNotImported(name)) throw notImported(name, place);
    try {
      return load(stack);
    } catch (error) {
      throw missingModule(error, place);
    }
  };
}

/** A provider package, and a path of one of its modules, in the error of Node.js for a module that it does not find. */
const PROVIDER_MODULE = /^Cannot find module '((@cdkt[fn]\/provider-(?:aws|google|kubernetes))\/lib\/[\w-]+)/;

/** Returns the error for a provider package that is not installed, or is too old. Returns every other error unchanged. */
function missingModule(error: unknown, place: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, module, name] = PROVIDER_MODULE.exec(code === 'MODULE_NOT_FOUND' ? message : '') ?? [];
  if (module === undefined) return error;
  const installed = installedVersion(name as ProviderPackage);
  if (installed !== undefined) return otherVersion(module, name as ProviderPackage, installed, place);
  const need = `the package ${name} must be installed for these rules`;
  // no such package exists yet
  const fix = name === '@cdktn/provider-kubernetes' ? 'manifestsOnly: true' : `npm install ${name}`;
  return refusal(place, 'provider-package-missing', need, 'none', fix);
}

/** Returns the error for a program in a different language, which has to import the package with the resource classes. */
function notImported(name: ProviderPackage, place: string): Error {
  const need = `the package ${name} must be imported before these rules`;
  return refusal(place, 'provider-package-missing', need, 'none', importOf(name));
}

function otherVersion(module: string, name: ProviderPackage, installed: string, place: string): unknown {
  const versions = versionsWith(module, name);
  const need = `these rules need the module ${module}${versions ? `, which is in versions ${versions.join(' || ')} of its package` : ''}`;
  const fix = installOf(name, versions?.at(-1) ?? 'latest');
  return refusal(place, 'provider-module-missing', need, installed, fix);
}

// Each module is loaded by its deep path on first use, because the root of a provider package takes 450 MB of memory. The paths are
// literals, so that bundlers find them.
/* eslint-disable @typescript-eslint/no-require-imports */
const MODULES: Readonly<Record<Framework, Readonly<Record<ClassName, () => ProviderClasses>>>> = {
  [Framework.CDKTF]: {
    Ec2ManagedPrefixList: () => require('@cdktf/provider-aws/lib/ec2-managed-prefix-list') as ProviderClasses,
    Ec2NetworkInsightsAnalysis: () =>
      require('@cdktf/provider-aws/lib/ec2-network-insights-analysis') as ProviderClasses,
    Ec2NetworkInsightsPath: () => require('@cdktf/provider-aws/lib/ec2-network-insights-path') as ProviderClasses,
    NetworkfirewallRuleGroup: () => require('@cdktf/provider-aws/lib/networkfirewall-rule-group') as ProviderClasses,
    SecurityGroup: () => require('@cdktf/provider-aws/lib/security-group') as ProviderClasses,
    VpcSecurityGroupEgressRule: () =>
      require('@cdktf/provider-aws/lib/vpc-security-group-egress-rule') as ProviderClasses,
    VpcSecurityGroupIngressRule: () =>
      require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule') as ProviderClasses,
    ComputeFirewall: () => require('@cdktf/provider-google/lib/compute-firewall') as ProviderClasses,
    ComputeNetworkFirewallPolicyRule: () =>
      require('@cdktf/provider-google/lib/compute-network-firewall-policy-rule') as ProviderClasses,
    ComputeRegionNetworkFirewallPolicyRule: () =>
      require('@cdktf/provider-google/lib/compute-region-network-firewall-policy-rule') as ProviderClasses,
    DataGoogleNetworkManagementConnectivityTestRun: () =>
      require('@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run') as ProviderClasses,
    NetworkManagementConnectivityTest: () =>
      require('@cdktf/provider-google/lib/network-management-connectivity-test') as ProviderClasses,
    NetworkSecurityGatewaySecurityPolicy: () =>
      require('@cdktf/provider-google/lib/network-security-gateway-security-policy') as ProviderClasses,
    NetworkSecurityGatewaySecurityPolicyRule: () =>
      require('@cdktf/provider-google/lib/network-security-gateway-security-policy-rule') as ProviderClasses,
    NetworkSecurityUrlLists: () => require('@cdktf/provider-google/lib/network-security-url-lists') as ProviderClasses,
    NetworkPolicyV1: () => require('@cdktf/provider-kubernetes/lib/network-policy-v1') as ProviderClasses,
  },
  [Framework.CDK_TERRAIN]: {
    Ec2ManagedPrefixList: () => require('@cdktn/provider-aws/lib/ec2-managed-prefix-list') as ProviderClasses,
    Ec2NetworkInsightsAnalysis: () =>
      require('@cdktn/provider-aws/lib/ec2-network-insights-analysis') as ProviderClasses,
    Ec2NetworkInsightsPath: () => require('@cdktn/provider-aws/lib/ec2-network-insights-path') as ProviderClasses,
    NetworkfirewallRuleGroup: () => require('@cdktn/provider-aws/lib/networkfirewall-rule-group') as ProviderClasses,
    SecurityGroup: () => require('@cdktn/provider-aws/lib/security-group') as ProviderClasses,
    VpcSecurityGroupEgressRule: () =>
      require('@cdktn/provider-aws/lib/vpc-security-group-egress-rule') as ProviderClasses,
    VpcSecurityGroupIngressRule: () =>
      require('@cdktn/provider-aws/lib/vpc-security-group-ingress-rule') as ProviderClasses,
    ComputeFirewall: () => require('@cdktn/provider-google/lib/compute-firewall') as ProviderClasses,
    ComputeNetworkFirewallPolicyRule: () =>
      require('@cdktn/provider-google/lib/compute-network-firewall-policy-rule') as ProviderClasses,
    ComputeRegionNetworkFirewallPolicyRule: () =>
      require('@cdktn/provider-google/lib/compute-region-network-firewall-policy-rule') as ProviderClasses,
    DataGoogleNetworkManagementConnectivityTestRun: () =>
      require('@cdktn/provider-google/lib/data-google-network-management-connectivity-test-run') as ProviderClasses,
    NetworkManagementConnectivityTest: () =>
      require('@cdktn/provider-google/lib/network-management-connectivity-test') as ProviderClasses,
    NetworkSecurityGatewaySecurityPolicy: () =>
      require('@cdktn/provider-google/lib/network-security-gateway-security-policy') as ProviderClasses,
    NetworkSecurityGatewaySecurityPolicyRule: () =>
      require('@cdktn/provider-google/lib/network-security-gateway-security-policy-rule') as ProviderClasses,
    NetworkSecurityUrlLists: () => require('@cdktn/provider-google/lib/network-security-url-lists') as ProviderClasses,
    NetworkPolicyV1: () => require('@cdktn/provider-kubernetes/lib/network-policy-v1') as ProviderClasses,
  },
};
/* eslint-enable @typescript-eslint/no-require-imports */
