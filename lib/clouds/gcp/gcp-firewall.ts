import type { IHostGroup } from '../../access';
import { checkReason, readOnly } from '../../input';
import { checkForm, SERVICE_ACCOUNT, TAG } from './forms';
import { checkedGcpFirewallProps, type GcpFirewallProps } from './gcp-firewall-props';
import { GcpHostGroup, Selector } from './gcp-host-group';
import { checkedGroupOptions, type GcpHostGroupOptions } from './host-group-options';

/** The firewall of a VPC network. It returns the host groups that its rules can select, and creates nothing by itself. */
export class GcpFirewall {
  /** @internal */
  public readonly _settings: GcpFirewallProps;

  constructor(props: GcpFirewallProps) {
    this._settings = checkedGcpFirewallProps(props);
    readOnly(this);
  }

  /**
   * Returns the machines of the network that have a network tag. A rule that selects its source by tag matches the primary IP
   * addresses of the machines, not the addresses of pods: add the IP ranges of the pods to the source.
   * @param tag lower-case letters, digits and hyphens, at most 63
   * @param options the IP ranges and the network zone of the machines
   */
  public networkTag(tag: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewall.networkTag';
    checkForm(tag, TAG, place);
    return new GcpHostGroup(this._settings, Selector.TAG, tag, checkedGroupOptions(options, place));
  }

  /**
   * Returns the machines of the network that run as a service account. One rule cannot combine service accounts and network tags.
   * @param email such as `name@project.iam.gserviceaccount.com`
   * @param options the IP ranges and the network zone of the machines
   */
  public serviceAccount(email: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewall.serviceAccount';
    checkForm(email, SERVICE_ACCOUNT, place);
    return new GcpHostGroup(this._settings, Selector.SERVICE_ACCOUNT, email, checkedGroupOptions(options, place));
  }

  /**
   * Returns every machine of the network, as a destination.
   * @param reason why; it goes into the description of the rules for documented flows
   */
  public allInstances(reason: string): IHostGroup {
    const place = 'GcpFirewall.allInstances';
    return new GcpHostGroup(this._settings, Selector.ALL_INSTANCES, checkReason(reason, place));
  }
}
