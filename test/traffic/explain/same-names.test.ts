import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  ControlPlaneVipRules,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const STACKS = ['one', 'two'] as const;

type Id = (typeof STACKS)[number];
type Add = (stack: TerraformStack, id: Id, firewall: GcpFirewall) => void;

interface Explained {
  readonly verdict: string;
  readonly source: { readonly network?: string };
  readonly destination: { readonly requested: readonly { readonly construct: string }[] };
  readonly needed: readonly { readonly row: string }[];
}

/** Synthesizes two stacks with machines of the same tags: in one network of two projects. */
function inTwoProjects(name: string, add: Add): string {
  const app = new App({ outdir: join(path, name), skipValidation: true });
  for (const id of STACKS) {
    const stack = new TerraformStack(app, id);
    new GoogleProvider(stack, 'google', { project: `proj-${id}` });
    add(stack, id, new GcpFirewall({ network: 'prod' }));
  }
  app.synth();
  return join(path, name);
}

async function explained(app: string, ...question: string[]): Promise<Explained> {
  const { stdout, stderr } = await cli(['explain', app, ...question, '--format', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Explained;
}

/** Only the first stack asks the firewall team, for machines of a tag that the second stack has too. */
function askedByOne(): string {
  const elasticsearch = ExternalHosts.named('elastic', '10.8.0.5/32');
  const mongodb = ExternalHosts.named('mongo', '10.8.0.4/32');
  return inTwoProjects('asked', (stack, id, firewall) => {
    const workers = firewall.networkTag('w');
    if (id === 'one') new ApinizerDataStoreRules(stack, 'd', { workers, mongodb, elasticsearch });
    else new ApinizerNodePorts(stack, 'np', { workers, apiPortal: { clients: Peer.cidr('10.0.0.0/24') } });
  });
}

describe('a request for machines of a tag is not one for machines of the same tag in a different network', () => {
  test.each([
    [
      'by the network',
      ['--from', 'tag:w', '--network', 'proj-one/prod'],
      ['--from', 'tag:w', '--network', 'proj-two/prod'],
    ],
    ['by the stack', ['--from', 'one/network tag w'], ['--from', 'two/network tag w']],
    [
      'by the network in the label',
      ['--from', 'network tag w (network prod of project proj-one)'],
      ['--from', 'tag:w (network prod of project proj-two)'],
    ],
  ])('%s', async (_how, ofOne, ofTwo) => {
    const app = askedByOne();
    const question = ['--to', 'mongo', '--port', '25080/tcp'];
    const asked = await explained(app, ...ofOne, ...question);
    expect([asked.verdict, asked.source.network]).toEqual(['asked for, not known to be open', 'proj-one/prod']);
    expect(asked.destination.requested.map(({ construct }) => construct)).toEqual(['one/d']);
    const other = await explained(app, ...ofTwo, ...question);
    expect(other.source.network).toBe('proj-two/prod');
    expect([other.verdict, other.destination.requested, other.needed]).toEqual(['not known', [], []]);
  });

  test('fails without the network', async () => {
    const { code, stderr } = await cli([
      'explain',
      askedByOne(),
      '--from',
      'tag:w',
      '--to',
      'mongo',
      '--port',
      '25080/tcp',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/"tag:w" is in several networks.*\[network-required\]/)]);
  });

  test('in two networks of one project', async () => {
    const app = new App({ outdir: join(path, 'vip'), skipValidation: true });
    for (const id of STACKS) {
      const stack = new TerraformStack(app, id);
      new GoogleProvider(stack, 'google', { project: 'proj' });
      const firewall = new GcpFirewall({ network: `net-${id}`, namePrefix: `${id}-` });
      new ControlPlaneVipRules(stack, 'vip', {
        controlPlane: firewall.networkTag('cp'),
        workers: firewall.networkTag('w'),
        virtualAddress: ExternalHosts.named('vip', id === 'one' ? '10.5.5.5/32' : '10.6.6.6/32'),
        proxySubnet: Peer.cidr('10.129.0.0/23'),
        ports: id === 'two' ? { 'virtual-ip': Port.tcp(8443) } : {},
      });
      new PrometheusCostMetricsRule(stack, 'metrics', {
        prometheus: firewall.networkTag('w'),
        platform: firewall.networkTag('cp'),
      });
    }
    app.synth();
    const asks = async (from: Id, to: Id, port: string): Promise<string> => {
      const question = ['--from', `${from}/network tag w`, '--to', `${to}/vip`, '--port', port];
      return (await explained(join(path, 'vip'), ...question)).verdict;
    };
    const asked = 'asked for, not known to be open';
    expect([await asks('one', 'one', '6443/tcp'), await asks('two', 'two', '8443/tcp')]).toEqual([asked, asked]);
    expect([await asks('one', 'two', '8443/tcp'), await asks('two', 'one', '6443/tcp')]).toEqual([
      'not known',
      'not known',
    ]);
  });
});

test('a row that one stack moved is needed at the port of the document only in the other', async () => {
  const app = inTwoProjects('moved', (stack, id, firewall) => {
    new VClusterPlatformIngressRules(stack, 'v', {
      kubernetesApi: Peer.cidr('172.16.0.0/28'),
      platform: firewall.networkTag('vp'),
      ports: id === 'two' ? { webhook: Port.tcp(9543) } : {},
    });
  });
  const question = ['--from', '172.16.0.4', '--to', 'two/network tag vp', '--port'];
  const before = await explained(app, ...question, '9443/tcp');
  expect([before.verdict, before.needed]).toEqual(['refused', []]);
  const moved = await explained(app, ...question, '9543/tcp');
  expect(moved.verdict).toBe('passes');
});

test('a tag in one network is not one of the other networks of its stack', async () => {
  const app = new App({ outdir: join(path, 'together'), skipValidation: true });
  const stack = new TerraformStack(app, 'one');
  new GoogleProvider(stack, 'google', { project: 'proj' });
  const [a, b] = ['net-a', 'net-b'].map((network) => new GcpFirewall({ network, namePrefix: `${network}-` }));
  const workers = [a.networkTag('w'), b.networkTag('x')];
  for (const [at, each] of workers.entries()) {
    new ApinizerDataStoreRules(stack, `d${at}`, {
      workers: each,
      mongodb: ExternalHosts.named('mongo', '10.8.0.4/32'),
      elasticsearch: ExternalHosts.named('elastic', '10.8.0.5/32'),
    });
  }
  // the tags exist in both networks
  for (const [at, firewall] of [a, b].entries()) {
    new PrometheusCostMetricsRule(stack, `m${at}`, {
      prometheus: firewall.networkTag('w'),
      platform: firewall.networkTag('x'),
    });
  }
  app.synth();
  const verdicts = ['w', 'x'].flatMap((tag) =>
    ['net-a', 'net-b'].map(async (network) => {
      const question = ['--from', `tag:${tag}`, '--network', `proj/${network}`, '--to', 'mongo', '--port', '25080/tcp'];
      return (await explained(join(path, 'together'), ...question)).verdict;
    }),
  );
  const asked = 'asked for, not known to be open';
  expect(await Promise.all(verdicts)).toEqual([asked, 'not known', 'not known', asked]);
});

test('a row that several constructs open is named once', async () => {
  const app = new App({ outdir: join(path, 'once'), skipValidation: true });
  const stack = new TerraformStack(app, 'one');
  new GoogleProvider(stack, 'google', { project: 'proj' });
  const firewall = new GcpFirewall({ network: 'prod' });
  for (const id of ['m1', 'm2', 'm3']) {
    const prefixed = new GcpFirewall({ network: 'prod', namePrefix: `${id}-` });
    new PrometheusCostMetricsRule(stack, id, {
      prometheus: prefixed.networkTag('prometheus'),
      platform: firewall.networkTag('platform'),
      ports: id === 'm1' ? {} : { 'cost-metrics': Port.tcp(9091) },
    });
  }
  stack.addOverride('resource.google_compute_firewall', undefined);
  app.synth();
  const question = ['--from', 'tag:platform', '--to', 'tag:prometheus', '--port', '9091/tcp', '--network', 'proj/prod'];
  const { stdout } = await cli(['explain', join(path, 'once'), ...question]);
  const [, needed] = /It is needed for (.*)\./.exec(stdout)!;
  expect(needed).toBe('prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics');
});

test('a row is not needed for packets that cannot exist: from an IPv6 address to machines with IPv4 addresses', async () => {
  const app = new App({ outdir: join(path, 'families'), skipValidation: true });
  const stack = new TerraformStack(app, 'one');
  new GoogleProvider(stack, 'google', { project: 'proj' });
  const firewall = new GcpFirewall({ network: 'prod' });
  new KubeadmFlannelClusterRules(stack, 'k', {
    controlPlane: firewall.networkTag('cp', { ipRanges: Peer.cidr('10.2.0.0/24', 'fd00::/64') }),
    workers: firewall.networkTag('w', { ipRanges: Peer.cidr('10.1.0.0/24') }),
    workerToWorkerFlannel: false,
    ports: { kubelet: Port.tcp(10350) },
  });
  const json = join(path, 'families', 'stacks', 'one');
  app.synth();
  for (const [from, rows] of [
    ['fd00::5', 0],
    ['network tag cp', 1],
  ] as const) {
    const answer = await explained(json, '--from', from, '--to', 'tag:w', '--port', '10350/tcp');
    expect([answer.verdict, answer.needed.length]).toEqual(rows === 0 ? ['refused', 0] : ['passes', 0]);
  }
});
