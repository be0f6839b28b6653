import type { IHostnameFilter } from '../model/host-filter';
import type { PlannedRule } from '../model/planned-rule';
import { checkText } from '../model/text';

/** A proxy or firewall on premises whose allow-list others manage: we ask for the hosts and open none. */
export class ExternalProxy implements IHostnameFilter {
  /**
   * A proxy by its name.
   * @param name what the people who manage it call it
   */
  public static named(name: string): ExternalProxy {
    return new ExternalProxy(checkText(name, 'ExternalProxy.named', 'the name'));
  }

  /** Always `external`. */
  public readonly cloud = 'external';
  /** The name of the proxy. */
  public readonly label: string;
  /** Always true: proxies match names. */
  public readonly supportsWildcards = true;

  private constructor(label: string) {
    this.label = label;
    Object.freeze(this);
  }

  /** @internal */
  public _allowOutbound(): PlannedRule[] {
    return [];
  }
}
