import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { AwsSecurityGroup, Egress, GcpFirewall, type IPeer, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const FIREWALL = 'google_compute_firewall';
const NETWORK = { network: 'prod', project: 'net-host' };
const ALL = [{ protocol: 'all' }];
const BY_ADDRESS = `${FIREWALL}.own decides by the IP addresses of its source, which are not given`;
const SSH = [{ protocol: 'tcp', ports: ['22'] }];

function synthesized(define: (stack: TerraformStack) => void): Json {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'metrics');
  define(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Writes a stack, alone or with a different one that has resources of the user. */
function written(json: Json, others?: object): string {
  const directory = join(path, others === undefined ? 'alone' : 'both');
  const other = { '//': { metadata: { stackName: 'other' } }, resource: others };
  const stacks = others === undefined ? [json] : [json, other];
  for (const stack of stacks) {
    const file = join(directory, stack['//'].metadata.stackName, 'cdk.tf.json');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(stack));
  }
  return directory;
}

function stateFile(address: string, values: object): string {
  const file = join(path, 'state.json');
  const resources = [{ address, mode: address.startsWith('data.') ? 'data' : 'managed', values, sensitive_values: {} }];
  writeFileSync(file, JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } }));
  return file;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const matrix = async (...argv: string[]): Promise<Json> =>
  JSON.parse(await output('matrix', ...argv, '--format', 'json'));

/** Prometheus, which an office asks whose ranges only Terraform knows; a rule denies 10.0.0.0/8 earlier. */
function officeOnGcp(office: (stack: TerraformStack) => IPeer): Json {
  const json = synthesized((stack) => {
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: office(stack),
      prometheus: new GcpFirewall(NETWORK).networkTag('prometheus'),
    });
  });
  json.resource[FIREWALL].own = { ...NETWORK, name: 'own', priority: 900, deny: ALL, source_ranges: ['10.0.0.0/8'] };
  return json;
}

const ofVariable = (stack: TerraformStack): IPeer =>
  Peer.named('office', new TerraformVariable(stack, 'office', { type: 'string' }).stringValue);
const ofAddress = (stack: TerraformStack): IPeer =>
  Peer.address(new ComputeAddress(stack, 'office', { name: 'office' }).address);

describe.each([
  ['alone', undefined],
  ['with a different stack', {}],
])('ranges of a peer that only Terraform knows, %s', (_what, others) => {
  test.each<[string, string, object]>([
    ['closed', '10.1.0.7', { closed: `rules that are evaluated earlier deny it: ${FIREWALL}.own` }],
    ['open', '192.168.0.7', {}],
  ])('decide whether a flow is %s, if users or a state give them', async (_is, address, expected) => {
    const file = written(officeOnGcp(ofVariable), others);
    expect((await matrix(file)).flows).toMatchObject([{ notKnownToBeOpen: BY_ADDRESS }]);
    const given = await matrix(file, '--ip-ranges', `office=${address}/32`);
    const state = stateFile('google_compute_address.office', { address });
    const applied = await matrix(written(officeOnGcp(ofAddress), others), '--state', `metrics=${state}`);
    for (const { flows } of [given, applied]) {
      expect(flows).toMatchObject([expected]);
      expect(flows[0].notKnownToBeOpen).toBeUndefined();
      expect(flows[0].closed === undefined).toBe(address.startsWith('192'));
    }
  });
});

test('IP ranges that users give decide in commands', async () => {
  const file = written(officeOnGcp(ofVariable));
  expect(await output('commands', file)).toContain(`# Not known to be open: ${BY_ADDRESS}`);
  const open = await output('commands', file, '--ip-ranges', 'office=192.168.0.0/24');
  expect(open).not.toContain('Not known to be open');
  const closed = await output('commands', file, '--ip-ranges', 'office=10.1.0.0/24');
  expect(closed).toContain(`# Closed: rules that are evaluated earlier deny it: ${FIREWALL}.own`);
  expect(closed).not.toContain('gcloud compute');
});

