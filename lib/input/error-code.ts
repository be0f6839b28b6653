/**
 * The cause of each error and a fix that works: `<cause> Fix: <fix>`. docs/errors.md is made from these comments.
 *
 * The values mean nothing: the interface exists only at compile time.
 */
interface ErrorCodes {
  /**
   * `addressFamily` is not a member of the enum `AddressFamily`. Fix: Pass `AddressFamily.IPV4` or
   * `AddressFamily.IPV6`.
   */
  'address-family-invalid': never;
  /**
   * The value is not the id of an address group of Google Cloud. Fix: Give the whole id, with its project or organization, its location
   * and its name, or the `id` of a `google_network_security_address_group`.
   */
  'address-group-id-invalid': never;
  /**
   * An address group is in a different location than the firewall policy that refers to it, which Google refuses. Fix: Use a group in the
   * location that the message names: `global`, or the region of the policy.
   */
  'address-group-location-mismatch': never;
  /**
   * A row of a table does not say how its protocol or ports are known: `protocolBasis`, `directionBasis` or `portsBasis` is not a member
   * of `Basis`. Fix: Use `Basis.TABLE` if the document's table states it, or else the member that names the source. In
   * a YAML or JSON table, write its value, such as `table` or `command`.
   */
  'basis-invalid': never;
  /**
   * `caFile` is not an absolute path, or it has characters that HAProxy would read as syntax. Fix: Give an absolute
   * path of letters, digits and `._-+@`, such as `/etc/kubernetes/pki/ca.crt`.
   */
  'ca-file-invalid': never;
  /**
   * `caFile` is given, but the documented checks do not read certificates. Fix: Use `checks: HaproxyChecks.READY`, or
   * leave out `caFile`.
   */
  'ca-file-not-used': never;
  /**
   * A rule group of AWS Network Firewall has more hostnames than its `capacity` has room for. Fix: Set a higher
   * `capacity`. Above 30000, split the table and give each part its own `AwsNetworkFirewallRuleGroup` with a
   * `namePrefix`.
   */
  'capacity-exceeded': never;
  /**
   * `capacity` is not a whole number from 1 to 30000, the most that AWS allows. Fix: Give a whole number in that range,
   * with room for later editions: AWS cannot change the capacity of an existing rule group.
   */
  'capacity-invalid': never;
  /**
   * `checks` of `ReachabilityChecks` is not a list, or is empty. Fix: Give at least one check: `[{ flow, source,
   * destination }]`.
   */
  'checks-missing': never;
  /** An option has no such choice. The choices of a flag are the texts `true` and `false`. Fix: Use one of the choices in the message. */
  'choice-unknown': never;
  /**
   * A service of `ApinizerNodePorts` is not an object with its clients. Fix: Write `apiPortal: { clients:
   * Peer.cidr(...) }`, and `{ environment, clients }` for a gateway.
   */
  'clients-missing': never;
  /**
   * The host groups of a `HostGroup.anyOf` are of different clouds, or some are external hosts, so that no construct could open the
   * ports of all. Fix: Use a construct for each cloud, or `Peer.anyOf(...)` if the machines are only a source.
   */
  'clouds-mixed': never;
  /**
   * The stack has a construct with the id `cdktf-cluster-ports`, which this library needs for its own rules. Fix: Give
   * your construct a different id.
   */
  'construct-id-taken': never;
  /**
   * An entry of `ports` of `KubernetesPods` is not a row and a `Port` in the protocol of the row, is for a row that has one already, or is
   * for a port of pods, which the construct moves. Fix: Write `ports: [{ row: 'manager', port: Port.tcp(8080) }]`, once for each row.
   */
  'container-port-invalid': never;
  /**
   * The destination of a row is pods, and the row is a NodePort, or the table does not say where its port is seen: only the port of
   * containers can be opened, which is not in the document. Fix: Give it to `KubernetesPods.labelled` in `ports`, as the message shows, or
   * leave out in `omit` what a process of the machine listens for.
   */
  'container-port-missing': never;
  /** The prop `endpoint` is not the endpoint of a control plane. Fix: Give a `ControlPlaneEndpoint`. */
  'control-plane-endpoint-required': never;
  /**
   * `denyRest` of a `GcpFirewall` would close what a different construct of the app opens for the same machines: with a larger priority number,
   * or in a firewall policy that the network evaluates after its firewall rules. Fix: Use the priority in the message, or let the network
   * evaluate its policies first, as the message says.
   */
  'deny-rest-closes': never;
  /**
   * Whether a described rule is one of the stack's rules depends on an id that is known after apply. A wrong guess
   * would fail the apply. Fix: Give the id in `groups` or `prefixLists`, as the message shows, or remove the rules of
   * that group from `describedRules`.
   */
  'described-rule-ambiguous': never;
  /**
   * A described rule has the same content as two rules of the stack, so it is unclear which of them it should become.
   * Fix: Open the port in one construct only, or remove the rule from `describedRules`.
   */
  'described-rule-matches-twice': never;
  /**
   * `describedRules` has only the first page of the output of the AWS CLI. Fix: Run `aws ec2
   * describe-security-group-rules` without `--max-items`, and pass the whole output.
   */
  'described-rules-incomplete': never;
  /**
   * `describedRules` is not the JSON that `aws ec2 describe-security-group-rules` prints, or a rule in it was edited.
   * Fix: Run the command with `--output json`, and pass its output unchanged.
   */
  'described-rules-invalid': never;
  /**
   * The description of a rule, often the reason for opening it to the world, has a character that AWS rejects. Fix: Use
   * only the characters in the message. Letters outside of ASCII, quotes, question marks, `<` and `>` are not allowed.
   * GCP accepts them.
   */
  'description-invalid': never;
  /**
   * The description of a rule is longer than the cloud allows. It consists of the names in the table and the reasons
   * for opening it to the world. Fix: Shorten the reasons or the names in your table. On GCP, fewer reasons help too.
   */
  'description-too-long': never;
  /** `--hosts` names a destination to which the role has no flow, by neither its role nor its machines. Fix: Use one of the names in the message. */
  'destination-unknown': never;
  /**
   * `direction` of an expected row is neither `"ingress"` nor `"egress"`. Fix: Write one of the two in lower case, or
   * leave `direction` out.
   */
  'direction-invalid': never;
  /**
   * `distribution` is not a member of the enum `LinuxDistribution`. Fix: Pass the member of your
   * servers' distribution, or leave it out to allow the package mirrors of all distributions.
   */
  'distribution-invalid': never;
  /**
   * `dns` of `KubernetesPods` is not a `KubernetesDns`. Fix: Pass `KubernetesDns.kubeDns()`, `KubernetesDns.servers(...)` or
   * `KubernetesDns.none(reason)`.
   */
  'dns-invalid': never;
  /**
   * Pods have `Egress.DOCUMENTED`, and nothing says which name servers they use: a policy with egress closes DNS too. Fix: Set `dns`, for
   * most clusters to `KubernetesDns.kubeDns()`.
   */
  'dns-missing': never;
  /** `dns` is given for pods whose egress no policy restricts. Fix: Set `egress: Egress.DOCUMENTED`, or leave out `dns`. */
  'dns-not-used': never;
  /**
   * The table has no edition of this name. Editions are months, such as `"2025-03"`. Fix: Use one of the editions in
   * the message.
   */
  'edition-unknown': never;
  /**
   * `egress` is not a member of the enum `Egress`; `true` and `false` are not accepted. Fix: Pass `Egress.DOCUMENTED`,
   * `Egress.ALL` or `Egress.UNMANAGED`.
   */
  'egress-invalid': never;
  /**
   * The endpoints of a check are in a different cloud than the rules of its flow. Fix: Use `AwsEndpoint` for flows to
   * machines on AWS, and `GcpEndpoint` for flows to machines on GCP.
   */
  'endpoint-cloud-mismatch': never;
  /**
   * A construct got the endpoint of a control plane, and a machine, port or hostname that the endpoint has otherwise. Fix: Leave out
   * the prop, so that the construct takes it from the endpoint, or correct the endpoint.
   */
  'endpoint-differs': never;
  /**
   * The id of an endpoint is not the id of an instance or of a different thing that the cloud can check. Fix: Use the
   * full id, such as `i-0123456789abcdef0` or `projects/<project>/zones/<zone>/instances/<name>`, or the `id` of a
   * resource.
   */
  'endpoint-id-invalid': never;
  /** An endpoint of a control plane has both an IP address and a canonical name. Fix: Give the one that the DNS record has. */
  'endpoint-name-ambiguous': never;
  /**
   * An endpoint of a control plane has no hostname or no address, and the output needs it. Fix: Give `hostname`, and `ipAddress` or
   * `canonicalName` unless the virtual address is a single IP address.
   */
  'endpoint-name-missing': never;
  /**
   * The destination of a check is a GKE control plane, which a Connectivity Test accepts only as a source. Fix: Use
   * `GcpEndpoint.address(address, network)` with the IP address of the control plane.
   */
  'endpoint-not-supported': never;
  /**
   * The source or destination of a check is not an endpoint. A check needs one machine, not a group of machines. Fix:
   * Use `AwsEndpoint.fromId(id)` or `GcpEndpoint.instance(id)`.
   */
  'endpoint-required': never;
  /** The source and the destination of a check are the same machine. Fix: Choose two machines. */
  'endpoints-equal': never;
  /**
   * The source of a check is in a different cloud than its destination, and no cloud can check such a path. Fix: Choose
   * two machines of one cloud, or leave this check out.
   */
  'endpoints-of-two-clouds': never;
  /** Two gateways have the same `environment`. Fix: Combine them into one gateway with `clients: Peer.anyOf(...)`. */
  'environment-given-twice': never;
  /**
   * `environment` of a gateway cannot be a part of rule names. Fix: Use 1 to 20 lower-case letters, digits and hyphens
   * that begin with a letter and do not end with a hyphen.
   */
  'environment-invalid': never;
  /**
   * `existingRules` is not a whole number, or it is negative. Fix: Give the number of unmanaged rules that the security
   * group has per direction and IP family, 0 or more.
   */
  'existing-rules-invalid': never;
  /**
   * `expires` of an `ownership` is not a day of the calendar in the form `YYYY-MM-DD`, or is before the year 2000. Fix: Write the last day
   * on which the port is wanted, such as `2027-03-31`. A month, a time, or a day that does not exist is not a date.
   */
  'expiry-invalid': never;
  /**
   * A row is for one IP family, such as one for ICMP, and its source has only ranges of the other. Fix: Omit the row, as the message shows, or add
   * ranges of its family to the source.
   */
  'family-missing': never;
  /**
   * A row is only for one IP family, and one firewall rule on GCP would open it to a network tag or service account, and to ranges of the
   * other family. Fix: Omit the row, as the message shows, or give the ranges to a construct of their own.
   */
  'family-not-separate': never;
  /**
   * A rule cannot name the machines at its far end, because they are a host group of a different cloud or one that the
   * firewall cannot name. Fix: Use `Peer.cidr(...)` with the IP ranges of these machines.
   */
  'far-end-cloud-mismatch': never;
  /**
   * A far end in the command line or in an expected row is neither an IP range nor a known kind of name. Fix: Write an
   * IP address or IP range, or a name with its kind, such as `sg:...`, `tag:...`, `account:...` or `list:...`.
   */
  'far-end-invalid': never;
  /**
   * A network tag or service account is a source in a network other than its own, where GCP does not know it. Fix: Use
   * `Peer.cidr(...)` with the IP ranges of these machines.
   */
  'far-end-network-mismatch': never;
  /**
   * All instances of a network are given as a source. GCP selects sources only by IP ranges, network tags or service
   * accounts. Fix: Use `Peer.cidr(...)` with the IP ranges of the subnets.
   */
  'far-end-not-a-source': never;
  /**
   * An EGRESS rule must be created, and the destination has no IP ranges. GCP cannot name network tags or service
   * accounts as a destination. Fix: Add the IP ranges: `networkTag(tag, { ipRanges: Peer.cidr(...) })`, or
   * `serviceAccount(email, { ipRanges: ... })`.
   */
  'far-end-without-ranges': never;
  /**
   * The path of a table does not exist, or is not that of a file. Fix: Correct the path. Relative paths begin in the
   * current directory: `join(__dirname, 'ports.yaml')` works from everywhere.
   */
  'file-missing': never;
  /**
   * A file or directory does not exist or cannot be read. The message gives the reason of the operating system. Fix:
   * Correct the path or its permissions. If `cdktf.out` is missing, run `cdktf synth` first.
   */
  'file-not-readable': never;
  /**
   * The file is larger than any table or synthesized stack. Fix: Check the path: give the table itself, or the
   * `cdk.tf.json` of one stack.
   */
  'file-too-large': never;
  /**
   * `--fail-on` or `--only` of `cluster-ports lint` names a code that `--ignore` or `--only` leaves out, so it would never
   * find anything. Fix: Name the code in only one of the options.
   */
  'finding-left-out': never;
  /**
   * A firewall rule would have more ranges, network tags or service accounts than GCP allows in one rule. Fix: Spread
   * them over several constructs, each with a `GcpFirewall` that has its own `namePrefix`.
   */
  'firewall-list-too-long': never;
  /**
   * `policy` of `GcpFirewallPolicy` is not the name or id of a network firewall policy. Fix: Give the name,
   * `projects/<project>/global/firewallPolicies/<name>`, the same with `regions/<region>` for `global`, or the `name` or `id` of the
   * resource.
   */
  'firewall-policy-invalid': never;
  /** `flannel` is not a member of the enum `FlannelBackend`. Fix: Pass the member of your backend. */
  'flannel-backend-invalid': never;
  /**
   * A check names a flow that cannot be checked: it is not TCP, or the firewall team opens it. Fix: Leave the check
   * out. `cluster-ports verify` tries TCP flows that the firewall team opens.
   */
  'flow-not-checkable': never;
  /**
   * A check names a flow that the rules do not have, or a row that belongs to several flows. Fix: Use one of the flow
   * keys in the message, such as `worker>control-plane/api-server`.
   */
  'flow-unknown': never;
  /**
   * `cluster-ports verify` got stacks without any flows. Fix: Give the path of a synthesized stack that has constructs
   * of this library.
   */
  'flows-missing': never;
  /**
   * `gateways` of `ApinizerNodePorts` is not a list. Fix: Write `gateways: [{ environment, clients }]`, also for one
   * gateway.
   */
  'gateways-invalid': never;
  /**
   * `verify --for goss` got `--accept`, and Goss cannot tell a connection that is refused from one without an answer. Fix: Use
   * `--for script` or `--for job`, or start what listens first and leave out `--accept`.
   */
  'goss-accepts-nothing': never;
  /**
   * Several host groups or peers have this name. Fix: Use one of the names in the message, such as
   * `sg:aws_security_group.web` or `dev/security group web`.
   */
  'group-ambiguous': never;
  /**
   * The configuration has no machines, peer or prefix list with this name, so that an answer would prove nothing. Fix: Use
   * one of the names in the message, such as `sg:aws_security_group.web` or `security group web`.
   */
  'group-unknown': never;
  /**
   * `checks` of `HaproxyConfig.render` is not a member of the enum `HaproxyChecks`. Fix: Pass `HaproxyChecks.READY` or
   * `HaproxyChecks.DOCUMENTED`.
   */
  'haproxy-checks-invalid': never;
  /**
   * The machines whose ports are opened are not a host group. Text, IP ranges and resources of the provider are not
   * host groups. Fix: Use `firewall.networkTag(tag)`, `firewall.serviceAccount(email)`, `AwsSecurityGroup.fromId(id)`,
   * or `ExternalHosts.named(name, ...ranges)` if the firewall team opens the ports.
   */
  'host-group-required': never;
  /**
   * A `HostGroup.anyOf` has the same machines twice, by themselves or within another `HostGroup.anyOf`. Fix: Remove one of them. If
   * all are the same machines, use the host group without `HostGroup.anyOf`.
   */
  'host-group-twice': never;
  /**
   * A machine in `--hosts` is neither a DNS name nor an IP address. Fix: Give a plain name or IP address, without port,
   * scheme or spaces.
   */
  'host-invalid': never;
  /**
   * A machine in `--hosts` has an IP address outside the IP ranges of its destination, so the flow does not allow it.
   * Fix: Correct the IP address, or add it to the ranges of the destination and deploy first.
   */
  'host-outside-ranges': never;
  /**
   * The firewall of a Linux machine needs the IP ranges of a far end, and they are not known. Fix: Give them with `--ip-ranges`, or as
   * `ipRanges` in the code; ranges that are known after apply are in the state, `--state`.
   */
  'host-rule-without-ranges': never;
  /**
   * `through` is not a filter that allows hostnames. Fix: Pass an `AwsNetworkFirewallRuleGroup`, a `GcpSecureWebProxy`,
   * a `GcpFirewallPolicy` or `ExternalProxy.named(name)`.
   */
  'hostname-filter-required': never;
  /**
   * A hostname is not a DNS name: it has a scheme, a port, a path, upper-case letters, or a wildcard that is not its
   * whole first label. Fix: Write only the name in lower case, such as `registry.example.com` or `*.example.com`.
   */
  'hostname-invalid': never;
  /**
   * A hostname is an IP address. A hostname filter compares names, so the address would never match. Fix: Move the
   * address to a port table and open it with `DocumentedPortRules`.
   */
  'hostname-is-an-ip-address': never;
  /**
   * A filter allows a hostname only by the name in TLS or HTTP, and the question does not say which of them the connection has.
   * Fix: Add the protocol to the hostname, as the message shows.
   */
  'hostname-protocol-required': never;
  /**
   * `SquidAllowList.render` did not get a list of hostnames. Fix: Pass the `hostnames` of a construct, such as
   * `rules.hostnames`.
   */
  'hostnames-required': never;
  /**
   * One id is given for two keys of `groups` or `prefixLists`. Fix: Give each id once, for the group or list that has
   * it.
   */
  'import-id-given-twice': never;
  /**
   * `groups` or `prefixLists` of `AwsRuleImports` is not an object of AWS ids by key. Fix: Write `{ platform:
   * "sg-0123456789abcdef0" }`, with ids of `pl-` for prefix lists.
   */
  'import-ids-invalid': never;
  /**
   * `groups` or `prefixLists` has a key that is not needed: only the groups or lists whose id is known after apply need
   * one. Fix: Use one of the keys in the message, or remove the entry.
   */
  'import-key-unknown': never;
  /**
   * Two imports have the same Terraform address, and Terraform can import only one object to it. Fix: Remove one of the
   * imports, usually a second `AwsRuleImports` in the stack.
   */
  'imported-twice': never;
  /**
   * An IPv4 address is written as IPv6 (`::ffff:10.0.0.1`). Clouds have separate rules for the two families. Fix: Write
   * it as IPv4, as the message shows.
   */
  'ip-address-ambiguous': never;
  /**
   * The value is not one IP address: it is a range, a name, or has leading zeros. A check on GCP accepts only IPv4.
   * Fix: Give one IP address, such as `10.0.0.1`, or use `Peer.cidr(...)` for a range.
   */
  'ip-address-invalid': never;
  /**
   * `Peer.address` got an IP address that is known after apply, followed by a prefix length. Fix: Use `Peer.cidr(...)`
   * for a range, or leave the prefix length out.
   */
  'ip-address-with-prefix': never;
  /**
   * `--ip-ranges` names something that is neither a host group nor a peer whose ranges are known after apply. Fix: Use
   * one of the names in the message.
   */
  'ip-ranges-name-unknown': never;
  /**
   * A host group is given where only IP ranges are possible. Fix: Use `Peer.cidr(...)` with the IP ranges of these
   * machines.
   */
  'ip-ranges-required': never;
  /**
   * `cdktf-cluster-ports/testing` was loaded where there is no `expect` to extend: outside of tests, by a test runner
   * without one, or by Vitest without globals. Fix: In Jest, import it in a test file, or list it in
   * `setupFilesAfterEnv`. In Vitest, set `test: { globals: true }`, or extend `expect` with the `matchers` of
   * `cdktf-cluster-ports/assertions`. In other runners, use the functions of `cdktf-cluster-ports/assertions`.
   */
  'jest-required': never;
  /**
   * The script of a Kubernetes Job has more bytes than a ConfigMap can hold. Fix: Use `--for script`, or name fewer machines with
   * `--hosts`.
   */
  'job-too-large': never;
  /**
   * The flows that a synthesized stack records, or the baseline of `cluster-ports lint`, do not have the form that this
   * package writes. Something has changed the file. Fix: Synthesize the stack again, and do not edit `cdk.tf.json`; in a
   * baseline, edit only reasons, or write a new file with `--write-baseline`.
   */
  'json-altered': never;
  /**
   * The file is not JSON, it ends too early, or it contains more than the JSON and the lines that known wrappers print around it.
   * Fix: Write the file again with `cdktf synth` or `terraform show -json`, without anything before or after the JSON,
   * and wait until the command has ended.
   */
  'json-invalid': never;
  /**
   * The Terraform JSON is nested more than 500 levels deep, which no real configuration is. Fix: Check the path, and
   * write the file again with `cdktf synth` or `terraform show -json`.
   */
  'json-too-deep': never;
  /**
   * `report --junit` was given a file that is not JUnit XML. Fix: Pass what `cluster-ports verify --format junit --output verify.xml` wrote.
   */
  'junit-invalid': never;
  /**
   * The key in `encryptionConfiguration` is not a key of AWS KMS. Fix: Give its id, its ARN, `alias/` and its alias, or the
   * `arn` of a resource.
   */
  'kms-key-invalid': never;
  /**
   * Labels are not an object, or a key or a value is not one that Kubernetes accepts. Fix: Write `{ app: 'web' }`, with at most 63 letters,
   * digits, dots, hyphens and underscores. In front of a key may be a DNS name and a slash.
   */
  'label-invalid': never;
  /**
   * `cluster-ports host-rules` found no Linux machines: it writes rules only for machines whose own firewall you manage. Fix: Make them
   * with `LinuxHosts.named(...)` in place of `ExternalHosts.named(...)`, and synthesize the stack again.
   */
  'linux-hosts-required': never;
  /**
   * A list of IP ranges for a security group comes from a resource, or one for a network policy from anywhere. Terraform creates one rule
   * per range, so it must know the list when it plans. Fix: In a network policy, give each range by itself. On AWS, put the list into `new AwsPrefixList(...)` with `maxEntries`, and use that as the
   * peer. A variable or data source works too.
   */
  'list-known-after-apply': never;
  /**
   * `Peer.address` got a list that is known after apply. Only single IP addresses can be given there. Fix: Use
   * `Peer.cidr(...list)`, with entries such as `10.0.0.1/32`.
   */
  'list-of-ranges-required': never;
  /** `location` of `GcpSecureWebProxy` is not the name of a region. Fix: Give a region, such as `europe-west3`. */
  'location-invalid': never;
  /**
   * `location` of `GcpSecureWebProxy` is a zone. Secure Web Proxy belongs to a region. Fix: Leave out the letter at the
   * end: `europe-west3`, not `europe-west3-a`.
   */
  'location-is-a-zone': never;
  /**
   * `logging` is not a member of the enum `GcpLogging`; `true` and `false` are not accepted. Fix: Pass `GcpLogging.ALL`
   * or `GcpLogging.WITHOUT_METADATA`, or leave `logging` out to log nothing.
   */
  'logging-invalid': never;
  /**
   * `GcpLogging.WITHOUT_METADATA` is given for a firewall policy, whose rules always log metadata. Fix: Use
   * `GcpLogging.ALL`, or leave `logging` out.
   */
  'logging-metadata-required': never;
  /**
   * The near end of an expected row does not name machines. A rule applies to machines, not to IP ranges or prefix
   * lists. Fix: Write `sg:...`, `tag:...`, `account:...`, `secure-tag:...` or `all-instances`.
   */
  'machines-invalid': never;
  /**
   * Both ends of an expected row are IP ranges, so it is unclear whose rule is expected. Fix: Give the machines by name
   * at one end: `to` for inbound rules, `from` for outbound rules.
   */
  'machines-missing': never;
  /**
   * A YAML file with manifests cannot be read, has something that is not an object of Kubernetes, has an object twice, or has
   * manifests of two clusters. Fix: Give the file that `kubectl apply -f` takes: documents with `apiVersion` and `kind`, for one cluster.
   */
  'manifest-invalid': never;
  /**
   * A network policy that is only a manifest has a value that is known after apply: a manifest has no Terraform expressions. Fix: Give IP
   * ranges that are known at synthesis, or leave out `manifestsOnly`, so that Terraform creates the policy.
   */
  'manifest-not-known': never;
  /**
   * `cluster-ports manifests` found network policies of several clusters, which one stream would mix. Fix: Write them to a directory, which gets
   * a folder for each cluster, or give only the stacks of one cluster.
   */
  'manifests-clusters': never;
  /**
   * Two of the stacks given to `cluster-ports manifests` have different network policies of the same namespace and name: one file would
   * replace the other. Fix: Give only the stacks of one cluster, and pods of the second stack a `namePrefix` if both are of one cluster.
   */
  'manifests-disagree': never;
  /**
   * `cluster-ports manifests` found no network policy of this package in the stacks. Fix: Use a host group of
   * `KubernetesPods.labelled(...)`, and synthesize the stack again.
   */
  'manifests-missing': never;
  /**
   * A directory is the input of Kustomize or Helm, which decide what is applied. Fix: Give the manifests that they print:
   * `kubectl kustomize overlays/prod > manifests.yaml`, `helm template chart > manifests.yaml`.
   */
  'manifests-not-built': never;
  /**
   * `maxEntries` of a prefix list is not a whole number from 1 to 1000. Fix: Give a whole number in that range. AWS
   * counts it against the quota of every security group that uses the list.
   */
  'max-entries-invalid': never;
  /**
   * The ranges of an `AwsPrefixList` are known after apply, so their number is unknown. Fix: Set `maxEntries` to the
   * largest number of ranges that the list can have.
   */
  'max-entries-required': never;
  /**
   * The list has more ranges than `maxEntries` allows. Fix: Raise `maxEntries`, or leave it out to make it the number
   * of ranges.
   */
  'max-entries-too-low': never;
  /**
   * `--max-length` is not a whole number of at least 10000 characters. A shorter comment would not have room for what
   * must not be missed. Fix: Give a number of at least 10000, or leave it out for 65000.
   */
  'max-length-invalid': never;
  /**
   * The quota of rules per security group is not a whole number from 1 to 1000. Fix: Give the value of your AWS quota
   * "Inbound or outbound rules per security group", or leave it out for 60.
   */
  'max-rules-invalid': never;
  /**
   * `name` cannot be a part of Terraform addresses. Fix: Use letters, digits, hyphens and underscores, and begin with a
   * letter.
   */
  'name-invalid': never;
  /**
   * `name` begins like an AWS id (`sg-`, `pl-`). AWS rejects such a name, or it could be confused with an id. Fix:
   * Choose a name without this prefix, or use `fromId` for an existing resource.
   */
  'name-like-an-id': never;
  /**
   * `namePrefix` cannot be the beginning of the names of rules or rule groups. Fix: Use letters, digits and hyphens. On
   * GCP, use at most 31 lower-case characters that begin with a letter; on AWS, at most 40.
   */
  'name-prefix-invalid': never;
  /**
   * A security group or prefix list of the stack has this name already, or the key of an existing group is the same.
   * Fix: Choose a different name, or give the existing group a different `key` in `AwsSecurityGroup.fromId`.
   */
  'name-taken': never;
  /** `name` is longer than AWS allows for this kind of resource. Fix: Shorten it to the length in the message. */
  'name-too-long': never;
  /**
   * An option does not have the form `<name>=<value>,<value>`. Fix: Write the name, an equals sign, and values that are
   * separated by commas: `--ip-ranges workers=10.0.0.0/24,10.0.1.0/24`.
   */
  'named-list-invalid': never;
  /**
   * `namespace` of `KubernetesPods` is missing or is not the name of a namespace: there is no default. Fix: Give at most 63 lower-case
   * letters, digits and hyphens, known at synthesis.
   */
  'namespace-invalid': never;
  /**
   * `network` of a check is not the full id of a VPC network. Fix: Give `projects/<project>/global/networks/<name>`, or
   * the `id` of the resource.
   */
  'network-id-invalid': never;
  /**
   * `network` is not the name or self link of a VPC network. Fix: Give the name,
   * `projects/<project>/global/networks/<name>`, or the `name`, `id` or `selfLink` of the resource.
   */
  'network-invalid': never;
  /**
   * A network is given although the machines are in none on GCP, such as a security group of AWS. Fix: Leave `network` or `--network`
   * out: it distinguishes networks only on GCP.
   */
  'network-not-used': never;
  /**
   * A network tag or service account may be in several networks of the configuration, or no rule names a network. Fix:
   * Name the network with `--network`, or with `network` of the expected row.
   */
  'network-required': never;
  /**
   * A network tag is not one that GCP accepts. Fix: Use at most 63 lower-case letters, digits and hyphens that begin
   * with a letter and do not end with a hyphen.
   */
  'network-tag-invalid': never;
  /**
   * The configuration has no network of this name. Fix: Use one of the networks in the message. If the names have
   * projects, write `<project>/<network>`.
   */
  'network-unknown': never;
  /**
   * Two services of `ApinizerNodePorts` have the same NodePort. A Kubernetes cluster can use a NodePort only once. Fix:
   * Give one of them its real NodePort, as in its Kubernetes Service: `port: 30181`.
   */
  'node-port-taken': never;
  /**
   * The value is not `true` or `false`; text such as `"false"` is not accepted. Fix: Pass a boolean, or leave the
   * property out for its default.
   */
  'not-a-boolean': never;
  /**
   * Every row is omitted, so the construct would open nothing. Fix: Remove the construct, or remove a row from `omit`.
   */
  'nothing-left': never;
  /**
   * The props or options of a call are missing or are not an object. Fix: Pass an object with the properties in the
   * message.
   */
  'object-required': never;
  /** An option of a command has no effect without a different one. Fix: Give both, or leave it out. */
  'option-needs-another': never;
  /** An option is given that the chosen edition of the document does not have. Fix: Choose the edition in the message, or leave the option out. */
  'option-not-in-edition': never;
  /** `options` names an option that the table does not have. Fix: Use one of the options in the message. */
  'option-unknown': never;
  /** An option of the command line has a value that it does not offer. Fix: Use one of the values in the message. */
  'option-value-unknown': never;
  /** `options` is not an object of choices by option. Fix: Write for example `options: { cni: 'cilium' }`. */
  'options-invalid': never;
  /**
   * There is no room for the output: the disk is full, or a quota or a limit on the size of files is reached. Nothing is left in the
   * file of `--output`. Fix: Make room, or write to a different disk.
   */
  'output-disk-full': never;
  /**
   * The file of `--output` cannot be written: it is a directory, its directory does not exist, or permissions are
   * missing. Fix: Give the path of a file in an existing directory that you can write to.
   */
  'output-not-writable': never;
  /** `--format xlsx` would write a spreadsheet to the terminal. Fix: Add `--output request.xlsx`. */
  'output-required': never;
  /**
   * `ownerId` is not an AWS account id, or it is a number, which loses leading zeros. Fix: Pass the 12 digits as text:
   * `ownerId: "012345678901"`.
   */
  'owner-id-invalid': never;
  /**
   * The app has two copies of this package, and constructs of both open ports in one stack: a package of constructs has brought a copy of
   * its own, or a test has imported the package again after a reset of the modules. Each copy would check only its own rules. Fix:
   * Install one copy, which `npm ls cdktf-cluster-ports` shows and `npm dedupe` may do, and import the package once in a test.
   */
  'package-loaded-twice': never;
  /**
   * The value of a parameter of a hostname table, or its example, is not one or more labels of a DNS name in lower case. Fix: Write for
   * example `eu-central-1` or `example.com`.
   */
  'parameter-invalid': never;
  /** A hostname that the options allow has a parameter without a value. Fix: Give the value, such as the region of your cluster. */
  'parameter-missing': never;
  /** `parameters` names a parameter that the table does not have. Fix: Use one of the parameters in the message. */
  'parameter-unknown': never;
  /** `parameters` is not an object of values by parameter. Fix: Write for example `parameters: { region: 'eu-central-1' }`. */
  'parameters-invalid': never;
  /**
   * The path of a file or of a construct contains a value that is known after apply. Fix: Use plain text for file paths
   * and construct ids.
   */
  'path-not-known': never;
  /** `PortTableFile.load` got no path. Fix: Pass the path of a YAML or JSON file. */
  'path-required': never;
  /**
   * The far end of a rule is not a peer that this library created. Text and lists are not peers. Fix: Use
   * `Peer.cidr(...)`, `Peer.address(...)` or a host group.
   */
  'peer-required': never;
  /**
   * `cluster-ports diff` got one file that is not a plan. Only a plan contains both sides of a change. Fix: Give the
   * output of `terraform show -json <plan>`, or two configurations to compare.
   */
  'plan-required': never;
  /**
   * `policy` of `GcpSecureWebProxy` is not the name of a gateway security policy. Fix: Use at most 63 lower-case
   * letters, digits and hyphens that begin with a letter.
   */
  'policy-name-invalid': never;
  /**
   * `region` of `GcpFirewallPolicy` is not the region in the id of the policy. Fix: Give the region in the message, or leave
   * out `region`.
   */
  'policy-region-mismatch': never;
  /**
   * `ports` changes how many ports a row has. A row can move, but it stays as many ports as the document gives. Fix: Use as many ports
   * as the row has, as the message shows; if the product really listens on more ports, write a table of your own for
   * `DocumentedPortRules`.
   */
  'port-count-differs': never;
  /**
   * The value is not a port: the number is out of range, or the text has a different form than `443/tcp`. Fix: Use a
   * number from 1 to 65535 with `Port.tcp` or `Port.udp`, or text such as `443/tcp`, `2379-2380/tcp` or `8/icmp`.
   */
  'port-invalid': never;
  /**
   * The hostname filter cannot find hostnames on this port. AWS Network Firewall reads TLS (443/tcp) and HTTP (80/tcp);
   * Secure Web Proxy supports only TCP. Fix: Correct the port in your table, omit the row, or choose a different filter
   * in `through`.
   */
  'port-not-filterable': never;
  /**
   * A port is known after apply. Rules are named after their ports, so ports must be known at synthesis. Fix: Pass a
   * plain number, for example from a constant or the environment.
   */
  'port-not-known': never;
  /**
   * A row is a port of the machine, such as that of a kubelet, and its destination is pods, for which a network policy cannot open it.
   * Fix: Name the row in `omit`, and open it with a host group of the machines.
   */
  'port-of-the-machine': never;
  /** The first port of a range is greater than the last. Fix: Swap the two numbers, as the message shows. */
  'port-range-descends': never;
  /**
   * A port is a plain number, text, or missing, where a `Port` is needed. Fix: Use `Port.tcp(443)`, `Port.udp(8472)` or
   * `Port.tcpRange(2379, 2380)`.
   */
  'port-required': never;
  /**
   * `PortTableDiff.between` got something that is not a port table, such as the name of an edition. Fix: Pass
   * `PortTables.named(id, edition)`, or a table that `PortTableFile.load` returns.
   */
  'port-table-required': never;
  /** `ports` is not an object of ports by row name. Fix: Write `ports: { webhook: Port.tcp(10443) }`. */
  'ports-invalid': never;
  /**
   * The value is not the id of a prefix list. Fix: Give `pl-` and 8 or 17 hexadecimal digits, or the `id` of a
   * resource.
   */
  'prefix-list-id-invalid': never;
  /**
   * A prefix list that an `AwsPrefixList` of this app creates is given by its id. Fix: Use the `AwsPrefixList` object
   * itself as the peer.
   */
  'prefix-list-of-this-app': never;
  /**
   * A prefix list would have more than 100 ranges of one family, the most that AWS accepts in one call. Fix: Split the
   * ranges into several `AwsPrefixList`, and combine them with `Peer.anyOf(...)`.
   */
  'prefix-list-too-long': never;
  /**
   * The block in `priorities` of `GcpFirewallPolicy` contains priorities that its rules for hostnames may have: `priority` and a port of
   * tcp or udp after it. Fix: Give the `priority` in the message, or a block that begins after these priorities.
   */
  'priorities-overlap': never;
  /**
   * The priority of a rule is missing or outside the range in the message. Fix: Give a whole number in that range.
   * Lower numbers decide first.
   */
  'priority-invalid': never;
  /**
   * `rulePriorities` of `GcpFirewallPolicy` gives a rule a priority outside of the block in `priorities`. Fix: Give a whole number in
   * the range in the message, or a larger block.
   */
  'priority-outside-block': never;
  /**
   * `versions` has a product whose versions the document does not name. Fix: Use one of the products in the message, spelled as the
   * document spells it.
   */
  'product-unknown': never;
  /**
   * `project` is not the id of a Google Cloud project, which has 6 to 30 characters. Project numbers and display names
   * are not accepted. Fix: Give the project id, such as `my-project-123`.
   */
  'project-id-invalid': never;
  /**
   * `project` differs from the project in the self link of the network. Firewall rules belong to the project of their
   * network, also in a Shared VPC. Fix: Leave `project` out, or set it to the project of the network.
   */
  'project-mismatch': never;
  /**
   * An object has a property that does not exist. It would be ignored silently, so it is usually a spelling mistake.
   * Fix: Use one of the properties in the message.
   */
  'prop-unknown': never;
  /**
   * `ports` changes the protocol of a row. Only the number can change. Fix: Use the protocol of the row, as the message
   * shows, or write a table of your own for `DocumentedPortRules`.
   */
  'protocol-differs': never;
  /**
   * The cloud of the rules cannot open the protocol of a row: firewalls on GCP have no ICMP types, a security group on AWS has no
   * SCTP ports, and a network policy of Kubernetes has only TCP, UDP and SCTP. Fix: On GCP, open every type with `ports`, as the message
   * shows. Elsewhere, omit the row.
   */
  'protocol-not-in-cloud': never;
  /**
   * The firewall has no rules for a protocol: ufw has them only for some, and firewalld only for some types of ICMP. Fix: Render the rules for nftables, or omit
   * the row.
   */
  'protocol-not-in-firewall': never;
  /**
   * The stack was synthesized by an old version of this library, which did not record how its rules select machines.
   * Fix: Update `cdktf-cluster-ports`, and synthesize the stack again.
   */
  'provenance-incomplete': never;
  /**
   * The stack has no rules of this library, or the JSON comes from `Testing.synth`, which leaves out the record of its
   * flows. Fix: Give a stack with constructs of this library. In a test, pass the stack itself or the path of its
   * `cdk.tf.json`.
   */
  'provenance-missing': never;
  /**
   * The stack was synthesized by a version of this library that records flows in a different form. Fix: Use the same
   * version to synthesize and to read: update `cluster-ports`, or synthesize the stack again.
   */
  'provenance-version-unknown': never;
  /**
   * `provider` belongs to a different cloud than the rules. Fix: Pass an AWS provider for AWS, and a Google provider
   * for GCP.
   */
  'provider-cloud-mismatch': never;
  /**
   * `provider` is not a provider instance. Text such as `"google.eu"` is not accepted. Fix: Pass the object, such as
   * `new GoogleProvider(...)`.
   */
  'provider-invalid': never;
  /**
   * The provider package of this cloud is installed in a version that does not have a module that these rules need. The error
   * names the module, the versions that have it, and the installed version. Fix: Run the `npm install` command in the message.
   */
  'provider-module-missing': never;
  /** `provider` is given for pods with `manifestsOnly`, whose policies are not Terraform resources. Fix: Leave out one of the two. */
  'provider-not-used': never;
  /**
   * The package with the resources of this cloud is not installed. It is an optional peer dependency. Fix: Run the `npm
   * install` command in the message.
   */
  'provider-package-missing': never;
  /**
   * The rules would be created in a different stack than the provider instance of their host group. Fix: Create the
   * construct in the stack of the provider, or create a provider and a host group in this stack.
   */
  'provider-stack-mismatch': never;
  /**
   * A security group would have more rules per direction and IP family than AWS allows. The rules of all constructs of
   * the app are counted. Fix: Use fewer ranges, a security group as the source, or a second group. If AWS has raised
   * your quota, set `maxRules`.
   */
  'quota-exceeded': never;
  /**
   * `existingRules` is at least `maxRules`, so no rule can be added to the security group. Fix: Correct
   * `existingRules`, or raise `maxRules` after AWS has raised the quota.
   */
  'quota-used-up': never;
  /**
   * An IP range has a spelling that tools read differently: leading zeros in the prefix length, or IPv4 that is written
   * as IPv6. Fix: Write it in the usual form, such as `10.0.0.0/8`.
   */
  'range-ambiguous': never;
  /**
   * The value is not an IP range. Fix: Write an IP address and a prefix length, such as `10.0.0.0/8` or
   * `2001:db8::/32`.
   */
  'range-invalid': never;
  /** `Peer.cidrIpv6` got an IPv4 range. Fix: Use `Peer.cidr(...)` for it. `Peer.anyOf(...)` combines both. */
  'range-not-ipv6': never;
  /**
   * An IP range has bits set after its prefix length, so it is unclear whether one machine or the whole range is meant.
   * Fix: Write the range as the message shows, or `/32` (`/128` for IPv6) for one machine.
   */
  'range-with-host-bits': never;
  /**
   * An IP range has no prefix length. Fix: Add `/32` (`/128` for IPv6) for one machine, or use `Peer.address(...)`.
   */
  'range-without-prefix': never;
  /**
   * Ranges are given as one list, and the call takes separate arguments. Fix: Spread the list: `Peer.cidr(...ranges)`.
   */
  'ranges-in-a-list': never;
  /** A peer or list has neither an IP range nor a host group, or a `HostGroup.anyOf` has none. Fix: Give at least one. */
  'ranges-missing': never;
  /**
   * The file is a raw `terraform.tfstate`, whose form Terraform may change at any time. Fix: Give the output of
   * `terraform show -json`.
   */
  'raw-state-file': never;
  /** `reason` is given for pods that have labels. Fix: Leave it out: only labels that select every pod of a namespace need a reason. */
  'reason-not-used': never;
  /**
   * `--region` is given although the files have no rule of a regional firewall policy of Google Cloud. Fix: Leave it out, or read the file
   * that has the policy too.
   */
  'region-not-used': never;
  /**
   * `--region` has not the form of a region of Google Cloud. Fix: Write a region such as `europe-west3`; the message names those of the
   * regional firewall policies.
   */
  'region-unknown': never;
  /**
   * The Terraform JSON defines one resource twice, which Terraform rejects. Fix: Remove one of the two definitions, or
   * synthesize the stack again.
   */
  'resource-given-twice': never;
  /**
   * A resource in a plan or state has no Terraform address or no type. Fix: Write the file again with `terraform show
   * -json`, and do not edit it.
   */
  'resource-invalid': never;
  /** A role was given, and the options close every row that it has. Fix: Leave the role out, or choose as in the message. */
  'role-closed': never;
  /**
   * The machines of a role are not given, although the table has rows for them. Fix: Give a host group or peer for the
   * role, or omit its rows.
   */
  'role-missing': never;
  /**
   * Machines are given for a role that the chosen edition of the document does not have. Fix: Choose a later edition,
   * or leave the role out.
   */
  'role-not-in-edition': never;
  /** The table or the stack has no role of this name. Fix: Use one of the roles in the message. */
  'role-unknown': never;
  /**
   * `roles` of `DocumentedPortRules` is not an object. Fix: Write the machines of each role by its id: `roles: { node:
   * ..., registry: ... }`.
   */
  'roles-invalid': never;
  /** `omit`, `ports` or `supplements` names a row that the chosen options close. Fix: Set the option that the message shows, or remove the row. */
  'row-closed': never;
  /** An expected row is not an object. Fix: Write `{ port: "6443/tcp", from: "10.0.0.0/8", to: "tag:web" }`. */
  'row-invalid': never;
  /**
   * `omit`, or a different property that names rows, is not a list. Fix: Write a list of row names: `omit:
   * ["webhook"]`.
   */
  'row-names-invalid': never;
  /**
   * `disabled` of `toMatchDocuments` names a row whose firewall is not disabled, or that a different rule opens. Fix: Remove the name, or
   * use the name of a row in the message.
   */
  'row-not-disabled': never;
  /**
   * `moved` of `toMatchDocuments` names a row that has the port of its document, or that the stack does not open. Fix: Remove the name, or
   * use the name of a row in the message.
   */
  'row-not-moved': never;
  /**
   * A property such as `omit`, `ports` or `supplements` names a row that the document does not have. Fix: Use one of
   * the rows in the message. A later edition may have renamed a row.
   */
  'row-unknown': never;
  /**
   * `toPermit` or `toPermitExactly` got no list of rows, or an empty one. Fix: Pass at least one row. To expect that
   * nothing is permitted, use `toPermitExactly([])`.
   */
  'rows-required': never;
  /**
   * Two resources have the same Terraform address. Terraform would keep only one of them. Fix: Give your own resource a
   * different id. If both are rules of this library, follow the message: a `namePrefix` or a `key` separates them.
   */
  'rule-address-taken': never;
  /**
   * Two constructs create the same rule, and they cannot share it, often because they are in two stacks. The cloud
   * rejects the second rule. Fix: Remove one of the two constructs, or separate them as the message says, usually with
   * a `namePrefix`.
   */
  'rule-created-twice': never;
  /**
   * A rule of this library was moved to a different Terraform address. The record of its flows would then name a
   * resource that does not exist. Fix: Remove the override of its logical id, and use a `moved` block as the message
   * shows.
   */
  'rule-moved': never;
  /**
   * A firewall rule in the Terraform JSON has a name that GCP rejects and that would not be safe in a shell command.
   * Fix: Use at most 63 lower-case letters, digits and hyphens that begin with a letter.
   */
  'rule-name-invalid': never;
  /**
   * `ruleOrder` is not a member of the enum `AwsRuleOrder`. Fix: Pass the member that matches the firewall policy.
   */
  'rule-order-invalid': never;
  /**
   * `rulePriorities` of `GcpFirewallPolicy` is not a list of rules with a priority, or it has a rule or a priority twice. Fix: Write
   * `rulePriorities: [{ rule: 'apinizer-data-stores-worker-to-mongodb', priority: 100000000 }]`, with each rule and each priority once.
   */
  'rule-priorities-invalid': never;
  /**
   * `rulePriorities` of `GcpFirewallPolicy` names a rule that no construct of the app creates in this policy. Fix: Use one of
   * the names in the message, or remove the entry.
   */
  'rule-unknown': never;
  /**
   * `rules` of `ReachabilityChecks` is not a construct that opens documented ports. Fix: Pass the construct itself,
   * such as `rules: new KubeadmFlannelClusterRules(...)`.
   */
  'rules-required': never;
  /**
   * `ReachabilityChecks` is in a different stack than the rules that it checks. Fix: Create the checks in the stack of
   * the rules.
   */
  'rules-stack-mismatch': never;
  /**
   * The call got a scope and an id, but it does not create a construct. Fix: Leave them out, as the message shows:
   * `new GcpFirewall({ network })`, `AwsSecurityGroup.fromId(id)`.
   */
  'scope-not-expected': never;
  /**
   * A construct got no scope or no id. Fix: Pass the scope, such as `this` in a stack, and an id before the props:
   * `new AwsSecurityGroup(this, 'workers', { ... })`.
   */
  'scope-required': never;
  /**
   * `cluster-ports diff` got one path that is not a plan, and there is no `cdktf.out` to compare it with, or the path is a part of it.
   * Fix: Give the output of `terraform show -json <plan>`, run `cdktf synth`, or give a second path.
   */
  'second-path-required': never;
  /**
   * A secure tag is not the id of a tag value, whose number is positive and has at most 19 digits. A network tag is not one: it is a host
   * group of `GcpFirewall`. A namespaced name such as `123/env/dev` is not one: a data source has its id. Fix: Give `tagValues/` and the digits, as `gcloud resource-manager tags values list` prints them, or the `id` of a `google_tags_tag_value`.
   */
  'secure-tag-invalid': never;
  /**
   * The value is not the id of a security group. Fix: Give `sg-` and 8 or 17 hexadecimal digits, or the `id` of a
   * resource. For a group of a different account, use `AwsPeer.securityGroup(id, { ownerId })`.
   */
  'security-group-id-invalid': never;
  /**
   * `AwsSecurityGroup.fromId` got options for a security group that this app creates. Fix: Set the options where the
   * `AwsSecurityGroup` is created, and use that object.
   */
  'security-group-of-this-app': never;
  /**
   * `labels` of `KubernetesPods` is empty, which selects every pod of the namespace, and there is no reason. Fix: Give labels, or say why in
   * `reason`.
   */
  'selector-without-reason': never;
  /**
   * `address` of a server or `bindAddress` is neither an IP address nor a DNS name. Fix: Write only the IP address or
   * name, and the port in `port`.
   */
  'server-address-invalid': never;
  /** Two servers have the same name, or the same address and port. Fix: Remove one of them, or correct it. */
  'server-given-twice': never;
  /** A server is not an object. Fix: Write `{ name: "master1", address: "10.1.0.1" }`. */
  'server-invalid': never;
  /**
   * HAProxy would listen on the address and port of one of its servers, so it would forward to itself; or a server of an endpoint has its
   * virtual address. Fix: Set `bindAddress` to the virtual IP address, or use a different `port`; give each server its own address.
   */
  'server-is-the-virtual-address': never;
  /**
   * The name of a server has characters that HAProxy does not accept. Fix: Use at most 63 letters, digits, dots,
   * hyphens and underscores.
   */
  'server-name-invalid': never;
  /**
   * A server of a control plane has an IP address outside of the IP ranges of the control plane, so no rule is for it. Fix: Correct the
   * IP address, or add it to the ranges of the control plane.
   */
  'server-outside-control-plane': never;
  /**
   * `servers` of `HaproxyConfig.render` or of an endpoint is empty or not given. Fix: Give at least one `{ name, address }`, or
   * `{ master1: "10.1.0.1" }` to the endpoint.
   */
  'servers-missing': never;
  /**
   * The value is not the email address of a service account. Fix: Give the full address, such as
   * `nodes@my-project.iam.gserviceaccount.com`, or the `email` of the resource.
   */
  'service-account-invalid': never;
  /**
   * `ApinizerNodePorts` has no service to open. Fix: Give at least one of `managementConsole`, `apiPortal` and
   * `gateways`.
   */
  'service-missing': never;
  /**
   * Two places of the app say different things about one security group, prefix list, policy or table, or about the IP ranges
   * or the zone of the same machines. Fix: Create the object once and use it everywhere, or make its settings the same.
   */
  'settings-disagree': never;
  /**
   * A `GcpFirewall` has `shadow: true`, and a rule of the app denies traffic of the network at the priority of its rules. Of two rules of
   * one priority the one that denies wins, and it would lose to the copy in front of it. Fix: Give the `GcpFirewall` the priority in the
   * message, or leave out `shadow`.
   */
  'shadow-overtakes-deny': never;
  /**
   * `--since` was given a file with an empty JSON object, which is no stack: everything would be new. Fix: Pass the directory or the
   * `cdk.tf.json` of the earlier stacks, such as `main/cdktf.out`; for a stack that did not exist, leave out `--since`.
   */
  'since-empty': never;
  /**
   * `report --since` was given several paths to compare with one. Fix: Pass one directory that contains all stacks, such as `cdktf.out`, or
   * make a report for each stack.
   */
  'since-several-paths': never;
  /**
   * `--ssh-port none` would close SSH, because the rules for nftables drop everything that they do not accept; for firewalld and ufw, the
   * script would not check whether SSH stays open. Fix: Give the ports of SSH, or add `--allow-lockout` if you reach the machine in
   * a different way.
   */
  'ssh-closed': never;
  /**
   * Two files are the same stack, or two stacks have the same name. Fix: Give each stack once, and do not combine a
   * directory with its parent.
   */
  'stack-given-twice': never;
  /**
   * The construct is outside of a stack, so its rules belong to no Terraform configuration. Fix: Use a
   * `TerraformStack`, or a construct inside one, as the scope.
   */
  'stack-required': never;
  /** `--state` or `--stack` names a stack that is not one of the given stacks. Fix: Use one of the names in the message. */
  'stack-unknown': never;
  /**
   * The rules refer to a stack that already depends on this one, so neither stack could be deployed first. Fix: Open
   * both directions in one stack.
   */
  'stacks-depend-on-each-other': never;
  /**
   * The directory has no synthesized stack, or only stacks in Terraform's own language, as `cdktf synth --hcl` writes
   * them. Fix: Run `cdktf synth` without `--hcl`, and give `cdktf.out` or the directory of one stack.
   */
  'stacks-missing': never;
  /**
   * The file is not the JSON of a Terraform state. Fix: Run `terraform show -json > state.json` in the directory of the
   * stack, without the path of a plan.
   */
  'state-required': never;
  /**
   * A state is given without the name of its stack, and there are several stacks. Fix: Write `--state
   * <stack>=state.json`.
   */
  'state-without-stack': never;
  /**
   * The file is not a synthesized stack. Plans, states and other JSON do not record why ports are open. Fix: Give
   * `cdktf.out/stacks/<stack>/cdk.tf.json`.
   */
  'synthesized-stack-required': never;
  /** The default of an option, or a `when`, has a choice that the option does not have. Fix: Use one of the choices in the message. */
  'table-choice-unknown': never;
  /**
   * `comparedOn` of a table is not a day, or does not exist in the calendar. Fix: Write the day on which you compared
   * the table with the document, such as `2026-11-21`.
   */
  'table-day-invalid': never;
  /**
   * `edition` of a table is neither a year and a month nor a version. Fix: Write the month of the document, such as `2024-12`; or the
   * version of the product as text, such as `1.31`, if the vendor has a document for each version.
   */
  'table-edition-invalid': never;
  /**
   * A table has the same entry twice: a row name between two roles, a port of one row, a role, an option or a choice; or a supplement is
   * between roles that have a flow. Fix: Remove or rename one of the two.
   */
  'table-entry-repeated': never;
  /**
   * `family` of a row is not a member of `AddressFamily`, or the port of the row does not exist in that family. Fix: Use `AddressFamily.IPV6`,
   * or `ipv6` in a file; leave it out for ICMP, which has its family already.
   */
  'table-family-invalid': never;
  /** The file of a table is not YAML or JSON. The message gives the line. Fix: Correct the syntax in that line. */
  'table-file-invalid': never;
  /**
   * The file of a table is nested deeper than any table. Fix: Check that it is a port table, and remove the nesting.
   */
  'table-file-too-deep': never;
  /**
   * The file of a table uses aliases, anchors or tags of YAML. A reviewer should see every value in its place. Fix:
   * Write the values out.
   */
  'table-file-with-aliases': never;
  /** The file has several YAML documents. Fix: Use one file for each table. */
  'table-file-with-two-tables': never;
  /**
   * `name` of a documented flow cannot be the name of a firewall rule. Fix: Use at most 63 lower-case letters, digits
   * and hyphens that begin with a letter, or leave it out.
   */
  'table-flow-name-invalid': never;
  /**
   * Two flows of a table between the same roles differ in `name` or `optional`. They become one flow, because rules are named after
   * it. Fix: Give both the same.
   */
  'table-flows-differ': never;
  /**
   * An object in the file of a table does not have a required property. Fix: Add the property that the message names.
   */
  'table-key-missing': never;
  /** A table uses a property of an earlier version of this library. Fix: Use the current name in the message. */
  'table-key-renamed': never;
  /**
   * An object in the file of a table has one property twice, and YAML would keep only the last. Fix: Remove one of
   * them.
   */
  'table-key-repeated': never;
  /**
   * An object in the file of a table has a property that does not exist. Fix: Use one of the properties in the message.
   */
  'table-key-unknown': never;
  /**
   * `level` of a row is not a member of `PortLevel`. Fix: Use the member in the message.
   * In a YAML or JSON table, write `host`, `node-port` or `pod`.
   */
  'table-level-invalid': never;
  /**
   * A list of a table that needs at least one entry is missing or empty. Fix: Add an entry, or remove the object that
   * the list belongs to.
   */
  'table-list-empty': never;
  /** A property of a table must be a list. Fix: Write a list, also for a single entry: `checkedFor: ["v2"]`. */
  'table-list-invalid': never;
  /**
   * The id of a table or role, or the name of a row, cannot be a part of rule names. Fix: Use at most 40 lower-case
   * letters, digits and hyphens that begin with a letter.
   */
  'table-name-invalid': never;
  /**
   * A `when` names an option that the table does not have. Fix: Use one of the options in the message, or add it to `options` of
   * the table.
   */
  'table-option-unknown': never;
  /** No `when` of a row or flow names an option of the table. Fix: Remove the option, or name it where the document does. */
  'table-option-unused': never;
  /** A hostname has a name in braces that is not a parameter of the table. Fix: Use one of the parameters in the message, or add it. */
  'table-parameter-unknown': never;
  /** No hostname has a parameter of the table. Fix: Remove the parameter, or put it in braces into the hostname. */
  'table-parameter-unused': never;
  /** `reference` of a table is not a URL. Fix: Give the permanent link of the document, beginning with `https://`. */
  'table-reference-invalid': never;
  /**
   * The source or destination of a documented flow is not a role. Fix: Write `{ id: "node", title: "Kubernetes node"
   * }`.
   */
  'table-role-invalid': never;
  /**
   * A flow of a table file names a role that `roles` of the file does not have. Fix: Use one of the ids in the message, or add the
   * role to `roles`.
   */
  'table-role-unknown': never;
  /** No flow names a role that `roles` of a table file has. Fix: Remove the role, or name it where the document does. */
  'table-role-unused': never;
  /**
   * This library has no table of this id. Fix: Use one of the ids that `cluster-ports products` lists, or
   * `PortTableFile.load(path)` for your own table.
   */
  'table-unknown': never;
  /**
   * A value of a table has the wrong type. Fix: Correct the value in the place that the message names.
   * `port-table.schema.json` lets an editor check the file.
   */
  'table-value-invalid': never;
  /** `PortTableDiff.between` got tables of two different documents. Fix: Pass two editions of one table. */
  'tables-differ': never;
  /**
   * One firewall rule would use both network or secure tags and service accounts, which GCP rejects. Fix: Select all
   * machines of the rule in one way, or use `Peer.cidr(...)` for one end.
   */
  'tags-and-accounts-mixed': never;
  /**
   * The tags of a resource are not text by key, or AWS does not accept a key or value. Fix: Write `{ team: "network"
   * }`, with keys of at most 128 and values of at most 256 characters, and without the prefix `aws:`.
   */
  'tags-invalid': never;
  /**
   * `targetServiceAccounts` is not a list of 1 to 10 service accounts. Fix: Give 1 to 10 email addresses in a list, or
   * leave the property out for all instances of the network.
   */
  'target-service-accounts-invalid': never;
  /**
   * The value or file is not Terraform JSON. Fix: Give a synthesized `cdk.tf.json` or the output of `terraform show
   * -json`; in a test, also the stack itself.
   */
  'terraform-json-required': never;
  /**
   * A plan or state has a `format_version` that this version of the library does not know. Fix: Update
   * `cdktf-cluster-ports`, or write the file with a Terraform version that it knows.
   */
  'terraform-json-version-unknown': never;
  /**
   * The text has line breaks or control characters, or, for descriptions and reasons, other characters that a reader
   * does not see. Fix: Write one line of plain text.
   */
  'text-invalid': never;
  /** The text contains a value that is known after apply, but is needed at synthesis. Fix: Use plain text. */
  'text-not-known': never;
  /** A text is missing, is empty, or is not a string. Fix: Give text that is not empty. */
  'text-required': never;
  /** The text is longer than the limit in the message. Fix: Shorten it. */
  'text-too-long': never;
  /**
   * `--timeout` is not a number of seconds that is more than 0 and at most 600. Fix: Give the seconds as a plain
   * number: `--timeout 4`.
   */
  'timeout-invalid': never;
  /**
   * `--today` of `lint` is not a day of the calendar in the form `YYYY-MM-DD`. Fix: Write a day that exists, such as
   * `--today 2027-03-31`, or leave the option out for the date in UTC.
   */
  'today-invalid': never;
  /**
   * The Terraform JSON contains a token of the framework, so it was not written by synthesis. Fix: Pass the stack
   * itself, `Testing.synth(stack)`, or the `cdk.tf.json` that `cdktf synth` writes.
   */
  'token-not-resolved': never;
  /**
   * Text has the shape of a value that is known after apply, but the framework of the app did not create it. Fix: Pass
   * the attribute of a resource or the value of a variable, or plain text.
   */
  'token-unknown': never;
  /**
   * One port has more hostnames than a rule or URL list of GCP allows. Fix: Split the table, and give each part its own
   * filter with a different `priority`.
   */
  'too-many-hostnames': never;
  /**
   * The resource would have more than 50 tags, the most that AWS allows. Default tags of the provider count too. Fix:
   * Remove tags.
   */
  'too-many-tags': never;
  /**
   * A trigger of `ReachabilityChecks` is not text, or its name is not made of letters, digits, hyphens and underscores.
   * Fix: Write `{ routes: route.id }`: a plain name, and a value that changes when the check must run again.
   */
  'trigger-invalid': never;
  /**
   * `triggers` is given for checks on GCP. Fix: Leave `triggers` out: on GCP a check runs whenever Terraform reads it.
   */
  'triggers-not-supported': never;
  /**
   * The setting is not a member of `UnmanagedRules`. Fix: Use `UnmanagedRules.REPORT`, or `UnmanagedRules.IGNORE`, the
   * default.
   */
  'unmanaged-rules-invalid': never;
  /**
   * A value in the Terraform JSON must be a list. Fix: Write a list in your Terraform configuration, or write the file
   * again and do not edit it.
   */
  'value-not-a-list': never;
  /**
   * A value in the Terraform JSON must be an object. Fix: Write an object in your Terraform configuration, or write the
   * file again and do not edit it.
   */
  'value-not-an-object': never;
  /**
   * A token has no value, or an empty one, when the construct is created. Rules are named after what the token refers
   * to. Fix: Refer to a resource or variable, or pass a value that is known at synthesis. Set lazy values before you
   * create the construct.
   */
  'value-not-available': never;
  /**
   * A value in the Terraform JSON must be text. Fix: Write text in your Terraform configuration, or write the file
   * again and do not edit it.
   */
  'value-not-text': never;
  /**
   * The value is that of a Terraform loop (`each.value`, `count.index`). Rules are not created in loops, so it would
   * have no meaning there. Fix: Use a loop of your programming language, and create a construct for each value.
   */
  'value-of-a-loop': never;
  /**
   * One value combines references to several stacks. Fix: Refer to one stack in each value: pass the values separately.
   */
  'value-of-several-stacks': never;
  /** `vpcId` is not the id of a VPC. Fix: Give `vpc-` and 8 or 17 hexadecimal digits, or the `id` of a resource. */
  'vpc-id-invalid': never;
  /**
   * The hostname filter allows only exact hostnames, and the document has a wildcard. Fix: Use a `GcpSecureWebProxy`,
   * or omit the rows in the message and list the exact hostnames in your own table.
   */
  'wildcard-not-supported': never;
  /**
   * The whole internet is given where it is never allowed: for an internal port, or for the machines themselves. Fix:
   * Give the IP ranges of the machines that need access, with `Peer.cidr(...)`.
   */
  'world-not-allowed': never;
  /**
   * The threshold of what "open to the world" means is not a prefix length, or an app sets one that is wider than the default.
   * Fix: Write `/12` for IPv4, or `/12,/24` for IPv4 and IPv6. To open wider ranges, give a reason with `Peer.wide`.
   */
  'world-threshold-invalid': never;
  /**
   * Ranges are most of the internet: more public addresses than one /8 of IPv4 or one /16 of IPv6. No reason is given. Fix:
   * Give narrower ranges, or write `Peer.anyIpv4("why it is open")`, `Peer.anyIpv6("why it is open")` or
   * `Peer.wide("why it is open", ...ranges)`.
   */
  'world-without-reason': never;
  /** The zone is not a member of `NetworkZone`. Fix: Use `NetworkZone.PUBLIC` or `NetworkZone.PRIVATE`. */
  'zone-invalid': never;
}

/** The stable name of a mistake, for programs and tests: sentences may change, codes do not. docs/errors.md lists them. */
export type ErrorCode = keyof ErrorCodes;
