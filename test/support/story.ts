import type { App } from 'cdktf';
import { TerraformStack } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';

/** A stack with moved rows, supplements, warnings, external hosts and versions of the user, on both clouds. */
export function storyStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'story');
  const vpcId = 'vpc-0123456789abcdef0';
  const [controlPlane, workers] = ['control-plane', 'workers'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId, egress: Egress.ALL }),
  );
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane,
    workers,
    workerToWorkerFlannel: true,
    ports: { kubelet: Port.tcp(10350), 'worker>worker/flannel-vxlan': Port.udp(18472) },
    versions: { kubernetes: '1.34.1' },
  });
  new ApinizerNodePorts(stack, 'ports', {
    workers,
    managementConsole: { clients: Peer.named('ops-vpn', '10.9.0.0/16'), port: 8443 },
  });
  new PrometheusCostMetricsRule(stack, 'on-gcp', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
    ports: { 'cost-metrics': Port.tcp(9091) },
  });
  new PrometheusCostMetricsRule(stack, 'external', {
    platform: ExternalHosts.named('platform hosts', '10.7.1.0/28'),
    prometheus: ExternalHosts.named('prometheus hosts', '10.7.2.0/28'),
    ports: { 'cost-metrics': Port.tcp(9092) },
    versions: { vcluster: '4.3.0' },
  });
  return stack;
}
