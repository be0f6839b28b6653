import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformStack } from 'cdktf';
import { AwsSecurityGroup, ControlPlaneVipRules, Egress } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

const API_SERVER = 6443;
const CONTROL_PLANES = ['10.20.0.11', '10.20.1.11', '10.20.0.12'];

/** Three control planes behind an internal network load balancer with a security group of its own. */
export class ControlPlaneVipOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const vpc = new Vpc(this, 'vpc', { cidrBlock: '10.20.0.0/16' });
    const subnets = ['a', 'b'].map((zone, index) => {
      const [availabilityZone, cidrBlock] = [`eu-central-1${zone}`, `10.20.${index}.0/24`];
      return new Subnet(this, `subnet-${zone}`, { vpcId: vpc.id, availabilityZone, cidrBlock }).id;
    });
    const group = (name: string, egress: Egress): AwsSecurityGroup =>
      new AwsSecurityGroup(this, name, { name, vpcId: vpc.id, egress });

    // not UNMANAGED, because health checks leave through this group too
    const virtualAddress = group('k8s-api', Egress.DOCUMENTED);
    const loadBalancer = new Lb(this, 'api', {
      name: 'k8s-api',
      loadBalancerType: 'network',
      internal: true, // the document rules out external access
      subnets,
      enableCrossZoneLoadBalancing: true,
      securityGroups: [virtualAddress.securityGroupId], // must be set at creation: AWS does not add one later
    });
    new LbListener(this, 'listener', {
      loadBalancerArn: loadBalancer.arn,
      protocol: 'TCP',
      port: API_SERVER,
      defaultAction: [{ type: 'forward', targetGroupArn: this.controlPlanes(vpc).arn }],
    });

    new ControlPlaneVipRules(this, 'control-plane-vip', {
      controlPlane: group('k8s-control-plane', Egress.ALL),
      workers: group('k8s-workers', Egress.ALL),
      virtualAddress,
    });
  }

  private controlPlanes(vpc: Vpc): LbTargetGroup {
    const targets = new LbTargetGroup(this, 'control-planes', {
      name: 'k8s-control-planes',
      vpcId: vpc.id,
      targetType: 'ip',
      protocol: 'TCP',
      port: API_SERVER,
      preserveClientIp: 'false', // otherwise a control plane that reaches itself through the load balancer hangs
      healthCheck: { protocol: 'HTTPS', path: '/readyz', matcher: '200', interval: 10, timeout: 5 },
    });
    for (const address of CONTROL_PLANES) {
      new LbTargetGroupAttachment(this, `control-plane-${address}`, {
        targetGroupArn: targets.arn,
        targetId: address,
        port: API_SERVER,
      });
    }
    return targets;
  }
}
