import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address/index.js';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule/index.js';
import { ComputeInstanceGroup } from '@cdktf/provider-google/lib/compute-instance-group/index.js';
import { ComputeRegionBackendService } from '@cdktf/provider-google/lib/compute-region-backend-service/index.js';
import { ComputeRegionHealthCheck } from '@cdktf/provider-google/lib/compute-region-health-check/index.js';
import { ComputeRegionTargetTcpProxy } from '@cdktf/provider-google/lib/compute-region-target-tcp-proxy/index.js';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { ControlPlaneVipRules, ExternalHosts, GcpFirewall, GcpHealthCheckers, Peer } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

const PROJECT = 'k8s-prod';
const NETWORK = 'prod';
const SUBNETWORK = 'k8s';
const API_SERVER = 6443;
const VIRTUAL_ADDRESS = '10.10.0.100';
const PROXIES = '10.129.0.0/23';

/**
 * Three control planes behind an internal proxy load balancer.
 *
 * A passthrough load balancer does not work: a control plane that is a backend always reaches itself at the virtual address, healthy
 * or not, so the second control plane that joins connects to itself.
 */
export class ControlPlaneVipOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: PROJECT, region: 'europe-west3' });

    this.loadBalancer(this.backendService());

    const firewall = new GcpFirewall({ network: NETWORK });
    new ControlPlaneVipRules(this, 'control-plane-vip', {
      controlPlane: firewall.networkTag('k8s-control-plane'),
      workers: firewall.networkTag('k8s-worker'),
      virtualAddress: ExternalHosts.named('internal load balancer', `${VIRTUAL_ADDRESS}/32`), // no rule can protect it
      proxySubnet: Peer.named('proxy-only subnet', PROXIES), // a supplement: Google connects from there
      healthCheckers: GcpHealthCheckers.IPV4, // a supplement: without it no backend is healthy
    });
  }

  private backendService(): ComputeRegionBackendService {
    const healthCheck = new ComputeRegionHealthCheck(this, 'readyz', {
      name: 'k8s-api-readyz',
      httpsHealthCheck: { port: API_SERVER, requestPath: '/readyz' },
    });
    const groups = ['a', 'b', 'c'].map((suffix) => {
      const zone = `europe-west3-${suffix}`;
      return new ComputeInstanceGroup(this, `control-planes-${suffix}`, {
        name: `k8s-control-planes-${suffix}`,
        zone,
        instances: [`projects/${PROJECT}/zones/${zone}/instances/k8s-control-plane-${suffix}`],
        namedPort: [{ name: 'api-server', port: API_SERVER }],
      });
    });
    return new ComputeRegionBackendService(this, 'api', {
      name: 'k8s-api',
      loadBalancingScheme: 'INTERNAL_MANAGED',
      protocol: 'TCP',
      portName: 'api-server',
      timeoutSec: 3600, // for idle connections, such as watches and followed logs
      healthChecks: [healthCheck.id],
      backend: groups.map((group) => ({ group: group.id, balancingMode: 'UTILIZATION', capacityScaler: 1 })),
    });
  }

  private loadBalancer(backendService: ComputeRegionBackendService): void {
    const proxies = new ComputeSubnetwork(this, 'proxies', {
      name: 'proxy-only',
      network: NETWORK,
      ipCidrRange: PROXIES,
      purpose: 'REGIONAL_MANAGED_PROXY', // one per region, for all proxy load balancers
      role: 'ACTIVE',
    });
    const address = new ComputeAddress(this, 'address', {
      name: 'k8s-api',
      addressType: 'INTERNAL',
      subnetwork: SUBNETWORK,
      address: VIRTUAL_ADDRESS,
    });
    const proxy = new ComputeRegionTargetTcpProxy(this, 'proxy', {
      name: 'k8s-api',
      backendService: backendService.id,
    });
    new ComputeForwardingRule(this, 'forwarding-rule', {
      name: 'k8s-api',
      loadBalancingScheme: 'INTERNAL_MANAGED',
      ipProtocol: 'TCP',
      portRange: String(API_SERVER),
      target: proxy.id,
      ipAddress: address.id,
      network: NETWORK,
      subnetwork: SUBNETWORK,
      dependsOn: [proxies],
    });
  }
}
