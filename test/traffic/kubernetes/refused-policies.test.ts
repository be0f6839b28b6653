import { type Configuration, readTerraform } from '../../../lib/traffic';
import { permittedBy, rowText, trafficRows } from '../../../lib/traffic/permitted';
import { cli, temporaryDirectory } from '../../support/cli';

const { file } = temporaryDirectory();

type Json = Readonly<Record<string, unknown>>;

const RANGE = { ipBlock: { cidr: '10.0.0.0/8' } };
const POD = { podSelector: { matchLabels: { app: 'a' } } };
const from = (...peers: unknown[]): Json => ({ ingress: [{ from: peers, ports: [{ port: 80 }] }] });
const ports = (...all: unknown[]): Json => ({ ingress: [{ from: [RANGE], ports: all }] });
const to = (...peers: unknown[]): Json => ({ policyTypes: ['Egress'], egress: [{ to: peers, ports: [{ port: 80 }] }] });
const selecting = (selector: Json): Json => ({
  podSelector: selector,
  ingress: [{ from: [RANGE], ports: [{ port: 80 }] }],
});

/** A policy for the pods of prod with app=web. */
const policy = (spec: Json): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'prod' },
  spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec },
});

// https://github.com/kubernetes/kubernetes/blob/019c5dc51786ef4d3a3c670a852267d2b087016c/pkg/apis/networking/validation/validation.go
/** What the API server refuses, whoever sends it. */
const REFUSED: readonly (readonly [what: string, spec: Json, reason: string])[] = [
  [
    'a range and pods in one far end',
    from({ ...RANGE, ...POD }),
    'ingress[0].from[0] must have either an ipBlock or selectors, got both',
  ],
  [
    'a range and namespaces in one far end',
    to(RANGE, { ...RANGE, namespaceSelector: {} }),
    'egress[0].to[1] must have either an ipBlock or selectors, got both',
  ],
  ['a far end without anything', from({}), 'a far end must have a selector, got {}'],
  [
    'an end without a port',
    ports({ endPort: 90 }),
    'ingress[0].ports[0] must have a port in front of its endPort, got none',
  ],
  [
    'an end after a named port',
    ports({ port: 80 }, { port: 'http', endPort: 90 }),
    'ingress[0].ports[1] must have a number as its port, because it has an endPort, got "http"',
  ],
  ['an end before its port', ports({ port: 90, endPort: 80 }), 'ports must be from 1 to 65535, upwards, got 90-80'],
  ['the port 0', ports({ port: 0 }), 'ingress[0].ports[0].port must be a number from 1 to 65535, got 0'],
  [
    'a port that is too high',
    ports({ port: 65_536 }),
    'ingress[0].ports[0].port must be a number from 1 to 65535, got 65536',
  ],
  [
    'an end that is too high',
    ports({ port: 1, endPort: 70_000 }),
    'ingress[0].ports[0].endPort must be a number from 1 to 65535, got 70000',
  ],
  ['the end 0', ports({ port: 80, endPort: 0 }), 'ingress[0].ports[0].endPort must be a number from 1 to 65535, got 0'],
  [
    'a name in upper case',
    ports({ port: 'HTTP' }),
    'ingress[0].ports[0] must have a number or the name of a port, which is at most 15 lower-case letters, digits and single hyphens, with a letter, got "HTTP"',
  ],
  [
    'a name with 16 letters',
    ports({ port: 'abcdefghijklmnop' }),
    'ingress[0].ports[0] must have a number or the name of a port, which is at most 15 lower-case letters, digits and single hyphens, with a letter, got "abcdefghijklmnop"',
  ],
  [
    'a range in place of a port',
    ports({ port: '80-90' }),
    'ingress[0].ports[0] must have a number or the name of a port, which is at most 15 lower-case letters, digits and single hyphens, with a letter, got "80-90"',
  ],
  ['a protocol that no policy has', ports({ protocol: 'ICMP' }), 'protocol must be TCP, UDP or SCTP, got "ICMP"'],
  ['a rule in place of a list', { ingress: {} }, 'ingress must be a list, got a map'],
  ['text in place of a list', { egress: 'all' }, 'egress must be a list, got "all"'],
  ['a far end in place of a list', { ingress: [{ from: RANGE }] }, 'ingress[0].from must be a list, got a map'],
  ['a port in place of a list', { ingress: [{ ports: { port: 80 } }] }, 'ingress[0].ports must be a list, got a map'],
  [
    'a list in place of a range',
    from({ ipBlock: [{ cidr: '10.0.0.0/8' }] }),
    'ingress[0].from[0].ipBlock must be a map, got a list',
  ],
  [
    'an exception in place of a list',
    from({ ipBlock: { cidr: '10.0.0.0/8', except: '10.1.0.0/16' } }),
    'ingress[0].from[0].ipBlock.except must be a list, got "10.1.0.0/16"',
  ],
  ['a list in place of a selector', selecting([] as never), 'podSelector must be a map, got a list'],
  [
    'a list in place of labels',
    selecting({ matchLabels: ['app'] }),
    'podSelector.matchLabels must be a map, got a list',
  ],
  [
    'a field that is misspelled',
    { ingres: [] },
    'spec must have only fields of the API, such as ingress, got "ingres"',
  ],
  [
    'a field of Terraform',
    { ingress: [{ from: [{ ip_block: {} }] }] },
    'ingress[0].from[0] must have only fields of the API, such as ipBlock, got "ip_block"',
  ],
  [
    'to in a rule of ingress',
    { ingress: [{ to: [] }] },
    'ingress[0] must have only fields of the API, such as from, ports, got "to"',
  ],
  [
    'an exception outside of its range',
    from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '192.0.2.0/24'] } }),
    'ingress[0].from[0].ipBlock must have exceptions within 10.0.0.0/8, and smaller, got "192.0.2.0/24"',
  ],
  [
    'an exception as large as its range',
    to({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }),
    'egress[0].to[0].ipBlock must have exceptions within 10.0.0.0/8, and smaller, got "10.0.0.0/8"',
  ],
  [
    'an exception larger than its range',
    from({ ipBlock: { cidr: '10.0.0.0/8', except: ['0.0.0.0/0'] } }),
    'ingress[0].from[0].ipBlock must have exceptions within 10.0.0.0/8, and smaller, got "0.0.0.0/0"',
  ],
  [
    'an exception of the other family',
    from({ ipBlock: { cidr: '::/0', except: ['10.0.0.0/8'] } }),
    'ingress[0].from[0].ipBlock must have exceptions within ::/0, and smaller, got "10.0.0.0/8"',
  ],
  ['no range', from({ ipBlock: { except: ['10.0.0.0/8'] } }), 'cidr must be an IP range, got nothing'],
  [
    'three types',
    { policyTypes: ['Ingress', 'Egress', 'Ingress'], ...from(RANGE) },
    'policyTypes must be at most Ingress and Egress, got 3',
  ],
  [
    'a type in lower case',
    { policyTypes: ['ingress'], ...from(RANGE) },
    'policyTypes must be Ingress or Egress, got "ingress"',
  ],
  [
    'a type in place of a list',
    { policyTypes: 'Ingress', ...from(RANGE) },
    'policyTypes must be a list, got "Ingress"',
  ],
  [
    'an operator that does not exist',
    selecting({ matchExpressions: [{ key: 'app', operator: 'Equals', values: ['a'] }] }),
    'podSelector.matchExpressions[0] must have In, NotIn, Exists or DoesNotExist as its operator, got "Equals"',
  ],
  [
    'NotIn without values',
    selecting({ matchExpressions: [{ key: 'app', operator: 'NotIn' }] }),
    'podSelector.matchExpressions[0] must have values, because it has NotIn, got none',
  ],
  [
    'Exists with values',
    from({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists', values: ['a'] }] } }),
    'ingress[0].from[0].podSelector.matchExpressions[0] must have no values, because it has Exists, got 1',
  ],
  [
    'an expression without a key',
    selecting({ matchExpressions: [{ operator: 'Exists' }] }),
    'podSelector.matchExpressions[0] must have a key, got none',
  ],
  [
    'a key that no label has',
    selecting({ matchLabels: { 'a b': 'c' } }),
    'podSelector must have keys of labels, got "a b"',
  ],
  [
    'a value that no label has',
    from({ podSelector: { matchLabels: { app: 'a/b' } } }),
    'ingress[0].from[0].podSelector must have a value of a label for "app", got "a/b"',
  ],
];

/** What kubectl sends as it is, and what Terraform converts. */
const REFUSED_BY_KUBECTL: readonly (readonly [what: string, spec: Json, reason: string])[] = [
  [
    'a port in quotes',
    ports({ port: '80' }),
    'ingress[0].ports[0].port must be a number, or the name of a port, got "80", which is text',
  ],
  [
    'an end in quotes',
    ports({ port: 80, endPort: '90' }),
    'ingress[0].ports[0].endPort must be a number from 1 to 65535, got "90"',
  ],
  [
    'a label that is a number',
    selecting({ matchLabels: { tier: 1 } }),
    'podSelector.matchLabels must have text for "tier", got 1',
  ],
  [
    'a label that is a boolean',
    from({ podSelector: { matchLabels: { on: true } } }),
    'ingress[0].from[0].podSelector.matchLabels must have text for "on", got true',
  ],
  ['a protocol that is a number', ports({ protocol: 6 }), 'ingress[0].ports[0].protocol must be text, got 6'],
];

/** What the API server accepts. */
const ACCEPTED: readonly (readonly [what: string, spec: Json, ingress: readonly string[]])[] = [
  ['a type twice', { policyTypes: ['Ingress', 'Ingress'], ...from(RANGE) }, ['80/tcp from 10.0.0.0/8']],
  [
    'nothing in place of lists',
    { ingress: [{ from: null, ports: null }], egress: null },
    ['all from 0.0.0.0/0', 'all from ::/0'],
  ],
  ['ports of one number', ports({ port: 80, endPort: 80 }), ['80/tcp from 10.0.0.0/8']],
  ['a protocol only', ports({ protocol: 'SCTP' }), ['0-65535/sctp from 10.0.0.0/8']],
  ['a selector of both', from({ ...POD, namespaceSelector: {} }), ['80/tcp from pods:*:app=a']],
  [
    'an exception within its range',
    from({ ipBlock: { cidr: '10.0.0.0/31', except: ['10.0.0.1/32'] } }),
    ['80/tcp from 10.0.0.0/32'],
  ],
];

const asTerraform = (spec: Json): Configuration =>
  readTerraform({ resource: { kubernetes_manifest: { web: { manifest: policy(spec) } } } }, 'cdk.tf.json');

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);

