import type { NetworkfirewallRuleGroupConfig } from '@cdktf/provider-aws/lib/networkfirewall-rule-group';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { attributeList } from '../framework/attribute-list';
import { stackOf } from '../framework/framework';
import { awsHostnameProvider } from '../framework/host-providers';
import { checkProviderOf } from '../framework/provider-instance';
import { rangeCondition } from '../framework/range-condition';
import { resolvedEnd } from '../framework/resolved-end';
import type { ResolvedEnd } from '../model/far-end';
import { describeHostnames } from '../model/host-description';
import type { HostnameRequest } from '../model/host-filter';
import { dotted } from '../model/host-name';
import type { HostnamesAtPort } from '../model/outbound-host';
import { plannedResource } from '../model/planned-resource';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { literal } from '../model/token-text';
import { AwsRuleOrder } from './aws-rule-order';
import { DEFAULT_CAPACITY, LARGEST_CAPACITY, type AwsNetworkFirewallRuleGroupProps } from './rule-group-props';
import { literalTags } from './tags';

const PROTOCOLS: Readonly<Record<string, string>> = { TLS_SNI: 'tls', HTTP_HOST: 'http' };

/** One allow-list of names for one protocol. */
export function planRuleGroup(
  settings: AwsNetworkFirewallRuleGroupProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
  targetType: string,
): PlannedRule {
  const { scope, place, table } = request;
  const { provider, namePrefix = '' } = settings;
  const stack = stackOf(scope, place);
  const { NetworkfirewallRuleGroup } = awsHostnameProvider(stack, place);
  checkProviderOf(provider, stack, place);
  checkCapacity(settings, list, place);
  const clients = settings.clients && resolvedEnd(settings.clients._farEnd, stack, place);
  const name = `${namePrefix}${table.id}-${PROTOCOLS[targetType]}`;
  const logicalId = `hosts_${name}`;
  const config: NetworkfirewallRuleGroupConfig = {
    name,
    description: literal(describeHostnames(request, list)),
    tags: settings.tags && literalTags(settings.tags),
    provider: provider as TerraformProvider | undefined,
    lifecycle: clients && preconditions(clients, stack),
    ...allowList(settings, list, targetType, clients, stack),
  };
  return plannedResource({
    address: `${NetworkfirewallRuleGroup.tfResourceType}.${logicalId}`,
    identity: `aws|rule-group|${provider?.node.path ?? stack.node.path}|${name}`,
    what: `the rule group ${name}`,
    advice: 'a second AwsNetworkFirewallRuleGroup with a namePrefix',
    hostnames: list.hostnames,
    make: (parent: Construct) => {
      const group = new NetworkfirewallRuleGroup(parent, logicalId, config);
      group.overrideLogicalId(logicalId);
      return group;
    },
  });
}

/** The names without order, each once. */
function allowList(
  { capacity = DEFAULT_CAPACITY, ruleOrder = AwsRuleOrder.ACTION }: AwsNetworkFirewallRuleGroupProps,
  { hostnames }: HostnamesAtPort,
  targetType: string,
  clients: ResolvedEnd | undefined,
  stack: Construct,
): Pick<NetworkfirewallRuleGroupConfig, 'type' | 'capacity' | 'ruleGroup'> {
  const targets = [...new Set(hostnames.map(dotted))].sort();
  return {
    type: 'STATEFUL',
    capacity,
    ruleGroup: {
      ruleVariables: clients && homeNetwork(clients, stack),
      rulesSource: { rulesSourceList: { generatedRulesType: 'ALLOWLIST', targetTypes: [targetType], targets } },
      statefulRuleOptions: { ruleOrder },
    },
  };
}

function checkCapacity(
  { capacity = DEFAULT_CAPACITY }: AwsNetworkFirewallRuleGroupProps,
  list: HostnamesAtPort,
  place: string,
): void {
  const count = list.hostnames.length;
  if (count <= capacity) return;
  const need = `a rule group must have capacity for its hosts (${capacity})`;
  const fix =
    count > LARGEST_CAPACITY
      ? 'several tables, each with an AwsNetworkFirewallRuleGroup of another namePrefix'
      : `capacity: ${Math.min(count * 2, LARGEST_CAPACITY)}`;
  throw refusal(place, need, `${count} hosts at ${String(list.port)}`, fix);
}

function homeNetwork({ ranges, references }: ResolvedEnd, stack: Construct): object {
  const definition = attributeList([...ranges.map(String), ...references.map(({ text }) => text)], stack);
  return { ipSets: [{ key: 'HOME_NET', ipSet: { definition } }] };
}

function preconditions({ references }: ResolvedEnd, stack: Construct): NetworkfirewallRuleGroupConfig['lifecycle'] {
  return references.length === 0
    ? undefined
    : { precondition: references.map((reference) => rangeCondition(reference, stack)) };
}
