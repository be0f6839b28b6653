import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

let count = 0;

/** Writes files into a new directory, and returns its path. */
function directory(files: Readonly<Record<string, string>>): string {
  const root = join(path, `policies-${(count += 1)}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function policy(name: string, spec: string, namespace = 'prod'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
}

const DENY = policy('deny', 'podSelector: {}, policyTypes: [Ingress, Egress]');
const OPEN = policy(
  'open',
  'podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 80 }] }]',
);
/** The web pods may send to the API pods, of which only this policy says that they receive it. */
const SEND = policy(
  'send',
  'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }] }]',
);
const RECEIVE = policy(
  'receive',
  'podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]',
);

async function answer(paths: readonly string[], from: string, to: string): Promise<string> {
  const { stdout, stderr } = await cli(['explain', ...paths, '--from', from, '--to', to, '--port', '80/tcp']);
  return /^(.*): 80\/tcp from /m.exec(stdout)?.[1] ?? stderr;
}

const [PASSES, REFUSED] = ['The packet passes', 'The packet is refused'];

describe('manifests in several files are for one cluster', () => {
  const files = { 'deny.yaml': DENY, 'open.yml': OPEN, 'ns/web/send.yaml': SEND, 'ns/receive.json': '' };
  const json = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'receive', namespace: 'prod' },
        spec: {
          podSelector: { matchLabels: { app: 'api' } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
        },
      },
    ],
  });
  const root = directory({ ...files, 'ns/receive.json': json, 'README.md': '# Policies' });
  const ways: [string, string[]][] = [
    ['a directory', [root]],
    [
      'files',
      ['deny.yaml', 'open.yml', 'ns/web/send.yaml', 'ns/receive.json'].map((name) => join(root, name)).slice(0, 3),
    ],
    ['a directory and a file of it', [root, join(root, 'deny.yaml')]],
    ['directories', [join(root, 'ns'), directory({ 'deny.yaml': DENY, 'open.yaml': OPEN })]],
  ];

  test.each(ways)('%s', async (_what, paths) => {
    expect(await answer(paths, '10.1.2.3', 'pods:prod:app=web')).toBe(PASSES);
    expect(await answer(paths, '192.0.2.1', 'pods:prod:app=web')).toBe(REFUSED);
    expect(await answer(paths, 'pods:prod:app=web', '192.0.2.1')).toBe(REFUSED);
    expect(await answer(paths, '10.1.2.3', 'pods:prod:app=other')).toBe(REFUSED);
  });

  test('a packet between pods passes only if the policies of both ends allow it', async () => {
    const pair = ['pods:prod:app=web', 'pods:prod:app=api'] as const;
    expect(await answer([root], ...pair)).toBe(PASSES);
    expect(await answer([directory({ 'deny.yaml': DENY, 'receive.yaml': RECEIVE })], ...pair)).toBe(REFUSED);
    expect(await answer([directory({ 'deny.yaml': DENY, 'send.yaml': SEND })], ...pair)).toBe(REFUSED);
    expect(await answer([directory({ 'receive.yaml': RECEIVE, 'send.yaml': SEND })], ...pair)).toBe(PASSES);
  });

  test('show and lint read the directory', async () => {
    const { code, stdout } = await cli(['show', root]);
    expect([code, stdout.split('\n').filter((line) => line.includes('10.0.0.0/8'))]).toEqual([
      0,
      [expect.stringMatching(/ingress +80\/tcp +10\.0\.0\.0\/8 +pods:prod:app=web/)],
    ]);
    expect((await cli(['lint', root])).code).toBe(0);
  });

  test('the file of each policy is named', async () => {
    const { stdout } = await cli([
      'explain',
      root,
      '--from',
      '10.1.2.3',
      '--to',
      'pods:prod:app=web',
      '--port',
      '80/tcp',
      '--format',
      'json',
    ]);
    const { notEvaluated } = JSON.parse(stdout) as { notEvaluated: unknown[] };
    expect(notEvaluated).toEqual([]);
    const unread = directory({ 'deny.yaml': DENY, 'named.yaml': OPEN.replace('port: 80', 'port: http') });
    const shown = JSON.parse((await cli(['show', unread, '--format', 'json'])).stdout) as {
      notEvaluated: { file: string }[];
    };
    expect(shown.notEvaluated.map(({ file }) => file)).toEqual([join(unread, 'named.yaml')]);
  });
});

describe('diff compares manifests however they are split', () => {
  const whole = directory({ 'all.yaml': [DENY, OPEN, SEND].join('---\n') });
  const split = directory({ 'a/deny.yaml': DENY, 'b/open.yaml': OPEN, 'c.yaml': SEND });

  test('the same policies are no difference', async () => {
    for (const pair of [
      [whole, split],
      [join(whole, 'all.yaml'), split],
      [split, whole],
    ]) {
      expect(await cli(['diff', ...pair, '--fail-on', 'any'])).toMatchObject({ code: 0 });
    }
  });

  test('a default deny that is gone opens its pods', async () => {
    const { code, stdout } = await cli([
      'diff',
      split,
      directory({ 'open.yaml': OPEN, 'send.yaml': SEND }),
      '--fail-on',
      'opened',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('pods:prod:*');
  });

  test('a port that a policy in a different file allows is open', async () => {
    const { stdout } = await cli([
      'diff',
      directory({ 'deny.yaml': DENY }),
      directory({ 'x.yaml': DENY, 'open.yaml': OPEN }),
    ]);
    expect(stdout).toContain('opened');
    expect(stdout).toContain('80/tcp 10.0.0.0/8');
  });
});

describe('the user says that manifests are for several clusters', () => {
  const [one, other] = [directory({ 'deny.yaml': DENY }), directory({ 'open.yaml': OPEN })];

  test('each has names of its own', async () => {
    const paths = [`prod=${one}`, `staging=${other}`];
    expect(await answer(paths, '10.1.2.3', 'pods:prod/prod:app=web')).toBe(REFUSED);
    expect(await answer(paths, '10.1.2.3', 'pods:staging/prod:app=web')).toBe(PASSES);
  });

  test('one name is one cluster', async () => {
    const paths = [`prod=${one}`, `prod=${other}`];
    expect(await answer(paths, '10.1.2.3', 'pods:prod:app=web')).toBe(PASSES);
    expect(await answer(paths, '10.1.2.3', 'pods:prod:app=api')).toBe(REFUSED);
  });

  test('a stack and manifests of one cluster', async () => {
    const stack = directory({
      'cdk.tf.json': JSON.stringify({
        resource: {
          kubernetes_network_policy_v1: {
            deny: {
              metadata: { name: 'deny', namespace: 'prod' },
              spec: { pod_selector: {}, policy_types: ['Ingress'] },
            },
          },
        },
      }),
    });
    expect(await answer([`prod=${stack}`, `prod=${other}`], '10.1.2.3', 'pods:prod:app=api')).toBe(REFUSED);
    expect(await answer([`prod=${stack}`, `prod=${other}`], '10.1.2.3', 'pods:prod:app=web')).toBe(PASSES);
  });

  test('a path with an equals sign in it is a path', async () => {
    const root = directory({ 'env=prod/open.yaml': OPEN });
    expect(await answer([join(root, 'env=prod')], '10.1.2.3', 'pods:prod:app=web')).toBe(PASSES);
  });
});

describe('fails for a directory', () => {
  test('with an object in two files, and takes them as two clusters', async () => {
    const root = directory({ 'a/open.yaml': OPEN, 'b/open.yaml': OPEN });
    await expectBadInput(['show', root], 'manifest-invalid');
    expect((await cli(['show', `a=${join(root, 'a')}`, `b=${join(root, 'b')}`])).code).toBe(0);
  });

  test('without stacks and manifests', async () => {
    await expectBadInput(['show', directory({ 'README.md': '' })], 'stacks-missing');
  });
});

test('objects of different groups may have one kind and name', async () => {
  const calico = policy('open', 'selector: all()').replace('networking.k8s.io/v1', 'crd.projectcalico.org/v1');
  const { code, stdout } = await cli(['show', directory({ 'a.yaml': OPEN, 'b.yaml': calico })]);
  expect(code).toBe(0);
  expect(stdout).toContain('kubernetes_manifest.networkpolicy-crd-projectcalico-org_prod_open');
});

test('lists links, which it does not follow', async () => {
  const root = directory({ 'open.yaml': OPEN });
  symlinkSync(join(directory({ 'deny.yaml': DENY }), 'deny.yaml'), join(root, 'deny.yaml'));
  const { stdout } = await cli(['show', root]);
  expect(stdout).toContain('a link is not followed');
});
