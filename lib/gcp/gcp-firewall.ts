import { refusal, shown } from '../model/refusal';
import type { IHostGroup } from '../model/host-group';
import { checkDescription } from '../model/text';
import { hasForm } from '../model/token-text';
import { checkGcpFirewallProps, type GcpFirewallProps } from './gcp-firewall-props';
import { GcpHostGroup, Selector } from './gcp-host-group';

const LONGEST_REASON = 100;
const TAG = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE_ACCOUNT = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?@[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?\.gserviceaccount\.com$/;

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
   */
  public networkTag(tag: string): IHostGroup {
    const place = 'GcpFirewall.networkTag';
    if (!hasForm(tag, TAG)) {
      throw refusal(
        place,
        'a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter',
        shown(tag),
      );
    }
    return new GcpHostGroup(this.settings, Selector.TAG, tag, place);
  }

  /**
   * The machines of the network that run as a service account. It cannot stand in one rule with a network tag.
   * @param email as `name@project.iam.gserviceaccount.com`
   */
  public serviceAccount(email: string): IHostGroup {
    const place = 'GcpFirewall.serviceAccount';
    if (!hasForm(email, SERVICE_ACCOUNT)) {
      throw refusal(place, 'a service account must be an email address of gserviceaccount.com', shown(email));
    }
    return new GcpHostGroup(this.settings, Selector.SERVICE_ACCOUNT, email, place);
  }

  /**
   * Every machine of the network, as a destination.
   * @param reason why; it goes into the description of the rules
   */
  public allInstances(reason: string): IHostGroup {
    const place = 'GcpFirewall.allInstances';
    return new GcpHostGroup(
      this.settings,
      Selector.ALL_INSTANCES,
      checkDescription(reason, place, 'the reason', LONGEST_REASON),
      place,
    );
  }
}
