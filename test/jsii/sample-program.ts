import { join, relative } from 'node:path';
import * as generatedRules from '../../lib/products/generated-rules';
import { allHostnameTables, allTables } from '../../lib/products/catalog';
import { propName } from '../../lib/products/props-of-table';
import { defaultChoices, type HostnameTable, isOpen, type PortTable, tableKey } from '../../lib/tables';
import { ROOT } from '../../scripts/jsii-assembly';
import { className, enumName, memberName } from '../../scripts/products/names';
import type { KernelClient, Ref } from './kernel-client';

const GENERATED = Object.keys(generatedRules);

/** A program that makes every call of the public API at least once, as a Python program would. */
export function sampleProgram(jsii: KernelClient): void {
  const app = jsii.create('cdktf.App', {});
  const stack = (id: string): Ref => jsii.create('cdktf.TerraformStack', app, id);
  values(jsii);
  tables(jsii);
  onGcp(jsii, stack('gcp'));
  onAws(jsii, stack('aws'));
  kubernetes(jsii, stack('kubernetes'));
  onPremises(jsii, stack('on-premises'));
  hostnames(jsii, stack('hostnames'));
  products(jsii, stack('products'));
  permittedTraffic(jsii, stack('permitted-traffic'));
}

function values(jsii: KernelClient): void {
  jsii.call('Port.tcp', 6443);
  jsii.call('Port.udp', 8472);
  jsii.call('Port.tcpRange', 2379, 2380);
  jsii.call('Port.udpRange', 1, 2);
  jsii.call('Port.tcpAndUdp', 53);
  jsii.call('Port.tcpAndUdpRange', 30000, 32767);
  jsii.call('Port.sctp', 9899);
  jsii.call('Port.sctpRange', 1, 2);
  jsii.call('Port.icmp', 8, 0);
  jsii.call('Port.icmpv6');
  jsii.call('Port.ip', 112);
  jsii.call('Port.parse', '10250/tcp');
  jsii.call('Cidr.parse', '2001:db8::/32');
  const ranges = jsii.call('Peer.cidr', '10.0.0.0/8', '10.50.0.0/24');
  const hosts = jsii.call('Peer.address', '10.0.0.1');
  jsii.call('Peer.cidrIpv6', '2001:db8::/32');
  jsii.call('Peer.anyIpv4', 'public API');
  jsii.call('Peer.anyIpv6', 'public API');
  jsii.call('Peer.wide', 'public API', '16.0.0.0/7');
  jsii.call('Peer.anyOf', ranges, hosts);
  jsii.invoke(ranges, 'Peer.inZone', jsii.enum('NetworkZone.PUBLIC'));
  jsii.call('AwsPeer.securityGroup', 'sg-0123456789abcdef0', { ownerId: '123456789012' });
  jsii.call('GcpEndpoint.address', '10.0.0.1', 'projects/prod/global/networks/main');
}

function tables(jsii: KernelClient): void {
  jsii.call('PortTables.all');
  jsii.call('PortTables.find', { port: '8472/udp' });
  const before = jsii.call('PortTables.named', 'kubeadm-flannel', '2024-12');
  const after = jsii.call('PortTables.named', 'kubeadm-flannel', '2026-03');
  jsii.call('PortTableDiff.between', { before, after });
  jsii.call('HostnameTableFile.load', relative(process.cwd(), join(ROOT, 'examples/platform-hosts.yaml')));
  jsii.call('PortTableFile.load', relative(process.cwd(), join(ROOT, 'examples/registry-ports.yaml')));
}