describe('an opening that no row documents is not listed if rules of its source deny it by the IP address', () => {
  function withSsh(ipRanges: string | undefined, source: object): Json {
    const json = synthesized((stack) => {
      const firewall = new GcpFirewall(NETWORK);
      new PrometheusCostMetricsRule(stack, 'metrics', {
        platform: firewall.networkTag('platform'),
        prometheus: firewall.networkTag('prometheus', {
          ipRanges: ipRanges === undefined ? undefined : Peer.cidr(ipRanges),
        }),
      });
    });
    Object.assign(json.resource[FIREWALL], {
      ssh: { ...NETWORK, name: 'ssh', allow: SSH, target_tags: ['prometheus'], ...source },
      own: { ...NETWORK, name: 'own', direction: 'EGRESS', deny: SSH, destination_ranges: ['10.1.0.0/16'] },
    });
    return json;
  }
  const ports = ({ undocumented }: Json): string[] => undocumented.map(({ port }: Json) => port);
  const fromTag = { source_tags: ['platform'] };

  test('that the code has', async () => {
    expect(ports(await matrix(written(withSsh('10.1.0.0/24', fromTag))))).toEqual([]);
    expect(ports(await matrix(written(withSsh('10.2.0.0/24', fromTag))))).toEqual(['22/tcp']);
  });

  test('that users give', async () => {
    const file = written(withSsh(undefined, fromTag));
    expect(ports(await matrix(file))).toEqual(['22/tcp']);
    expect(ports(await matrix(file, '--ip-ranges', 'prometheus=10.1.0.0/24'))).toEqual([]);
    expect(ports(await matrix(file, '--ip-ranges', 'prometheus=10.2.0.0/24'))).toEqual(['22/tcp']);
  });

  test('that only rules name', async () => {
    const json = withSsh('10.2.0.0/24', { source_ranges: ['${var.office}'] });
    const own = { ...NETWORK, name: 'own', priority: 1, deny: SSH, source_ranges: ['10.1.0.0/16'] };
    const file = written(json, { [FIREWALL]: { own } });
    expect(ports(await matrix(file))).toEqual(['22/tcp']);
    expect(ports(await matrix(file, '--ip-ranges', 'unknown:var.office=10.1.0.0/24'))).toEqual([]);
    expect(ports(await matrix(file, '--ip-ranges', 'unknown:var.office=10.2.0.0/24'))).toEqual(['22/tcp']);
  });
});

test('the entries that a state has of a prefix list decide about outbound traffic', async () => {
  const json = synthesized((stack) => {
    const group = (name: string, ipRanges?: string): AwsSecurityGroup =>
      new AwsSecurityGroup(stack, name, {
        name,
        vpcId: 'vpc-0123456789abcdef0',
        egress: Egress.UNMANAGED,
        ipRanges: ipRanges === undefined ? undefined : Peer.cidr(ipRanges),
      });
    const prometheus = group('prometheus', '10.1.0.0/24');
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: group('platform'), prometheus });
  });
  json.data = { aws_ec2_managed_prefix_list: { inner: { name: 'inner' } } };
  json.resource.aws_vpc_security_group_egress_rule = {
    own: {
      security_group_id: '${aws_security_group.group_platform.id}',
      prefix_list_id: '${data.aws_ec2_managed_prefix_list.inner.id}',
      ip_protocol: '-1',
    },
  };
  const file = written(json);
  const entries = (cidr: string): string =>
    stateFile('data.aws_ec2_managed_prefix_list.inner', {
      id: 'pl-0123456789abcdef0',
      address_family: 'IPv4',
      entries: [{ cidr, description: '' }],
    });
  const { flows } = await matrix(file);
  expect(flows).toMatchObject([{ notKnownToBeOpen: 'outbound rules for IP ranges that are not known decide' }]);
  const open = await matrix(file, '--state', entries('10.1.0.0/16'));
  expect(open.flows.map(({ closedAtSource, notKnownToBeOpen }: Json) => [closedAtSource, notKnownToBeOpen])).toEqual([
    [undefined, undefined],
  ]);
  const closed = await matrix(file, '--state', entries('10.2.0.0/16'));
  expect(closed.flows).toMatchObject([{ closedAtSource: 'no outbound rule allows it' }]);
});
