import type { HostnameRequest, IHostnameFilter } from '../model/host-filter';
import { hostnamesByPort } from '../model/outbound-host';
import { checkObject } from '../model/object-given';
import type { PlannedRule } from '../model/planned-rule';
import { Protocol } from '../model/protocol';
import { refusal, shown } from '../model/refusal';
import { RESOURCE_NAME } from './forms';
import { checkHostnameFilterProps, type GcpHostnameFilterProps } from './host-filter-props';
import { planProxyPolicy, planProxyRule } from './plan-proxy-rule';

const LOCATION = /^[a-z]+(?:-[a-z0-9]+)+$/;
const ZONE = /^(.*\d)-[a-z]$/;

/** The policy of a Secure Web Proxy, and what its rules have in common. */
export interface GcpSecureWebProxyProps extends GcpHostnameFilterProps {
  /** The region of the proxy: `europe-west3`. */
  readonly location: string;
  /**
   * The name of the gateway security policy that is made. All constructs that are given the same name share it.
   * @default outbound-hosts
   */
  readonly policy?: string;
}

/**
 * The policy of a Google Secure Web Proxy that lets hosts out by name: a URL list and a rule for each port.
 *
 * `*.docker.com` lets out all names below docker.com and not docker.com itself, as it is written. What no rule lets out, the
 * proxy refuses; a list has at most 2500 hosts. The gateway that has the policy, its proxy-only subnet and the way of the servers to it are the user's.
 */
export class GcpSecureWebProxy implements IHostnameFilter {
  /** Always `gcp`. */
  public readonly cloud = 'gcp';
  /** What errors and documents call it. */
  public readonly label: string;
  /** Always true. */
  public readonly supportsWildcards = true;
  /** The settings of the policy and its rules. */
  public readonly settings: GcpSecureWebProxyProps;

  constructor(props: GcpSecureWebProxyProps) {
    const place = 'GcpSecureWebProxy';
    checkObject(props, 'a location', '{ location }', place);
    const { location, policy, project, provider, priority, namePrefix } = props;
    if (typeof location !== 'string' || !LOCATION.test(location)) {
      throw refusal(place, 'location must be the name of a region', shown(location), '"europe-west3"');
    }
    const [, region] = ZONE.exec(location) ?? [];
    if (region !== undefined) {
      throw refusal(place, 'location must be a region, not a zone', shown(location), shown(region));
    }
    if (policy !== undefined && !(typeof policy === 'string' && RESOURCE_NAME.test(policy))) {
      const need = 'policy must be lower-case letters, digits and hyphens, at most 63, beginning with a letter';
      throw refusal(place, need, shown(policy));
    }
    checkHostnameFilterProps(props, place);
    this.settings = Object.freeze({ location, policy, project, provider, priority, namePrefix });
    this.label = 'Secure Web Proxy';
    Object.freeze(this);
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    const lists = hostnamesByPort(request.hostnames.map(({ row }) => row));
    const other = lists.find(({ port }) => port.protocol !== Protocol.TCP);
    if (other !== undefined) {
      throw refusal(request.place, `${this.label} passes tcp alone`, `${other.hostnames[0]} at ${String(other.port)}`);
    }
    const policy = planProxyPolicy(this.settings, request);
    return [policy, ...lists.flatMap((list) => planProxyRule(this.settings, request, list, policy))];
  }
}
