/** How serious findings are, from the most to the least serious. */
export const LEVELS = ['error', 'warning', 'information'] as const;

/** How serious a finding is. An error fails an apply, closes what is meant to be open, or opens what nobody gave a reason for. */
export type FindingLevel = (typeof LEVELS)[number];

/** What a kind of finding means. docs/findings.md and the rules in SARIF are made from it. */
interface FindingExplanation {
  /** The problem in a few words, as a sentence about a rule or a group. */
  readonly title: string;
  /** The levels that it can have; the first is the usual one. */
  readonly levels: readonly FindingLevel[];
  readonly cause: string;
  readonly fix: string;
}

/** All kinds of findings by their code, which never changes. */
const FINDINGS = {
  'world-open': {
    title: 'A port is open to most of the internet, and nobody gave a reason',
    levels: ['error'],
    cause:
      'Ranges of one rule, or of several rules together, have more public addresses than one /8 of IPv4 or one /16 of IPv6 ' +
      '(`--world-wider-than`), and the provenance of the stack has no reason for it. A reason in the description of a rule ' +
      'does not count, because anybody can write one: for a plan or a state, pass the synthesized stacks with `--why`.',
    fix:
      'Allow narrower ranges. If the port must be open, open it with `Peer.anyIpv4("why it is open")`, `Peer.anyIpv6(...)` or ' +
      '`Peer.wide(...)`; the finding is then `world-open-with-reason`. For rules that this library did not create, accept it in ' +
      'the baseline.',
  },
  'inline-and-separate': {
    title: 'A security group has inline rules, and rules that are separate resources',
    levels: ['error'],
    cause:
      'Terraform takes the inline rules of an `aws_security_group` as the complete list. Every apply of the group removes the ' +
      'rules of separate resources, and the next apply creates them again, for ever. In between, their ports are closed.',
    fix:
      'Move the inline rules of this direction into separate resources (`aws_vpc_security_group_ingress_rule`, ' +
      '`aws_vpc_security_group_egress_rule`), or put all rules inline.',
  },
  duplicate: {
    title: 'A security group has the same rule twice',
    levels: ['error'],
    cause:
      'AWS accepts a rule once, whatever its description says: the same group, direction, protocol, ports and far end. It refuses ' +
      'the second one, and the apply fails with `InvalidPermission.Duplicate`. The inline rules of a group are one request: those that ' +
      'are equal with their descriptions are joined, and those that only have other descriptions fail the apply with ' +
      '`InvalidParameterValue`.',
    fix:
      'Remove one of the two. If one of them was opened by a construct of this library, leave out its row with `omit`, as the ' +
      'finding says, or adopt the existing rule (docs/adopting.md).',
  },
  'false-claim': {
    title: 'The stated reason of a rule is false',
    levels: ['error'],
    cause:
      'A description or the provenance of the stack names a row of a bundled table, and the row does not open this port, the row is ' +
      'for the inside of a cluster and the rule is open to the world, the rule ' +
      'allows a different far end than the provenance says, or the rule does not exist. The reason may have been copied from a ' +
      'different rule, or the rule was changed by hand. Other outputs show the rule as not documented, or its row as ' +
      'closed, closed in part, or open by other rules. Or the provenance names machines, networks or references that the file does not ' +
      'have so; other outputs show what the file has. Or it has a warning that no construct of the file can have given; no other output shows that.',
    fix:
      'Correct the rule or its description. If the code is right and the files are older, synthesize again and pass the new ' +
      'stacks with `--why`.',
  },
  collision: {
    title: 'EKS, GKE or their modules open the port by themselves',
    levels: ['error', 'information'],
    cause:
      'The modules that create a cluster also create rules for its nodes. The EKS module opens 443, 4443, 6443, 8443, 9443, 10250 ' +
      'and 10251/tcp from the security group of the cluster to that of the nodes. GKE opens 443 and 10250/tcp from the control plane ' +
      'of a private cluster, and the GKE module opens 8443, 9443 and 15017/tcp if `add_master_webhook_firewall_rules` or ' +
      '`add_cluster_firewall_rules` is set. On AWS the same rule twice fails the apply, so that is an error; on GCP it is ' +
      'only not needed.',
    fix: 'Leave out the row with `omit`, as the finding says, or tell the module not to open the port.',
  },
  'no-provenance': {
    title: 'No known document asks for a rule',
    levels: ['error'],
    cause:
      'Only with `--require-provenance`, or if the code is named in `--only` or `--fail-on`: neither the provenance of the ' +
      'stack nor the description of the rule names a row of a document. That is usual for rules that this library did not create.',
    fix: 'Open the port with a construct of this library, or accept the finding in the baseline.',
  },
  'unmanaged-rule': {
    title: 'A security group has a rule that no construct asks for',
    levels: ['warning'],
    cause:
      'The code has `unmanagedRules: UnmanagedRules.REPORT` for this security group. A different resource of the files has a rule for it, ' +
      'or a plan or a state lists a rule in the group that no resource creates, because somebody made it by hand. For a plan or a ' +
      'state, pass the synthesized stacks with `--why`.',
    fix:
      'Remove the rule, open its port with a construct of this library, adopt it (docs/adopting.md), or accept the finding in the ' +
      'baseline. A group that these files do not create is seen only as far as their rules name it.',
  },
  quota: {
    title: 'A security group has nearly as many rules as AWS allows, or more',
    levels: ['warning', 'error'],
    cause:
      'AWS allows 60 rules per security group, direction and IP family (`--max-rules` for a raised quota). From 80 % on, this is a ' +
      'warning; above 100 % the apply fails with `RulesPerSecurityGroupLimitExceeded`, so it is an error. A prefix list counts as ' +
      'many rules as its `max_entries`, however many ranges it has today; the lists of AWS count as its documentation says.',
    fix:
      'Join ranges, remove redundant rules, use a second security group, or ask AWS to raise the quota and ' +
      'pass it with `--max-rules`.',
  },
  shadowed: {
    title: 'A rule has no effect, because rules that are evaluated earlier decide',
    levels: ['warning'],
    cause:
      'On GCP, rules with a smaller priority decide first, and at the same priority those that deny. Everything that this rule ' +
      'matches is decided by them, and at least one of them does the opposite.',
    fix: 'Remove the rule, or give it a smaller priority.',
  },
  'egress-missing': {
    title: 'A group is allowed as a source, and no rule allows it the traffic outbound',
    levels: ['warning'],
    cause:
      'Terraform removes the rule by which a new security group allows all outbound traffic. A rule of the destination allows ' +
      'this group as its source, and nothing in the same configuration allows the group to open these connections. Groups of EKS ' +
      'clusters are left out: AWS adds a group to them that allows all outbound traffic.',
    fix:
      'Give the group outbound rules (`Egress.DOCUMENTED` or `Egress.ALL`). If a different configuration creates them, pass ' +
      'both to `lint`. If its machines have a second group with outbound rules, accept the finding in the baseline.',
  },
  'closed-at-source': {
    title: 'A documented flow is opened for its destination, and its source may not send it',
    levels: ['warning'],
    cause:
      'The rules of the destination allow the flow. Outbound rules of the machines that send it deny it, or do not allow it, in the ' +
      'same stack or in a different one of the same network. Other outputs show the flow as closed at its source.',
    fix:
      'Allow the port in the outbound rules of the source, before those that deny, or leave out the row with `omit`. On AWS, ' +
      'machines may have a second security group that allows it: then accept the finding in the baseline.',
  },
  'public-to-internal': {
    title: 'A flow starts in a public network zone, and its row is for the inside of a cluster',
    levels: ['warning'],
    cause:
      'The source is a host group or peer with `zone` or `inZone(NetworkZone.PUBLIC)`, and the document has the row for machines of the ' +
      'cluster only, such as the kubelet or etcd.',
    fix: 'Give the row a source in a private zone, leave it out with `omit`, or correct the zone.',
  },
  'moved-apart': {
    title: 'Rows that belong together were moved to different ports',
    levels: ['warning'],
    cause:
      'One construct moved a row with `ports`, and a different one opens the same row of the same machines at the port of the ' +
      'document; or the API server has different ports on the control plane and on the virtual address.',
    fix: 'Move the row to the same port in both places.',
  },
  warning: {
    title: 'A construct printed a warning during synthesis',
    levels: ['warning'],
    cause:
      'Constructs report what is probably a mistake as annotations of the stack. Only the command line of cdktf prints annotations, ' +
      'so the provenance of the stack keeps them. A warning that the rules of these files refute is left out.',
    fix: 'Do what the warning says, or accept it in the baseline.',
  },
  expired: {
    title: 'The last day of a port or hostname is over, and it is still open',
    levels: ['warning'],
    cause:
      'The construct gives a last day in `ownership` or `rowOwnership`, and that day is before today (`--today`, by default the date in UTC). ' +
      'Expiry changes no rule. The provenance has the day: for a plan or a state, pass the synthesized stacks with `--why`.',
    fix:
      'Ask the owner in the finding. Remove the construct, or leave out the row with `omit`; if the port is still wanted, give a later ' +
      'day. `--fail-on expired` stops a pipeline until somebody does.',
  },
  'world-open-with-reason': {
    title: 'A port is open to most of the internet, and the code says why',
    levels: ['information'],
    cause:
      'The provenance of the stack has a reason for these ports and ranges: `Peer.anyIpv4("why it is open")`, ' +
      '`Peer.anyIpv6(...)` or `Peer.wide(...)`.',
    fix: 'Read the reason. If it is no longer true, allow narrower ranges.',
  },
  moved: {
    title: 'The user moved a row to a different port than the document says',
    levels: ['information'],
    cause:
      'The construct was given `ports`, for example because an API server listens on 8443/tcp instead of 6443/tcp.',
    fix: 'Check that the program really listens there. If it does not, remove the entry of `ports`.',
  },
  omitted: {
    title: 'A construct leaves a row or hostname of its document closed',
    levels: ['information'],
    cause:
      'The construct was given `omit`. The finding names the row, its port and its ends, or the hostname and its filter, and the rules ' +
      'that open it nevertheless, if there are any.',
    fix: 'Check that nothing needs it, or that something else opens it. If it is needed, remove the name from `omit`.',
  },
  disabled: {
    title: 'The firewall of a row is disabled by the code',
    levels: ['information'],
    cause:
      'The host group was made by `new GcpFirewall({ disabled: true })`, so the rules exist and Google Cloud does not enforce them, ' +
      'and no other rule opens the row. `toMatchDocuments` passes only if the row is named in `disabled`.',
    fix: 'Leave out `disabled` as soon as the rules may apply.',
  },
  'port-claimed-twice': {
    title: 'Two products have rows for the same port of the same machines',
    levels: ['information'],
    cause:
      'A port of a machine belongs to one program, and the rows of two products do not seem to be about the same program: for example ' +
      '8472/udp for Canal, which is the default of RKE2, and for Cilium. Rows are about the same program if one of them names the ' +
      'product of the other, or both name the same component. Left out are ports of pods, which have IP addresses of their own; ranges ' +
      'of more than two ports; 80 and 443, which programs share by hostname; and the ports of Kubernetes itself, SSH, DNS and NTP.',
    fix:
      'If only one of the products runs there, choose the option that closes the row of the other one, or leave the row out with ' +
      '`omit`. If a program has a different port, move its row with `ports`. If both rows are about the same program, accept the ' +
      'finding in the baseline.',
  },
  'expires-soon': {
    title: 'The last day of a port or hostname is today, or in the next 30 days',
    levels: ['information'],
    cause: 'The construct gives a last day in `ownership` or `rowOwnership`. The port stays open after it.',
    fix: 'Ask the owner in the finding whether the port is wanted for longer, and give a later day if it is.',
  },
  'later-edition': {
    title: 'This package has a later edition of a table in use',
    levels: ['information'],
    cause: 'The vendor has published a later document. The finding says which ports it adds and which it removes.',
    fix: 'Read the changes, then take the later edition with `edition`.',
  },
  'pod-ports': {
    title: 'A construct opens ports of pods',
    levels: ['information'],
    cause:
      'A firewall of machines, such as a security group, sees the port of a pod only if pods have IP addresses of its network: with ' +
      'VPC-native GKE, with the AWS VPC CNI, or with pods in the network of the host. Under an overlay (VXLAN, Geneve, IP-in-IP, ' +
      'WireGuard) it sees only the encapsulation, and the rules for ports of pods do nothing. Rows from the Kubernetes API server to ' +
      'pods, such as webhooks, are not reported: the control planes of clouds reach pods at their IP addresses.',
    fix: 'If your pods have IP addresses of the network, accept the finding in the baseline. Else leave out the rows with `omit`, as the finding says.',
  },
  redundant: {
    title: 'A rule opens nothing that other rules do not open too',
    levels: ['information'],
    cause:
      'Everything that the rule allows is also allowed by a rule that is as wide or wider, or by several others together. Removing all ' +
      'rules of this finding closes nothing; leaving them hides that narrowing the other rules closes less than expected. If documents ' +
      'ask for the rule and for each of several others, it is not reported. Several rules together are compared for security groups, ' +
      'network tags, service accounts and secure tags, not for hostnames and pods.',
    fix: 'Remove the rule, or narrow the wider ones.',
  },
  overlap: {
    title: 'Two rules on GCP open the same port between the same machines',
    levels: ['information'],
    cause:
      'A construct creates one firewall rule on GCP for each pair of roles. If a machine is in two roles, or two products need the same ' +
      'port, several rules open it. On AWS all rows share one rule.',
    fix: 'Nothing has to change. To close the port, leave out its row with `omit` in every construct that opens it.',
  },
  'denies-by-name': {
    title: 'A rule denies by tag or account, so machines with several names cannot be judged',
    levels: ['information'],
    cause:
      'A machine can have several tags and a service account. A rule that denies by one of its names may block what a rule for ' +
      'its other names allows, and the configuration does not say which names come together.',
    fix: 'Deny for all machines of the network, or accept the finding in the baseline if no machine has both names.',
  },
  'flannel-udp-not-needed': {
    title: '8285/udp is open for a backend of Flannel that the cluster probably does not run',
    levels: ['information'],
    cause:
      'The document opens 8285/udp (the UDP backend, for debugging and old kernels) and 8472/udp (VXLAN, the default of ' +
      "Flannel's manifest). A cluster runs one backend.",
    fix: 'With VXLAN, set `flannel: FlannelBackend.VXLAN`, or leave out the row: `omit: ["flannel-udp"]`.',
  },
  'no-description': {
    title: 'A rule does not say what it is for',
    levels: ['information'],
    cause: 'The description of the rule is absent or empty.',
    fix: 'Say in the description what needs the port. On AWS, a separate rule resource takes a new description in place.',
  },
} as const satisfies Readonly<Record<string, FindingExplanation>>;

/** The code of a kind of finding. */
export type FindingCode = keyof typeof FINDINGS;

/** All codes, the most serious ones first. */
export const FINDING_CODES = Object.keys(FINDINGS) as readonly FindingCode[];

/** Returns what a kind of finding means. */
export function explanationOf(code: FindingCode): FindingExplanation {
  return FINDINGS[code];
}
