import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

writeFileSync(
  join(path, 'policies.yaml'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: prod }
spec:
  podSelector: {}
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }]
`,
);

const explained = (from: string, to: string, port = '8080/tcp'): ReturnType<typeof cli> =>
  cli(['explain', path, '--from', from, '--to', to, '--port', port]);

test('pods that no policy selects are refused by the policies of the other end', async () => {
  const { stdout } = await explained('pods:other:app=web', 'pods:prod:app=api');
  expect(stdout).toContain('The packet is refused: 8080/tcp from pods:other:app=web to pods:prod:app=api.');
  expect(stdout).toContain(
    'No network policy of these files selects pods that have only the labels of pods:other:app=web.',
  );
});

test('pods that no policy selects may be misspelled if no policy decides about the other end either', async () => {
  const { stderr } = await explained('10.0.0.1', 'pods:other:app=web');
  expect(stderr).toContain('--to: must be an IP address or range');
});

test.each(['pods:other:web', 'pods:Other:app=web', 'pods:east/other:app=web', 'pods:other'])(
  'fails for pods whose name has a different form, or a cluster that is not in the files: %s',
  async (from) => {
    expect((await explained(from, 'pods:prod:app=api')).stderr).toContain('[group-unknown]');
  },
);

test('the nearest rule is for all pods of the namespace, so that only the port differs', async () => {
  const { stdout } = await explained('pods:prod:app=web', 'pods:prod:app=api', '8081/tcp');
  expect(stdout).toContain('nearest, differs in port');
});
