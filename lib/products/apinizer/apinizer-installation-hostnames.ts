import type { Construct } from 'constructs';
import { checkMember, type PropsForm, readOnlyDeep } from '../../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../../opening';
import { type HostnameTable, tableOf } from '../../tables';
import { hostnameEditionsOf } from '../catalog';

/** The Linux distribution of the servers. */
export enum LinuxDistribution {
  /** Ubuntu, with archive.ubuntu.com. */
  UBUNTU = 'ubuntu',
  /** Red Hat Enterprise Linux, with cdn.redhat.com. */
  RED_HAT = 'red-hat',
}

/** The editions of the document; the first is the default. */
const EDITIONS = hostnameEditionsOf('apinizer-installation-hosts');

/** The rows that only servers of one distribution need. */
const PACKAGES: Readonly<Record<LinuxDistribution, readonly string[]>> = {
  [LinuxDistribution.UBUNTU]: ['ubuntu-packages', 'ubuntu-security'],
  [LinuxDistribution.RED_HAT]: ['red-hat-packages'],
};

/**
 * The props of `ApinizerInstallationHostnames`.
 *
 * Rows: `ubuntu-packages`, `red-hat-packages`, `docker-com`, `docker-io`, `k8s-io`, `amazonaws-com`, `mongodb-org`,
 * `elastic-artifacts`; since 2026-03: `ubuntu-security`, `mongodb-com`. Supplements: `ubuntu-security`, `ubuntu-mirrors`,
 * `mongodb-com`, `flannel-manifest`, `flannel-images`, `github-content`, `kubernetes-images`, `docker-images`. Editions: `2024-12`
 * (default), `2026-03`.
 */
export interface ApinizerInstallationHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The Linux distribution of the servers. The package hostnames of other distributions are not allowed.
   * @default - the package hostnames of all documented distributions are allowed
   */
  readonly distribution?: LinuxDistribution;
  /**
   * The edition of the document, such as `2026-03`. Hostnames that both editions have keep their Terraform addresses.
   * @default - the edition of `HOSTNAMES`
   */
  readonly edition?: string;
}

const FORM: PropsForm<ApinizerInstallationHostnamesProps> = {
  needed: 'a hostname filter',
  example: '{ through }',
  names: {
    through: true,
    omit: true,
    supplements: true,
    ownership: true,
    rowOwnership: true,
    distribution: true,
    edition: true,
  },
};

/**
 * Allows outbound traffic to the hostnames from which Apinizer and its Kubernetes cluster are installed, on 443/tcp, and on 80/tcp for
 * Ubuntu packages, as Apinizer lists them. Warns about hostnames that anyone can publish under, such as `*.amazonaws.com`.
 *
 * Throws before anything is created: `hostname-filter-required`, `wildcard-not-supported` if `through` takes only exact names,
 * `distribution-invalid`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new ApinizerInstallationHostnames(stack, 'installation', {
 *   through: new GcpSecureWebProxy({ location: 'europe-west3' }),
 *   distribution: LinuxDistribution.UBUNTU,
 *   supplements: ['ubuntu-security', 'flannel-images'],
 * });
 */
export class ApinizerInstallationHostnames extends DocumentedHostnames {
  /** The hostname table of the default edition. */
  public static readonly HOSTNAMES: HostnameTable = readOnlyDeep(EDITIONS[0]);

  constructor(scope: Construct, id: string, props: ApinizerInstallationHostnamesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(EDITIONS, props.edition, place),
      omit: (table, place) => omittedRows(props, table, place),
      editions: EDITIONS,
    });
  }
}

/** Returns the rows of `omit`, and the package rows of other distributions. */
function omittedRows(
  { distribution, omit }: ApinizerInstallationHostnamesProps,
  { hostnames }: HostnameTable,
  place: string,
): string[] | undefined {
  if (distribution === undefined) return omit;
  const distributions = { members: LinuxDistribution, name: 'LinuxDistribution', prop: 'distribution' };
  checkMember(distribution, { ...distributions, code: 'distribution-invalid' }, place);
  if (omit !== undefined && !Array.isArray(omit)) return omit; // fails later, where every omit is checked
  const unused = Object.values(LinuxDistribution).filter((known) => known !== distribution);
  const closed = unused.flatMap((known) => PACKAGES[known]);
  return [...(omit ?? []), ...hostnames.map(({ name }) => name).filter((name) => closed.includes(name))];
}
