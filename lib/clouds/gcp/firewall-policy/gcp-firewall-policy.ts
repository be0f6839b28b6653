import type { Construct } from 'constructs';
import {
  Cloud,
  type HostnameRequest,
  hostnamesByPort,
  type IHostGroup,
  type IHostnameFilter,
  type PlannedRule,
} from '../../../access';
import { terraformText } from '../../../framework';
import { readOnly } from '../../../input';
import { FILTER_LABELS, type HostnameFilterJson } from '../../../provenance';
import { checkForm, checkSecureTag, SERVICE_ACCOUNT } from '../forms';
import { DEFAULT_PRIORITY } from '../gcp-firewall-props';
import { checkedGroupOptions, type GcpHostGroupOptions } from '../host-group-options';
import { checkedPolicyProps, type GcpFirewallPolicyProps, type PolicySettings } from './gcp-firewall-policy-props';
import { planHostnameRule } from './hostname-rule';
import { PolicyHostGroup, PolicySelector } from './policy-host-group';
import { checkNoOverlap } from './policy-priorities';

/**
 * A network firewall policy of Google Cloud. It returns the host groups that its rules can select, and it is a filter that allows exact
 * hostnames. Create the policy and its associations yourself.
 *
 * As a filter it resolves each hostname to at most 32 IP addresses of a family, so it does not suit the hostnames of large content
 * delivery networks. It does not support wildcards; `GcpSecureWebProxy` does. Its rules only allow: unless a rule that is evaluated
 * later denies other traffic, the network allows all outbound traffic, and what its firewall rules allow.
 */
export class GcpFirewallPolicy implements IHostnameFilter {
  /** Always `gcp`. */
  public readonly cloud: Cloud = Cloud.GCP;
  /** The name of the filter in errors and documents. */
  public readonly label: string;
  /** Always false: the policy resolves hostnames, and a wildcard has no IP address. */
  public readonly supportsWildcards = false;
  /** @internal */
  public readonly _settings: PolicySettings;

  constructor(props: GcpFirewallPolicyProps) {
    this._settings = checkedPolicyProps(props);
    if (this._settings.priorities !== undefined) this.checkPriorities('GcpFirewallPolicy');
    this.label = FILTER_LABELS['firewall-policy'];
    readOnly(this);
  }

  /**
   * Returns the machines that have a secure tag: a tag value whose key has the purpose `GCE_FIREWALL`. Unlike a network tag, only
   * people who may use the tag value can give it to a machine.
   * @param tagValue such as `tagValues/281484836404786`, or the id of a `google_tags_tag_value`
   * @param options the IP ranges and the network zone of the machines
   */
  public secureTag(tagValue: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewallPolicy.secureTag';
    checkSecureTag(tagValue, place);
    return this.hostGroup(PolicySelector.SECURE_TAG, tagValue, options, place);
  }

  /**
   * Returns the machines that run as a service account, as a destination: a rule of a firewall policy cannot select its source by
   * service account.
   * @param email such as `name@project.iam.gserviceaccount.com`
   * @param options the IP ranges and the network zone of the machines
   */
  public serviceAccount(email: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewallPolicy.serviceAccount';
    checkForm(email, SERVICE_ACCOUNT, place);
    return this.hostGroup(PolicySelector.SERVICE_ACCOUNT, email, options, place);
  }

  /** @internal */
  public _describedIn(stack: Construct, place: string): HostnameFilterJson {
    const { policy, project, region, targetServiceAccounts } = this._settings;
    const text = (value: string): string => terraformText(value, stack, place);
    const accounts = targetServiceAccounts?.map(text);
    return { kind: 'firewall-policy', policy: text(policy), project: project && text(project), region, accounts };
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    return hostnamesByPort(request.hostnames.map(({ row }) => row)).map((list) =>
      planHostnameRule(this._settings, request, list),
    );
  }

  private hostGroup(selector: PolicySelector, value: string, options: GcpHostGroupOptions, place: string): IHostGroup {
    this.checkPriorities(place);
    return new PolicyHostGroup(this._settings, selector, value, checkedGroupOptions(options, place));
  }

  /** The rules for hostnames and for host groups have different priorities, whichever of them exist. */
  private checkPriorities(place: string): void {
    const { priority = DEFAULT_PRIORITY, priorities } = this._settings;
    checkNoOverlap(priority, priorities, place);
  }
}
