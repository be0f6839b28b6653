import { App, type TerraformResource, type TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApinizerHybrid } from '../../examples/apinizer-hybrid';
import { cli, type CliResult } from '../support/cli';
import { newStack } from '../support/clouds';

/** The stack of docs/on-premises.md, which docs/firewall-team.md uses too. */
const outdir = mkdtempSync(join(tmpdir(), 'cluster-ports-guides-'));

beforeAll(() => {
  const app = new App({ outdir });
  new ApinizerHybrid(app, 'apinizer-hybrid');
  app.synth();
});

function guideHas(guide: string, text: string): void {
  expect(readFileSync(join(__dirname, '../../docs', guide), 'utf8')).toContain(text);
}

/** Runs a command line of a guide with the stack of the example. */
async function run(guide: string, line: string): Promise<CliResult> {
  guideHas(guide, line);
  const [, command, ...args] = line.split(' ');
  return cli([command, outdir, ...args]);
}

const SCRIPT = 'cluster-ports verify --as worker --script --hosts mongodb=10.8.0.4 --hosts elasticsearch=10.8.0.20';

test.each(['on-premises.md', 'firewall-team.md'])('the script of %s checks both databases', async (guide) => {
  const { code, stdout } = await run(guide, SCRIPT);
  expect(code).toBe(0);
  expect(stdout.match(/^check .*$/gm)).toEqual([
    "check 10.8.0.4 25080 'mongodb-berlin: Apinizer configuration database port' 'if closed: the document does not say what fails'",
    expect.stringContaining('check 10.8.0.20 9200 '),
  ]);
});

test('the packet of firewall-team.md passes', async () => {
  const line = 'cluster-ports explain --from 198.51.100.7 --to apinizer-workers --port 30080/tcp';
  const { code, stdout } = await run('firewall-team.md', line);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('\nThe packet passes: 30080/tcp from '),
  });
});

test.each(['on-premises.md', 'firewall-team.md'])('the IP ranges of %s are those of a host group', async (guide) => {
  const ranges = 'security group apinizer-workers=10.20.1.0/24';
  guideHas(guide, `--ip-ranges '${ranges}'`);
  const { code, stdout } = await cli(['request', outdir, '--ip-ranges', ranges]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('10.20.1.0/24') });
});

function overridden(stack: TerraformStack): void {
  const rules = new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.cidr('203.0.113.7/32'),
    prometheus: AwsSecurityGroup.fromId('sg-01234567'),
  });
  // #region override
  for (const resource of rules.resources as TerraformResource[]) {
    resource.addOverride('lifecycle.prevent_destroy', true);
  }
  // #endregion
}

test('the override of constructs.md is in the synthesized rule', () => {
  const stack = newStack();
  overridden(stack);
  const rules = JSON.parse(Testing.synth(stack)).resource.aws_vpc_security_group_ingress_rule as object;
  expect(Object.values(rules)).toEqual([expect.objectContaining({ lifecycle: { prevent_destroy: true } })]);
});

function owned(stack: TerraformStack): void {
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  const vpcId = 'vpc-0123456789abcdef0';
  // #region ownership
  const platform = new AwsSecurityGroup(stack, 'platform', {
    name: 'platform',
    vpcId,
    egress: Egress.ALL,
    ownershipTags: true,
  });
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi,
    platform,
    ownership: { owner: 'platform team', ticket: 'NET-42' },
    rowOwnership: { webhook: { owner: 'payments', ticket: 'NET-57', expires: '2027-03-31' } },
  });
  // #endregion
}

test('the rules of ownership.md have the tags of their owners', () => {
  const stack = newStack();
  owned(stack);
  const rules = JSON.parse(Testing.synth(stack)).resource.aws_vpc_security_group_ingress_rule as object;
  expect(Object.values(rules).map(({ tags }: { tags: object }) => tags)).toEqual(
    expect.arrayContaining([
      { Owner: 'platform team', Ticket: 'NET-42' },
      { Owner: 'payments', Ticket: 'NET-57', Expires: '2027-03-31' },
    ]),
  );
});
