import { Construct, type IConstruct } from 'constructs';
import { APINIZER_INSTALLATION_HOSTS } from '../catalog/apinizer-installation-hosts@2024-12';
import { warn } from '../framework/warn';
import type { HostTable } from '../model/host-table';
import type { OutboundHost } from '../model/outbound-host';
import { refusal, shown } from '../model/refusal';
import { frozen } from '../model/table-copy';
import type { DocumentedHostsProps, IDocumentedHosts } from './documented-hosts';
import { letOutHosts } from './let-out-hosts';
import { LinuxDistribution } from './linux-distribution';
import { placeOf } from './open-flows';

const PACKAGES: Readonly<Record<LinuxDistribution, string>> = {
  [LinuxDistribution.UBUNTU]: 'ubuntu-packages',
  [LinuxDistribution.RED_HAT]: 'red-hat-packages',
};
const ANY_OF_AWS = 'amazonaws-com';

/** What lets the hosts out, and whose packages the servers install. */
export interface ApinizerInstallationHostsProps extends DocumentedHostsProps {
  /**
   * The distribution of the servers: the package host of the other one stays closed.
   * @default - both package hosts of the document are let out
   */
  readonly distribution?: LinuxDistribution;
}

/** Lets servers reach the hosts from which Apinizer and its Kubernetes cluster are installed. */
export class ApinizerInstallationHosts extends Construct implements IDocumentedHosts {
  /** What the vendor documents. */
  public static readonly HOSTS: HostTable = frozen(APINIZER_INSTALLATION_HOSTS);

  /** The hosts that are let out here, or that others are asked to let out. */
  public readonly hosts: OutboundHost[];
  /** Terraform addresses of what lets them out. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];
  /** The ids of these resources, known to Terraform. */
  public readonly ids: string[];

  constructor(scope: Construct, id: string, props: ApinizerInstallationHostsProps) {
    super(scope, id);

    const omit = withoutOthers(props, placeOf(this));
    ({
      hosts: this.hosts,
      addresses: this.addresses,
      resources: this.resources,
      ids: this.ids,
    } = letOutHosts(this, APINIZER_INSTALLATION_HOSTS, { ...props, omit }));
    if (this.hosts.some(({ key }) => key === ANY_OF_AWS)) {
      warn(
        this,
        `*.amazonaws.com lets out to whatever anyone hosts on AWS: omit "${ANY_OF_AWS}" and name the buckets of your region`,
      );
    }
  }
}

/** What stays closed: what the user says, and the packages of the other distributions. */
function withoutOthers({ distribution, omit }: ApinizerInstallationHostsProps, place: string): string[] | undefined {
  if (distribution === undefined) return omit;
  if (!Object.values(LinuxDistribution).includes(distribution)) {
    const need = 'distribution must be one of LinuxDistribution';
    throw refusal(place, need, shown(distribution), 'LinuxDistribution.UBUNTU');
  }
  if (omit !== undefined && !Array.isArray(omit)) return omit; // refused with the others of its kind
  const others = Object.values(LinuxDistribution).filter((other) => other !== distribution);
  return [...(omit ?? []), ...others.map((other) => PACKAGES[other])];
}
