import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { withFirewallPolicy } from '../support/rule-group-policy';

const { path } = temporaryDirectory();

function newStack(): TerraformStack {
  return new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
}

function jsonOf(stack: TerraformStack): any {
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

function written(json: unknown): string {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function output(...argv: string[]): Promise<any> {
  const { stdout, stderr } = await cli(argv);
  const text = stdout === '' ? stderr : stdout;
  return argv.includes('json') ? JSON.parse(text) : text;
}

async function codesIn(file: string): Promise<string[]> {
  const { findings } = await output('lint', file, '--format', 'json');
  return findings.map(({ code }: any) => code);
}

function gcpStack(): any {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.named('platform', '10.7.0.0/24'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
  });
  return jsonOf(stack);
}

const onlyRuleOf = (json: any): any => Object.values(json.resource.google_compute_firewall)[0];

describe('a rule that Terraform creates or does not', () => {
  test.each([
    ['count', '${var.n}'],
    ['for_each', '${toset(var.n)}'],
  ])('is not said to be absent: %s', async (loop, value) => {
    const json = gcpStack();
    onlyRuleOf(json)[loop] = value;
    const file = written(json);
    const { flows } = await output('matrix', file, '--format', 'json');
    expect(flows.map(({ notDocumented, notKnownToBeOpen }: any) => [notDocumented, notKnownToBeOpen])).toEqual([
      [undefined, `${loop} is evaluated by Terraform: read its plan`],
    ]);
    expect(await codesIn(file)).not.toContain('false-claim');
  });

  test('is not said to be absent if it is a rule group of hostnames', async () => {
    const stack = newStack();
    const clients = Peer.named('subnets', '10.20.0.0/16');
    new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
    const json = withFirewallPolicy(jsonOf(stack));
    for (const group of Object.values<any>(json.resource.aws_networkfirewall_rule_group)) group.count = '${var.n}';
    const file = written(json);
    const { hostnames } = await output('matrix', file, '--format', 'json');
    expect(new Set(hostnames.map(({ notDocumented }: any) => notDocumented))).toEqual(new Set([undefined]));
    expect(new Set(hostnames.map(({ notKnownToBeOpen }: any) => notKnownToBeOpen))).toEqual(
      new Set(['count is evaluated by Terraform: read its plan']),
    );
    expect(await codesIn(file)).not.toContain('false-claim');
  });
});
