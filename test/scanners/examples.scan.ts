import { type TerraformStack, Testing } from 'cdktf';
import { ApinizerInstallationHostnames, AwsNetworkFirewallRuleGroup } from 'cdktf-cluster-ports';
import { EXAMPLES } from '../../examples/all';
import { deployment } from '../deploy/deployment';
import { googleDeployment } from '../deploy/google/google-deployment';
import { findGoogleTools, findTools } from '../deploy/tools';
import { newStack } from '../support/clouds';
import { type Finding, scan } from './checkov';

/** The types of what this library creates. Their neighbours, such as VPCs and load balancers, are the user's. */
const OF_LIBRARY =
  /^(aws_vpc_security_group_(in|e)gress_rule|aws_security_group|aws_ec2_managed_prefix_list|aws_networkfirewall_rule_group|aws_ec2_network_insights_\w+|google_compute_firewall|google_compute_(region_)?network_firewall_policy_rule|google_network_security_(url_lists|gateway_security_policy(_rule)?)|google_network_management_connectivity_test|kubernetes_network_policy_v1)$/;

/** What checkov reports although there is nothing to do in this library, and why. */
const EXPECTED: Readonly<Record<string, string>> = {
  CKV2_AWS_5: 'a security group without machines: the machines are in a different stack',
  CKV_AWS_345: 'a rule group that AWS encrypts with its own key: encryptionConfiguration is for yours',
};

const WITH_KEY = 'hostnames-with-a-key';

/** All examples, and rule groups with a key. */
function stacks(): Record<string, TerraformStack> {
  const examples = Object.entries(EXAMPLES).map(([name, Example]) => [name, new Example(Testing.app(), name)] as const);
  const withKey = newStack();
  new ApinizerInstallationHostnames(withKey, 'hosts', {
    through: new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyId: 'alias/firewall' } }),
  });
  return { ...Object.fromEntries(examples), [WITH_KEY]: withKey };
}

type Resources = Record<string, Record<string, any>>;

const synthesized = Object.fromEntries(Object.entries(stacks()).map(([name, stack]) => [name, Testing.synth(stack)]));
const resourcesOf = (name: string): Resources =>
  (JSON.parse(synthesized[name]) as { resource?: Resources }).resource ?? {};

/** Returns the type and the attributes of the resource of a finding. In Terraform JSON, some checks name it without its type. */
function resourceOf({ file, resource }: Finding): { type: string; attributes: any } {
  const id = resource.slice(resource.indexOf('.') + 1);
  const [type, ofType] = Object.entries(resourcesOf(file)).find(([, resources]) => id in resources)!;
  return { type, attributes: ofType[id] };
}

const aboutLibrary = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => OF_LIBRARY.test(resourceOf(finding).type) && !(finding.check in EXPECTED));

test('the scan of the synthesized Terraform finds nothing about our rules', () => {
  const { findings, passed } = scan('terraform_json', synthesized);
  expect(passed).toBeGreaterThan(1000);
  // checkov 3.3 does not know referenced_security_group_id, and takes a rule without an IP range for one from everywhere
  const isFromGroup = (finding: Finding): boolean =>
    finding.check === 'CKV_AWS_260' && 'referenced_security_group_id' in resourceOf(finding).attributes;
  expect(aboutLibrary(findings).filter((finding) => !isFromGroup(finding))).toEqual([]);
});

test('rule groups with a key have no finding, and those without one have', () => {
  const { findings } = scan('terraform_json', synthesized);
  const files = findings.filter(({ check }) => check === 'CKV_AWS_345').map(({ file }) => file);
  expect([...new Set(files)]).toEqual(['apinizer-outbound-on-aws']);
});

/** The stacks with a provider that can be planned without a cloud: they read nothing from it. */
const inCloud = (provider: string): string[] =>
  Object.keys(synthesized).filter((name) => {
    const { data = {}, provider: providers = {} } = JSON.parse(synthesized[name]) as {
      data?: object;
      provider?: object;
    };
    return provider in providers && !Object.keys(data).some((type) => type.startsWith('aws_'));
  });

/** Runs tests of a suite, or says why they are skipped. */
function describeWith(cloud: string, missing: readonly string[]): jest.Describe {
  if (missing.length === 0) return describe;
  console.error(`\n*** SKIPPED: scans of plans for ${cloud} need ${missing.join(' and ')}. ***\n`);
  return describe.skip;
}

describeWith('AWS', findTools().missing)('plans for AWS', () => {
  const deployed = deployment();

  test('have no finding about our rules', async () => {
    const plans: Record<string, string> = {};
    for (const name of inCloud('aws')) {
      const folder = deployed().terraform(name === 'two-regions' ? 'several' : 'one');
      await folder.write(synthesized[name]);
      plans[name] = JSON.stringify(await folder.plannedJson());
      folder.remove();
    }
    const { findings, passed } = scan('terraform_plan', plans);
    expect(passed).toBeGreaterThan(500);
    expect(aboutLibrary(findings)).toEqual([]);
  });
});

describeWith('GCP', findGoogleTools().missing)('plans for GCP', () => {
  const deployed = googleDeployment();

  test('have no finding', async () => {
    const plans: Record<string, string> = {};
    for (const name of inCloud('google')) {
      const folder = deployed().terraform();
      await folder.write(synthesized[name]);
      plans[name] = JSON.stringify(await folder.plannedJson());
      folder.remove();
    }
    const { findings, passed } = scan('terraform_plan', plans);
    expect(passed).toBeGreaterThan(100);
    expect(findings).toEqual([]);
  });
});
