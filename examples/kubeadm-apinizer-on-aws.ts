import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  FlannelBackend,
  KubeadmFlannelClusterRules,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** A kubeadm cluster with Flannel, Apinizer and its databases, in new security groups. */
export class KubeadmApinizerOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const vpc = new Vpc(this, 'vpc', { cidrBlock: '10.20.0.0/16' });
    const workers = this.group('k8s-workers', vpc, Egress.ALL);
    const opsVpn = Peer.named('ops-vpn', '10.9.0.0/16');

    new KubeadmFlannelClusterRules(this, 'cluster', {
      controlPlane: this.group('k8s-control-plane', vpc, Egress.ALL),
      workers,
      flannel: FlannelBackend.VXLAN,
      workerToWorkerFlannel: true, // a supplement: pods on different workers need it
      healthCheckers: Peer.named('load balancer subnets', '10.20.128.0/24'), // a supplement: 10256 of kube-proxy
    });
    new ApinizerNodePorts(this, 'node-ports', {
      workers,
      managementConsole: { clients: opsVpn }, // 32080
      apiPortal: { clients: opsVpn }, // 30180
      gateways: [
        { environment: 'prod', clients: Peer.anyIpv4('public API') }, // 30080; opening it to the world needs a reason
        { environment: 'test', clients: Peer.cidr('10.50.0.0/24', '10.51.0.0/24'), port: 30081 },
      ],
    });
    new ApinizerDataStoreRules(this, 'data-stores', {
      workers,
      mongodb: this.group('mongodb', vpc, Egress.DOCUMENTED),
      elasticsearch: this.group('elasticsearch', vpc, Egress.DOCUMENTED),
    });
  }

  private group(name: string, vpc: Vpc, egress: Egress): AwsSecurityGroup {
    return new AwsSecurityGroup(this, name, { name, vpcId: vpc.id, egress });
  }
}
