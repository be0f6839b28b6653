import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, PrometheusCostMetricsRule } from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const ID = 'sg-00000000000000001';

/** Synthesizes a row to a security group by its id, and removes its own rule from the JSON. */
function withoutItsRule(egress: Egress, name: string): string {
  const app = new App({ outdir: join(path, name), skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const platform = new AwsSecurityGroup(stack, 'platform', {
    name: 'platform',
    vpcId: 'vpc-00000000000000001',
    egress,
  });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus: AwsSecurityGroup.fromId(ID) });
  app.synth();
  const file = join(path, name, 'stacks', 'stack', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as {
    resource: { aws_vpc_security_group_ingress_rule?: unknown };
  };
  delete json.resource.aws_vpc_security_group_ingress_rule;
  writeFileSync(file, JSON.stringify(json));
  return file;
}

describe.each([
  ['documented', Egress.DOCUMENTED],
  ['all', Egress.ALL],
  ['unmanaged', Egress.UNMANAGED],
])('a row to a group by its id whose rule was deleted is not open, with %s outbound traffic', (name, egress) => {
  test('in the matrix, lint, explain and the matchers', async () => {
    const file = withoutItsRule(egress, name);
    const matrix = (await cli(['matrix', file, '--format', 'json'])).stdout;
    const [flow] = (JSON.parse(matrix) as { flows: Record<string, unknown>[] }).flows;
    expect(flow.openedOtherwise).toBeUndefined();
    const said = JSON.stringify(flow.closed ?? flow.closedInPart);
    expect(said).toMatch(/its rule aws_vpc_security_group_ingress_rule\.\S+ does not exist/);
    const { findings } = JSON.parse(
      (await cli(['lint', file, '--format', 'json', '--only', 'false-claim'])).stdout,
    ) as {
      findings: { message: string }[];
    };
    expect(findings.map(({ message }) => message.includes('does not exist'))).toEqual([true]);
    const question = ['--from', 'security group platform', '--to', ID, '--port', '9090/tcp'];
    const explained = (await cli(['explain', file, ...question])).stdout;
    expect(explained).toMatch(/Whether the packet passes is not known|The packet is refused/);
    expect(explained).not.toContain('together open it');
    expect(file).not.toMatchDocuments();
  });
});
