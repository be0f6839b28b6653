import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  KubernetesPods,
  LinuxDistribution,
  Peer,
  Port,
  TalosHostnames,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

type Json = any;

const { path } = temporaryDirectory();
const NETWORK = 'prod';

/** A stack with every kind of warning. */
function warned(): Json {
  const app = new App({ outdir: join(path, 'warned'), skipValidation: true });
  const stack = new TerraformStack(app, 'warned');
  const group = (name: string, egress: Egress): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress });
  const workers = group('workers', Egress.ALL);
  const firewall = new GcpFirewall({ network: NETWORK, project: 'net-host' });
  const [tagged, masters] = ['k8s-worker', 'k8s-master'].map((tag) => firewall.networkTag(tag));
  new KubeadmFlannelClusterRules(stack, 'on-aws', { workers, controlPlane: group('masters', Egress.ALL) });
  new KubeadmFlannelClusterRules(stack, 'on-gcp', { workers: tagged, controlPlane: masters });
  new ApinizerNodePorts(stack, 'ports', {
    workers: group('data', Egress.DOCUMENTED),
    gateways: [{ environment: 'prod', clients: Peer.cidr('10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24'), port: 80 }],
  });
  new AwsPrefixList(stack, 'list', { name: 'list', ranges: Peer.cidr('10.9.0.0/16', '10.9.9.0/24') });
  new ApinizerInstallationHostnames(stack, 'hosts', {
    through: ExternalProxy.named('proxy'),
    distribution: LinuxDistribution.UBUNTU,
    supplements: ['docker-images'],
  });
  new TalosHostnames(stack, 'talos', {
    through: ExternalProxy.named('proxy'),
    omit: ['image-factory-storage', 'google-artifacts', 'kubernetes-storage'],
  });
  new ControlPlaneVipRules(stack, 'vip', {
    controlPlane: masters,
    workers: tagged,
    virtualAddress: ExternalHosts.named('load balancer', '10.10.0.100/32'),
  });
  return stack.toTerraform();
}

const WARNED = JSON.stringify(warned());
const EGRESS =
  'security group data allows outbound traffic of documented flows only, and no DNS, time or package mirrors';
const FLANNEL =
  'Flannel between workers is not in the document and stays closed, so pods on different workers cannot reach each other: set ' +
  'workerToWorkerFlannel to true to open it, or to false if existing rules allow it';
const OF_ROWS: Readonly<Record<string, string[]>> = {
  'warned/ports': [
    'NodePort 80 of api-gateway is outside 30000-32767: it works only if the kube-apiserver has a --service-node-port-range that ' +
      'includes it, and if no service of the machine itself, such as SSH or a web server, uses it',
    'ranges within other ranges open nothing more: 10.0.1.0/24 in 10.0.0.0/16 and 1 more',
  ],
  'warned/list': ['ranges within other ranges open nothing more: 10.9.9.0/24 in 10.9.0.0/16'],
  'warned/hosts': [
    '*.amazonaws.com allows traffic to anything that anyone hosts on AWS: omit "amazonaws-com" and list the buckets of your region ' +
      'in a table of your own',
    '*.r2.cloudflarestorage.com allows traffic to anything that anyone hosts in Cloudflare buckets: remove "docker-images" from ' +
      'supplements and list the bucket in a table of your own',
  ],
  'warned/talos': [
    '*.githubusercontent.com allows traffic to anything that anyone hosts on GitHub: omit "github-content" and list the hostnames in a ' +
      'table of your own',
  ],
  'warned/vip': [
    'load balancer may connect to the control plane from IP addresses other than the virtual address: set loadBalancer to these IP ' +
      'addresses, or to the virtual address itself if it uses only that one',
  ],
};
const ALL: Readonly<Record<string, string[]>> = {
  ...OF_ROWS,
  'warned/data': [EGRESS],
  'warned/on-aws': [FLANNEL],
  'warned/on-gcp': [FLANNEL],
};

