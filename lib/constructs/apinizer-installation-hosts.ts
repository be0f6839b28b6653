import { Construct, type IConstruct } from 'constructs';
import { APINIZER_INSTALLATION_HOSTS } from '../catalog/apinizer-installation-hosts@2024-12';
import { warn } from '../framework/warn';
import type { HostnameTable } from '../model/host-table';
import { checkObject } from '../model/object-given';
import type { OutboundHostname } from '../model/outbound-host';
import { refusal, shown } from '../model/refusal';
import { frozen } from '../model/table-copy';
import type { DocumentedHostnamesProps, IDocumentedHostnames } from './documented-hosts';
import { hostnameTableOf } from './editions';
import { openHostnames } from './let-out-hosts';
import { LinuxDistribution } from './linux-distribution';
import { placeOf } from './open-flows';

const PACKAGES: Readonly<Record<LinuxDistribution, readonly string[]>> = {
  [LinuxDistribution.UBUNTU]: ['ubuntu-packages', 'ubuntu-security'],
  [LinuxDistribution.RED_HAT]: ['red-hat-packages'],
};
/** Where anyone can have a name below these, and what to do about it, by row. */
const ANYONES: Readonly<Record<string, string>> = {
  'amazonaws-com': 'on AWS: omit "amazonaws-com" and name the buckets of your region',
  'github-content': 'on GitHub: take "github-content" out of supplements and name the hosts in a table of your own',
  'kubernetes-images':
    'in registries of Google: take "kubernetes-images" out of supplements and name those of your region in a table of your own',
  'docker-images':
    'in buckets of Cloudflare: take "docker-images" out of supplements and name the bucket in a table of your own',
};

/** What lets the hosts out, and whose packages the servers install. */
export interface ApinizerInstallationHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The distribution of the servers: the package host of the other one stays closed.
   * @default - both package hosts of the document are let out
   */
  readonly distribution?: LinuxDistribution;
  /**
   * The edition of the document, by its year and month: docs/ports.md has them. What stays keeps its Terraform address.
   * @default - the edition of `HOSTNAMES`
   */
  readonly edition?: string;
}

/** Lets servers reach the hosts from which Apinizer and its Kubernetes cluster are installed. */
export class ApinizerInstallationHostnames extends Construct implements IDocumentedHostnames {
  /** What the vendor documents. */
  public static readonly HOSTNAMES: HostnameTable = frozen(APINIZER_INSTALLATION_HOSTS);

  /** The hosts that are let out here, or that others are asked to let out. */
  public readonly hostnames: OutboundHostname[];
  /** Terraform addresses of what lets them out. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];
  /** The ids of these resources, known to Terraform. */
  public readonly ids: string[];

  constructor(scope: Construct, id: string, props: ApinizerInstallationHostnamesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'what lets hosts out', '{ through }', place);
    const table = hostnameTableOf(APINIZER_INSTALLATION_HOSTS.id, props.edition, place);
    const omit = withoutOthers(props, table, place);
    ({
      hostnames: this.hostnames,
      addresses: this.addresses,
      resources: this.resources,
      ids: this.ids,
    } = openHostnames(this, table, { ...props, omit }));
    for (const { key, row } of this.hostnames) {
      if (key in ANYONES) warn(this, `${row.hostname} lets out to whatever anyone hosts ${ANYONES[key]}`);
    }
  }
}

/** What stays closed: what the user says, and the packages of the other distributions. */
function withoutOthers(
  { distribution, omit }: ApinizerInstallationHostnamesProps,
  { hostnames }: HostnameTable,
  place: string,
): string[] | undefined {
  if (distribution === undefined) return omit;
  if (!Object.values(LinuxDistribution).includes(distribution)) {
    const need = 'distribution must be one of LinuxDistribution';
    throw refusal(place, need, shown(distribution), 'LinuxDistribution.UBUNTU');
  }
  if (omit !== undefined && !Array.isArray(omit)) return omit; // refused with the others of its kind
  const others = Object.values(LinuxDistribution).filter((other) => other !== distribution);
  const closed = others.flatMap((other) => PACKAGES[other]);
  return [...(omit ?? []), ...hostnames.map(({ name }) => name).filter((name) => closed.includes(name))];
}
