import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  GcpFirewall,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const METRICS = ['--port', '9090/tcp', '--format', 'json'];

async function explained(app: string, from: string, to: string, ...options: string[]): Promise<any> {
  const { stdout, stderr } = await cli(['explain', app, '--from', from, '--to', to, ...METRICS, ...options]);
  return stdout === '' ? stderr : JSON.parse(stdout);
}

/** Synthesizes the same code in two stacks, each in the project of its provider. */
function inTwoProjects(): string {
  const outdir = join(path, 'projects');
  const app = new App({ outdir, skipValidation: true });
  for (const name of ['one', 'two']) {
    const stack = new TerraformStack(app, name);
    new GoogleProvider(stack, 'google', { project: `p-${name}` });
    const firewall = new GcpFirewall({ network: 'prod' });
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: firewall.networkTag('platform'),
      prometheus: firewall.networkTag('prometheus'),
    });
  }
  app.synth();
  return outdir;
}

/** Synthesizes two stacks with a security group of one name, and a rule of the second for both. */
function inTwoGroups(): string {
  const outdir = join(path, 'groups');
  const app = new App({ outdir, skipValidation: true });
  const [a, b] = ['a', 'b'].map((name) => new TerraformStack(app, name));
  const vpcId = 'vpc-0123456789abcdef0';
  const [platform, prometheus] = [a, b].map(
    (stack) => new AwsSecurityGroup(stack, 'group', { name: 'nodes', vpcId, egress: Egress.ALL }),
  );
  const table = PrometheusCostMetricsRule.portTable;
  new DocumentedPortRules(a, 'rules', { table, roles: { platform, prometheus: platform } });
  new DocumentedPortRules(b, 'rules', { table, roles: { platform, prometheus } });
  app.synth();
  return outdir;
}

test('a stack in front of machines means those in the project of its provider', async () => {
  const app = inTwoProjects();
  for (const stack of ['one', 'two']) {
    for (const kind of ['tag:', 'network tag ']) {
      const [from, to] = ['platform', 'prometheus'].map((name) => `${stack}/${kind}${name}`);
      for (const options of [[], ['--network', `p-${stack}/prod`]]) {
        const { verdict, source, destination } = await explained(app, from, to, ...options);
        expect([verdict, source.network, destination.network]).toEqual([
          'passes',
          `p-${stack}/prod`,
          `p-${stack}/prod`,
        ]);
        expect([source.name, destination.name].every((name) => name.startsWith(`${stack}/`))).toBe(true);
      }
    }
  }
});

test('machines of the network of a different project do not reach them by a tag', async () => {
  const app = inTwoProjects();
  const { destination } = await explained(app, 'one/tag:platform', 'two/tag:prometheus');
  expect(destination).toMatchObject({ verdict: 'refused', network: 'p-two/prod' });
});

test('a stack in front of a name that it shares with a different stack means the machines that it creates', async () => {
  const app = inTwoGroups();
  for (const word of ['security group nodes', 'nodes', 'aws_security_group.group_nodes']) {
    const { verdict, source, destination } = await explained(app, `a/${word}`, `b/${word}`);
    expect([verdict, source.name, destination.name]).toEqual([
      'passes',
      'sg:a/aws_security_group.group_nodes',
      'sg:b/aws_security_group.group_nodes',
    ]);
  }
  expect(await explained(app, 'security group nodes (stack a)', 'security group nodes (stack b)')).toMatchObject({
    verdict: 'passes',
  });
});

test('lint finds what is moved apart in every stack, also if the machines of two stacks have one name', async () => {
  const outdir = join(path, 'apart');
  const app = new App({ outdir, skipValidation: true });
  const stacks = ['one', 'two'].map((name) => {
    const stack = new TerraformStack(app, name);
    new GoogleProvider(stack, 'google', { project: `p-${name}` });
    const platform = Peer.named('platform', '10.9.0.0/16');
    for (const [id, port] of [
      ['metrics', 9090],
      ['moved', 9191],
    ] as const) {
      new PrometheusCostMetricsRule(stack, id, {
        platform,
        prometheus: new GcpFirewall({ network: 'prod', namePrefix: id }).networkTag('prometheus'),
        ports: { 'cost-metrics': Port.tcp(port) },
      });
    }
    return join(outdir, 'stacks', name);
  });
  app.synth();
  const found = async (...paths: string[]): Promise<string[]> => {
    const { stdout } = await cli(['lint', ...paths, '--only', 'moved-apart', '--format', 'json']);
    return JSON.parse(stdout).findings.map(({ file }: { file: string }) => file);
  };
  const each = await Promise.all(stacks.map((stack) => found(stack)));
  expect(each.map(({ length }) => length)).toEqual([1, 1]);
  expect(await found(outdir)).toEqual(each.flat());
});
