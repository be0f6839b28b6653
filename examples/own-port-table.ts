import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Basis, DocumentedPortRules, GcpFirewall, Peer, Port, type PortTable } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** The ports of a container registry, from its own documentation. */
export const REGISTRY: PortTable = {
  id: 'registry',
  title: 'Ports of the container registry',
  reference: 'https://wiki.example.com/registry/ports',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [
    {
      source: { id: 'node', title: 'cluster nodes' },
      destination: { id: 'registry', title: 'registry servers' },
      rows: [
        {
          name: 'pull',
          port: Port.tcp(5000),
          description: 'Image pulls over HTTPS',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
    {
      source: { id: 'registry', title: 'registry servers' },
      destination: { id: 'cache', title: 'cache servers' },
      rows: [
        {
          name: 'cache',
          port: Port.parse('6379-6380/tcp'),
          description: 'Blob descriptor cache',
          impact: 'every pull reads its blobs from storage',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
          internal: true, // can never be open to the world
        },
      ],
    },
  ],
};

/** Opens the ports of your own document, with the same checks and descriptions as those of vendors. */
export class OwnPortTable extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'platform-prod', region: 'europe-west3' });

    const firewall = new GcpFirewall({ network: 'prod', namePrefix: 'prod-' });

    new DocumentedPortRules(this, 'registry', {
      table: REGISTRY,
      roles: {
        node: Peer.anyOf(firewall.networkTag('k8s-worker'), Peer.named('build-farm', '10.30.0.0/20')),
        registry: firewall.networkTag('registry'),
        cache: firewall.networkTag('registry-cache'),
      },
    });
  }
}
