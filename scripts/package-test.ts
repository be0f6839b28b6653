// A test as users write it, run by check-package.mjs in the folder of an app; Jest is told of the matchers in its configuration.
import { Testing, TerraformStack } from 'cdktf';
import {
  Egress,
  AwsSecurityGroup,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
} from 'cdktf-cluster-ports';
import type {} from 'cdktf-cluster-ports/testing';

const stack = new TerraformStack(Testing.app(), 'stack');
const [prometheus, to]: [IHostGroup, string] =
  process.env.CLOUD === 'aws'
    ? [
        new AwsSecurityGroup(stack, 'aws', {
          name: 'prometheus',
          vpcId: 'vpc-12345678',
          egress: Egress.DOCUMENTED,
        }),
        'sg:prometheus',
      ]
    : [new GcpFirewall({ network: 'prod' }).networkTag('prometheus'), 'tag:prometheus'];
new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidr('10.0.0.0/8'), prometheus });

test('the stack permits its row, and what the document says', () => {
  expect(stack).toPermitExactly([{ port: '9090/tcp', from: '10.0.0.0/8', to }]);
  expect(stack).toMatchDocuments();
  expect(stack).not.toPermit({ port: '22/tcp', from: '0.0.0.0/0', to });
});

test('what is missing and what is extra fails', () => {
  expect(() => expect(stack).toPermitExactly([{ port: '9091/tcp', from: '10.0.0.0/8', to }])).toThrow(
    /Missing.*9091\/tcp.*Extra.*9090\/tcp/s,
  );
});

test('a snapshot shows what is open', () => {
  expect(stack).toMatchSnapshot();
});
