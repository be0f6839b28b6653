/** What the documents say about the constructs of `every-option.ts`, typed from the documents, in the words of `Ec2Api.rules`. */
export const DOCUMENTED_RULES: readonly string[] = [
  // Apinizer, "Port Requirements of Kubernetes Master Servers" and "... Worker Servers"
  ...['6443/tcp', '8285/udp', '8472/udp'].flatMap(bothEnds('workers', 'control-plane')),
  ...['10250/tcp', '8285/udp', '8472/udp'].flatMap(bothEnds('control-plane', 'workers')),
  // "Port Access between Kubernetes Master Servers"
  ...['6443/tcp', '2379-2380/tcp', '10250/tcp', '8472/udp', '8285/udp'].flatMap(
    bothEnds('control-plane', 'control-plane'),
  ),
  // not in the document: Flannel between workers
  ...['8285/udp', '8472/udp'].flatMap(bothEnds('workers', 'workers')),

  // VXLAN only, no free access between masters
  'ingress 6443/tcp from vxlan-workers at vxlan-control-plane',
  'ingress 8472/udp from vxlan-workers at vxlan-control-plane',
  'ingress 10250/tcp from vxlan-control-plane at vxlan-workers',
  'ingress 8472/udp from vxlan-control-plane at vxlan-workers',
  ...everywhere('vxlan-control-plane'),
  ...everywhere('vxlan-workers'),

  // all servers in one group: UDP only, no kubelet, 16443 for 6443
  ...['16443/tcp', '2379-2380/tcp', '8285/udp'].flatMap(bothEnds('single', 'single')),

  // vCluster, "Connect Kubernetes to the platform"
  ...['8443/tcp', '9443/tcp', '9444/tcp'].flatMap((port) => [
    `ingress ${port} from 172.16.0.0/28 at platform`,
    `ingress ${port} from 2001:db8::/48 at platform`,
  ]),
  ...everywhere('platform'),

  // "Connect the platform to Prometheus", and the rule that EC2 gives every group that is created by hand
  'ingress 9090/tcp from 203.0.113.7/32 at prometheus',
  'ingress 9090/tcp from platform at prometheus',
  'ingress 9090/tcp from sg-0fedcba9876543210 at prometheus',
  'ingress 9091/tcp from 203.0.113.8/32 at prometheus',
  'egress everything to 0.0.0.0/0 at prometheus',

  // Apinizer, "Port Requirements of Apinizer Components", for Worker servers
  'ingress 32080/tcp from 10.10.0.0/16 at workers',
  'ingress 32080/tcp from 10.9.0.0/16 at workers',
  'ingress 30180/tcp from 2001:db8:1::/64 at workers',
  'ingress 30080/tcp from 0.0.0.0/0 at workers',
  'ingress 30081/tcp from ::/0 at workers',
  'ingress 32081/tcp from platform at vxlan-workers',
  'ingress 30181/tcp from 203.0.113.9/32 at vxlan-workers',
  // for Mongodb and Elasticsearch servers
  ...['25080/tcp'].flatMap(bothEnds('workers', 'mongodb')),
  'egress 9200/tcp to 10.8.0.0/28 at workers',
  'ingress 9200/tcp from vxlan-workers at elasticsearch',
  'ingress 9200/tcp from 10.30.0.0/24 at elasticsearch',

  // the user's own table
  'ingress 514/udp from 10.7.0.0/24 at targets',
  'ingress 514/udp from 2001:db8:7::/64 at targets',
  'ingress 9100-9110/tcp from 10.7.0.0/24 at targets',
  'ingress 9100-9110/tcp from 2001:db8:7::/64 at targets',
  ...everywhere('targets'),

  // Apinizer 2026-03, "Kubernetes High Availability (HA) Cluster"
  'ingress 6443/tcp from later at vip',
  'ingress 6443/tcp from 10.60.0.0/24 at vip',
  'ingress 6443/tcp from 10.61.0.0/24 at later',
  // not in the document: a proxy-only subnet, health checks of the control plane and of workers
  'ingress 6443/tcp from 10.62.0.0/24 at later',
  'ingress 6443/tcp from 10.63.0.0/24 at later',
  'ingress 10256/tcp from 10.63.0.0/24 at later',

  // Apinizer 2026-03, "Port Access Between Kubernetes Master Servers", all servers in one group, no Flannel, no etcd
  'ingress 6443/tcp from later at later',
  'ingress 10250/tcp from later at later',
  'ingress 10257/tcp from later at later',
  'ingress 10259/tcp from later at later',

  // Apinizer 2024-12, both hops and the API server, at the port of an endpoint
  'ingress 7443/tcp from later at vip',
  'egress 7443/tcp to later at vip',
  'ingress 7443/tcp from vip at vip',
  'egress 7443/tcp to vip at vip',
  'ingress 7443/tcp from vip at later',
  'ingress 7443/tcp from 10.65.0.0/24 at later',
  'ingress 7443/tcp from later at later',
  // "Ports for Worker Servers", the alternative of the gateway; "Ports for Elasticsearch Servers"
  'ingress 30090/tcp from 10.64.0.0/24 at later',
  'ingress 9200/tcp from 10.64.0.0/24 at later',
  'ingress 9300/tcp from later at later',

  // vCluster 2025-10, 8081 for 8080, no webhook, no management API
  'ingress 8081/tcp from 10.64.0.0/24 at later',
  'ingress 8443/tcp from 10.64.0.0/24 at later',
  'ingress 10443/tcp from 10.64.0.0/24 at later',
  'ingress 1053/tcp from later at later',
  'ingress 1053/udp from later at later',
  // vCluster Platform 2026-08: its agents, with its endpoint and a DNS resolver
  'ingress 10443/tcp from later at later',
  'ingress 443/tcp from later at later',
  'ingress 53/tcp from later at later',
  'ingress 53/udp from later at later',
  'ingress 9090/tcp from 10.64.0.0/24 at later',
  'ingress 9092/tcp from homes at later',
  'ingress 9092/tcp from existing at later',

  // Rancher 2025-11, "Ports for Rancher Server Nodes on K3s", 8444 for 443
  'ingress 8444/tcp from 10.64.0.0/24 at later',
  'ingress 8444/tcp from later at later',
].sort();

function bothEnds(source: string, destination: string): (port: string) => string[] {
  return (port) => [
    `egress ${port} to ${destination} at ${source}`,
    `ingress ${port} from ${source} at ${destination}`,
  ];
}

function everywhere(group: string): string[] {
  return [`egress everything to 0.0.0.0/0 at ${group}`, `egress everything to ::/0 at ${group}`];
}
