import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  Egress,
  ExternalProxy,
  type IHostnameFilter,
  KubeadmFlannelClusterRules,
  Peer,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';
import { withFirewallPolicy } from '../support/rule-group-policy';

const { path } = temporaryDirectory();

/** Adds a firewall policy to a stack that uses its rule groups and drops the rest. */
function withPolicy(stack: string): string {
  const file = join(stack, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(withFirewallPolicy(JSON.parse(readFileSync(file, 'utf8')))));
  return stack;
}

/** Synthesizes a cluster on AWS and the hostnames of its installation, and returns the path of the stack. */
function synthesized(name: string, through: (workers: AwsSecurityGroup) => IHostnameFilter): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'cluster');
  const [controlPlane, workers] = ['control-plane', 'workers'].map(
    (each) =>
      new AwsSecurityGroup(stack, each, { name: each, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED }),
  );
  new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane, workers, workerToWorkerFlannel: true });
  new ApinizerInstallationHostnames(stack, 'hostnames', { through: through(workers) });
  app.synth();
  return join(outdir, 'stacks', 'cluster');
}

const FOR_ALL = synthesized('for-all', () => ExternalProxy.named('web-proxy'));
const FOR_WORKERS = synthesized('for-workers', (clients) => ExternalProxy.named('web-proxy', { clients }));
const FOR_RANGES = synthesized('for-ranges', () =>
  ExternalProxy.named('web-proxy', { clients: Peer.named('kubernetes subnets', '10.20.0.0/16') }),
);
const FILTERED = withPolicy(
  synthesized(
    'filtered',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.named('kubernetes subnets', '10.20.0.0/16') }),
  ),
);

interface Answer {
  readonly verdict: string;
  readonly source: { readonly verdict: string; readonly reason?: string };
  readonly destination: {
    readonly verdict: string;
    readonly requested: readonly { construct: string; documentedBy: readonly { row: string }[] }[];
  };
}

async function explained(stack: string, from: string, to: string, port = '443/tcp'): Promise<unknown[]> {
  const { stdout, stderr } = await cli([
    'explain',
    stack,
    '--from',
    from,
    '--to',
    to,
    '--port',
    port,
    '--format',
    'json',
  ]);
  if (stdout === '') throw new Error(stderr);
  const { verdict, destination } = JSON.parse(stdout) as Answer;
  return [verdict, ...destination.requested.flatMap(({ documentedBy }) => documentedBy.map(({ row }) => row))];
}

const ASKED = 'asked for, not known to be open';
const row = (name: string): string => `apinizer-installation-hosts@2024-12/${name}`;

