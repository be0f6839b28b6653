import { combinedConfiguration, type Configuration, diff, explain, readTerraform } from '../../../lib/traffic';

type Json = Readonly<Record<string, unknown>>;

/** A policy as a resource: ingress of the pods of an app from a range, or nothing for a default deny. */
function policy(name: string, app: string | undefined, range?: string, more: Json = {}): Json {
  const spec = {
    pod_selector: [app === undefined ? {} : { match_labels: { app } }],
    policy_types: ['Ingress'],
    ...(range && { ingress: [{ from: [{ ip_block: [{ cidr: range }] }], ports: [{ port: '80' }] }] }),
  };
  return { [name]: { metadata: [{ name, namespace: 'prod' }], spec: [spec], ...more } };
}

function read(file: string, provider: Json | undefined, policies: Json, more: Json = {}): Configuration {
  const kubernetes = provider && { provider: { kubernetes: [provider].flat() } };
  return readTerraform({ ...kubernetes, resource: { kubernetes_network_policy_v1: policies }, ...more }, file);
}

function together(...stacks: readonly (readonly [string, Configuration])[]): Configuration {
  return combinedConfiguration('cdktf.out', stacks);
}

function verdictOf(configuration: Configuration, to: string, from = '10.1.2.3'): string {
  return explain(configuration, { from, to, port: '80/tcp' }).verdict;
}

const groupsIn = ({ rules, isolatedPods = [] }: Configuration): string[] => [
  ...new Set([...rules.flatMap(({ groups }) => groups), ...isolatedPods.map(({ group }) => group)]),
];
const DENY = policy('deny', undefined);
const OPEN = policy('open', 'web', '10.0.0.0/8');
const HOST = { host: 'https://a.example.com' };
const CONTEXT = { config_path: '~/.kube/config', config_context: 'prod' };

describe('the policies of two stacks are read together if their providers are for one cluster', () => {
  test.each<[string, Json, Json]>([
    ['the same host', HOST, HOST],
    ['the same context of one file', CONTEXT, { ...CONTEXT, insecure: true }],
    ['the same host under an alias', HOST, { ...HOST, alias: 'b' }],
    ['the same host and other credentials', { ...HOST, token: 'a' }, { ...HOST, ...CONTEXT }],
  ])('%s', (_what, one, other) => {
    const ofOther = 'alias' in other ? { provider: 'kubernetes.b' } : {};
    const both = together(
      ['deny', read('deny.tf.json', one, DENY)],
      ['open', read('open.tf.json', other, policy('open', 'web', '10.0.0.0/8', ofOther))],
    );
    expect(groupsIn(both).sort()).toEqual(['pods:prod:*', 'pods:prod:app=web']);
    expect(verdictOf(both, 'pods:prod:app=web')).toBe('passes');
    expect(verdictOf(both, 'pods:prod:app=web', '192.0.2.1')).toBe('refused');
    expect(verdictOf(both, 'pods:prod:app=api')).toBe('refused');
  });

  test('a host that one stack hands to the other', () => {
    const host = '${google_container_cluster.main.endpoint}';
    const name = 'cross-stack-output-google_container_clustermainendpoint';
    const owner = read('deny.tf.json', { host: `https://${host}` }, DENY, { output: { [name]: { value: host } } });
    const handed = `\${data.terraform_remote_state.cross-stack-reference-input-deny.outputs.${name}}`;
    const both = together(['deny', owner], ['open', read('open.tf.json', { host: `https://${handed}` }, OPEN)]);
    expect(groupsIn(both).sort()).toEqual(['pods:prod:*', 'pods:prod:app=web']);
  });

  test('a default deny of a third stack keeps the names of a cluster of two', () => {
    const both = together(
      ['deny', read('deny.tf.json', HOST, DENY)],
      ['open', read('open.tf.json', HOST, OPEN)],
      ['other', read('other.tf.json', { host: 'https://b.example.com' }, DENY)],
    );
    expect(groupsIn(both).sort()).toEqual(['pods:deny/prod:*', 'pods:deny/prod:app=web', 'pods:other/prod:*']);
  });
});

test('two providers of one stack with the same host are one cluster', () => {
  const alias = { provider: 'kubernetes.b' };
  const providers = [HOST, { ...HOST, alias: 'b' }] as unknown as Json;
  const stack = read('stack.tf.json', providers, { ...DENY, ...policy('open', 'web', '10.0.0.0/8', alias) });
  expect(groupsIn(stack).sort()).toEqual(['pods:prod:*', 'pods:prod:app=web']);
  expect(verdictOf(stack, 'pods:prod:app=web')).toBe('passes');
});

