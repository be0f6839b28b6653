import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { deployment } from './deployment';

const deployed = deployment();
const prometheus = AwsSecurityGroup.fromId('sg-0123456789abcdef0');

/** Returns a stack with a rule for each range, which is the default of a variable: `range-0`, `range-1`, ... */
function code(...ranges: [range: string, peer: (text: string) => Peer][]): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  ranges.forEach(([range, peer], index) => {
    const variable = new TerraformVariable(stack, `range-${index}`, { type: 'string', default: range });
    new PrometheusCostMetricsRule(stack, `rule-${index}`, { platform: peer(variable.stringValue), prometheus });
  });
  return stack;
}

test('Terraform plans rules for ranges that are known after apply', async () => {
  const folder = deployed().terraform();
  await folder.write(
    code(
      ['10.0.0.0/8', (text) => Peer.cidr(text)],
      ['203.0.113.7', (text) => Peer.address(text)],
      ['2001:db8::/32', (text) => Peer.cidrIpv6(text)],
    ),
  );
  expect((await folder.plan()).map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual(
    Array(3).fill('create aws_vpc_security_group_ingress_rule.ingress_tcp_9090'),
  );
  folder.remove();
});

test('Terraform rejects a wrong range before it creates a rule', async () => {
  const folder = deployed().terraform();
  const refused = ['10.0.0.1/8', '0.0.0.0/0', '', 'garbage', '10.0.0.0', '010.0.0.0/8', '2001:db8::/32'];
  await folder.write(
    code(...refused.map((range): [string, (text: string) => Peer] => [range, (text) => Peer.cidr(text)]), [
      '10.0.0.0/8',
      (text) => Peer.cidr(text),
    ]),
  );
  const problem = await folder.plan().catch((error: unknown) => [String(error)]);
  const sentences = problem.join().match(/var\.range-\d must be .*/g) ?? [];
  expect(sentences.sort()).toEqual(
    refused.map(
      (_, index) =>
        `var.range-${index} must be an IPv4 range without bits after its prefix and not the whole internet.`,
    ),
  );
  folder.remove();
});