describe('a policy that Kubernetes refuses is not evaluated, with its file, its name and the reason', () => {
  test.each(REFUSED)('as a kubernetes_manifest: %s', (_what, spec, reason) => {
    const { rules, notEvaluated } = asTerraform(spec);
    expect(rules).toEqual([]);
    expect(notEvaluated).toMatchObject([{ file: 'cdk.tf.json', address: 'kubernetes_manifest.web', reason }]);
  });

  test.each([...REFUSED, ...REFUSED_BY_KUBECTL])('in YAML: %s', async (what, spec, reason) => {
    const path = file(`${what.replaceAll(' ', '-')}.yaml`, JSON.stringify(policy(spec)));
    const { stdout } = await cli(['show', path, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      notEvaluated: [{ file: path, address: 'kubernetes_manifest.networkpolicy_prod_web', reason }],
    });
  });
});

test.each(REFUSED_BY_KUBECTL)('Terraform converts %s', (_what, spec) => {
  if (JSON.stringify(spec).includes('"protocol":6')) return;
  expect(asTerraform(spec).notEvaluated).toEqual([]);
});

test.each(ACCEPTED)('a policy that Kubernetes accepts is read: %s', async (what, spec, ingress) => {
  const { notEvaluated, rules } = asTerraform(spec);
  expect(notEvaluated).toEqual([]);
  expect(lines({ rules } as Configuration)).toEqual(ingress.map((one) => `ingress ${one} to pods:prod:app=web`));
  const path = file(`accepted-${what.replaceAll(' ', '-')}.yaml`, JSON.stringify(policy(spec)));
  expect(JSON.parse((await cli(['show', path, '--format', 'json'])).stdout)).toMatchObject({ notEvaluated: [] });
});