test.each<[string, Json, Json]>([
  ['nothing', {}, {}],
  ['files without a context', { config_path: 'a.yaml' }, { config_path: 'b.yaml' }],
  ['different hosts', HOST, { host: '${var.host}' }],
])('two providers of one stack that say %s are two clusters', (_what, one, other) => {
  const providers = [one, { ...other, alias: 'b' }] as unknown as Json;
  const open = policy('open', 'web', '10.0.0.0/8', { provider: 'kubernetes.b' });
  const stack = read('stack.tf.json', providers, { ...DENY, ...open });
  expect(groupsIn(stack).sort()).toEqual(['pods:kubernetes.b/prod:app=web', 'pods:prod:*']);
  const { verdict, gates } = explain(stack, { from: '10.1.2.3', to: 'pods:prod:app=web', port: '80/tcp' });
  expect([verdict, gates.length]).toEqual(['refused', 1]);
});

test('a manifest is in the cluster of its provider', () => {
  const manifest = (app: string): Json => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: app, namespace: 'prod' },
    spec: { podSelector: { matchLabels: { app } }, ingress: [{}] },
  });
  const resource = {
    kubernetes_manifest: {
      web: { manifest: manifest('web') },
      api: { manifest: manifest('api'), provider: 'kubernetes.b' },
    },
  };
  const provider = { kubernetes: [HOST, { host: 'https://b.example.com', alias: 'b' }] };
  const stack = readTerraform({ provider, resource }, 'stack.tf.json');
  expect(groupsIn(stack)).toEqual(['pods:prod:app=web', 'pods:kubernetes.b/prod:app=api']);
});

test('pods that only a default deny selects have a name', () => {
  const stack = read('stack.tf.json', HOST, DENY);
  expect(verdictOf(stack, 'pods:prod:*')).toBe('refused');
  expect(verdictOf(stack, 'pods:prod:app=web')).toBe('refused');
});

describe('two stacks of which nothing says whether they are for one cluster', () => {
  const both = together(
    ['deny', read('deny.tf.json', undefined, DENY)],
    ['open', read('open.tf.json', undefined, OPEN)],
  );

  test('are two clusters, as at synthesis', () => {
    expect(groupsIn(both).sort()).toEqual(['pods:deny/prod:*', 'pods:open/prod:app=web']);
  });

  test('a packet that policies of the other stack may allow is not known', () => {
    const { verdict, destination, gates, refusedBy } = explain(both, {
      from: '10.1.2.3',
      to: 'pods:deny/prod:app=web',
      port: '80/tcp',
    });
    expect(verdict).toBe('not known');
    expect(destination.verdict).toBe('not known');
    expect(destination.reason).toBe('nothing says whether "deny" and "open" are one cluster');
    expect(gates.map(({ kind, name, verdict: each }) => [kind, name, each])).toEqual([
      ['network policies', 'pods:deny/prod:app=web', 'not known'],
      ['network policies', 'pods:open/prod:app=web', 'not evaluated'],
    ]);
    expect(refusedBy).toBeUndefined();
  });

  test('a packet that passes in either case passes, and the other policies are a gate that is not evaluated', () => {
    const answer = explain(both, { from: '10.1.2.3', to: 'pods:open/prod:app=web', port: '80/tcp' });
    expect(answer.verdict).toBe('passes');
    expect(answer.gates.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['pods:open/prod:app=web', 'passes'],
      ['pods:deny/prod:app=web', 'not evaluated'],
    ]);
  });

  test('a packet that both refuse is refused', () => {
    expect(verdictOf(both, 'pods:deny/prod:app=web', '192.0.2.1')).toBe('refused');
  });

  test('pods of the other stack may be far ends', () => {
    const from = {
      namespace_selector: [{ match_labels: { 'kubernetes.io/metadata.name': 'prod' } }],
      pod_selector: [{ match_labels: { app: 'shop' } }],
    };
    const spec = { pod_selector: [{ match_labels: { app: 'api' } }], ingress: [{ from: [from] }] };
    const api = { api: { metadata: [{ name: 'api', namespace: 'prod' }], spec: [spec] } };
    const stacks = together(
      ['api', read('api.tf.json', undefined, api)],
      ['shop', read('shop.tf.json', undefined, policy('shop', 'shop', '10.0.0.0/8'))],
    );
    expect(verdictOf(stacks, 'pods:api/prod:app=api', 'pods:shop/prod:app=shop')).toBe('not known');
    expect(verdictOf(stacks, 'pods:api/prod:app=api', 'pods:api/prod:app=shop')).toBe('passes');
  });
});

