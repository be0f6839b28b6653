import { Cloud, type IHostnameFilter, type IPeer, isPeer, peerCallFor, type PlannedRule } from '../../access';
import { checkOnlyProps, checkText, type PropsForm, readOnly, refusal, shown } from '../../input';

/** What the firewall team must know about an external proxy, in addition to its name. */
export interface ExternalProxyProps {
  /**
   * The machines that the hostnames are for: IP ranges, or host groups such as security groups and network tags.
   * @default - the access request does not name machines
   */
  readonly clients?: IPeer;
}

const FORM: PropsForm<ExternalProxyProps> = {
  needed: 'the properties of a proxy',
  example: '{ clients }',
  names: { clients: true },
};

/**
 * A proxy or firewall whose allow-list another team manages, for example on premises. This library creates nothing for it: the
 * firewall team is asked to allow the hostnames.
 */
export class ExternalProxy implements IHostnameFilter {
  /**
   * Returns a proxy by its name. Throws if `clients` is not a peer, or is open to the world.
   * @param name what the team that manages the proxy calls it
   * @param props the machines that the hostnames are for
   */
  public static named(name: string, props: ExternalProxyProps = {}): ExternalProxy {
    const place = 'ExternalProxy.named';
    const label = checkText(name, place, 'the name');
    checkOnlyProps(props, FORM, place);
    if (props.clients !== undefined) checkClients(props.clients, place);
    return new ExternalProxy(label, props.clients);
  }

  /** Always `external`. */
  public readonly cloud: Cloud = Cloud.EXTERNAL;
  /** The name of the proxy. */
  public readonly label: string;
  /** Always true: proxies match names. */
  public readonly supportsWildcards = true;

  /** @internal */
  public readonly _clients?: IPeer;

  private constructor(label: string, clients?: IPeer) {
    this.label = label;
    this._clients = clients;
    readOnly(this);
  }

  /** @internal */
  public _allowOutbound(): PlannedRule[] {
    return [];
  }
}

function checkClients(clients: IPeer, place: string): void {
  if (!isPeer(clients)) {
    throw refusal(place, 'peer-required', 'clients must be a peer', shown(clients), peerCallFor(clients));
  }
  if (clients._farEnd.worldReasons.length > 0) {
    const need = 'clients must be the machines behind the proxy';
    throw refusal(place, 'world-not-allowed', need, clients.label, 'Peer.cidr(...) with their IP ranges');
  }
}
