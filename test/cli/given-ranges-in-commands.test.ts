import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const PLACEHOLDER = '<var.office>';

/** Ranges that are a text or a list of a variable. */
const OFFICES: readonly [string, (stack: TerraformStack) => IPeer][] = [
  ['one text', (stack) => Peer.named('office', new TerraformVariable(stack, 'office', { type: 'string' }).stringValue)],
  [
    'a list',
    (stack) => Peer.named('office', ...new TerraformVariable(stack, 'office', { type: 'list(string)' }).listValue),
  ],
];

/** Renders the commands of a stack whose platform has IP ranges that are known after apply. */
async function commands(
  office: (stack: TerraformStack) => IPeer,
  prometheus: (stack: TerraformStack) => IHostGroup,
  ...options: string[]
): Promise<string> {
  const stack = new TerraformStack(new App({ outdir: join(path, 'prod'), skipValidation: true }), 'prod');
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: office(stack), prometheus: prometheus(stack) });
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  const { stdout, stderr } = await cli(['commands', file, ...options]);
  return stdout === '' ? stderr : stdout;
}

const onGcp = (): IHostGroup => new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
const onAws = (stack: TerraformStack): IHostGroup =>
  new AwsSecurityGroup(stack, 'group', { name: 'prometheus', vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });

const [FIRST, SECOND] = ['10.1.0.0/24', '10.2.0.0/24'];
const OF_OFFICE = ['--ip-ranges', `office=${FIRST},${SECOND}`];

describe.each(OFFICES)('IP ranges that users give for %s', (_what, office) => {
  test('are a placeholder in commands until somebody gives them', async () => {
    for (const prometheus of [onGcp, onAws]) expect(await commands(office, prometheus)).toContain(PLACEHOLDER);
  });

  test('are members of the list of a command on GCP', async () => {
    const script = await commands(office, onGcp, ...OF_OFFICE);
    expect(script).toContain(`\n--source-ranges=${FIRST},${SECOND} \\\n`);
    expect(script).not.toContain(PLACEHOLDER);
  });

  test('have a command each on AWS', async () => {
    const script = await commands(office, onAws, ...OF_OFFICE);
    const ranges = [...script.matchAll(/"IpRanges":\[\{"CidrIp":"([\d./]+)"/g)].map(([, range]) => range);
    expect(ranges.filter((range) => range !== '0.0.0.0/0')).toEqual([FIRST, SECOND]);
    expect(script).not.toContain(PLACEHOLDER);
  });

  test('are of IPv6 in a command on AWS if they are', async () => {
    const script = await commands(office, onAws, '--ip-ranges', 'office=2001:db8::/32');
    expect(script).toContain('"Ipv6Ranges":[{"CidrIpv6":"2001:db8::/32"');
    expect(script).not.toContain('"CidrIp":"2001');
    expect(script).not.toContain(PLACEHOLDER);
  });
});

test('ranges of two expressions stay placeholders, because nobody says which range is of which', async () => {
  const two = (stack: TerraformStack): IPeer => {
    const [first, second] = ['office', 'branch'].map(
      (name) => new TerraformVariable(stack, name, { type: 'string' }).stringValue,
    );
    return Peer.named('office', first, second);
  };
  const script = await commands(two, onGcp, ...OF_OFFICE);
  expect(script).toContain('<var.branch>');
  expect(script).toContain(PLACEHOLDER);
});
