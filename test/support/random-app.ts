import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsNetworkFirewallRuleGroup,
  AwsPrefixList,
  AwsSecurityGroup,
  Cloud,
  ControlPlaneVipRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  FlannelBackend,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  HostGroup,
  type IHostGroup,
  type IHostnameFilter,
  type IPeer,
  KubeadmFlannelClusterRules,
  KubernetesDns,
  KubernetesPods,
  LinuxHosts,
  NetworkZone,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Random } from './random';

const EGRESS = [Egress.ALL, Egress.DOCUMENTED, Egress.UNMANAGED];
const VPC = 'vpc-0123456789abcdef0';
const GROUP_OF_USER = 'sg-0123456789abcdef0';
const ZONES = [undefined, undefined, NetworkZone.PRIVATE, NetworkZone.PUBLIC];
/** The rows of hostnames that a firewall policy does not support. */
const WILDCARDS = ['docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'];
/** The ports of the user's own rules. No document has them. */
const PORTS_OF_USER = [22, 3306, 5432];

/** Rows that the constructs for a cluster omit. */
const OMITTED_OF_CLUSTER = [
  ['control-plane>control-plane/etcd'],
  ['flannel-udp', 'etcd'],
  ['worker>control-plane/flannel-vxlan'],
];
/** Rows that they move. */
const MOVED_OF_CLUSTER: readonly Record<string, Port>[] = [
  { kubelet: Port.tcp(10_350) },
  { 'worker>control-plane/api-server': Port.tcp(6553) },
];
/**
 * The errors of random apps that cannot be synthesized: two rules would be one, also one that several constructs have in common; machines of
 * two stacks have one name in a third; or an outbound rule needs IP ranges that are not given.
 */
export const REFUSED_APPS: readonly string[] = [
  'rule-created-twice',
  'rule-address-taken',
  'settings-disagree',
  'far-end-without-ranges',
  'deny-rest-closes',
];

/** Synthesizes an app with one to three stacks of random constructs. The names of stacks and machines are often the same. */
export function synthesizeRandomApp(random: Random, outdir: string): void {
  const app = new App({ outdir, skipValidation: true });
  const count = random.pick([1, 1, 2, 3]);
  const elsewhere: IHostGroup[] = random.chance(30) ? groupsOfOtherStack(app, random) : [];
  const ofApp = { elsewhere, ranges: new Set<string>(), facts: new Map<string, Facts>() };
  for (let at = 0; at < count; at++) new RandomStack(app, `stack-${at + 1}`, random, ofApp);
  app.synth();
}

/** Creates a stack that has only security groups, whose ports different stacks open. */
function groupsOfOtherStack(app: App, random: Random): IHostGroup[] {
  const stack = new TerraformStack(app, 'stack-of-groups');
  return ['bastion', 'workers'].map(
    (name) => new AwsSecurityGroup(stack, `group-${name}`, { name, vpcId: VPC, egress: random.pick(EGRESS) }),
  );
}

/** A network on GCP. */
interface Network {
  readonly network: string;
  readonly project: string;
}

function randomNetwork(random: Random): Network {
  return { network: random.pick(['prod', 'test']), project: random.pick(['net-one', 'net-two', 'net-three']) };
}

/** Returns the secure tag of machines of a name. */
function secureTagOf(name: string): string {
  const digits = Array.from(name, (letter) => letter.charCodeAt(0) % 10).join('');
  return `tagValues/2814${digits.slice(-15)}`; // at most 19 digits
}

/** What the stacks of an app share. */
interface OfApp {
  /** Security groups of the stacks before. */
  readonly elsewhere: IHostGroup[];
  /** The IP ranges in use. */
  readonly ranges: Set<string>;
  /** What is said about machines of a network, which must be the same everywhere. */
  readonly facts: Map<string, Facts>;
}

/** The IP ranges and the zone of machines. */
interface Facts {
  readonly ipRanges?: IPeer;
  readonly zone?: NetworkZone;
}

class RandomStack extends TerraformStack {
  private readonly made = new Map<string, IHostGroup>();
  private readonly ranges: Set<string>;
  private readonly knownFacts: Map<string, Facts>;
  private readonly elsewhere: IHostGroup[];
  /** Prefix lists of the stack, by the name of the peer. */
  private readonly lists = new Map<string, IPeer>();
  /** How many ids of existing resources are in use. */
  private ids = 10;
  /** A stack may have several networks, with the same tags in each. */
  private readonly networks: readonly Network[];
  /** Of each construct. */
  private firewall: GcpFirewall;
  private networkAt = 0;
  /** Of each construct: machines on GCP are those of a policy, or those of firewalls. */
  private policy?: GcpFirewallPolicy;
  /** Rules of one cloud cannot select machines of the other. */
  private readonly isOnAws: boolean;
  /** Network policies select pods. */
  private readonly isOnKubernetes: boolean;
  /** Rules of GCP cannot select machines by tags and by service accounts at once. */
  private readonly hasAccounts: boolean;

