import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { AwsSecurityGroup, DocumentedPortRules, PortTableFile } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Opens the ports of a YAML file. Editors complete and check it by the schema in its first line. */
export class PortTableFromFile extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    new DocumentedPortRules(this, 'registry', {
      table: PortTableFile.load('examples/registry-ports.yaml'),
      roles: {
        node: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
        registry: AwsSecurityGroup.fromId('sg-0fedcba9876543210'),
      },
    });
  }
}
