import type { NetworkSecurityGatewaySecurityPolicyRuleConfig } from '@cdktf/provider-google/lib/network-security-gateway-security-policy-rule';
import type { NetworkSecurityUrlListsConfig } from '@cdktf/provider-google/lib/network-security-url-lists';
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
import {
  checkProviderStack,
  googleProxyProvider,
  type GoogleProxyProvider,
  stackOf,
  terraformText,
} from '../../framework';
import { checkOnlyProps, literal, type PropsForm, readOnly, refusal, shown } from '../../input';
import { type Port, Protocol } from '../../net';
import { FILTER_LABELS, type HostnameFilterJson } from '../../provenance';
import { resourceName } from './firewall-rule';
import { checkedValueIn, checkRegion, PROJECT, RESOURCE_NAME } from './forms';
import { projectKey } from './gcp-firewall-props';
import {
  checkHostnameCount,
  checkHostnameFilterProps,
  type GcpHostnameFilterProps,
  HOSTNAME_FILTER_PROPS,
  priorityAgreement,
  priorityOf,
} from './hostname-filter-props';

/** The region and the policy of a Secure Web Proxy, and the settings of its rules. */
export interface GcpSecureWebProxyProps extends GcpHostnameFilterProps {
  /** The region of the proxy: `europe-west3`. */
  readonly location: string;
  /**
   * The name of the gateway security policy that is created. All constructs of a stack with the same name share it.
   * @default outbound-hosts
   */
  readonly policy?: string;
}

const FORM: PropsForm<GcpSecureWebProxyProps> = {
  needed: 'a location',
  example: '{ location }',
  names: { location: true, policy: true, ...HOSTNAME_FILTER_PROPS },
};

/**
 * A Google Secure Web Proxy that allows hostnames. This library creates its policy, and a URL list and a rule for each port.
 *
 * `*.docker.com` matches all names below docker.com, but not docker.com itself. The proxy denies everything that no rule allows. A
 * list can have at most 2500 hostnames. Create the gateway, its proxy-only subnet and the route of the machines to it yourself.
 */
export class GcpSecureWebProxy implements IHostnameFilter {
  /** Always `gcp`. */
  public readonly cloud: Cloud = Cloud.GCP;
  /** The name of the filter in errors and documents. */
  public readonly label: string;
  /** Always true. */
  public readonly supportsWildcards = true;
  /** @internal */
  public readonly _settings: GcpSecureWebProxyProps;

  constructor(props: GcpSecureWebProxyProps) {
    const place = 'GcpSecureWebProxy';
    checkOnlyProps(props, FORM, place);
    const { location, policy, project, provider, priority, namePrefix } = props;
    checkRegion(location, 'location', place);
    if (policy !== undefined && !(typeof policy === 'string' && RESOURCE_NAME.test(policy))) {
      const need = 'policy must be lower-case letters, digits and hyphens, at most 63, beginning with a letter';
      throw refusal(place, 'policy-name-invalid', need, shown(policy));
    }
    checkHostnameFilterProps(props, place);
    this._settings = Object.freeze({ location, policy, project, provider, priority, namePrefix });
    this.label = FILTER_LABELS['url-list'];
    readOnly(this);
  }

  /** @internal */
  public _describedIn(stack: Construct, place: string): HostnameFilterJson {
    const { location, policy = DEFAULT_POLICY, project } = this._settings;
    return { kind: 'url-list', policy, location, project: project && terraformText(project, stack, place) };
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    const lists = hostnamesByPort(request.hostnames.map(({ row }) => row));
    const notTcp = lists.find(({ port }) => port.protocol !== Protocol.TCP);
    if (notTcp !== undefined) {
      throw refusal(
        request.place,
        'port-not-filterable',
        `${this.label} supports only tcp`,
        `${notTcp.hostnames[0]} at ${String(notTcp.port)}`,
      );
    }
    const policy = planProxyPolicy(this._settings, request);
    return [policy, ...lists.flatMap((list) => planProxyRule(this._settings, request, list, policy))];
  }
}

const DEFAULT_POLICY = 'outbound-hosts';
const ADVICE = 'a second GcpSecureWebProxy with a namePrefix and a different priority';
/** The limit of Google. */
const HOSTNAME_LIMIT = { most: 2500, holder: 'a URL list', filter: 'GcpSecureWebProxy' };

/** Plans the policy. All constructs of a stack that use the same name share it. */
function planProxyPolicy(settings: GcpSecureWebProxyProps, { scope, place }: HostnameRequest): PlannedRule {
  const stack = stackOf(scope, place);
  const { NetworkSecurityGatewaySecurityPolicy } = googleProxyProvider(stack, place);
  checkProviderStack(settings.provider, stack, place);
  const name = settings.policy ?? DEFAULT_POLICY;
  const logicalId = `policy_${name}`;
  return plannedResource({
    address: `${NetworkSecurityGatewaySecurityPolicy.tfResourceType}.${logicalId}`,
    identity: `gcp|proxy-policy|${projectKey(settings, stack, place)}|${settings.location}|${name}`,
    what: `the gateway security policy ${name}`,
    advice: 'one stack for all hostnames of a proxy, or a policy with a different name',
    shared: true,
    make: (parent: Construct) => {
      const policy = new NetworkSecurityGatewaySecurityPolicy(parent, logicalId, {
        name,
        description: 'Hosts that documents want to be reached; each rule names its document',
        ...commonAttributes(settings, stack, place),
      });
      policy.overrideLogicalId(logicalId);
      return policy;
    },
  });
}

/** Plans the list of the hostnames at one port, and the rule that allows them. */
function planProxyRule(
  settings: GcpSecureWebProxyProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
  policy: PlannedRule,
): PlannedRule[] {
  const stack = stackOf(request.scope, request.place);
  checkHostnameCount(list, HOSTNAME_LIMIT, request.place);
  const name = resourceName(`${settings.namePrefix ?? ''}${request.table.id}-${list.port.numbers}`);
  const base = {
    ...commonAttributes(settings, stack, request.place),
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
    sessionMatcher: `inUrlList(host(), '\${${urlList.address}.id}') && ${portCondition(list.port)}`,
  };
  return [urlList, { ...planRule(provider, rule, policy), hostnames: list.hostnames }];
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

function commonAttributes(
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

function portCondition({ fromPort, toPort }: Port): string {
  return fromPort === toPort
    ? `destination.port == ${fromPort}`
    : `destination.port >= ${fromPort} && destination.port <= ${toPort}`;
}
