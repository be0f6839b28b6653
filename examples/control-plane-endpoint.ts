import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  ControlPlaneEndpoint,
  ControlPlaneVipRules,
  ExternalHosts,
  HaproxyConfig,
  KeepalivedRules,
  KubeadmFlannelClusterRules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

const TTL = 300;

/** A cluster on premises whose endpoint is declared once: HAProxy and keepalived in front of three control planes, and a DNS name. */
export class ControlPlaneEndpointOnPremises extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });
    new GoogleProvider(this, 'google', { project: 'dns-host' });

    const endpoint = new ControlPlaneEndpoint({
      hostname: 'api.site.example.com',
      virtualAddress: ExternalHosts.named('site-vip', '10.40.0.100/32'),
      loadBalancer: ExternalHosts.named('site-haproxy', '10.40.0.101/32', '10.40.0.102/32'), // HAProxy and keepalived
      controlPlane: ExternalHosts.named('site-masters', '10.40.0.0/29'),
      servers: { master1: '10.40.0.1', master2: '10.40.0.2', master3: '10.40.0.3' },
      workers: ExternalHosts.named('site-workers', '10.40.1.0/24'),
    });

    new ControlPlaneVipRules(this, 'control-plane-vip', { endpoint });
    new KubeadmFlannelClusterRules(this, 'cluster', { endpoint, workerToWorkerFlannel: true });
    new KeepalivedRules(this, 'keepalived', { endpoint }); // VRRP, IP protocol 112

    new TerraformOutput(this, 'haproxy', { value: HaproxyConfig.render({ endpoint }) });
    new TerraformOutput(this, 'kubeadm', { value: endpoint.kubeadmLine() });

    for (const { name, type, values } of endpoint.dnsRecords()) {
      new Route53Record(this, `route-53-${type}`, {
        zoneId: 'Z0123456789ABCDEFGHIJ',
        name,
        type,
        ttl: TTL,
        records: values,
      });
      const dnsName = `${name}.`; // Cloud DNS needs the dot
      new DnsRecordSet(this, `cloud-dns-${type}`, {
        managedZone: 'site',
        name: dnsName,
        type,
        ttl: TTL,
        rrdatas: values,
      });
    }
  }
}
