import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  Egress,
  FlannelBackend,
  GcpFirewall,
  KubeadmFlannelClusterRules,
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
    expect(flows.map((flow: any) => [flow.notDocumented ?? flow.closed, flow.notKnownToBeOpen])).toEqual([
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
    expect(new Set(hostnames.map(({ notDocumented, closed }: any) => notDocumented ?? closed))).toEqual(
      new Set([undefined]),
    );
    expect(new Set(hostnames.map(({ notKnownToBeOpen }: any) => notKnownToBeOpen))).toEqual(
      new Set(['count is evaluated by Terraform: read its plan']),
    );
    expect(await codesIn(file)).not.toContain('false-claim');
  });
});

describe('a rule that could not be evaluated', () => {
  const EGRESS = 'aws_vpc_security_group_egress_rule';
  const WORKERS = 'aws_security_group.group_workers';
  const MONGODB = 'aws_security_group.group_mongodb';

  /** A stack of two security groups whose workers have no outbound rule but the given one. */
  function awsStack(egress?: any): any {
    const stack = newStack();
    const group = (name: string): AwsSecurityGroup =>
      new AwsSecurityGroup(stack, name, { vpcId: 'vpc-0123456789abcdef0', name, egress: Egress.UNMANAGED });
    new ApinizerDataStoreRules(stack, 'data', { workers: group('workers'), mongodb: group('mongodb') });
    const json = jsonOf(stack);
    const own = { security_group_id: `\${${WORKERS}.id}`, ip_protocol: '-1' };
    json.resource[EGRESS] = egress === undefined ? {} : { x: { ...own, ...egress } };
    return json;
  }

  test.each<[string, any, string]>([
    ['its count', { count: '${var.n}', cidr_ipv4: '10.0.0.0/8' }, 'count is evaluated by Terraform: read its plan'],
    ['its destination', { referenced_security_group_id: '${var.m}' }, 'the security group var.m is known after apply'],
    [
      'its security group',
      { security_group_id: '${var.g}', referenced_security_group_id: `\${${MONGODB}.id}` },
      'the security group var.g is known after apply',
    ],
  ])('may allow what its source sends: %s', async (_what, egress, reason) => {
    const file = written(awsStack(egress));
    const { flows } = await output('matrix', file, '--format', 'json');
    expect(flows).toMatchObject([{ notKnownToBeOpen: `${EGRESS}.x: ${reason}` }]);
    const ends = ['--from', `sg:${WORKERS}`, '--to', `sg:${MONGODB}`, '--port', '25080/tcp'];
    const { verdict, source } = await output('explain', file, ...ends, '--format', 'json');
    expect([verdict, source.reason]).toEqual(['not known', `not known to be open: ${EGRESS}.x: ${reason}`]);
    const codes = await codesIn(file);
    expect(codes).not.toContain('closed-at-source');
    expect(codes).not.toContain('egress-missing');
  });

  test.each([
    ['other ports', { count: '${var.n}', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' }],
    ['another security group', { count: '${var.n}', security_group_id: 'sg-0123', cidr_ipv4: '0.0.0.0/0' }],
    ['another destination', { count: '${var.n}', referenced_security_group_id: 'sg-0123' }],
    ['nothing, as there is none', undefined],
  ])('decides nothing if it is for %s', async (_what, egress) => {
    const codes = await codesIn(written(awsStack(egress)));
    expect(codes).toContain('closed-at-source');
    expect(codes).toContain('egress-missing');
  });

  test.each([{ cidr_ipv4: '${var.r}' }, { prefix_list_id: 'pl-0123456789abcdef0' }])(
    'is not said to allow nothing if its range is not known: %j',
    async (egress) => {
      expect(await codesIn(written(awsStack(egress)))).not.toContain('egress-missing');
    },
  );

  test('is not needed where rules that allow decide by IP addresses: these are named', async () => {
    const { flows } = await output('matrix', written(awsStack({ cidr_ipv4: '10.0.0.0/8' })), '--format', 'json');
    const reason = `${EGRESS}.x decides by the IP addresses of its destination, which are not given`;
    expect(flows).toMatchObject([{ notKnownToBeOpen: reason }]);
  });

  test('may allow what its destination receives', async () => {
    const json = awsStack({ cidr_ipv4: '0.0.0.0/0' });
    const [[name, rule]] = Object.entries<any>(json.resource.aws_vpc_security_group_ingress_rule);
    rule.referenced_security_group_id = '${var.w}';
    const file = written(json);
    const { flows } = await output('matrix', file, '--format', 'json');
    const reason = `aws_vpc_security_group_ingress_rule.${name}: the security group var.w is known after apply`;
    expect(flows.map((flow: any) => [flow.notDocumented ?? flow.closed, flow.notKnownToBeOpen])).toEqual([
      [undefined, reason],
    ]);
    expect(await codesIn(file)).not.toContain('false-claim');
  });

  test.each<[string, any, string]>([
    ['disabled', { disabled: '${var.d}' }, 'disabled is var.d, which is known after apply'],
    ['priority', { priority: '${var.p}' }, 'priority is var.p, which is known after apply'],
    ['target_tags', { target_tags: '${var.t}' }, 'target_tags is var.t, which is known after apply'],
    [
      'destination_ranges',
      { destination_ranges: ['10.0.0.0/8'] },
      'destination_ranges cannot be evaluated in an ingress rule',
    ],
  ])('is explained as the matrix tells it: %s', async (_what, change, reason) => {
    const json = gcpStack();
    Object.assign(onlyRuleOf(json), change);
    const [name] = Object.keys(json.resource.google_compute_firewall);
    const file = written(json);
    const { flows } = await output('matrix', file, '--format', 'json');
    expect(flows).toMatchObject([{ notKnownToBeOpen: reason }]);
    const ends = ['--from', '10.7.0.1', '--to', 'tag:prometheus', '--port', '9090/tcp', '--network', 'prod'];
    const { destination } = await output('explain', file, ...ends, '--format', 'json');
    expect(destination).toMatchObject({
      verdict: 'not known',
      reason: `not known to be open: google_compute_firewall.${name}: ${reason}`,
    });
  });

  test('is named by the warning about Flannel that it may refute', async () => {
    const stack = newStack();
    const firewall = new GcpFirewall({ network: 'prod' });
    const [controlPlane, workers] = ['control-plane', 'worker'].map((tag) => firewall.networkTag(tag));
    new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, flannel: FlannelBackend.VXLAN });
    const json = jsonOf(stack);
    const allow = [{ protocol: 'udp', ports: ['8472'] }];
    const tags = { source_tags: ['worker'], target_tags: ['worker'] };
    json.resource.google_compute_firewall.x = { name: 'x', network: 'prod', allow, ...tags, count: '${var.n}' };
    expect(await output('lint', written(json))).toContain(
      'and 8472/udp may be open (google_compute_firewall.x: count is evaluated by Terraform: read its plan): otherwise pods',
    );
  });
});