test('the resource of a provider has the same laws, in its words', () => {
  const read = (item: Json): Configuration => {
    const spec = { pod_selector: { match_labels: { app: 'web' } }, policy_types: ['Ingress'], ingress: [item] };
    const web = { metadata: { name: 'web', namespace: 'prod' }, spec };
    return readTerraform({ resource: { kubernetes_network_policy_v1: { web } } }, 'cdk.tf.json');
  };
  const reasons = (item: Json): string[] => read(item).notEvaluated.map(({ reason }) => reason);
  const range = { cidr: '10.0.0.0/8' };
  expect(reasons({ from: [{ ip_block: range, pod_selector: {} }] })).toEqual([
    'ingress[0].from[0] must have either an ip_block or selectors, got both',
  ]);
  expect(reasons({ ports: [{ port: 'http', end_port: 90 }] })).toEqual([
    'ingress[0].ports[0] must have a number as its port, because it has an end_port, got "http"',
  ]);
  expect(reasons({ from: [{ ip_block: { ...range, except: ['11.0.0.0/9'] } }] })).toEqual([
    'ingress[0].from[0].ip_block must have exceptions within 10.0.0.0/8, and smaller, got "11.0.0.0/9"',
  ]);
  // the provider converts text, and a state has 0 in place of no end
  expect(reasons({ from: [{ ip_block: range }], ports: [{ port: '80', end_port: 0 }] })).toEqual([]);
});

test.each([
  ['a named port', ports({ port: 'http' }, { port: 443 }), '80/tcp', 'not known'],
  ['a refused policy', ports({ port: 443, endPort: 80 }), '80/tcp', 'not known'],
  ['a named port of a different protocol', ports({ port: 'http', protocol: 'UDP' }), '80/tcp', 'refused'],
  ['ports that are known', ports({ port: 443 }), '80/tcp', 'refused'],
])('%s beside a policy that refuses the port', async (what, spec, port, verdict) => {
  const rest = { ...policy(ports({ port: 9 })), metadata: { name: 'rest', namespace: 'prod' } };
  const path = file(
    `beside-${what.replaceAll(' ', '-')}.yaml`,
    `${JSON.stringify(policy(spec))}\n---\n${JSON.stringify(rest)}`,
  );
  const ask = async (from: string): Promise<unknown> => {
    const { stdout } = await cli([
      ...['explain', path, '--from', from, '--to', 'pods:prod:app=web', '--port', port],
      ...['--format', 'json'],
    ]);
    return (JSON.parse(stdout) as Json).verdict;
  };
  expect(await ask('10.1.2.3')).toBe(verdict);
});