describe('explain knows what the firewall team is asked to allow by name', () => {
  test.each([
    ['archive.ubuntu.com', '443/tcp', 'ubuntu-packages'],
    ['archive.ubuntu.com', '80/tcp', 'ubuntu-packages'],
    ['host:archive.ubuntu.com', '443/tcp', 'ubuntu-packages'],
    ['host:archive.ubuntu.com over TLS', '443/tcp', 'ubuntu-packages'],
    ['*.docker.com', '443/tcp', 'docker-com'],
    ['host:registry.docker.com', '443/tcp', 'docker-com'],
  ])('%s at %s', async (to, port, name) => {
    expect(await explained(FOR_ALL, 'security group workers', to, port)).toEqual([ASKED, row(name)]);
    expect(await explained(FOR_ALL, '192.0.2.7', to, port)).toEqual([ASKED, row(name)]);
    expect(await explained(FOR_ALL, 'machines behind web-proxy', to, port)).toEqual([ASKED, row(name)]);
  });

  test('of other hostnames and ports it knows nothing', async () => {
    expect(await explained(FOR_ALL, 'security group workers', 'host:example.com')).toEqual(['refused']);
    expect(await explained(FOR_ALL, 'security group workers', 'archive.ubuntu.com', '22/tcp')).toEqual(['refused']);
    expect(await explained(FOR_ALL, 'security group workers', 'host:docker.com')).toEqual(['refused']);
  });

  test('only for the machines that it is asked for', async () => {
    expect(await explained(FOR_WORKERS, 'workers', 'archive.ubuntu.com')).toEqual([ASKED, row('ubuntu-packages')]);
    expect(await explained(FOR_WORKERS, 'control-plane', 'archive.ubuntu.com')).toEqual(['refused']);
    for (const from of ['kubernetes subnets', '10.20.1.7', '10.20.1.0/24', 'kubernetes subnets through web-proxy']) {
      expect(await explained(FOR_RANGES, from, 'archive.ubuntu.com')).toEqual([ASKED, row('ubuntu-packages')]);
    }
    const elsewhere = ['explain', FOR_RANGES, '--from', '10.30.1.7', '--to', 'archive.ubuntu.com', '--port', '443/tcp'];
    expect((await cli(elsewhere)).stderr).toContain('[machines-missing]');
  });

  test('names the row, what the firewall team is asked, and why the source is not judged', async () => {
    const { stdout, code } = await cli([
      'explain',
      FOR_ALL,
      '--from',
      'workers',
      '--to',
      'archive.ubuntu.com',
      '--port',
      '443/tcp',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /destination +asked for, not .* the firewall team is asked by +apinizer-installation-hosts@2024-/,
    );
    expect(stdout).toContain(
      'The firewall team is asked to open the port, and it is not known whether it has: 443/tcp from sg:aws_security_group.group_workers to host:archive.ubuntu.com.',
    );
    const json = await cli([
      'explain',
      FOR_ALL,
      '--from',
      'workers',
      '--to',
      'archive.ubuntu.com',
      '--port',
      '443/tcp',
      '--format',
      'json',
    ]);
    expect((JSON.parse(json.stdout) as Answer).source).toMatchObject({
      verdict: 'not judged',
      reason: 'it connects through web-proxy, and these files do not say to which IP addresses',
    });
  });

  test('what a filter of the stack allows passes as before', async () => {
    expect(await explained(FILTERED, 'machines:10.20.0.0/16', 'host:archive.ubuntu.com over TLS')).toEqual(['passes']);
    expect(await explained(FILTERED, 'kubernetes subnets', 'archive.ubuntu.com over TLS')).toEqual(['passes']);
    expect(await explained(FILTERED, 'kubernetes subnets', 'host:example.com over TLS')).toEqual(['refused']);
    expect(await explained(FILTERED, '10.20.1.7', 'archive.ubuntu.com over TLS')).toEqual(['passes']);
    expect(await explained(FILTERED, '10.20.0.0/16', 'archive.ubuntu.com over TLS')).toEqual(['passes']);
  });
});

test.each([
  ['some of the machines', '10.20.0.0/24', 'depends on the IP address'],
  ['machines whose IP ranges are not known', '${var.subnets}', 'not known'],
])('explain asks for the protocol of a hostname that a filter allows to %s', async (_what, definition, verdict) => {
  const json = JSON.parse(readFileSync(join(FILTERED, 'cdk.tf.json'), 'utf8'));
  const groups = Object.values<any>(json.resource.aws_networkfirewall_rule_group);
  const inTls = groups.find(({ rule_group: { rules_source: source } }) =>
    source.rules_source_list.target_types.includes('TLS_SNI'),
  );
  inTls.rule_group.rule_variables.ip_sets[0].ip_set.definition = [definition];
  const stack = join(path, 'narrowed.tf.json');
  writeFileSync(stack, JSON.stringify(json));
  await expectBadInput(
    ['explain', stack, '--from', 'kubernetes subnets', '--to', 'host:hub.docker.com', '--port', '443/tcp'],
    'hostname-protocol-required',
  );
  expect(await explained(stack, 'kubernetes subnets', 'host:hub.docker.com over TLS')).toEqual([verdict]);
});

describe('verify lists the hostnames that a machine may need, and does not try them', () => {
  const verify = async (stack: string, as: string, ...more: string[]): Promise<{ code: number; stdout: string }> =>
    cli(['verify', stack, '--as', as, ...more]);
  const HTTPS = `    by hand: curl -sS -o /dev/null -w '%{http_code}' https://archive.ubuntu.com/, expect a status other than 000`;

  test.each([
    ['for every machine', FOR_ALL, 'worker'],
    ['for the machines behind a proxy', FOR_ALL, 'machines behind web-proxy'],
    ['for the machines of a role', FOR_WORKERS, 'worker'],
    ['for machines by a name of theirs', FOR_WORKERS, 'security group workers'],
    ['for IP ranges that may be those of a role', FOR_RANGES, 'worker'],
    ['for clients by their name', FOR_RANGES, 'kubernetes subnets'],
    ['for clients by the IP address of one', FOR_RANGES, '10.20.1.7'],
    ['for what a filter of the stack allows', FILTERED, 'worker'],
  ])('%s', async (_what, stack, as) => {
    const { code, stdout } = await verify(stack, as);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^not checked +archive\.ubuntu\.com 443\/tcp 80\/tcp /m);
    expect(stdout).toContain(`${HTTPS}; 403 may come from the filter`);
    expect(stdout).toContain('http://archive.ubuntu.com/, expect');
    expect(stdout).toContain('it means every name below docker.com: try a name that you need');
    expect(stdout).not.toContain('https://*.');
    expect(stdout).toMatch(/\b\d+ hostnames not checked\n$/);
  });

  test('not those for different machines', async () => {
    expect((await verify(FOR_WORKERS, 'control-plane')).stdout).not.toContain('hostname');
  });

  test('in every format', async () => {
    const { hostnames } = JSON.parse((await verify(FOR_RANGES, 'worker', '--format', 'json')).stdout) as {
      hostnames: readonly { hostname: string }[];
    };
    expect(hostnames[0]).toEqual({
      hostname: 'archive.ubuntu.com',
      ports: ['443/tcp', '80/tcp'],
      clients: 'kubernetes subnets',
      through: 'web-proxy',
      row: row('ubuntu-packages'),
      reason: 'hostnames are not tried: a TCP connection does not show whether a filter allows the name',
      checks: ['https', 'http'].map((scheme) => ({
        command: `curl -sS -o /dev/null -w '%{http_code}' ${scheme}://archive.ubuntu.com/`,
        expected: 'a status other than 000; 403 may come from the filter',
      })),
    });
    const junit = (await verify(FOR_RANGES, 'worker', '--format', 'junit')).stdout;
    expect(junit).toContain('<testcase classname="archive.ubuntu.com"');
    expect(junit).toContain(`skipped="${(junit.match(/<skipped/g) ?? []).length}"`);
    const script = (await verify(FOR_RANGES, 'worker', '--script')).stdout;
    expect(script).toContain(
      '# not checked: archive.ubuntu.com 443/tcp 80/tcp, kubernetes subnets through web-proxy: ',
    );
  });
});
