import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { exampleApp } from '../../examples/all';
import { commandScript } from '../../lib/documents/commands/commands';
import { flow, readBack } from '../support/traced';

const GROUP = 'sg-0123456789abcdef0';
const AWS_ANSWER = `<Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><return>true</return><groupId>${GROUP}</groupId></Response>`;
/** gcloud waits for the resource that it creates. A response without a resource makes it exit immediately. */
const GCLOUD_ANSWER = JSON.stringify({ error: { code: 409, message: 'the end of the test' } });

const received: string[] = [];
const server = createServer((request, response) => {
  void answer(request).then(([status, text]) => response.writeHead(status).end(text));
});

async function answer(request: IncomingMessage): Promise<[number, string]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push(Buffer.concat(chunks).toString('utf8'));
  return request.url?.includes('/compute/') ? [409, GCLOUD_ANSWER] : [200, AWS_ANSWER];
}

beforeAll(async () => once(server.listen(0, '127.0.0.1'), 'listening'));
beforeEach(() => received.splice(0));
afterAll(() => server.close());

const stacks = new Map(
  exampleApp(Testing.app()).node.children.map((stack) => [stack.node.id, stack as TerraformStack]),
);

/** Runs a script whose programs can reach only the server of this test. */
async function run(script: string): Promise<string> {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shell = spawn('sh', ['-c', script], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      CLOUDSDK_CONFIG: mkdtempSync(join(tmpdir(), 'cluster-ports-')),
      CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE: `${endpoint}/compute/v1/`,
      CLOUDSDK_AUTH_DISABLE_CREDENTIALS: 'true',
      CLOUDSDK_CORE_PROJECT: 'the-default',
      CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
      CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
      CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
    },
  });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (output += String(text)));
  await once(shell, 'close');
  return output;
}

function withProgram(program: string): typeof test {
  if (spawnSync(program, ['--version']).status === 0) return test;
  console.error(`\n*** SKIPPED: ${program} is not installed, so it cannot read the generated commands. ***\n`);
  return test.skip;
}