async function told(change: (json: Json) => void, more?: Json): Promise<Readonly<Record<string, string[]>>> {
  const json = JSON.parse(WARNED);
  change(json);
  const files = [json, ...(more === undefined ? [] : [more])].map((each, at) => {
    const file = join(path, `stack-${at}.tf.json`);
    writeFileSync(file, JSON.stringify(each));
    return file;
  });
  const lint = JSON.parse((await cli(['lint', ...files, '--only', 'warning', '--format', 'json'])).stdout).findings;
  const byPlace: Record<string, string[]> = {};
  for (const { address, message } of lint) (byPlace[address] ??= []).push(message);
  const { notes } = JSON.parse((await cli(['show', ...files, '--format', 'json'])).stdout);
  const shown = notes.map(({ address, text }: Json) => `${address} ${text}`);
  for (const { address, message } of lint) expect(shown).toContain(`${address} ${message}`);
  for (const texts of Object.values(byPlace)) texts.sort();
  return byPlace;
}

/** Adds a rule of the user, as Terraform has it. */
const add =
  (type: string, rule: object) =>
  (json: Json): void => {
    json.resource[type].own = rule;
  };
const outbound = (more: object): ((json: Json) => void) =>
  add('aws_vpc_security_group_egress_rule', { security_group_id: '${aws_security_group.group_data.id}', ...more });
const udp = (port: number): object => ({ ip_protocol: 'udp', from_port: port, to_port: port });
const betweenWorkers = (...ports: string[]): ((json: Json) => void) =>
  add('google_compute_firewall', {
    name: 'own',
    network: NETWORK,
    project: 'net-host',
    allow: [{ protocol: 'udp', ports }],
    source_tags: ['k8s-worker'],
    target_tags: ['k8s-worker'],
  });
const OWN_FLANNEL = {
  security_group_id: '${aws_security_group.group_workers.id}',
  referenced_security_group_id: '${aws_security_group.group_workers.id}',
};

test('outputs have every warning as long as the rules do not say otherwise', async () => {
  expect(await told(() => undefined)).toEqual(ALL);
});

test('a stack of an earlier version, whose warnings have no kind, is judged in the same way', async () => {
  const withoutKinds = (json: Json): void => {
    for (const warning of json['//'].metadata.clusterPorts.warnings) {
      Object.assign(warning, { kind: undefined, facts: undefined });
    }
  };
  expect(await told(withoutKinds)).toEqual(ALL);
  expect(
    await told((json) => {
      withoutKinds(json);
      betweenWorkers('8285', '8472')(json);
    }),
  ).toEqual({ ...ALL, 'warned/on-gcp': undefined });
});

const partly = (missing: string, open: string): string =>
  `security group data allows outbound traffic of documented flows and of ${OWN} only, and no ${missing}${open === '' ? '' : `; ${open}`}`;
const OWN = 'aws_vpc_security_group_egress_rule.own';

