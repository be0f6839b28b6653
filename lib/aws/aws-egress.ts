/** What a new security group lets out. There is no default, because a group that Terraform makes lets nothing out. */
export enum AwsEgress {
  /** The documented flows that start at the group, and nothing else: no DNS, no time, no package hosts. */
  DOCUMENTED = 'documented',
  /** Everything, to everywhere, over IPv4 and IPv6. */
  ALL = 'all',
}
