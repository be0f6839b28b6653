import type { HostnameRequest, IHostnameFilter } from '../model/host-filter';
import { hostnamesByPort } from '../model/outbound-host';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { planRuleGroup } from './plan-rule-group';
import { checkRuleGroupProps, type AwsNetworkFirewallRuleGroupProps } from './rule-group-props';

/** Where the firewall finds the name of a host, by the port that stands for it. */
const TARGET_TYPES: Readonly<Record<string, string>> = { '443/tcp': 'TLS_SNI', '80/tcp': 'HTTP_HOST' };

/**
 * Rule groups of AWS Network Firewall that let hosts out by name: an allow-list for TLS, and one for HTTP where hosts need 80/tcp.
 *
 * `*.docker.com` becomes `.docker.com`, which lets docker.com itself out too: AWS has no narrower form. The firewall looks for
 * names in TLS and HTTP on every port, and an allow-list denies nothing but other names in its own protocol: the firewall
 * policy has to drop the rest. The policy, the firewall and the routes to it are the user's; the `ids` of the construct go into
 * the policy.
 */
export class AwsNetworkFirewallRuleGroup implements IHostnameFilter {
  /** Always `aws`. */
  public readonly cloud = 'aws';
  /** What errors and documents call it. */
  public readonly label: string;
  /** Always true, with the domain itself. */
  public readonly supportsWildcards = true;
  /** The settings of all rule groups. */
  public readonly settings: AwsNetworkFirewallRuleGroupProps;

  constructor(props: AwsNetworkFirewallRuleGroupProps = {}) {
    this.settings = checkRuleGroupProps(props);
    this.label = 'AWS Network Firewall';
    Object.freeze(this);
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    const lists = hostnamesByPort(request.hostnames.map(({ row }) => row));
    const other = lists.find(({ port }) => !(String(port) in TARGET_TYPES));
    if (other !== undefined) {
      throw refusal(
        request.place,
        `${this.label} finds names in TLS (443/tcp) and HTTP (80/tcp) alone`,
        `${other.hostnames[0]} at ${String(other.port)}`,
        'Port.tcp(443), which lets TLS out on every port',
      );
    }
    return lists.map((list) => planRuleGroup(this.settings, request, list, TARGET_TYPES[String(list.port)]));
  }
}