test.each<[string, (json: Json) => void, string, string | undefined]>([
  ['all outbound traffic is open', outbound({ ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }), 'data', undefined],
  [
    'DNS is open',
    outbound({ ...udp(53), cidr_ipv4: '10.0.0.2/32' }),
    'data',
    partly('time or package mirrors', `DNS is open (${OWN})`),
  ],
  [
    'time is open',
    outbound({ ...udp(123), cidr_ipv4: '0.0.0.0/0' }),
    'data',
    partly('DNS or package mirrors', `time is open (${OWN})`),
  ],
  [
    'HTTPS to the internet is open',
    outbound({ ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '0.0.0.0/0' }),
    'data',
    partly('DNS or time', `package mirrors are open (${OWN})`),
  ],
  [
    'HTTPS is open inside',
    outbound({ ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' }),
    'data',
    partly('DNS, time or package mirrors', ''),
  ],
  [
    'a different port is open',
    outbound({ ...udp(54), cidr_ipv4: '0.0.0.0/0' }),
    'data',
    partly('DNS, time or package mirrors', ''),
  ],
  [
    'everything is open over IPv6',
    outbound({ ip_protocol: '-1', cidr_ipv6: '::/0' }),
    'data',
    partly(
      'DNS over IPv4, time over IPv4 or package mirrors over IPv4',
      `DNS is open over IPv6 (${OWN}); time is open over IPv6 (${OWN}); package mirrors are open over IPv6 (${OWN})`,
    ),
  ],
  [
    'DNS is open over TCP',
    outbound({ ip_protocol: 'tcp', from_port: 53, to_port: 53, cidr_ipv4: '0.0.0.0/0' }),
    'data',
    partly('DNS over UDP, time or package mirrors', `DNS is open over TCP (${OWN})`),
  ],
  [
    'a range that is not known is open',
    outbound({ ip_protocol: '-1', cidr_ipv4: '${var.x}' }),
    'data',
    `security group data allows outbound traffic of documented flows and of ${OWN} only; ` +
      ['DNS', 'time', 'package mirrors']
        .map((name) => `${name} may be open (${OWN}: the IP ranges of var.x are not known)`)
        .join('; '),
  ],
  [
    'DNS is open to a prefix list without entries',
    outbound({ ...udp(53), prefix_list_id: 'pl-0123456789abcdef0' }),
    'data',
    partly(
      'time or package mirrors',
      `DNS may be open (${OWN}: the IP ranges of list:pl-0123456789abcdef0 are not known)`,
    ),
  ],
  [
    'Terraform decides whether DNS is open',
    outbound({ ...udp(53), cidr_ipv4: '10.0.0.2/32', count: '${var.n}' }),
    'data',
    'security group data allows outbound traffic of documented flows only, and no time or package mirrors; ' +
      `DNS may be open (${OWN}: count is evaluated by Terraform: read its plan)`,
  ],
  ['Flannel is open by tag', betweenWorkers('8285', '8472'), 'on-gcp', undefined],
  ['Flannel is open with all of UDP', betweenWorkers('1-65535'), 'on-gcp', undefined],
  [
    'one port of Flannel is open',
    betweenWorkers('8472'),
    'on-gcp',
    FLANNEL.replace(
      ' and stays closed, so pods',
      ', and 8472/udp is open (google_compute_firewall.own): otherwise pods',
    ),
  ],
  [
    'Flannel is open on a different network',
    (json) => {
      betweenWorkers('8285', '8472')(json);
      json.resource.google_compute_firewall.own.network = 'test';
    },
    'on-gcp',
    FLANNEL,
  ],
  [
    'Flannel is open by security group',
    add('aws_vpc_security_group_ingress_rule', { ...OWN_FLANNEL, ip_protocol: '-1' }),
    'on-aws',
    undefined,
  ],
  [
    'Flannel is open for some addresses',
    add('aws_vpc_security_group_ingress_rule', {
      ...OWN_FLANNEL,
      referenced_security_group_id: undefined,
      cidr_ipv4: '10.0.0.0/8',
      ip_protocol: '-1',
    }),
    'on-aws',
    FLANNEL.replace(
      ' and stays closed, so pods',
      ', and 8285/udp may be open in part (aws_vpc_security_group_ingress_rule.own), 8472/udp may be open in part (aws_vpc_security_group_ingress_rule.own): otherwise pods',
    ),
  ],
])('if %s, the warning says so or is gone', async (_what, change, construct, text) => {
  expect(await told(change)).toEqual({ ...ALL, [`warned/${construct}`]: text === undefined ? undefined : [text] });
});

test('a rule in a different stack refutes a warning too', async () => {
  const other = {
    '//': { metadata: { stackName: 'other', version: '0.21.0' } },
    resource: {
      google_compute_firewall: {
        own: {
          name: 'own',
          network: NETWORK,
          project: 'net-host',
          allow: [{ protocol: 'udp', ports: ['8285', '8472'] }],
          source_tags: ['k8s-worker'],
          target_tags: ['k8s-worker'],
        },
      },
    },
  };
  expect(await told(() => undefined, other)).toEqual({ ...ALL, 'warned/on-gcp': undefined });
});

test('a warning about a port that rules do not open is gone', async () => {
  const found = await told((json) => {
    json.resource.aws_vpc_security_group_ingress_rule = Object.fromEntries(
      Object.entries<Json>(json.resource.aws_vpc_security_group_ingress_rule).filter(
        ([, rule]) => rule.from_port !== 80,
      ),
    );
  });
  expect(found['warned/ports']).toEqual([OF_ROWS['warned/ports'][1]]);
});

const warningsOf = (json: Json): Json[] => json['//'].metadata.clusterPorts.warnings;
const byKind = (json: Json, kind: string): Json => warningsOf(json).find((warning) => warning.kind === kind);

test.each<[string, string, (warning: Json) => void]>([
  ['the name of a group', 'egress-documented', ({ facts }) => (facts.group = 'forged')],
  ['a number of a NodePort', 'node-port-outside', ({ facts }) => (facts.numbers = '22')],
  ['a row of a NodePort', 'node-port-outside', ({ facts }) => (facts.row = 'forged')],
  ['a hostname', 'public-hosting', ({ facts }) => (facts.hostname = '*.forged.example.com')],
  ['a row of a hostname', 'public-hosting', ({ facts }) => (facts.row = 'forged')],
  ['a range', 'redundant-ranges', ({ facts }) => (facts.range = '10.66.0.0/24')],
  ['a range around it', 'redundant-ranges', ({ facts }) => (facts.within = '10.66.0.0/16')],
  ['a kind', 'flannel-closed', (warning) => (warning.kind = 'forged')],
  [
    'no kind and a text of its own',
    'flannel-closed',
    (warning) => Object.assign(warning, { kind: undefined, text: 'forged' }),
  ],
  ...Object.keys({
    'egress-documented': 0,
    'flannel-closed': 0,
    'load-balancer-addresses': 0,
    'node-port-outside': 0,
    'public-hosting': 0,
    'redundant-ranges': 0,
  }).map((kind): [string, string, (warning: Json) => void] => [
    `the construct of ${kind}`,
    kind,
    (warning) => (warning.construct = 'warned/forged'),
  ]),
])('a warning that has %s that is not in the file is a false claim', async (_what, kind, forge) => {
  const json = JSON.parse(WARNED);
  const warning = byKind(json, kind);
  const at = warningsOf(json).indexOf(warning);
  forge(warning);
  const file = join(path, 'stack-0.tf.json');
  writeFileSync(file, JSON.stringify(json));
  const { findings } = JSON.parse(
    (await cli(['lint', file, '--only', 'warning,false-claim', '--format', 'json'])).stdout,
  );
  const claims = findings.filter(({ code }: Json) => code === 'false-claim');
  expect(claims).toEqual([expect.objectContaining({ address: `warnings[${at}]` })]);
  expect(claims[0].message).toMatch(
    /^its provenance says ".*" about "warned\/.*", and (?:the file has nothing that this is about|this version of cluster-ports has no such warning)$/,
  );
  expect(findings.filter(({ code }: Json) => code === 'warning')).toHaveLength(warningsOf(json).length - 1);
});

test('a warning about NodePorts is a false claim about the ports of containers', async () => {
  const stack = new TerraformStack(new App({ outdir: join(path, 'pods'), skipValidation: true }), 'pods');
  const ports = [{ row: 'api-portal', port: Port.tcp(8080) }];
  const workers = KubernetesPods.labelled({ namespace: 'apinizer', labels: { app: 'portal' }, ports });
  new ApinizerNodePorts(stack, 'ports', { workers, apiPortal: { clients: Peer.cidr('10.0.0.0/16') } });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const facts = { numbers: '8080', row: 'api-portal' };
  const warning = { construct: 'pods/ports', kind: 'node-port-outside', facts, text: 'NodePort 8080' };
  json['//'].metadata.clusterPorts.warnings = [warning];
  const file = join(path, 'pods.tf.json');
  writeFileSync(file, JSON.stringify(json));
  const { stdout } = await cli(['lint', file, '--only', 'warning,false-claim', '--format', 'json']);
  expect(JSON.parse(stdout).findings.map(({ code, address }: Json) => [code, address])).toEqual([
    ['false-claim', 'warnings[0]'],
  ]);
});

test('a text that is not the one of its kind is not repeated', async () => {
  const found = await told((json) => {
    for (const warning of warningsOf(json)) warning.text = 'forged';
  });
  expect(found).toEqual(ALL);
});

test('how many more ranges there are is counted', async () => {
  expect(await told((json) => (byKind(json, 'redundant-ranges').facts.more = '9'))).toEqual(ALL);
});
