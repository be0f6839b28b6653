import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, KubeadmFlannelClusterRules, Port, Rke2Cni, Rke2Rules } from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** A cluster with moved ports, one with ICMP, and rules of the user for a range, a protocol without ports, ICMP and everything. */
function synthesized(): string {
  const app = new App({ outdir: path, skipValidation: true });
  const stack = new TerraformStack(app, 'prod');
  const group = (name: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });
  const workers = group('workers');
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane: group('control-plane'),
    workers,
    workerToWorkerFlannel: true,
    ports: { kubelet: Port.tcp(10_350) },
  });
  new Rke2Rules(stack, 'rke2', { server: group('server'), agent: group('agent'), cni: Rke2Cni.CILIUM });
  const rule = (id: string, ipProtocol: string, fromPort?: number, toPort?: number): unknown =>
    new VpcSecurityGroupIngressRule(stack, id, {
      ...{ ipProtocol, fromPort, toPort, cidrIpv4: '10.9.0.0/16' },
      securityGroupId: workers.securityGroupId,
    });
  rule('range', 'tcp', 9000, 9100);
  rule('esp', '50');
  rule('echo', 'icmp', 8, 0);
  app.synth();
  return join(path, 'stacks/prod');
}

const stack = synthesized();

interface Asked {
  readonly port: string;
  readonly source: { readonly label: string };
  readonly destination: { readonly label: string };
  readonly from?: string;
}

async function json(...argv: string[]): Promise<any> {
  const { stdout, stderr } = await cli([...argv, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('every port that the matrix and show print is one for explain and for the matchers', async () => {
  const { flows, undocumented } = await json('matrix', stack);
  const { rows } = await json('show', stack);
  const printed = [
    ...[...flows, ...undocumented].map(({ port, source, destination }: Asked) => [
      port,
      source.label,
      destination.label,
    ]),
    ...rows.map(({ port, from, to }: any) => [port, from, to]),
  ];
  const forms = new Set(printed.map(([port]) => String(port).replace(/\d+/g, 'N')));
  expect([...forms].sort()).toEqual(['N-N/tcp', 'N.N/icmp', 'N/icmp', 'N/ip', 'N/tcp', 'N/udp', 'all']);
  for (const [port, from, to] of printed) {
    const { stderr, code } = await cli(['explain', stack, '--from', from, '--to', to, '--port', port]);
    expect({ port, from, to, stderr, code }).toEqual({ port, from, to, stderr: '', code: 0 });
  }
  const ofRows = rows.map(({ port, from, to, direction }: any) => ({ port, from, to, direction }));
  expect(join(stack, 'cdk.tf.json')).toPermit(ofRows);
});

test('a port is accepted as it is printed with that of its document', async () => {
  for (const port of ['10350/tcp, document: 10250/tcp', '10350/tcp (document: 10250/tcp)', '8285/tcp+udp']) {
    const ends = ['--from', 'security group control-plane', '--to', 'security group workers'];
    const { parts, verdict } = await json('explain', stack, ...ends, '--port', port);
    expect({ port, verdict, parts }).toEqual(
      port.startsWith('8285')
        ? {
            port,
            verdict: 'refused',
            parts: [
              { verdict: 'refused', ports: ['8285/tcp'] },
              { verdict: 'passes', ports: ['8285/udp'] },
            ],
          }
        : { port, verdict: 'passes', parts: undefined },
    );
  }
});

test('a range passes only as a whole, and the answer says which part does not', async () => {
  const asked = (port: string): Promise<any> =>
    json('explain', stack, '--from', '10.9.0.1', '--to', 'security group workers', '--port', port);
  expect(await asked('9000-9100/tcp')).toMatchObject({ verdict: 'passes', port: '9000-9100/tcp' });
  expect(await asked('9050-9060/tcp')).toMatchObject({ verdict: 'passes' });
  expect(await asked('8990-9200/tcp')).toMatchObject({
    verdict: 'refused',
    parts: [
      { verdict: 'refused', ports: ['8990-8999/tcp', '9101-9200/tcp'] },
      { verdict: 'passes', ports: ['9000-9100/tcp'] },
    ],
  });
  const ends = ['--from', '10.9.0.1', '--to', 'security group workers'];
  const { stdout, code } = await cli(['explain', stack, ...ends, '--port', '8990-9200/tcp']);
  expect(code).toBe(1);
  expect(stdout).toContain('The ports do not all pass: 8990-9200/tcp from 10.9.0.1');
  expect(stdout).toContain('8990-8999/tcp, 9101-9200/tcp: refused.\n9000-9100/tcp: passes.');
});

test('the ICMP types that do not pass are ranges, and no line has more than 120 columns', async () => {
  const ends = ['--from', '10.9.0.1', '--to', 'security group workers'];
  const { stdout } = await cli(['explain', stack, ...ends, '--port', 'icmp']);
  expect(stdout).toContain('\n0-7/icmp, 8.1-255/icmp, 9-255/icmp: refused.\n8.0/icmp: passes.\n');
  expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  expect(await json('explain', stack, ...ends, '--port', '0-7/icmp')).toMatchObject({ verdict: 'refused' });
});

test('the rules for the parts of a range are listed together', async () => {
  const app = new App({ outdir: join(path, 'two-rules'), skipValidation: true });
  const of = new TerraformStack(app, 'two');
  const group = new AwsSecurityGroup(of, 'web', { name: 'web', vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });
  for (const fromPort of [80, 81]) {
    new VpcSecurityGroupIngressRule(of, `rule-${fromPort}`, {
      ...{ ipProtocol: 'tcp', fromPort, toPort: fromPort, cidrIpv4: '10.9.0.0/16' },
      securityGroupId: group.securityGroupId,
    });
  }
  new Rke2Rules(of, 'rke2', { server: group, agent: group });
  app.synth();
  const ends = ['--from', '10.9.0.1', '--to', 'security group web'];
  const { verdict, parts, destination } = await json('explain', app.outdir, ...ends, '--port', '80-81/tcp');
  expect({ verdict, parts }).toEqual({ verdict: 'passes', parts: undefined });
  expect(destination.matching.map(({ address }: any) => address.replace(/.*\./, ''))).toEqual(['rule-80', 'rule-81']);
});

test('all ports pass if everything is allowed, although no family has all protocols', async () => {
  const ends = ['--from', 'security group workers', '--to', '10.20.0.1'];
  expect(await json('explain', stack, ...ends, '--port', 'all')).toMatchObject({ verdict: 'passes' });
});

test.each([
  ['443', 'did you mean "443/tcp"?'],
  ['tcp/443', 'did you mean "443/tcp"?'],
  ['9100-9000/tcp', 'did you mean "9000-9100/tcp"?'],
  ['443/tcp/x', 'got "443/tcp/x"'],
  ['https', 'got "https"'],
])('%s is not a port', async (port, fix) => {
  const asked = ['explain', stack, '--from', '10.9.0.1', '--to', 'security group workers', '--port', port];
  expect(await expectBadInput(asked, 'port-invalid')).toContain(fix);
});
