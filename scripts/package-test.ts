// A test like those of users. check-package.mjs runs it in the folder of an app, where the configuration of Jest loads the matchers.
import { TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PrometheusCostMetricsRule,
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

test('fails for missing and for extra traffic', () => {
  expect(() => expect(stack).toPermitExactly([{ port: '9091/tcp', from: '10.0.0.0/8', to }])).toThrow(
    /Missing.*9091\/tcp.*Extra.*9090\/tcp/s,
  );
});

test('a snapshot shows what is open', () => {
  expect(stack).toMatchSnapshot();
});