withProgram('gcloud').each(['vcluster-platform-on-gke', 'kubeadm-apinizer-on-gcp'])(
  'gcloud accepts every command of %s as the firewall that Terraform would create',
  async (id) => {
    const stack = readBack(stacks.get(id)!);
    const { resources } = stack;
    const output = await run(commandScript([{ stack }]).replace('set -eu\n', ''));
    expect(output.replaceAll('the end of the test', '')).not.toMatch(/unrecognized|invalid|crashed/i);
    const created = received.map((body) => JSON.parse(body)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const rules = Object.values(resources.google_compute_firewall).map((rule: any) => ({
      name: rule.name,
      description: rule.description,
      direction: rule.direction,
      ranges: rule.source_ranges,
      tags: rule.source_tags,
      targets: rule.target_tags,
      allowed: rule.allow.flatMap(({ protocol, ports }: any) => ports.map((port: string) => `${protocol}:${port}`)),
    }));
    expect(
      created.map((rule) => ({
        name: rule.name,
        description: rule.description,
        direction: rule.direction,
        ranges: rule.sourceRanges,
        tags: rule.sourceTags,
        targets: rule.targetTags,
        allowed: rule.allowed.flatMap(({ IPProtocol, ports }: any) =>
          ports.map((port: string) => `${IPProtocol}:${port}`),
        ),
      })),
    ).toEqual(rules.sort((a, b) => (a.name < b.name ? -1 : 1)));
  },
  300_000,
);

withProgram('aws').each(['apinizer-hybrid', 'vcluster-platform-on-eks'])(
  'the AWS command line accepts every command of %s as the rule that Terraform would create',
  async (id) => {
    const stack = readBack(stacks.get(id)!);
    const { resources } = stack;
    const output = await run(commandScript([{ stack }]));
    expect(output).not.toMatch(/error|usage/i);
    const calls = received
      .map((body) => new URLSearchParams(body))
      .filter((call) => call.get('Action')!.startsWith('Authorize'));
    const lineOf = (...parts: unknown[]): string => parts.join(' ');
    const rules = ['ingress', 'egress'].flatMap((direction) =>
      Object.values(resources[`aws_vpc_security_group_${direction}_rule`] ?? {})
        .filter((rule) => rule.ip_protocol !== '-1')
        .map((rule: any) => lineOf(direction, rule.ip_protocol, rule.from_port, rule.to_port, rule.description)),
    );
    const permission = 'IpPermissions.1.';
    const lines = calls.map((call) => {
      const description = [...call].find(([name]) => name.startsWith(permission) && name.endsWith('.Description'))?.[1];
      const direction = call.get('Action')!.replace('AuthorizeSecurityGroup', '').toLowerCase();
      const [protocol, from, to] = ['IpProtocol', 'FromPort', 'ToPort'].map((name) => call.get(permission + name));
      return lineOf(direction, protocol, from, to, description);
    });
    expect(lines.sort()).toEqual(rules.sort());
  },
  300_000,
);

/** Texts that a command line could take for a file, a web address, an option or a list. */
const INTERPRETED = [
  'file:///etc/hostname',
  'fileb:///etc/hostname',
  'http://127.0.0.1/',
  '@/etc/hostname',
  '-x',
  '--flags-file=/etc/hostname',
  '^:^a:b,c=d',
  'grün, 日本, 🎉',
];

withProgram('gcloud')(
  'gcloud takes texts and members of lists literally',
  async () => {
    const rules = INTERPRETED.map((text, at) => [
      `rule_${at}`,
      {
        name: `rule-${at}`,
        allow: [{ protocol: 'tcp', ports: ['443'] }],
        network: 'prod',
        direction: 'INGRESS',
        priority: 1000,
        source_tags: [text, 'a,b:c;d'],
        description: text,
      },
    ]);
    const stack = {
      name: 'stack',
      flows: rules.map(([id]) => flow({ external: false, rules: [`google_compute_firewall.${id as string}`] })),
      peers: [],
      hostnames: [],
      omitted: [],
      resources: { google_compute_firewall: Object.fromEntries(rules) },
      providers: {},
    };
    await run(commandScript([{ stack }]).replace('set -eu\n', ''));
    const created = received.map((body) => JSON.parse(body)).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(created.map(({ description }) => description)).toEqual(INTERPRETED);
    expect(created.map(({ sourceTags }) => sourceTags)).toEqual(INTERPRETED.map((text) => [text, 'a,b:c;d']));
  },
  300_000,
);

withProgram('aws')(
  'the AWS command line takes texts literally, which it would otherwise read from files and web addresses',
  async () => {
    const groups = INTERPRETED.map((text, at) => [
      `group_${at}`,
      { name: text, description: text, tags: { [text]: text } },
    ]);
    const ruleFor = ([id]: (typeof groups)[number], at: number): [string, Record<string, unknown>] => [
      `rule_${at}`,
      {
        security_group_id: `\${aws_security_group.${id as string}.id}`,
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        cidr_ipv4: '10.0.0.0/8',
        description: INTERPRETED[at],
      },
    ];
    const rules = groups.map(ruleFor);
    const stack = {
      name: 'stack',
      flows: rules.map(([id]) => flow({ external: false, rules: [`aws_vpc_security_group_ingress_rule.${id}`] })),
      peers: [],
      hostnames: [],
      omitted: [],
      resources: {
        aws_security_group: Object.fromEntries(groups),
        aws_vpc_security_group_ingress_rule: Object.fromEntries(rules),
      },
      providers: {},
    };
    await run(commandScript([{ stack }]));
    const callsOf = (action: string): URLSearchParams[] =>
      received.map((body) => new URLSearchParams(body)).filter((call) => call.get('Action') === action);
    const created = callsOf('CreateSecurityGroup');
    for (const field of [
      'GroupName',
      'GroupDescription',
      'TagSpecification.1.Tag.1.Key',
      'TagSpecification.1.Tag.1.Value',
    ]) {
      expect(created.map((call) => call.get(field))).toEqual(INTERPRETED);
    }
    const allowed = callsOf('AuthorizeSecurityGroupIngress');
    expect(allowed.map((call) => call.get('IpPermissions.1.IpRanges.1.Description'))).toEqual(INTERPRETED);
  },
  300_000,
);
