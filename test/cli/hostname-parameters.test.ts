import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { AwsNetworkFirewallRuleGroup, EksHybridNodesHostnames, ExternalProxy, Peer } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

type Json = any;

const { path } = temporaryDirectory();
const REGION = { region: 'eu-west-3', registryAccount: '602401143452', irsa: true };

/** A stack with hostnames that have a region and an account of the user. */
function synthesized(): Json {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'prod');
  new EksHybridNodesHostnames(stack, 'aws', { through: new AwsNetworkFirewallRuleGroup(), ...REGION });
  const clients = Peer.named('racks', '10.9.0.0/24');
  const through = ExternalProxy.named('proxy', { clients });
  new EksHybridNodesHostnames(stack, 'racks', { through, ...REGION, omit: ['ecr'] });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Why the matrix does not believe what is claimed about hostnames. */
async function doubts(json: Json): Promise<string[]> {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  const { hostnames } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  return hostnames.flatMap(({ notDocumented }: Json) => notDocumented ?? []);
}

const claimed = (json: Json, row: string): Json =>
  json['//'].metadata.clusterPorts.hostnames.findLast((each: Json) => each.row === row);

test('believes hostnames with the values of parameters, and records the choice of every option', async () => {
  const json = synthesized();
  expect(await doubts(json)).toEqual([]);
  expect(claimed(json, 'sts')).toMatchObject({
    hostname: 'sts.eu-west-3.amazonaws.com',
    options: {
      'ssm-hybrid-activations': 'false',
      'iam-roles-anywhere': 'false',
      irsa: 'true',
      'pod-identity': 'false',
    },
  });
  const { omittedHostnames } = json['//'].metadata.clusterPorts;
  expect(omittedHostnames.map(({ hostname }: Json) => hostname)).toEqual(['api.ecr.eu-west-3.amazonaws.com']);
});

test.each<[what: string, row: string, forged: object, doubt: string]>([
  [
    'a hostname that no value of the parameter gives',
    'sts',
    { hostname: 'sts.eu-west-3.example.com' },
    'eks-hybrid-nodes-hostnames@2026-11, sts: hostname is "sts.{region}.amazonaws.com", not "sts.eu-west-3.example.com"',
  ],
  [
    'choices with which the hostname is closed',
    'sts',
    { options: { irsa: 'false' } },
    'eks-hybrid-nodes-hostnames@2026-11 has sts only with irsa: true',
  ],
  [
    'an option that the table does not have',
    'eks',
    { options: { cni: 'cilium' } },
    'eks-hybrid-nodes-hostnames@2026-11 has no option "cni"',
  ],
])('does not believe %s', async (_what, row, forged, doubt) => {
  const json = synthesized();
  Object.assign(claimed(json, row), forged);
  expect(await doubts(json)).toEqual([doubt]);
});
