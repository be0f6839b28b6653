import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, ExternalHosts, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const file = join(path, 'cdk.tf.json');

const ACL = 'aws_network_acl_rule.ssh';
const REASON = /^not evaluated: aws_network_acl_rule\.ssh: .+ \(.+cdk\.tf\.json\)$/m;

/** Writes a stack; with a rule of a network ACL that only Terraform can evaluate, if that is wanted. */
function written(extra: object): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'prod');
  const platform = new AwsSecurityGroup(stack, 'nodes', {
    name: 'nodes',
    vpcId: 'vpc-0123456789abcdef0',
    egress: Egress.ALL,
  });
  const prometheus = ExternalHosts.named('prometheus', '192.0.2.0/24');
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  writeFileSync(file, JSON.stringify({ ...json, resource: { ...json.resource, ...extra } }));
  return file;
}

const WITH_ACL = {
  aws_network_acl_rule: {
    ssh: {
      network_acl_id: 'acl-0123456789abcdef0',
      rule_number: 100,
      protocol: '${var.p}',
      rule_action: 'deny',
      cidr_block: '0.0.0.0/0',
    },
  },
};

async function verify(extra: object, ...options: string[]): Promise<{ stdout: string; stderr: string }> {
  return cli(['verify', written(extra), '--as', 'platform', ...options]);
}

test('the text lists what is not evaluated, and counts it', async () => {
  const { stdout, stderr } = await verify(WITH_ACL);
  expect(stdout).toMatch(REASON);
  expect(stdout).toMatch(/1 connection not evaluated; 1 part not evaluated\n$/);
  expect(stderr).not.toContain('not evaluated');
});

test('JSON has what is not evaluated, as show has it', async () => {
  const { stdout } = await verify(WITH_ACL, '--format', 'json');
  const { notEvaluated } = JSON.parse(stdout);
  expect(notEvaluated).toEqual([{ address: ACL, reason: expect.any(String), file, stack: 'prod' }]);
  const shown = JSON.parse((await cli(['show', file, '--format', 'json'])).stdout).notEvaluated;
  expect(notEvaluated.map(({ address, reason }: any) => [address, reason])).toEqual(
    shown.map(({ address, reason }: any) => [address, reason]),
  );
});

test('JUnit has what is not evaluated beside its test cases', async () => {
  const { stdout } = await verify(WITH_ACL, '--format', 'junit');
  expect(stdout).toMatch(
    /^ {4}<system-out>not evaluated: aws_network_acl_rule\.ssh: .*<\/system-out>\n {2}<\/testsuite>/m,
  );
});

test('the script has a comment for what is not evaluated, and is still a script', async () => {
  const { stdout } = await verify(WITH_ACL, '--script');
  expect(stdout).toMatch(/^# not evaluated: aws_network_acl_rule\.ssh: .+$/m);
  const script = join(path, 'verify.sh');
  writeFileSync(script, stdout);
  execFileSync('sh', ['-n', script]);
});

test.each<string[]>([[], ['--format', 'json'], ['--format', 'junit'], ['--script']])(
  'nothing is said to be missing if everything is evaluated: %s %s',
  async (...options) => {
    const { stdout } = await verify({}, ...options.filter((option) => option !== undefined));
    // the row of a range has no single machine to try
    expect(stdout).not.toMatch(/parts? not evaluated|not evaluated: (?!9090\/tcp)/);
    if (options.includes('json')) expect(JSON.parse(stdout).notEvaluated).toEqual([]);
  },
);
