import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Basis,
  DocumentedHostnameRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  type HostnameTable,
  type IHostGroup,
  KubernetesPods,
  LinuxHosts,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

function written(name: string, build: (stack: TerraformStack) => void): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  build(new TerraformStack(app, 'prod'));
  app.synth();
  return outdir;
}

const callFor = (outdir: string, from: string, to: string, port: string): string[] => [
  'explain',
  outdir,
  '--from',
  from,
  '--to',
  to,
  '--port',
  port,
];

async function explained(outdir: string, from: string, to: string, port: string): Promise<any> {
  return JSON.parse((await cli([...callFor(outdir, from, to, port), '--format', 'json'])).stdout);
}

function podsOf(app: string, ipRanges?: Peer): IHostGroup {
  const ports = [{ row: 'cost-metrics', port: Port.tcp(9090) }];
  return KubernetesPods.labelled({ namespace: 'prod', labels: { app }, ports, ipRanges });
}

const NOT_ASKED = 'the firewall team manages its firewall, and no access request of these files asks for the packet';

const TABLE: HostnameTable = {
  id: 'names',
  title: 'Names',
  reference: 'https://wiki.example.com/names',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  hostnames: [
    {
      name: 'plain',
      hostname: 'plain.example.com',
      ports: [Port.tcp(80)],
      portsBasis: Basis.TABLE,
      section: 'Names',
    },
  ],
};

describe('a hostname through a proxy of the firewall team', () => {
  const outdir = written('hostnames', (stack) => {
    const clients = [LinuxHosts.named('nodes', '10.30.0.0/24'), Peer.named('subnets', '10.31.0.0/24')];
    clients.forEach((one, at) => {
      const through = ExternalProxy.named(`proxy-${at}.example.com`, { clients: one });
      new DocumentedHostnameRules(stack, `names-${at}`, { table: TABLE, through });
    });
  });

  test.each(['nodes', '10.30.0.7', 'subnets', '10.31.0.7'])(
    'is not known to be allowed at a port that nobody asks for: from %s',
    async (from) => {
      const { verdict, destination } = await explained(outdir, from, 'plain.example.com', '443/tcp');
      expect({ verdict, reason: destination.reason }).toEqual({ verdict: 'not known', reason: NOT_ASKED });
    },
  );

  test('is asked for, also at the own firewall of the machine', async () => {
    const { gates } = await explained(outdir, 'nodes', 'plain.example.com', '80/tcp');
    expect(gates[0]).toMatchObject({ kind: "the host's own firewall", end: 'source' });
    expect(gates[0].reason).toMatch(/^a construct asks for it;/);
  });
});

describe('external hosts with ranges in each other', () => {
  const outdir = written('ranges', (stack) => {
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: Peer.cidr('10.9.0.0/24'),
      prometheus: ExternalHosts.named('site', '10.1.0.0/16'),
    });
    new VClusterPlatformIngressRules(stack, 'platform', {
      kubernetesApi: Peer.cidr('10.8.0.0/24'),
      platform: LinuxHosts.named('workers', '10.1.1.0/24'),
    });
  });

  test('an access request for some of the IP addresses is one', async () => {
    const { verdict, destination } = await explained(outdir, '10.8.0.4', 'site', '8443/tcp');
    expect({ verdict, reason: destination.reason }).toEqual({
      verdict: 'not known',
      reason:
        'the firewall team manages its firewall, and is asked for only some of these IP addresses by prod/platform',
    });
    expect((await explained(outdir, '10.8.0.4', 'site', '22/tcp')).destination.reason).toBe(NOT_ASKED);
    expect((await explained(outdir, '10.7.0.4', 'site', '8443/tcp')).destination.reason).toBe(NOT_ASKED);
  });

  test('an IP address is of all of them, and passes the own firewall of the machine', async () => {
    const { verdict, remarks, gates } = await explained(outdir, '10.8.0.4', '10.1.1.7', '8443/tcp');
    expect(verdict).toBe('asked for, not known to be open');
    expect(remarks).toContain('10.1.1.7 is in the IP ranges of site and workers');
    expect(gates.map(({ kind }: any) => kind)).toEqual(['firewall of the firewall team', "the host's own firewall"]);
  });

  test.each([
    ['2001:db8::1', '8443/tcp'],
    ['10.8.0.4', '128/icmpv6'],
  ])('there are no packets between two families: from %s, %s', async (from, port) => {
    const { verdict, destination } = await explained(outdir, from, 'workers', port);
    const reason = 'there are no such packets: the two IP addresses, or the protocol, are of different families';
    expect({ verdict, reason: destination.reason }).toEqual({ verdict: 'refused', reason });
  });

  test('the firewall of the firewall team is named so, whether it is asked or not', async () => {
    for (const port of ['8443/tcp', '22/tcp']) {
      const { gates } = await explained(outdir, '10.8.0.4', 'workers', port);
      expect(gates[0].kind).toBe('firewall of the firewall team');
    }
  });
});

