/** A Linux distribution whose packages the servers install. */
export enum LinuxDistribution {
  /** Ubuntu: archive.ubuntu.com. */
  UBUNTU = 'ubuntu',
  /** Red Hat Enterprise Linux: cdn.redhat.com. */
  RED_HAT = 'red-hat',
}
