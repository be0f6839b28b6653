import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { deployment } from './deployment';

const deployed = deployment();
const prometheus = AwsSecurityGroup.fromId('sg-0123456789abcdef0');

function code(range: string, peer: (text: string) => Peer): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const variable = new TerraformVariable(stack, 'range', { type: 'string', default: range });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: peer(variable.stringValue), prometheus });
  return stack;
}

test.each([
  ['10.0.0.0/8', (text: string) => Peer.cidr(text)],
  ['203.0.113.7', (text: string) => Peer.address(text)],
  ['2001:db8::/32', (text: string) => Peer.cidrIpv6(text)],
])('Terraform plans a rule for %s, which it alone knows', async (range, peer) => {
  const folder = deployed().terraform();
  await folder.write(code(range, peer));
  expect(await folder.plan()).toEqual([expect.stringMatching(/^create .*\.ingress_tcp_9090_/)]);
  folder.remove();
});

test.each(['10.0.0.1/8', '0.0.0.0/0', '', 'garbage', '10.0.0.0', '010.0.0.0/8', '2001:db8::/32'])(
  'Terraform refuses "%s" as an IPv4 range before it makes a rule',
  async (range) => {
    const folder = deployed().terraform();
    await folder.write(code(range, (text) => Peer.cidr(text)));
    await expect(folder.plan()).rejects.toThrow(
      /var\.range must be an IPv4 range without bits after its\s+prefix and not the whole internet\./,
    );
    folder.remove();
  },
);
