import {
  describeHostnames,
  type HostnameRequest,
  type HostnamesAtPort,
  plannedResource,
  type PlannedRule,
} from '../../../access';
import { stackOf } from '../../../framework';
import { literal } from '../../../input';
import { resourceName } from '../firewall-rule';
import { checkedValueIn, SERVICE_ACCOUNT } from '../forms';
import { checkHostnameCount, priorityAgreement, priorityOf } from '../hostname-filter-props';
import { checkPriorityAtSynthesis } from './hand-written-rules';
import type { PolicySettings } from './gcp-firewall-policy-props';
import { policyPlace } from './policy-place';

/** The limit of Google. */
const HOSTNAME_LIMIT = { most: 100, holder: 'a rule of a firewall policy', filter: 'GcpFirewallPolicy' };

/** Plans the rule that allows the hostnames at one port. */
export function planHostnameRule(
  settings: PolicySettings,
  request: HostnameRequest,
  list: HostnamesAtPort,
): PlannedRule {
  const { scope, place, table } = request;
  checkHostnameCount(list, HOSTNAME_LIMIT, place);
  const stack = stackOf(scope, place);
  const policy = policyPlace(settings, stack, place);
  const name = resourceName(`${settings.namePrefix ?? ''}${table.id}-${list.port.numbers}-${list.port.protocol}`);
  const logicalId = `hosts_${name}`;
  const priority = priorityOf(list, settings);
  const targetServiceAccounts = settings.targetServiceAccounts?.map((account) =>
    checkedValueIn(account, SERVICE_ACCOUNT, stack, place),
  );
  return plannedResource({
    address: `${policy.ruleType}.${logicalId}`,
    identity: `${policy.key}|${name}`,
    what: `the rule ${name} of a firewall policy`,
    advice: 'a second GcpFirewallPolicy with a namePrefix and a different priority',
    agreements: [priorityAgreement(policy.key, priority, name)],
    hostnames: list.hostnames,
    make: (parent) => {
      const resource = policy.createRule(parent, logicalId, {
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
        targetServiceAccounts,
      });
      const { advice } = priorityAgreement(policy.key, priority, name);
      checkPriorityAtSynthesis({ resource, priority, name, advice, settings, kind: 'hostnames' });
      return resource;
    },
  });
}
