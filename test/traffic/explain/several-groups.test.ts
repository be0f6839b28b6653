import { join } from 'node:path';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  type IPeer,
  Peer,
} from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const IPV4 = Peer.cidr('10.1.0.0/24');
const IPV6 = Peer.cidr('2001:db8::/48');
const ELASTICSEARCH = ExternalHosts.named('elastic', '10.8.0.5/32');
const MONGODB = ExternalHosts.named('mongo', '10.8.0.4/32');

interface Explained {
  readonly source: { readonly verdict: string };
  readonly destination: { readonly verdict: string; readonly requested: readonly { readonly construct: string }[] };
}

type Group = (name: 'new' | 'old', ipRanges?: IPeer) => IHostGroup;

const FIREWALL = new GcpFirewall({ network: 'prod', project: 'proj-one' });
const IDS = { new: 'sg-00000000000000001', old: 'sg-00000000000000002' };
const KINDS: readonly (readonly [string, Group, string])[] = [
  ['network tags', (name, ipRanges) => FIREWALL.networkTag(name, { ipRanges }), 'network tag new, network tag old'],
  [
    'service accounts',
    (name, ipRanges) => FIREWALL.serviceAccount(`${name}@proj-one.iam.gserviceaccount.com`, { ipRanges }),
    'service account new@proj-one.iam.gserviceaccount.com, service account old@proj-one.iam.gserviceaccount.com',
  ],
  [
    'security groups',
    (name, ipRanges) => AwsSecurityGroup.fromId(IDS[name], { ipRanges }),
    'security group sg-00000000000000001, security group sg-00000000000000002',
  ],
];

/** Synthesizes workers of two host groups that ask the firewall team for access. A different stack may give their IP ranges. */
function asking(name: string, group: Group, rangesIn: 'its stack' | 'a different stack'): string {
  const outdir = join(path, `${name} ${rangesIn}`.replaceAll(' ', '-'));
  const app = new App({ outdir, skipValidation: true });
  const ranged = (): IHostGroup => HostGroup.anyOf(group('new', IPV6), group('old', IPV4));
  const isOwn = rangesIn === 'its stack';
  new ApinizerDataStoreRules(new TerraformStack(app, 'one'), 'asks', {
    workers: isOwn ? ranged() : HostGroup.anyOf(group('new'), group('old')),
    mongodb: MONGODB,
    elasticsearch: ELASTICSEARCH,
  });
  if (!isOwn) {
    const hosts = {
      mongodb: ExternalHosts.named('m', '10.9.0.1/32'),
      elasticsearch: ExternalHosts.named('e', '10.9.0.2/32'),
    };
    new ApinizerDataStoreRules(new TerraformStack(app, 'two'), 'other', { workers: ranged(), ...hosts });
  }
  app.synth();
  return outdir;
}

async function explained(app: string, ...question: string[]): Promise<Explained> {
  const { stdout, stderr } = await cli(['explain', app, ...question, '--format', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Explained;
}

describe('host groups of one peer, each with IP addresses of its own family,', () => {
  test.each(
    KINDS.flatMap(([kind, group, label]) =>
      (['its stack', 'a different stack'] as const).map((ranges) => [kind, ranges, group, label] as const),
    ),
  )(
    'have the access request for the family of its destination: %s, IP ranges in %s',
    async (kind, ranges, group, label) => {
      const app = asking(kind, group, ranges);
      const name = ranges === 'its stack' ? label : label.replace(/^/, 'one/');
      const { destination } = await explained(app, '--from', name, '--to', 'mongo', '--port', '25080/tcp');
      expect(destination).toMatchObject({
        verdict: 'asked for, not known to be open',
        requested: [{ construct: 'one/asks' }],
      });
    },
  );

  test('are each judged by packets of their family, in the matrix and in explain', async () => {
    const outdir = join(path, 'judged');
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'one');
    const [, tag, label] = KINDS[0];
    const workers = HostGroup.anyOf(tag('new', IPV6), tag('old', IPV4));
    new ApinizerDataStoreRules(stack, 'asks', { workers, mongodb: MONGODB, elasticsearch: ELASTICSEARCH });
    // machines that have only IPv6 addresses have no packets to an IPv4 address
    new ComputeFirewall(stack, 'deny', {
      name: 'deny',
      network: 'prod',
      project: 'proj-one',
      priority: 1,
      direction: 'EGRESS',
      destinationRanges: ['10.8.0.0/24'],
      targetTags: ['new'],
      deny: [{ protocol: 'all' }],
    });
    app.synth();
    const { stdout } = await cli(['matrix', outdir, '--format', 'json']);
    const { flows } = JSON.parse(stdout) as { flows: readonly { closedAtSource?: string }[] };
    expect(flows.map(({ closedAtSource }) => closedAtSource)).toEqual([undefined, undefined]);
    const question = ['--from', label, '--to', 'mongo', '--port', '25080/tcp'];
    expect((await explained(outdir, ...question)).source.verdict).toBe('passes');
  });
});