  constructor(
    app: App,
    name: string,
    private readonly random: Random,
    { elsewhere, ranges, facts }: OfApp,
  ) {
    super(app, name);
    this.elsewhere = elsewhere;
    this.ranges = ranges;
    this.knownFacts = facts;
    this.networks = Array.from({ length: random.pick([1, 1, 2]) }, () => randomNetwork(random));
    const firewalls = this.networks.map(
      (network) =>
        new GcpFirewall({
          ...network,
          disabled: random.chance(12) ? true : undefined,
          egress: random.pick([undefined, undefined, undefined, ...EGRESS]),
          denyRest: random.chance(12) ? { priority: 65_000 } : undefined,
          shadow: random.chance(12) ? true : undefined,
        }),
    );
    [this.firewall] = firewalls;
    this.isOnAws = random.chance(45);
    this.isOnKubernetes = !this.isOnAws && random.chance(15);
    const policies = random.chance(20) ? this.networks.map((network, at) => this.policyOf(network, at)) : [];
    this.hasAccounts = random.chance(25);
    const ofPods = [() => this.platform(), () => this.metrics(), () => this.hostnames()];
    const constructs = this.isOnKubernetes
      ? ofPods
      : [...ofPods, () => this.cluster(), () => this.nodePorts(), () => this.virtualAddress()];
    const chosen = constructs.filter(() => random.chance(45));
    (chosen.length === 0 ? [constructs[random.below(constructs.length)]] : chosen).forEach((create) => {
      const at = random.below(firewalls.length);
      this.firewall = firewalls[at];
      this.networkAt = at;
      this.policy = policies[at];
      create();
    });
    for (let at = 0; at < random.pick([0, 0, 1, 2, 3]); at++) this.ruleOfUser(`of-user-${at}`);
    elsewhere.push(...[...this.made.values()].filter(({ cloud }) => cloud === Cloud.AWS));
  }

  /** A rule of the user: of machines that constructs use or of others, of a policy, or one that cannot be evaluated. */
  private ruleOfUser(id: string): void {
    const [port, range] = [this.random.pick(PORTS_OF_USER), this.random.pick(['0.0.0.0/0', '::/0', this.range()])];
    if (this.random.chance(20)) this.policyRuleOfUser(id, port, range);
    else if (this.isOnKubernetes) this.networkPolicyOfUser(id, port, range);
    else if (this.isOnAws) this.groupRuleOfUser(id, port, range);
    else this.firewallOfUser(id, port, range);
  }

  private groupRuleOfUser(id: string, port: number, range: string): void {
    const isUnknown = this.random.chance(20);
    const fromPort = isUnknown ? new TerraformVariable(this, `${id}-port`, { type: 'number' }).numberValue : port;
    const far = range.includes(':') ? { cidrIpv6: range } : { cidrIpv4: range };
    const rule = { ipProtocol: 'tcp', fromPort, toPort: port, ...far };
    if (this.random.chance(20)) {
      new VpcSecurityGroupEgressRule(this, id, { ...rule, securityGroupId: GROUP_OF_USER });
      return;
    }
    const groups = [...this.made.values()].flatMap((group) => (group instanceof AwsSecurityGroup ? [group] : []));
    const securityGroupId = this.random.pick([GROUP_OF_USER, ...groups.map((group) => group.securityGroupId)]);
    new VpcSecurityGroupIngressRule(this, id, { ...rule, securityGroupId });
  }

