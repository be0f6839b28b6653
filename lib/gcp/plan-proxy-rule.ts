import type { NetworkSecurityGatewaySecurityPolicyRuleConfig } from '@cdktf/provider-google/lib/network-security-gateway-security-policy-rule';
import type { NetworkSecurityUrlListsConfig } from '@cdktf/provider-google/lib/network-security-url-lists';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { googleProxyProvider, type GoogleProxyProvider } from '../framework/host-providers';
import { checkProviderOf } from '../framework/provider-instance';
import { describeHostnames } from '../model/host-description';
import type { HostnameRequest } from '../model/host-filter';
import type { HostnamesAtPort } from '../model/outbound-host';
import { plannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import type { Port } from '../model/port';
import { refusal } from '../model/refusal';
import { literal } from '../model/token-text';
import { shortened } from './firewall-name';
import { PROJECT, checkedValueIn } from './forms';
import type { GcpSecureWebProxyProps } from './gcp-secure-web-proxy';
import { priorityAgreement, priorityOf } from './host-filter-props';
import { projectKey } from './network-key';

const DEFAULT_POLICY = 'outbound-hosts';
const ADVICE = 'a second GcpSecureWebProxy with a namePrefix and another priority';
/** What Google takes in one list. */
const MOST_HOSTS = 2500;

/** The policy, which all constructs share that name it. */
export function planProxyPolicy(settings: GcpSecureWebProxyProps, { scope, place }: HostnameRequest): PlannedRule {
  const stack = stackOf(scope, place);
  const { NetworkSecurityGatewaySecurityPolicy } = googleProxyProvider(stack, place);
  checkProviderOf(settings.provider, stack, place);
  const name = settings.policy ?? DEFAULT_POLICY;
  const logicalId = `policy_${name}`;
  return plannedResource({
    address: `${NetworkSecurityGatewaySecurityPolicy.tfResourceType}.${logicalId}`,
    identity: `gcp|proxy-policy|${projectKey(settings, stack, place)}|${settings.location}|${name}`,
    what: `the gateway security policy ${name}`,
    advice: 'one stack for all hosts of a proxy, or another policy',
    shared: true,
    make: (parent: Construct) => {
      const policy = new NetworkSecurityGatewaySecurityPolicy(parent, logicalId, {
        name,
        description: 'Hosts that documents want to be reached; each rule names its document',
        ...common(settings, stack, place),
      });
      policy.overrideLogicalId(logicalId);
      return policy;
    },
  });
}

/** The list of the names at one port, and the rule that lets them out. */
export function planProxyRule(
  settings: GcpSecureWebProxyProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
  policy: PlannedRule,
): PlannedRule[] {
  const stack = stackOf(request.scope, request.place);
  checkLength(list, request.place);
  const name = shortened(`${settings.namePrefix ?? ''}${request.table.id}-${list.port.numbers}`);
  const base = {
    ...common(settings, stack, request.place),
    name,
    description: literal(describeHostnames(request, list)),
  };
  const provider = googleProxyProvider(stack, request.place);
  const urlList = planUrlList(provider, { ...base, values: [...list.hostnames].sort() }, policy);
  const priority = priorityOf(list, settings);
  const rule = {
    ...base,
    gatewaySecurityPolicy: `\${${policy.address}.name}`,
    enabled: true,
    priority,
    basicProfile: 'ALLOW',
    sessionMatcher: `inUrlList(host(), '\${${urlList.address}.id}') && ${atPort(list.port)}`,
  };
  return [urlList, { ...planRule(provider, rule, policy), hostnames: list.hostnames }];
}

function checkLength({ hostnames, port }: HostnamesAtPort, place: string): void {
  if (hostnames.length <= MOST_HOSTS) return;
  const fix = 'several tables, each with a GcpSecureWebProxy of another priority';
  throw refusal(place, `a URL list has at most ${MOST_HOSTS} hosts`, `${hostnames.length} at ${String(port)}`, fix);
}

function planUrlList(
  { NetworkSecurityUrlLists }: GoogleProxyProvider,
  config: NetworkSecurityUrlListsConfig,
  policy: PlannedRule,
): PlannedRule {
  const logicalId = `hosts_${config.name}`;
  return plannedResource({
    address: `${NetworkSecurityUrlLists.tfResourceType}.${logicalId}`,
    identity: `${policy.identity}|list|${config.name}`,
    what: `the URL list ${config.name}`,
    hostnames: config.values,
    advice: ADVICE,
    make: (parent) => {
      const list = new NetworkSecurityUrlLists(parent, `list_${config.name}`, config);
      list.overrideLogicalId(logicalId);
      return list;
    },
  });
}

function planRule(
  { NetworkSecurityGatewaySecurityPolicyRule }: GoogleProxyProvider,
  config: NetworkSecurityGatewaySecurityPolicyRuleConfig,
  policy: PlannedRule,
): PlannedRule {
  const logicalId = `hosts_${config.name}`;
  return plannedResource({
    address: `${NetworkSecurityGatewaySecurityPolicyRule.tfResourceType}.${logicalId}`,
    identity: `${policy.identity}|rule|${config.name}`,
    what: `the rule ${config.name} of a Secure Web Proxy`,
    advice: ADVICE,
    agreements: [priorityAgreement(policy.identity, config.priority, config.name)],
    make: (parent) => {
      const rule = new NetworkSecurityGatewaySecurityPolicyRule(parent, `rule_${config.name}`, config);
      rule.overrideLogicalId(logicalId);
      return rule;
    },
  });
}

function common(
  { location, project, provider }: GcpSecureWebProxyProps,
  stack: Construct,
  place: string,
): { location: string; project?: string; provider?: TerraformProvider } {
  return {
    location,
    project: project === undefined ? undefined : checkedValueIn(project, PROJECT, stack, place),
    provider: provider as TerraformProvider | undefined,
  };
}

function atPort({ fromPort, toPort }: Port): string {
  return fromPort === toPort
    ? `destination.port == ${fromPort}`
    : `destination.port >= ${fromPort} && destination.port <= ${toPort}`;
}
