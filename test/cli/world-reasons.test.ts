import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ApinizerNodePorts, GcpFirewall, Peer } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const FIREWALL = 'google_compute_firewall';

/** A gateway on GCP that is open to the world over both families, with a reason for each. */
function publicGateway(): Json {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'gateway');
  new ApinizerNodePorts(stack, 'ports', {
    workers: new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('worker'),
    gateways: [
      { environment: 'prod', clients: Peer.anyIpv4('public API'), port: 30080 },
      { environment: 'six', clients: Peer.anyIpv6('public API of six'), port: 30081 },
    ],
  });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

const OWN = Object.keys(publicGateway().resource[FIREWALL]).find((name) => name.endsWith('-prod'))!;

interface Told {
  /** What lint says about IPv4 and 30080/tcp. */
  readonly lint: readonly string[];
  /** The reasons in the request. */
  readonly request: readonly string[];
  /** The reasons in the matrix, as JSON. */
  readonly matrix: readonly string[];
  readonly isRedInPicture: boolean;
}

let count = 0;

async function told(change: (rules: Json, rule: Json) => void, more?: Json): Promise<Told> {
  const json = publicGateway();
  change(json.resource[FIREWALL], json.resource[FIREWALL][OWN]);
  const directory = join(path, `told-${count++}`);
  mkdirSync(directory);
  [json, ...(more === undefined ? [] : [more])].forEach((each, at) => {
    mkdirSync(join(directory, 'stacks', `stack-${at}`), { recursive: true });
    writeFileSync(join(directory, 'stacks', `stack-${at}`, 'cdk.tf.json'), JSON.stringify(each));
  });
  const { findings } = JSON.parse((await cli(['lint', directory, '--format', 'json'])).stdout);
  const { flows } = JSON.parse((await cli(['matrix', directory, '--format', 'json'])).stdout);
  const own = flows.find(({ environment }: Json) => environment === 'prod');
  const request = (await cli(['request', '--all', directory])).stdout;
  const picture = (await cli(['diagram', directory, '--format', 'dot'])).stdout;
  return {
    lint: findings
      .filter(({ code, message }: Json) => /world/.test(code) && !message.includes('::/0'))
      .map(({ code, message }: Json) => `${code}: ${message}`),
    request: [...request.matchAll(/^# (Open to the world over IPv4.*)$/gm)].map(([, text]) => text),
    matrix: own.source.openToTheWorld,
    isRedInPicture: /any IPv4 address.*/.test(picture) && /#fdecea.*any IPv4 address/.test(picture),
  };
}

const deny = (more: object): Json => ({
  name: 'deny',
  network: 'prod',
  project: 'net-host',
  deny: [{ protocol: 'all' }],
  priority: 10,
  source_ranges: ['0.0.0.0/0'],
  ...more,
});

const OPEN = (ranges: string): string =>
  `world-open-with-reason: it opens 30080/tcp of tag:worker to ${ranges}, and the code says why: "public API"`;
const REASON = ['Open to the world over IPv4: public API'];
const WORLD = { request: REASON, matrix: ['ipv4: public API'], isRedInPicture: true };
const NOT_WORLD: Told = { lint: [], request: [], matrix: [], isRedInPicture: false };

test('a rule that is open to the world has its reason in every output', async () => {
  expect(await told(() => undefined)).toEqual({ lint: [OPEN('0.0.0.0/0')], ...WORLD });
});

test.each<[string, (rules: Json, rule: Json) => void]>([
  ['narrowed by hand', (_, rule) => (rule.source_ranges = ['10.0.0.0/8'])],
  ['narrowed to a public range', (_, rule) => (rule.source_ranges = ['198.18.0.0/15', '8.0.0.0/16'])],
  ['denied earlier', (rules) => (rules.x = deny({}))],
  [
    'denied earlier in two halves',
    (rules) =>
      Object.assign(rules, { x: deny({ source_ranges: ['0.0.0.0/1'] }), y: deny({ source_ranges: ['128.0.0.0/1'] }) }),
  ],
  [
    'denied earlier, apart from a range',
    (rules) => (rules.x = deny({ source_ranges: ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '224.0.0.0/4'] })),
  ],
  ['denied for these machines', (rules) => (rules.x = deny({ target_tags: ['worker'] }))],
  ['disabled', (_, rule) => (rule.disabled = true)],
  ['gone', (rules) => Reflect.deleteProperty(rules, OWN)],
])('a rule that is not open to the world has no reason for it: %s', async (_what, change) => {
  expect(await told(change)).toEqual(NOT_WORLD);
});

test('a rule that a rule of a different stack denies is not said to be open to the world', async () => {
  const more = { '//': { metadata: { stackName: 'deny' } }, resource: { [FIREWALL]: { x: deny({}) } } };
  expect(await told(() => undefined, more)).toEqual(NOT_WORLD);
});

test.each<[string, string, (rules: Json) => void]>([
  ['a part', '128.0.0.0/1', (rules) => (rules.x = deny({ source_ranges: ['0.0.0.0/1'] }))],
  ['other machines', '0.0.0.0/0', (rules) => (rules.x = deny({ target_tags: ['other'] }))],
  ['other ports', '0.0.0.0/0', (rules) => (rules.x = deny({ deny: [{ protocol: 'tcp', ports: ['22'] }] }))],
  ['a different network', '0.0.0.0/0', (rules) => (rules.x = deny({ network: 'other' }))],
  ['packets later', '0.0.0.0/0', (rules) => (rules.x = deny({ priority: 2000 }))],
])('a rule that is denied for %s is open to the rest', async (_what, ranges, change) => {
  expect(await told(change)).toEqual({ lint: [OPEN(ranges)], ...WORLD });
});

test('a rule without a reason that is denied earlier is not reported', async () => {
  const found = await told((rules, rule) => {
    rules.open = { ...rule, name: 'open', allow: [{ protocol: 'tcp', ports: ['22'] }] };
    rules.x = deny({});
  });
  expect(found.lint).toEqual([]);
});