describe.each<[string, (stack: TerraformStack, name: string, ipRanges: Peer) => IHostGroup]>([
  [
    'security groups',
    (stack, name, ipRanges) =>
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL, ipRanges }),
  ],
  [
    'network tags',
    (_stack, name, ipRanges) => new GcpFirewall({ network: 'prod', project: 'net-one' }).networkTag(name, { ipRanges }),
  ],
  ['pods', (_stack, name, ipRanges) => podsOf(name, ipRanges)],
])('machines that are one source together with IP ranges: %s', (kind, machines) => {
  const outdir = written(`together-${kind}`, (stack) => {
    const [workers, prometheus] = ['workers', 'prometheus'].map((name, at) =>
      machines(stack, name, Peer.cidr(`10.1.${at}.0/24`)),
    );
    const platform = Peer.anyOf(workers, Peer.cidr('10.9.0.0/24'));
    new PrometheusCostMetricsRule(stack, 'managed', { platform, prometheus });
    const hosts = LinuxHosts.named('hosts', '10.3.0.0/24');
    new PrometheusCostMetricsRule(stack, 'external', { platform, prometheus: hosts });
  });

  test.each([
    ['10.1.0.4', '10.1.1.4', 'passes'],
    ['10.9.0.4', '10.1.1.4', 'passes'],
    ['10.8.0.4', '10.1.1.4', 'refused'],
    ['10.1.0.4', '10.3.0.4', 'asked for, not known to be open'],
    ['10.9.0.4', '10.3.0.4', 'asked for, not known to be open'],
    ['10.8.0.4', '10.3.0.4', 'not known'],
  ])('a packet from %s to %s: %s', async (from, to, verdict) => {
    expect((await explained(outdir, from, to, '9090/tcp')).verdict).toBe(verdict);
  });
});

test('fails for the IP address of a pod, because no file has it', async () => {
  const outdir = written('pods', (stack) => {
    const platform = Peer.cidr('10.9.0.0/24');
    new PrometheusCostMetricsRule(stack, 'pods', {
      platform,
      prometheus: podsOf('prometheus'),
    });
    const vpcId = 'vpc-0123456789abcdef0';
    const ipRanges = Peer.cidr('10.2.0.0/24');
    const prometheus = new AwsSecurityGroup(stack, 'group', { name: 'known', vpcId, egress: Egress.ALL, ipRanges });
    new PrometheusCostMetricsRule(stack, 'group-rules', { platform, prometheus });
  });
  const sentence = await expectBadInput(callFor(outdir, '10.9.0.4', '10.244.1.5', '9090/tcp'), 'machines-missing');
  expect(sentence).toContain(
    'by their names if their IP addresses are not in these files, as of "pods:prod:app=prometheus"',
  );
  expect(sentence).not.toContain('known,');
  expect((await explained(outdir, '10.9.0.4', 'pods:prod:app=prometheus', '9090/tcp')).verdict).toBe('passes');
});