test('a name without a cluster means the only cluster that has such pods', () => {
  const stacks = together(
    ['a', read('a.tf.json', HOST, OPEN)],
    ['b', read('b.tf.json', { host: 'https://b.example.com' }, policy('api', 'api', '10.0.0.0/8'))],
  );
  expect(verdictOf(stacks, 'pods:prod:app=web')).toBe('passes');
  expect(verdictOf(stacks, 'pods:prod:app=api,tier=a')).toBe('passes');
  const { destination } = explain(stacks, { from: '10.1.2.3', to: 'pods:prod:app=web', port: '80/tcp' });
  expect(destination.name).toBe('pods:a/prod:app=web');
  expect(() => verdictOf(stacks, 'pods:prod:app=api,app=web')).toThrow('[group-unknown]');
});

test('two clusters with different hosts have nothing to do with each other', () => {
  const both = together(
    ['deny', read('deny.tf.json', HOST, DENY)],
    ['open', read('open.tf.json', { host: 'https://b.example.com' }, OPEN)],
  );
  const answer = explain(both, { from: '10.1.2.3', to: 'pods:deny/prod:app=web', port: '80/tcp' });
  expect([answer.verdict, answer.gates.length]).toEqual(['refused', 1]);
});

describe('two plans are one cluster by constants and variables', () => {
  const plan = (file: string, provider: Json, app: string | undefined): Configuration => {
    const [[name, written]] = Object.entries(policy(file, app, app && '10.0.0.0/8'));
    const resource = {
      address: `kubernetes_network_policy_v1.${name}`,
      mode: 'managed',
      type: 'kubernetes_network_policy_v1',
      name,
      values: written,
    };
    const json = {
      format_version: '1.2',
      variables: { host: { value: HOST.host } },
      planned_values: { root_module: { resources: [resource] } },
      resource_changes: [],
      configuration: {
        provider_config: { kubernetes: { name: 'kubernetes', expressions: provider } },
        root_module: {
          resources: [{ ...resource, provider_config_key: 'kubernetes', values: undefined, expressions: {} }],
        },
      },
    };
    return readTerraform(json, `${file}.json`);
  };
  const constant = (value: unknown): Json => ({ constant_value: value });
  const variable = { references: ['var.host'] };

  test.each<[string, Json, Json]>([
    ['a host', { host: constant(HOST.host) }, { host: variable }],
    [
      'a context',
      { config_context: constant('prod'), config_paths: constant(['a.yaml', 'b.yaml']) },
      { config_context: constant('prod'), config_paths: constant(['a.yaml', 'b.yaml']) },
    ],
  ])('%s', (_what, one, other) => {
    const both = together(['deny', plan('deny', one, undefined)], ['open', plan('open', other, 'web')]);
    expect(groupsIn(both).sort()).toEqual(['pods:prod:*', 'pods:prod:app=web']);
  });

  test.each<[string, Json, Json]>([
    ['a value that is known after apply', { host: { references: ['data.x.y.endpoint'] } }, { host: variable }],
    [
      'different paths',
      { config_context: constant('a') },
      { config_context: constant('a'), config_path: constant('b') },
    ],
    [
      'a host that is not known, and the same context',
      { host: {}, config_context: constant('a') },
      { host: {}, config_context: constant('a') },
    ],
  ])('not by %s', (_what, one, other) => {
    const both = together(['deny', plan('deny', one, undefined)], ['open', plan('open', other, 'web')]);
    expect(groupsIn(both).sort()).toEqual(['pods:deny/prod:*', 'pods:open/prod:app=web']);
  });
});

test('moving a policy to a different stack of the cluster changes nothing', () => {
  const before = together(
    ['a', read('a.tf.json', HOST, { ...DENY, ...OPEN })],
    ['b', read('b.tf.json', HOST, policy('api', 'api', '10.0.0.0/8'))],
  );
  const after = together(
    ['a', read('a.tf.json', HOST, OPEN)],
    ['b', read('b.tf.json', HOST, { ...DENY, ...policy('api', 'api', '10.0.0.0/8') })],
  );
  const { changes, notEvaluated } = diff(before, after);
  expect([changes, notEvaluated.changed]).toEqual([[], []]);
});
