import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Cloud,
  describeHostnames,
  type HostnameRequest,
  type HostnamesAtPort,
  hostnamesByPort,
  type IHostnameFilter,
  plannedResource,
  type PlannedRule,
} from '../../access';
import { checkProviderStack, googlePolicyProvider, stackOf, terraformText } from '../../framework';
import { checkOnlyProps, literal, type PropsForm, readOnly, refusal, shown } from '../../input';
import { FILTER_LABELS, type HostnameFilterJson } from '../../provenance';
import { resourceName } from './firewall-rule';
import { checkedValueIn, checkForm, FIREWALL_POLICY, PROJECT, SERVICE_ACCOUNT } from './forms';
import { checkLogging, GcpLogging, projectKey, referenceKey } from './gcp-firewall-props';
import {
  checkHostnameCount,
  checkHostnameFilterProps,
  type GcpHostnameFilterProps,
  HOSTNAME_FILTER_PROPS,
  priorityAgreement,
  priorityOf,
} from './hostname-filter-props';

const MAX_TARGET_SERVICE_ACCOUNTS = 10;

/** A network firewall policy, and the settings of the rules in it that allow hostnames. */
export interface GcpFirewallPolicyProps extends GcpHostnameFilterProps {
  /** The name or id of a global network firewall policy, or a value that is known after apply. */
  readonly policy: string;
  /**
   * What is logged about connections: nothing, or `GcpLogging.ALL`. A rule of a firewall policy has no setting for metadata, so
   * `GcpLogging.WITHOUT_METADATA` is an error.
   * @default - nothing is logged
   */
  readonly logging?: GcpLogging;
  /**
   * The service accounts of the machines that may reach the hostnames, at most 10.
   * @default - every machine of the networks that have the policy
   */
  readonly targetServiceAccounts?: string[];
}

const FORM: PropsForm<GcpFirewallPolicyProps> = {
  needed: 'a policy',
  example: '{ policy }',
  names: { policy: true, logging: true, targetServiceAccounts: true, ...HOSTNAME_FILTER_PROPS },
};

/**
 * A network firewall policy of Google Cloud that allows exact hostnames. It resolves each to at most 32 IP addresses of a family,
 * so it does not suit the hostnames of large content delivery networks.
 *
 * It does not support wildcards; `GcpSecureWebProxy` does. Its rules only allow: unless a rule that is evaluated later denies other
 * outbound traffic, the network allows all of it. Create the policy and its associations yourself.
 */
export class GcpFirewallPolicy implements IHostnameFilter {
  /** Always `gcp`. */
  public readonly cloud: Cloud = Cloud.GCP;
  /** The name of the filter in errors and documents. */
  public readonly label: string;
  /** Always false: the policy resolves hostnames, and a wildcard has no IP address. */
  public readonly supportsWildcards = false;
  /** @internal */
  public readonly _settings: GcpFirewallPolicyProps;

  constructor(props: GcpFirewallPolicyProps) {
    const place = 'GcpFirewallPolicy';
    checkOnlyProps(props, FORM, place);
    const { policy, provider, priority, namePrefix, logging } = props;
    checkForm(policy, FIREWALL_POLICY, place);
    const project = props.project ?? projectOf(policy);
    checkHostnameFilterProps(props, place);
    checkPolicyLogging(logging, place);
    const targetServiceAccounts = checkedTargets(props.targetServiceAccounts, place);
    this._settings = Object.freeze({ policy, project, provider, priority, namePrefix, logging, targetServiceAccounts });
    this.label = FILTER_LABELS['firewall-policy'];
    readOnly(this);
  }

  /** @internal */
  public _describedIn(stack: Construct, place: string): HostnameFilterJson {
    const { policy, project, targetServiceAccounts } = this._settings;
    const text = (value: string): string => terraformText(value, stack, place);
    const accounts = targetServiceAccounts?.map(text);
    return { kind: 'firewall-policy', policy: text(policy), project: project && text(project), accounts };
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    return hostnamesByPort(request.hostnames.map(({ row }) => row)).map((list) =>
      planPolicyRule(this._settings, request, list),
    );
  }
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

/** The limit of Google. */
const HOSTNAME_LIMIT = { most: 100, holder: 'a rule of a firewall policy', filter: 'GcpFirewallPolicy' };

/** Plans the rule that allows the hostnames at one port. */
function planPolicyRule(
  settings: GcpFirewallPolicyProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
): PlannedRule {
  const { scope, place, table } = request;
  checkHostnameCount(list, HOSTNAME_LIMIT, place);
  const stack = stackOf(scope, place);
  const { ComputeNetworkFirewallPolicyRule } = googlePolicyProvider(stack, place);
  checkProviderStack(settings.provider, stack, place);
  const name = resourceName(`${settings.namePrefix ?? ''}${table.id}-${list.port.numbers}-${list.port.protocol}`);
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
    enableLogging: settings.logging === undefined ? undefined : true,
    ...providerAttributes(settings, stack, place),
  };
  return plannedResource({
    address: `${ComputeNetworkFirewallPolicyRule.tfResourceType}.${logicalId}`,
    identity: `${policyKey}|${name}`,
    what: `the rule ${name} of a firewall policy`,
    advice: 'a second GcpFirewallPolicy with a namePrefix and a different priority',
    agreements: [priorityAgreement(policyKey, priority, name)],
    hostnames: list.hostnames,
    make: (parent) => {
      const rule = new ComputeNetworkFirewallPolicyRule(parent, logicalId, config);
      rule.overrideLogicalId(logicalId);
      return rule;
    },
  });
}

function providerAttributes(
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
