import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Peer,
  Port,
  type PortTable,
  PortTables,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** The ports of an ingress controller and its admission webhook, from the manual of your ingress controller. */
export const INGRESS: PortTable = {
  id: 'ingress',
  title: 'Ports of the ingress controller',
  reference: 'https://wiki.example.com/ingress/ports',
  edition: '2026-11',
  comparedOn: '2026-11-22',
  flows: [
    {
      source: { id: 'ingress-client', title: 'users of the applications' },
      destination: { id: 'ingress', title: 'nodes of the ingress controller' },
      rows: [
        {
          name: 'https',
          port: Port.tcp(443),
          description: 'Applications over HTTPS',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'http',
          port: Port.tcp(80),
          description: 'Redirects to HTTPS',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
    {
      source: { id: 'kubernetes-api', title: 'the Kubernetes API server' },
      destination: { id: 'ingress', title: 'nodes of the ingress controller' },
      rows: [
        {
          name: 'admission-webhook',
          port: Port.tcp(8443), // the port of the pod, because the API server connects to pods, not to the service
          description: 'Admission webhook',
          impact:
            'every change of an Ingress waits for the timeout of the webhook, and is then refused or accepted unchecked',
          section: 'Ports',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
  ],
};

/** An ingress controller with its webhook, and Metrics Server, which the document of Apinizer leaves out. */
export class IngressAndWebhook extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const controlPlane = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
    const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef1');

    new DocumentedPortRules(this, 'ingress', {
      table: INGRESS,
      roles: {
        'ingress-client': Peer.named('company', '10.0.0.0/8'),
        'kubernetes-api': controlPlane,
        ingress: workers,
      },
    });
    new DocumentedPortRules(this, 'metrics-server', {
      table: PortTables.named('metrics-server'),
      roles: { 'control-plane': controlPlane, worker: workers, 'metrics-server': workers }, // it can run on any worker
    });
  }
}