function onGcp(jsii: KernelClient, stack: Ref): void {
  const firewall = jsii.create('GcpFirewall', {
    network: 'prod',
    egress: jsii.enum('Egress.DOCUMENTED'),
    denyRest: { priority: 65000 },
    shadow: true,
  });
  const ipRanges = jsii.call('Peer.cidr', '10.20.0.0/24');
  const workers = jsii.invoke(firewall, 'GcpFirewall.networkTag', 'k8s-worker', { ipRanges });
  const controlPlane = jsii.invoke(firewall, 'GcpFirewall.networkTag', 'k8s-control-plane', { ipRanges });
  const account = (name: string): Ref =>
    jsii.invoke(firewall, 'GcpFirewall.serviceAccount', `${name}@prod.iam.gserviceaccount.com`, { ipRanges });
  jsii.call('HostGroup.anyOf', workers, controlPlane);
  const all = jsii.invoke(firewall, 'GcpFirewall.allInstances', 'a network of its own');
  jsii.create('PrometheusCostMetricsRule', stack, 'metrics', { platform: ipRanges, prometheus: all });
  jsii.create('KubeadmFlannelClusterRules', stack, 'cluster', {
    controlPlane,
    workers,
    flannel: jsii.enum('FlannelBackend.VXLAN'),
    workerToWorkerFlannel: true,
    omit: ['etcd'],
    ports: { 'api-server': jsii.call('Port.tcp', 7443) },
  });
  const platform = jsii.create('VClusterPlatformIngressRules', stack, 'platform', {
    kubernetesApi: jsii.call('Peer.cidr', '172.16.0.0/28'),
    platform: account('platform'),
    nodes: account('nodes'),
    virtualClusters: ipRanges,
    edition: '2025-10',
  });
  const check = {
    flow: 'webhook',
    source: jsii.call('GcpEndpoint.gkeControlPlane', 'projects/prod/locations/europe-west3/clusters/prod'),
    destination: jsii.call('GcpEndpoint.instance', 'projects/prod/zones/europe-west3-a/instances/node-1'),
  };
  jsii.create('ReachabilityChecks', stack, 'checks', { rules: platform, checks: [check] });
  jsii.create('ControlPlaneVipRules', stack, 'vip', {
    controlPlane,
    virtualAddress: workers,
    workers,
    hostname: 'api.example.com',
    healthCheckers: jsii.constant('GcpHealthCheckers.IPV4'),
  });
}

