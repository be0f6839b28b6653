import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  ExternalProxy,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
} from '../../lib';

/** A stack that has something in every part of a report. */
class Shop extends TerraformStack {
  constructor(scope: Construct, id: string, isPublic: boolean) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });
    const workers = new AwsSecurityGroup(this, 'workers', {
      name: 'shop-workers',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.DOCUMENTED,
      ipRanges: Peer.cidr('10.20.1.0/24'),
    });
    new KubeadmFlannelClusterRules(this, 'cluster', {
      controlPlane: ExternalHosts.named('shop-masters', '10.1.0.0/29'),
      workers,
      workerToWorkerFlannel: true,
      ports: { kubelet: Port.tcp(10350) },
      omit: ['etcd'],
      versions: { kubernetes: '1.34.1' },
      ownership: { owner: 'shop platform', ticket: 'NET-42', expires: '2027-03-31' },
    });
    new ApinizerDataStoreRules(this, 'data-stores', {
      workers,
      mongodb: ExternalHosts.named('shop-mongodb', '10.8.0.0/28'),
      elasticsearch: ExternalHosts.named('shop-search', '10.8.0.16/28'),
    });
    const clients = isPublic ? Peer.anyIpv4('customers call the API of the shop') : Peer.cidr('198.51.100.0/24');
    new ApinizerNodePorts(this, 'node-ports', { workers, gateways: [{ environment: 'prod', clients }] });
    new ApinizerInstallationHostnames(this, 'installation', { through: ExternalProxy.named('proxy.example.com') });
    const { securityGroupId } = workers;
    new VpcSecurityGroupIngressRule(this, 'by-hand', {
      ...{ securityGroupId, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '10.99.0.0/16' },
    });
    new VpcSecurityGroupIngressRule(this, 'from-elsewhere', {
      ...{ securityGroupId, ipProtocol: 'tcp', fromPort: 8080, toPort: 8080, prefixListId: 'pl-0123456789abcdef0' },
    });
  }
}

/** Synthesizes the stack into a directory. Before the change, its gateway is open to a partner only. */
export function synthesizeShop(outdir: string, time: 'before' | 'after'): void {
  const app = new App({ outdir });
  new Shop(app, 'shop', time === 'after');
  app.synth();
}

/** What `cluster-ports verify --format junit` writes about it. */
export const SHOP_JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0">
  <testsuite name="cluster-ports verify" tests="3" failures="1" errors="0" skipped="1" time="4">
    <testcase classname="shop-mongodb" name="10.8.0.4:25080 MongoDB" time="4">
      <failure type="timed out" message="timed out: a firewall probably drops the packets"/>
      <system-out>by hand: nc -zv 10.8.0.4 25080</system-out>
    </testcase>
    <testcase classname="shop-search" name="10.8.0.20:9200 Elasticsearch" time="0.01">
      <system-out>open: something listens</system-out>
    </testcase>
    <testcase classname="shop-masters" name="8472/udp Flannel" time="0">
      <skipped message="UDP gives no answer that tells open from closed"/>
    </testcase>
    <system-out>not evaluated: aws_network_acl.main</system-out>
  </testsuite>
</testsuites>
`;
