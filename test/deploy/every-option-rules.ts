/** What the documents say of the constructs of `every-option.ts`, typed from the documents, as EC2 tells of it. */
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

  // VXLAN alone, nothing between masters
  'ingress 6443/tcp from vxlan-workers at vxlan-control-plane',
  'ingress 8472/udp from vxlan-workers at vxlan-control-plane',
  'ingress 10250/tcp from vxlan-control-plane at vxlan-workers',
  'ingress 8472/udp from vxlan-control-plane at vxlan-workers',
  ...everywhere('vxlan-control-plane'),
  ...everywhere('vxlan-workers'),

  // all servers in one group: UDP alone, no kubelet, 16443 for 6443
  ...['16443/tcp', '2379-2380/tcp', '8285/udp'].flatMap(bothEnds('single', 'single')),

  // vCluster, "Connect Kubernetes to the platform"
  ...['8443/tcp', '9443/tcp', '9444/tcp'].flatMap((port) => [
    `ingress ${port} from 172.16.0.0/28 at platform`,
    `ingress ${port} from 2001:db8::/48 at platform`,
  ]),
  ...everywhere('platform'),

  // "Connect the platform to Prometheus", beside what EC2 gives every group that is made by hand
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

  // the table of our own
  'ingress 514/udp from 10.7.0.0/24 at targets',
  'ingress 514/udp from 2001:db8:7::/64 at targets',
  'ingress 9100-9110/tcp from 10.7.0.0/24 at targets',
  'ingress 9100-9110/tcp from 2001:db8:7::/64 at targets',
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
