import { Cloud, type IHostnameFilter, type PlannedRule } from '../../access';
import { checkText, readOnly } from '../../input';

/**
 * A proxy or firewall whose allow-list another team manages, for example on premises. This library creates nothing for it: the
 * firewall team is asked to allow the hostnames.
 */
export class ExternalProxy implements IHostnameFilter {
  /**
   * Returns a proxy by its name.
   * @param name what the team that manages the proxy calls it
   */
  public static named(name: string): ExternalProxy {
    return new ExternalProxy(checkText(name, 'ExternalProxy.named', 'the name'));
  }

  /** Always `external`. */
  public readonly cloud: Cloud = Cloud.EXTERNAL;
  /** The name of the proxy. */
  public readonly label: string;
  /** Always true: proxies match names. */
  public readonly supportsWildcards = true;

  private constructor(label: string) {
    this.label = label;
    readOnly(this);
  }

  /** @internal */
  public _allowOutbound(): PlannedRule[] {
    return [];
  }
}
