import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Resources that may deny what rules allow. */
const POLICIES = {
  aws_network_acl_rule: {
    deny: {
      network_acl_id: 'acl-0123456789abcdef0',
      rule_number: 1,
      rule_action: 'deny',
      protocol: '-1',
      cidr_block: '0.0.0.0/0',
    },
  },
  google_compute_firewall_policy_rule: {
    deny: {
      firewall_policy: '123456789012',
      action: 'deny',
      direction: 'INGRESS',
      priority: 1,
      match: { src_ip_ranges: ['0.0.0.0/0'], layer4_configs: [{ ip_protocol: 'all' }] },
    },
  },
};
const ADDRESSES = Object.keys(POLICIES).map((type) => `${type}.deny`);

/** Writes a stack on both clouds, with an access request, and with network ACLs and hierarchical firewall policies. */
function file(): string {
  const stack = new TerraformStack(new App({ outdir: join(path, 'prod'), skipValidation: true }), 'prod');
  const platform = Peer.named('platform', '10.0.0.0/28');
  const group = new AwsSecurityGroup(stack, 'group', {
    name: 'prometheus',
    vpcId: 'vpc-0123456789abcdef0',
    egress: Egress.ALL,
  });
  new PrometheusCostMetricsRule(stack, 'aws', { platform, prometheus: group });
  const tag = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'gcp', { platform, prometheus: tag });
  const mongodb = ExternalHosts.named('mongodb', '10.8.0.4/31');
  new ApinizerDataStoreRules(stack, 'stores', { workers: group, mongodb });
  const json = stack.toTerraform();
  Object.assign(json.resource, POLICIES);
  const written = join(path, 'cdk.tf.json');
  writeFileSync(written, JSON.stringify(json));
  return written;
}

const FILE = file();
const PACKET = ['--from', '10.0.0.3', '--port', '9090/tcp'];

async function output([command, ...options]: readonly string[]): Promise<string> {
  const { stdout } = await cli([command, FILE, ...options]);
  return stdout;
}

test.each(
  [
    ['explain', ...PACKET, '--to', 'network tag prometheus', '--format', 'markdown'],
    ['explain', ...PACKET, '--to', 'network tag prometheus', '--format', 'json'],
    ['matrix'],
    ['matrix', '--format', 'markdown'],
    ['matrix', '--format', 'csv'],
    ['matrix', '--format', 'json'],
    ['show'],
    ['show', '--format', 'markdown'],
    ['show', '--format', 'json'],
    ['lint'],
    ['lint', '--format', 'markdown'],
    ['lint', '--format', 'json'],
    ['lint', '--format', 'sarif'],
  ].map((argv) => [argv]),
)('network ACLs and firewall policies of an organization are named as not evaluated: %j', async (argv) => {
  const stdout = await output(argv);
  for (const address of ADDRESSES) expect(stdout).toContain(address);
  expect(stdout).toMatch(/not evaluated|notEvaluated/i);
});

test.each(
  [
    ['request'],
    ['request', '--all'],
    ['request', '--format', 'markdown'],
    ['request', '--format', 'csv'],
    ['commands'],
    ['diagram'],
    ['diagram', '--format', 'dot'],
    ['diagram', '--format', 'svg'],
  ].map((argv) => [argv]),
)('%j says next to its answer how many parts are not evaluated', async (argv) => {
  expect(await output(argv)).toContain('2 parts are not evaluated');
});

test('explain lists what is not evaluated below its answer', async () => {
  const stdout = await output(['explain', ...PACKET, '--to', 'security group prometheus']);
  expect(stdout).toMatch(
    /Whether the packet passes is not known:[^]*\nNot evaluated +Why[^]*these files do not create it/,
  );
});