function permittedTraffic(jsii: KernelClient, stack: Ref): void {
  const firewall = jsii.create('GcpFirewall', { network: 'prod' });
  jsii.create('PrometheusCostMetricsRule', stack, 'metrics', {
    platform: jsii.call('Peer.cidr', '10.0.0.0/8'),
    prometheus: jsii.invoke(firewall, 'GcpFirewall.networkTag', 'prometheus'),
  });
  const rows = [
    { port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus', direction: jsii.enum('TrafficDirection.INGRESS') },
  ];
  const traffic = jsii.call('PermittedTraffic.ofStack', stack);
  jsii.invoke(traffic, 'PermittedTraffic.differences', rows);
  jsii.invoke(traffic, 'PermittedTraffic.missing', rows);
  jsii.invoke(traffic, 'PermittedTraffic.unwanted', rows);
  jsii.invoke(traffic, 'PermittedTraffic.differencesFromDocuments', {});
  jsii.call('PermittedTraffic.ofJson', JSON.stringify({ resource: {} }));
  jsii.call('PermittedTraffic.ofFile', relative(process.cwd(), join(ROOT, 'test/jsii/empty.tf.json')));
}

function onAws(jsii: KernelClient, stack: Ref): void {
  const vpn = jsii.call('Peer.named', 'ops-vpn', '10.9.0.0/16');
  const group = (name: string): Ref =>
    jsii.create('AwsSecurityGroup', stack, name, {
      name,
      vpcId: 'vpc-12345678',
      egress: jsii.enum('Egress.DOCUMENTED'),
      tags: { team: 'platform' },
    });
  const workers = group('workers');
  const existing = jsii.call('AwsSecurityGroup.fromId', 'sg-0123456789abcdef0', {
    existingRules: 3,
    ipRanges: vpn,
    ownershipTags: true,
  });
  const offices = jsii.create('AwsPrefixList', stack, 'offices', { name: 'offices', ranges: vpn, maxEntries: 5 });
  const shared = jsii.call('AwsPrefixList.fromId', 'pl-0123456789abcdef0', { maxEntries: 10 });
  jsii.create('ApinizerNodePorts', stack, 'node-ports', {
    workers,
    managementConsole: { clients: offices },
    apiPortal: { clients: shared },
    gateways: [{ environment: 'prod', clients: vpn, port: 30081, ownership: { owner: 'shop' } }],
  });
  jsii.create('ApinizerDataStoreRules', stack, 'data-stores', {
    workers,
    mongodb: existing,
    ownership: { owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' },
    rowOwnership: { mongodb: { owner: 'data' } },
  });
  jsii.create('PrometheusCostMetricsRule', stack, 'metrics', { platform: workers, prometheus: existing });
  jsii.create('ReachabilityChecks', stack, 'checks', {
    rules: jsii.create('KubeadmFlannelClusterRules', stack, 'cluster', { controlPlane: existing, workers }),
    checks: [
      {
        flow: 'worker>control-plane/api-server',
        source: jsii.call('AwsEndpoint.fromId', 'i-0123456789abcdef0'),
        destination: jsii.call('AwsEndpoint.fromId', 'i-0fedcba9876543210'),
      },
    ],
  });
  jsii.create('AwsRuleImports', stack, 'imports', {
    describedRules: JSON.stringify({ SecurityGroupRules: [] }),
  });
}

function onPremises(jsii: KernelClient, stack: Ref): void {
  const hosts = jsii.call('ExternalHosts.named', 'clients', '10.1.0.0/24');
  const servers = jsii.call('ExternalHosts.named', 'rancher', '10.2.0.0/24');
  jsii.invoke(servers, 'ExternalHosts.inZone', jsii.enum('NetworkZone.PRIVATE'));
  const linux = jsii.call('LinuxHosts.named', 'routers', '10.3.0.0/24');
  jsii.create('KeepalivedRules', stack, 'routers', {
    node: jsii.invoke(linux, 'LinuxHosts.inZone', jsii.enum('NetworkZone.PRIVATE')),
  });
  jsii.create('DocumentedPortRules', stack, 'rancher', {
    table: jsii.call('PortTables.named', 'rancher'),
    roles: { rancher: servers, 'rancher-client': hosts, 'registered-cluster': hosts, 'tls-proxy': hosts },
  });
  jsii.call('HaproxyConfig.render', { servers: [{ name: 'cp-1', address: '10.2.0.1' }] });
  const endpoint = jsii.create('ControlPlaneEndpoint', {
    ...{ controlPlane: servers, workers: hosts, virtualAddress: hosts, loadBalancer: hosts },
    ...{ hostname: 'api.example.com', ipAddress: '10.2.0.100', port: 7443, servers: { master1: '10.2.0.1' } },
  });
  jsii.create('ControlPlaneVipRules', stack, 'endpoint', { endpoint });
  jsii.create('KeepalivedRules', stack, 'keepalived', { endpoint });
  jsii.call('HaproxyConfig.render', { endpoint });
  jsii.invoke(endpoint, 'ControlPlaneEndpoint.kubeadmLine');
  jsii.invoke(endpoint, 'ControlPlaneEndpoint.dnsRecords');
}

function kubernetes(jsii: KernelClient, stack: Ref): void {
  const port = { row: 'console', port: jsii.call('Port.tcp', 8443) };
  const dns = jsii.call('KubernetesDns.servers', jsii.call('Peer.address', '169.254.20.10'), 53);
  const settings = { namespace: 'prod', egress: jsii.enum('Egress.DOCUMENTED') };
  const platform = jsii.call('KubernetesPods.labelled', { ...settings, labels: { app: 'loft' }, ports: [port], dns });
  const agent = jsii.call('KubernetesPods.labelled', {
    ...settings,
    labels: { app: 'agent' },
    dns: jsii.call('KubernetesDns.kubeDns'),
  });
  const prometheus = jsii.call('KubernetesPods.labelled', {
    ...settings,
    labels: { app: 'prometheus' },
    ports: [{ row: 'cost-metrics', port: jsii.call('Port.tcp', 9090) }],
    dns: jsii.call('KubernetesDns.none', 'it finds its targets by IP address'),
  });
  jsii.create('PrometheusCostMetricsRule', stack, 'pods', { platform, agent, prometheus });
}

function firewallPolicies(jsii: KernelClient, stack: Ref): void {
  const policy = jsii.create('GcpFirewallPolicy', {
    policy: 'prod',
    region: 'europe-west3',
    priorities: { first: 1_000_000, last: 1_999_999 },
    rulePriorities: [{ rule: 'policy-allow-vcluster-platform-to-prometheus', priority: 1_000_000 }],
    namePrefix: 'policy-',
  });
  const offices = jsii.call('GcpAddressGroup.fromId', 'projects/prod/locations/europe-west3/addressGroups/offices', {
    addressFamily: jsii.enum('AddressFamily.IPV4'),
    ipRanges: jsii.call('Peer.cidr', '203.0.113.0/24'),
  });
  jsii.create('PrometheusCostMetricsRule', stack, 'policy-metrics', {
    platform: jsii.call('Peer.anyOf', jsii.invoke(policy, 'GcpFirewallPolicy.secureTag', 'tagValues/1'), offices),
    prometheus: jsii.invoke(policy, 'GcpFirewallPolicy.serviceAccount', 'metrics@prod.iam.gserviceaccount.com'),
  });
}

function hostnames(jsii: KernelClient, stack: Ref): void {
  const proxy = jsii.call('ExternalProxy.named', 'egress-proxy');
  const exactOnly = jsii.create('GcpFirewallPolicy', { policy: 'egress', project: 'platform-prod' });
  firewallPolicies(jsii, stack);
  const filters = [
    proxy,
    exactOnly,
    jsii.create('AwsNetworkFirewallRuleGroup', {
      clients: jsii.call('Peer.cidr', '10.20.0.0/16'),
      encryptionConfiguration: { keyId: 'alias/firewall' },
    }),
    jsii.create('GcpSecureWebProxy', { location: 'europe-west3' }),
  ];
  const wildcards = ['docker-com', 'docker-io', 'k8s-io', 'amazonaws-com', 'mongodb-org'];
  filters.forEach((through, index) => {
    const rules = jsii.create('DocumentedHostnameRules', stack, `hostnames-${index}`, {
      through,
      table: jsii.constant('ApinizerInstallationHostnames.HOSTNAMES'),
      omit: through === exactOnly ? wildcards : undefined,
    });
    if (through === proxy) jsii.call('SquidAllowList.render', jsii.get(rules, 'hostnames'));
  });
  for (const table of allHostnameTables().filter((each) => GENERATED.includes(className(each)))) {
    const values = (table.parameters ?? []).map(({ id, example }) => [propName(id), example]);
    const props = {
      through: proxy,
      edition: table.edition,
      ...Object.fromEntries([...values, ...defaultProps(jsii, table)]),
    };
    jsii.create(className(table), stack, tableKey(table), props);
  }
  jsii.create('ApinizerInstallationHostnames', stack, 'installation', {
    through: proxy,
    distribution: jsii.enum('LinuxDistribution.UBUNTU'),
  });
}

/** Creates the construct of each product with the choices that its document describes as the default. */
function products(jsii: KernelClient, stack: Ref): void {
  for (const table of allTables().filter((each) => GENERATED.includes(className(each)))) {
    const choices = defaultChoices(table);
    const open = table.flows.filter((flow) => flow.rows.some((row) => isOpen(flow, row, choices)));
    const roles = new Set(open.flatMap(({ source, destination }) => [source.id, destination.id]));
    const machines = [...roles].map((id) => [propName(id), jsii.call('ExternalHosts.named', id, '10.1.0.0/24')]);
    const props = { ...Object.fromEntries([...machines, ...defaultProps(jsii, table)]), edition: table.edition };
    jsii.create(className(table), stack, tableKey(table), props);
  }
}

/** Returns the props of the options of a table, with the documented defaults. */
function defaultProps(jsii: KernelClient, table: PortTable | HostnameTable): (readonly [string, unknown])[] {
  const choices = defaultChoices(table);
  return (table.options ?? []).map((option) => [
    propName(option.id),
    option.choices === undefined
      ? choices[option.id] === 'true'
      : jsii.enum(`${enumName(table, option.id)}.${memberName(choices[option.id])}`),
  ]);
}