  private networkPolicyOfUser(id: string, port: number, cidr: string): void {
    const app = this.random.pick(['bastion', ...[...this.made.keys()].map((key) => key.replace(/ .*/s, ''))]);
    new NetworkPolicyV1(this, id, {
      metadata: { name: id, namespace: 'prod' },
      spec: {
        podSelector: { matchLabels: { app } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: String(port) }] }],
      },
    });
  }

  private firewallOfUser(id: string, port: number, range: string): void {
    if (this.random.chance(25)) {
      this.denyOfUser(id);
      return;
    }
    new ComputeFirewall(this, id, {
      name: id,
      ...this.random.pick(this.networks),
      targetTags: [this.random.pick(['bastion', ...[...this.made.keys()].map((key) => key.replace(/ .*/s, ''))])],
      sourceRanges: [range],
      allow: [{ protocol: 'tcp', ports: [String(port)] }],
      disabled: this.random.chance(20) ? new TerraformVariable(this, `${id}-disabled`, {}).booleanValue : undefined,
    });
  }

  /** A rule that denies, and of which something is not known: whether it exists, its machines, or its priority. */
  private denyOfUser(id: string): void {
    const variable = (): TerraformVariable => new TerraformVariable(this, `${id}-deny`, {});
    const made = [...this.made.keys()].map((key) => key.replace(/ .*/s, ''));
    const isOutbound = this.random.chance(40);
    const denied = [{ protocol: 'tcp', ports: [this.random.pick(['9090', '22', '1-65535'])] }];
    new ComputeFirewall(this, id, {
      name: id,
      ...this.random.pick(this.networks),
      direction: isOutbound ? 'EGRESS' : 'INGRESS',
      ...(isOutbound ? { destinationRanges: ['0.0.0.0/0', '::/0'] } : { sourceRanges: ['0.0.0.0/0', '::/0'] }),
      deny: denied,
      ...this.random.pick([
        () => ({ priority: 900, targetTags: [variable().stringValue] }),
        () => ({
          priority: 900,
          targetTags: [this.random.pick(['bastion', ...made])],
          disabled: variable().booleanValue,
        }),
        () => ({ priority: variable().numberValue, targetTags: [this.random.pick(['bastion', ...made])] }),
        () => ({ priority: 65_000, disabled: variable().booleanValue }),
      ])(),
    });
  }

  private policyRuleOfUser(id: string, port: number, range: string): void {
    const { network, project } = this.random.pick(this.networks);
    const policy = { firewallPolicy: `${this.node.id}-${id}`, project };
    new ComputeNetworkFirewallPolicyRule(this, id, {
      ...policy,
      priority: 1000,
      direction: 'INGRESS',
      action: 'allow',
      match: { srcIpRanges: [range], layer4Configs: [{ ipProtocol: 'tcp', ports: [String(port)] }] },
    });
    if (this.random.chance(50)) this.associate(policy, network);
  }

  /** A policy for machines of a network, which may have it. */
  private policyOf({ network, project }: Network, at: number): GcpFirewallPolicy {
    const policy = `${this.node.id}-machines-${at}`;
    if (this.random.chance(75)) this.associate({ firewallPolicy: policy, project }, network);
    return new GcpFirewallPolicy({
      policy,
      project,
      disabled: this.random.chance(12) ? true : undefined,
      egress: this.random.pick([undefined, undefined, Egress.DOCUMENTED]),
      namePrefix: `network-${at}`,
    });
  }

  private associate(policy: { readonly firewallPolicy: string; readonly project: string }, network: string): void {
    const { firewallPolicy } = policy;
    new ComputeNetworkFirewallPolicyAssociation(this, `${firewallPolicy}-association`, {
      ...policy,
      name: firewallPolicy,
      attachmentTarget: `projects/${policy.project}/global/networks/${network}`,
    });
  }

  private cluster(): void {
    const moved = this.random.chance(30);
    new KubeadmFlannelClusterRules(this, 'rules-cluster', {
      controlPlane: this.machines('control-plane'),
      workers: this.machines('workers'),
      workerToWorkerFlannel: this.random.pick([true, false, undefined]),
      flannel: this.random.pick([FlannelBackend.VXLAN, undefined]),
      freeAccessBetweenControlPlanes: this.random.chance(20),
      ports: moved ? this.random.pick(MOVED_OF_CLUSTER) : undefined,
      omit: this.random.pick([undefined, undefined, undefined, ...OMITTED_OF_CLUSTER]),
      versions: this.random.chance(30) ? { kubernetes: '1.34.1' } : undefined,
    });
  }

  private platform(): void {
    new VClusterPlatformIngressRules(this, 'rules-platform', {
      kubernetesApi: this.peer('kubernetes-api'),
      platform: this.machines('platform'),
      edition: this.random.pick([undefined, '2025-03']),
      ...this.random.pick([
        {},
        {},
        { omit: ['webhook'], ports: { 'api-service': Port.tcp(8543) } },
        { omit: ['management-api', 'api-service'] },
      ]),
    });
  }

  private metrics(): void {
    const withAgent = this.random.chance(40);
    new PrometheusCostMetricsRule(this, 'rules-metrics', {
      platform: withAgent && this.random.chance(50) ? undefined : this.peer('platform-clients'),
      agent: withAgent ? this.peer('agent') : undefined,
      prometheus: this.machines('prometheus'),
      ports: this.random.chance(30) ? { 'cost-metrics': Port.tcp(9091) } : undefined,
    });
  }

  private nodePorts(): void {
    new ApinizerNodePorts(this, 'rules-node-ports', {
      workers: this.machines('workers'),
      managementConsole: { clients: this.peer('ops'), port: this.random.pick([undefined, 32_443]) },
      gateways: this.random.chance(50)
        ? [{ environment: 'prod', clients: this.random.chance(30) ? Peer.anyIpv4('public API') : this.peer('clients') }]
        : undefined,
    });
  }

  private virtualAddress(): void {
    const vip = this.machines('vip');
    new ControlPlaneVipRules(this, 'rules-vip', {
      controlPlane: this.machines('control-plane'),
      workers: this.machines('workers'),
      virtualAddress: vip,
      loadBalancer: vip instanceof ExternalHosts ? this.machines('load-balancer') : undefined,
      healthCheckers: Peer.named('health-checkers', '10.77.0.0/24'),
      hostname: this.random.chance(40) ? 'k8s.example.com' : undefined,
    });
  }

  private hostnames(): void {
    new ApinizerInstallationHostnames(this, 'rules-hostnames', {
      through: this.filter(),
      supplements: this.random.chance(50) ? ['docker-images'] : undefined,
    });
    if (this.random.chance(30)) this.hostnamesOfPolicy();
  }

  private hostnamesOfPolicy(): void {
    const { network, project } = this.random.pick(this.networks);
    const policy = { firewallPolicy: `${this.node.id}-hostnames`, project };
    new ApinizerInstallationHostnames(this, 'rules-policy', {
      through: new GcpFirewallPolicy({ policy: policy.firewallPolicy, project: policy.project }),
      omit: WILDCARDS,
    });
    if (this.random.chance(50)) this.associate(policy, network);
  }

  private filter(): IHostnameFilter {
    const clients = this.random.chance(60) ? Peer.named('subnets', '10.20.0.0/16') : undefined;
    return this.random.pick([
      () => ExternalProxy.named('proxy.example.com', { clients }),
      () => new AwsNetworkFirewallRuleGroup({ clients, namePrefix: this.random.pick([undefined, 'blue']) }),
      () => new GcpSecureWebProxy({ location: 'europe-west3', policy: this.random.pick([undefined, 'blue-proxy']) }),
    ])();
  }

  /** Machines of a name: in a cloud, or hosts of the firewall team. The same name is the same machines in a stack. */
  private machines(name: string): IHostGroup {
    const inCloud = this.inCloud();
    const key = this.isOnAws || this.isOnKubernetes ? name : `${name} ${JSON.stringify(this.firewall)}`;
    const kinds = [inCloud, inCloud, inCloud, inCloud, inCloud, this.several, this.external, this.onLinux];
    const known = this.made.get(key) ?? this.random.pick(kinds)(name);
    this.made.set(key, known);
    return known;
  }

  private readonly onAws = (name: string): IHostGroup => {
    const facts = this.facts();
    if (this.random.chance(12)) return AwsSecurityGroup.fromId(this.id('sg'), facts);
    return new AwsSecurityGroup(this, `group-${name}`, {
      name,
      vpcId: VPC,
      egress: this.random.pick(EGRESS),
      ...facts,
    });
  };

  private inCloud(): (name: string) => IHostGroup {
    if (this.isOnKubernetes) return this.onKubernetes;
    return this.isOnAws ? this.onAws : this.onGcp;
  }

  private readonly onKubernetes = (name: string): IHostGroup => {
    const egress = this.random.pick([undefined, ...EGRESS]);
    return KubernetesPods.labelled({
      namespace: 'prod',
      labels: { app: name },
      // the document does not say that it is a port of pods
      ports: name.startsWith('prometheus') ? [{ row: 'cost-metrics', port: Port.tcp(9090) }] : undefined,
      name: this.random.chance(30) ? `${name} of prod` : undefined,
      egress,
      dns: egress === Egress.DOCUMENTED ? KubernetesDns.kubeDns() : undefined,
      ...this.facts(),
    });
  };

  private readonly onGcp = (name: string): IHostGroup => {
    if (this.policy !== undefined) {
      // a rule of a policy cannot select its source by a service account
      return this.hasAccounts && name.startsWith('prometheus')
        ? this.policy.serviceAccount(`${name}@net-one.iam.gserviceaccount.com`, this.facts())
        : this.policy.secureTag(secureTagOf(name), this.facts());
    }
    const { network, project } = this.networks[this.networkAt];
    const facts = this.factsOf(`${project} ${network} ${this.hasAccounts} ${name}`);
    return this.hasAccounts
      ? this.firewall.serviceAccount(`${name}@net-one.iam.gserviceaccount.com`, facts)
      : this.firewall.networkTag(name, facts);
  };

  /** Returns what is said about machines: everywhere the same, or nothing. */
  private factsOf(machines: string): Facts {
    const known = this.knownFacts.get(machines) ?? this.facts();
    this.knownFacts.set(machines, known);
    return this.random.chance(20) ? {} : known;
  }

  private facts(): Facts {
    return {
      ipRanges: this.random.pick([
        () => undefined,
        () => Peer.cidr(this.range()),
        () => (this.random.chance(20) ? Peer.cidr(this.rangeIpv6()) : Peer.cidr(this.range())),
      ])(),
      zone: this.random.pick(ZONES),
    };
  }

  private readonly several = (name: string): IHostGroup => {
    const inCloud = this.inCloud();
    return HostGroup.anyOf(inCloud(name), inCloud(`${name}-more`));
  };

  private readonly external = (name: string): IHostGroup => {
    const hosts = ExternalHosts.named(`${name} hosts`, this.range());
    return this.random.chance(25) ? hosts.inZone(NetworkZone.PRIVATE) : hosts;
  };

  private readonly onLinux = (name: string): IHostGroup => {
    const hosts = LinuxHosts.named(`${name} machines`, this.range());
    return this.random.chance(25) ? hosts.inZone(NetworkZone.PUBLIC) : hosts;
  };

  /** Returns an id that nothing else in the app has. */
  private id(prefix: string): string {
    const hex = `${this.node.id.length}${this.ids++}${/\d*$/.exec(this.node.id)?.[0]}`;
    return `${prefix}-${hex.padStart(17, '0')}`;
  }

  private peer(name: string): IPeer {
    return this.random.pick<() => IPeer>([
      () => Peer.named(name, this.range()),
      () => Peer.cidr(this.range()),
      () => Peer.anyOf(Peer.cidr(this.range()), Peer.cidr(this.range())),
      () => Peer.named(name, this.range(), this.rangeIpv6()),
      () => Peer.cidrIpv6(this.rangeIpv6()).inZone(NetworkZone.PUBLIC),
      () => this.partlyUnknown(name),
      () => (this.isOnAws ? this.list(name) : Peer.cidr(this.range())),
      () => this.machines(name),
      () => this.machines('workers'),
      () => Peer.anyOf(this.machines(name), Peer.cidr(this.range())),
      () => (this.isOnAws && this.elsewhere.length > 0 ? this.random.pick(this.elsewhere) : this.machines(name)),
    ])();
  }

  /** A prefix list of the stack, or an existing one. */
  private list(name: string): IPeer {
    const create = (): IPeer =>
      this.random.chance(40)
        ? AwsPrefixList.fromId(this.id('pl'), { maxEntries: 5, key: this.random.chance(30) ? name : undefined })
        : new AwsPrefixList(this, `list-${name}`, {
            name: `list-${name}`,
            ranges: this.random.chance(30) ? Peer.cidr(this.range(), this.rangeIpv6()) : Peer.cidr(this.range()),
            maxEntries: this.random.pick([undefined, 4]),
          });
    const known = this.lists.get(name) ?? create();
    this.lists.set(name, known);
    return known;
  }

  /** Ranges of which only Terraform knows some. */
  private partlyUnknown(name: string): IPeer {
    const id = `${name}-range`;
    const known = this.node.tryFindChild(id) as TerraformVariable | undefined;
    const variable = known ?? new TerraformVariable(this, id, { type: 'string' });
    return Peer.named(name, this.range(), variable.stringValue);
  }

  private rangeIpv6(): string {
    const range = `2001:db8:${(this.random.below(0xffff) + 1).toString(16)}::/48`;
    if (this.ranges.has(range)) return this.rangeIpv6();
    this.ranges.add(range);
    return range;
  }

  /** A range that nothing else in the app has, so that an IP address in it is of one peer. */
  private range(): string {
    const range = `10.${this.random.below(90) + 100}.0.0/20`;
    if (this.ranges.has(range)) return this.range();
    this.ranges.add(range);
    return range;
  }
}
