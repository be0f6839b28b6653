import { checkIpRanges } from '../model/addresses-given';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkReason } from '../model/text';
import { checkForm, SERVICE_ACCOUNT, TAG } from './forms';
import { checkGcpFirewallProps, type GcpFirewallProps } from './gcp-firewall-props';
import { GcpHostGroup, Selector } from './gcp-host-group';

/** What can be said of machines besides how they are selected. */
export interface GcpHostGroupOptions {
  /**
   * The ranges in which the machines have their addresses: an EGRESS rule cannot name its destination by tag or account, and
   * the owners of other firewalls know neither.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
}

/** The firewall of a VPC network: it hands out the groups of machines that it can select. */
export class GcpFirewall {
  /** The settings of all rules. */
  public readonly settings: GcpFirewallProps;

  constructor(props: GcpFirewallProps) {
    this.settings = checkGcpFirewallProps(props);
    Object.freeze(this);
  }

  /**
   * The machines of the network that carry a tag. As a source, a tag stands for the primary address of the machines and not
   * for the addresses of pods: give the pods' range for those.
   * @param tag lower-case letters, digits and hyphens, at most 63
   * @param options the addresses of the machines, for `documentedEgress` and for access requests
   */
  public networkTag(tag: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewall.networkTag';
    checkForm(tag, TAG, place);
    return new GcpHostGroup(this.settings, Selector.TAG, tag, place, checkIpRanges(options.ipRanges, place));
  }

  /**
   * The machines of the network that run as a service account. It cannot stand in one rule with a network tag.
   * @param email as `name@project.iam.gserviceaccount.com`
   * @param options the addresses of the machines, for `documentedEgress` and for access requests
   */
  public serviceAccount(email: string, options: GcpHostGroupOptions = {}): IHostGroup {
    const place = 'GcpFirewall.serviceAccount';
    checkForm(email, SERVICE_ACCOUNT, place);
    return new GcpHostGroup(
      this.settings,
      Selector.SERVICE_ACCOUNT,
      email,
      place,
      checkIpRanges(options.ipRanges, place),
    );
  }

  /**
   * Every machine of the network, as a destination.
   * @param reason why; it goes into the description of the rules
   */
  public allInstances(reason: string): IHostGroup {
    const place = 'GcpFirewall.allInstances';
    return new GcpHostGroup(this.settings, Selector.ALL_INSTANCES, checkReason(reason, place), place);
  }
}
