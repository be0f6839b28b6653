import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { FlowJson, ProvenanceJson, RowJson } from '../../lib/provenance/provenance-json';
import { rulesOf } from '../../lib/provenance/provenance-json';
import '../../lib/testing';
import { cli, temporaryDirectory, unwrappedCells } from '../support/cli';
import { storyStack } from '../support/story';

const { path } = temporaryDirectory();
const STACK = JSON.stringify(storyStack(new App({ outdir: path, skipValidation: true })).toTerraform());

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };

/** A stack that a forger can write to. */
interface Forged {
  readonly json: any;
  readonly provenance: Writable<ProvenanceJson>;
  readonly flow: Writable<FlowJson>;
  readonly row: Writable<RowJson>;
  /** The first rule of the flow; nothing if the firewall team opens it. */
  readonly rule: any;
}

function forgery(row: string): Forged {
  const json = JSON.parse(STACK);
  const provenance = json['//'].metadata.clusterPorts as Writable<ProvenanceJson>;
  const flow = provenance.flows.find(
    (each) =>
      each.row.endsWith(row.replace(' external', '')) &&
      each.external === (row.endsWith(' external') ? true : undefined),
  )!;
  const [address] = rulesOf(flow);
  const [type, id] = (address ?? '.').split('.');
  return { json, provenance, flow, row: provenance.rows[flow.row], rule: json.resource[type]?.[id] };
}

/** Changes the port of a rule on either cloud. */
function openPort(rule: any, port: number): void {
  if (rule.allow) rule.allow = [{ protocol: 'tcp', ports: [`${port}`] }];
  else Object.assign(rule, { from_port: port, to_port: port });
}

/** Changes the far end of a rule on either cloud. */
function openTo(rule: any, range: string): void {
  if (rule.allow) rule.source_ranges = [range];
  else Object.assign(rule, { cidr_ipv4: range, referenced_security_group_id: undefined });
}

function removeRule(json: any, address: string): void {
  const [type, id] = address.split('.');
  json.resource[type] = Object.fromEntries(
    Object.entries(json.resource[type] as object).filter(([name]) => name !== id),
  );
}

/** Flows on both clouds, from ranges and from groups, moved and not, supplements, and flows for the firewall team. */
const MANAGED = [
  'worker-to-control-plane/api-server',
  'control-plane-to-worker/kubelet',
  'worker-to-worker/flannel-udp',
  'console-client-to-worker/management-console',
  'platform-to-prometheus/cost-metrics',
];
const EXTERNAL = ['platform-to-prometheus/cost-metrics external'];

type Forge = (forged: Forged) => void;

/** What can be written into provenance, whoever opens the port. */
const IN_PROVENANCE: [string, Forge][] = [
  ['a different port', ({ flow }) => Object.assign(flow, { port: '22/tcp', documentedPort: undefined })],
  ['a different documented port', ({ flow }) => (flow.documentedPort = '2222/tcp')],
  [
    'more ports than the row has',
    ({ flow }) => Object.assign(flow, { port: '1-65535/tcp', documentedPort: flow.port }),
  ],
  ['a row that the document does not have', (forged) => renameRow(forged, (row) => row.replace(/[^/]*$/, 'ssh'))],
  ['an edition that does not exist', (forged) => renameDocument(forged, (key) => key.replace(/@.*/, '@2099-01'))],
  [
    'a different row of the document',
    (forged) => {
      const { flow, provenance } = forged;
      flow.row =
        Object.keys(provenance.rows).find(
          (row) => row !== flow.row && provenance.rows[row].document === forged.row.document,
        ) ?? 'none';
      if (flow.row === 'none') renameRow(forged, () => 'kubeadm-flannel@2024-12/worker-to-control-plane/api-server');
    },
  ],
  ['a different description', ({ row }) => (row.description = 'Approved by the vendor')],
  ['a different section', ({ row }) => (row.section = 'Approved ports')],
  ['a different purpose', ({ row }) => (row.purpose = 'Approved by the vendor')],
  ['a different impact', ({ row }) => (row.impact = 'Approved by the vendor')],
  ['a different basis', ({ row }) => (row.protocolBasis = row.protocolBasis === 'table' ? 'text' : 'table')],
  ['a different role', ({ row }) => (row.source.title = 'Approved by the vendor')],
  [
    'a supplement that is said to be documented',
    ({ row }) => {
      if (row.supplement === undefined) row.supplement = 'Approved by the vendor';
      else Object.assign(row, { supplement: undefined, supplementReference: undefined });
    },
  ],
  [
    'a different reference',
    ({ provenance, row }) => (provenance.documents[row.document].reference = 'https://approved.example.com'),
  ],
  ['a different title', ({ provenance, row }) => (provenance.documents[row.document].title = 'Approved by the vendor')],
  ['a hostname', ({ flow }) => (flow.hostname = 'approved.example.com')],
  [
    'versions that nobody checked',
    ({ provenance, row }) => (provenance.documents[row.document].checkedFor = ['kubernetes 9.9.9']),
  ],
];

function renameRow({ flow, provenance, row }: Forged, rename: (row: string) => string): void {
  flow.row = rename(flow.row);
  provenance.rows[flow.row] = row;
}

function renameDocument({ flow, provenance, row }: Forged, rename: (key: string) => string): void {
  const key = rename(row.document);
  provenance.documents[key] = { ...provenance.documents[row.document], edition: key.split('@')[1] };
  provenance.rows[flow.row.replace(row.document, key)] = { ...row, document: key };
  flow.row = flow.row.replace(row.document, key);
}

/** A row for the inside of a cluster that provenance and rule open to the world, and provenance says nothing of it. */
const TO_THE_WORLD: [string, Forge] = [
  'a rule and a provenance that are open to the world',
  ({ rule, provenance, flow }) => {
    openTo(rule, '0.0.0.0/0');
    Object.assign(provenance.peers[flow.source], { ranges: ['0.0.0.0/0'], references: [], hostGroups: [] });
  },
];

/** What can be changed between provenance and a rule. */
const IN_RULES: [string, Forge][] = [
  [
    'a rule with a different port',
    ({ rule }) => {
      openPort(rule, 22);
    },
  ],
  [
    'a rule and a provenance with a different port',
    ({ rule, flow }) => {
      openPort(rule, 22);
      Object.assign(flow, { port: '22/tcp', documentedPort: undefined });
    },
  ],
  [
    'a rule with a different peer',
    ({ rule }) => {
      openTo(rule, '192.0.2.0/24');
    },
  ],
  [
    'a rule with a wider peer',
    ({ rule }) => {
      openTo(rule, '8.0.0.0/6');
    },
  ],
  [
    'a provenance with a different peer',
    ({ provenance, flow }) => {
      Object.assign(provenance.peers[flow.source], { ranges: ['192.0.2.0/24'], hostGroups: [] });
    },
  ],
  [
    'a provenance with more peers',
    ({ provenance, flow }) => {
      const { ranges } = provenance.peers[flow.source];
      Object.assign(provenance.peers[flow.source], { ranges: [...ranges, '192.0.2.0/24'] });
    },
  ],
  [
    'a rule for different machines',
    ({ rule }) => {
      if (rule.allow) rule.target_tags = ['bastion'];
      else rule.security_group_id = 'sg-0123456789abcdef9';
    },
  ],
  [
    'a provenance for different machines',
    ({ provenance, flow }) => {
      const { selectedBy } = provenance.peers[flow.destination].hostGroups[0];
      selectedBy!.value = selectedBy!.kind === 'tag' ? 'bastion' : 'sg-0123456789abcdef9';
    },
  ],
  [
    'a rule that does not exist',
    ({ flow }) => (flow.rules = { aws_vpc_security_group_ingress_rule: ['no_such_rule'] }),
  ],
  [
    'a rule that is gone',
    ({ json, flow }) => {
      for (const address of rulesOf(flow)) removeRule(json, address);
    },
  ],
  ['no rule at all', ({ flow }) => (flow.rules = {})],
  [
    'the rule of a different flow',
    ({ flow, provenance }) => {
      flow.rules = provenance.flows.find(
        (other) => other.row !== flow.row && other.port !== flow.port && other.external === undefined,
      )!.rules;
    },
  ],
  [
    'a rule that denies',
    ({ rule, json, flow }) => {
      if (rule.allow) Object.assign(rule, { deny: rule.allow, allow: undefined });
      else removeRule(json, rulesOf(flow)[0]);
    },
  ],
];

/** The outputs in which the words of a forger are looked for. */
const OUTPUTS: string[][] = [
  ['matrix'],
  ['matrix', '--format', 'csv'],
  ['request', '--all'],
  ['request', '--all', '--format', 'markdown'],
  ['request', '--all', '--format', 'csv'],
  ['diagram', '--format', 'mermaid'],
  ['commands'],
  ['show'],
  ['lint'],
];

const CASES = [
  ...[...MANAGED, ...EXTERNAL].flatMap((row) =>
    IN_PROVENANCE.map(([what, forge]) => [row, what, forge, OUTPUTS] as const),
  ),
  ['control-plane-to-worker/kubelet', ...TO_THE_WORLD, []] as const,
  ...MANAGED.flatMap((row) => IN_RULES.map(([what, forge]) => [row, what, forge, []] as const)),
];

async function json(...argv: string[]): Promise<any> {
  const { stdout, stderr } = await cli([...argv, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A flow of a matrix. */
interface Judged {
  readonly construct: string;
  readonly notDocumented?: string;
  readonly closed?: string;
  readonly openedOtherwise?: string;
}

/** Whether its document does not have it so, or the rules do not open it so. */
function isWrong({ notDocumented, closed, openedOtherwise }: Judged): boolean {
  return (notDocumented ?? closed ?? openedOtherwise) !== undefined;
}

const LIES = /Approved|approved\.example\.com|kubernetes 9\.9\.9|\/ssh\b|@2099-01/;

/** Returns the lines that repeat a lie and do not say that it is not documented. */
function repeated(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => LIES.test(line) && !/not documented|no: |says "|is false|does not open/.test(line));
}

test.each(CASES)('%s with %s: nothing repeats it as true', async (name, _what, forge, outputs) => {
  const forged = forgery(name);
  const { construct } = forged.flow;
  const addresses = rulesOf(forged.flow);
  forge(forged);
  const file = join(path, 'forged.tf.json');
  writeFileSync(file, JSON.stringify(forged.json));

  const { flows } = await json('matrix', file);
  const own = (flows as Judged[]).filter((flow) => flow.construct === construct && isWrong(flow));
  expect(own.length).toBeGreaterThan(0);
  for (const flow of own) expect('row' in flow).toBe(flow.notDocumented === undefined);

  const { findings } = await json('lint', file);
  expect(
    (findings as { code: string; address: string }[])
      .filter(({ code }) => code === 'false-claim')
      .some(({ address }) => [construct, ...addresses, ...rulesOf(forged.flow)].includes(address)),
  ).toBe(true);

  const moved = await movedRows(file);
  expect(() => {
    expect(file).toMatchDocuments({ moved });
  }).toThrow();

  for (const [command, ...options] of outputs) {
    const argv = [command, file, ...options];
    const { stdout, stderr } = await cli(argv);
    expect({ argv, stderr, repeated: repeated(stdout) }).toEqual({ argv, stderr: expect.any(String), repeated: [] });
  }
});

/** Returns the rows that are really moved, as an assertion would name them. */
async function movedRows(file: string): Promise<string[]> {
  const { flows } = await json('matrix', file);
  const moved = (flows as { row?: string; documentedPort?: string }[]).filter(
    ({ row, documentedPort }) => row && documentedPort,
  );
  return [...new Set(moved.map(({ row }) => row!.replace(/.*\//, '')))];
}

test('the stack that is not forged has no false claim', async () => {
  const file = join(path, 'true.tf.json');
  writeFileSync(file, STACK);
  const { flows } = await json('matrix', file);
  expect((flows as Judged[]).filter(isWrong)).toEqual([]);
  const { findings } = await json('lint', file);
  expect((findings as { code: string }[]).filter(({ code }) => code === 'false-claim')).toEqual([]);
  expect(file).toMatchDocuments({ moved: await movedRows(file) });
});

const flat = (text: string): string => text.replace(/\s/g, '');

describe('a description that claims a row of a document', () => {
  const rule = (description: string, more: object = {}): any => ({
    resource: {
      aws_vpc_security_group_ingress_rule: {
        rule: {
          security_group_id: 'sg-0123456789abcdef0',
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          cidr_ipv4: '10.0.0.0/8',
          description,
          ...more,
        },
      },
    },
  });
  const ask = async (
    description: string,
    more: object = {},
  ): Promise<{ lint: string[]; explain: any; text: string }> => {
    const file = join(path, 'described.tf.json');
    writeFileSync(file, JSON.stringify(rule(description, more)));
    const port = `${(more as { from_port?: number }).from_port ?? 22}/tcp`;
    const question = ['explain', file, '--from', '10.1.2.3', '--to', 'sg:sg-0123456789abcdef0', '--port', port];
    const { findings } = await json('lint', file);
    const { stdout } = await cli(question);
    return {
      lint: (findings as { code: string; message: string }[])
        .filter(({ code }) => code === 'false-claim')
        .map(({ message }) => message),
      explain: (await json(...question)).destination.matching[0],
      text: unwrappedCells(stdout).flat().join(),
    };
  };
  const KUBELET = 'Kubelet API [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]';

  test.each([
    ['a row with a different port', KUBELET, 'kubeadm-flannel@2024-12 has 10250/tcp for kubelet'],
    [
      'a row that does not exist',
      'SSH [kubeadm-flannel@2024-12/control-plane-to-worker/ssh]',
      'kubeadm-flannel@2024-12 has no row "control-plane-to-worker/ssh"',
    ],
    [
      'an edition that does not exist',
      'Kubelet API [kubeadm-flannel@2031-01/control-plane-to-worker/kubelet]',
      'this version of cluster-ports does not know kubeadm-flannel@2031-01',
    ],
    [
      'a port of the document that is not that of the row',
      'Kubelet API; document: 6443/tcp [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]',
      'kubeadm-flannel@2024-12 has 10250/tcp for kubelet',
    ],
  ])('%s is a false claim', async (_what, description, doubt) => {
    const { lint, explain, text } = await ask(description);
    expect(lint).toEqual([`its stated reason is false: ${doubt}`]);
    expect(explain).toMatchObject({ documentedBy: [], doubt });
    expect(text).toContain(flat(`not documented: ${doubt}`));
    expect(text).toContain(flat(`says ${JSON.stringify(description)}`));
  });

  test('the right port and more is a false claim', async () => {
    const { lint } = await ask(KUBELET, { from_port: 10250, to_port: 10260 });
    expect(lint).toEqual([
      'its stated reason is false: it also allows 10251-10260/tcp, and kubeadm-flannel@2024-12 does not have this in its row',
    ]);
  });

  test('the right port is true, and so is a row that was moved and says so', async () => {
    const right = await ask(KUBELET, { from_port: 10250, to_port: 10250 });
    expect(right.lint).toEqual([]);
    expect(right.text).toContain(flat('kubeadm-flannel@2024-12/control-plane-to-worker/kubelet'));
    const moved = await ask(KUBELET.replace(' [', '; document: 10250/tcp ['), { from_port: 10350, to_port: 10350 });
    expect(moved.lint).toEqual([]);
    expect(moved.text).toContain(flat('document: 10250/tcp'));
  });

  const OPEN = { from_port: 10250, to_port: 10250, cidr_ipv4: '0.0.0.0/0' };
  const INSIDE = 'kubelet is for the inside of a cluster, and the rule is open to the world';

  test('a row for the inside of a cluster that is open to the world is a false claim', async () => {
    const { lint, explain, text } = await ask(KUBELET, OPEN);
    expect(lint).toEqual([`its stated reason is false: ${INSIDE}`]);
    expect(explain).toMatchObject({ documentedBy: [], doubt: INSIDE });
    expect(text).toContain(flat(`not documented: ${INSIDE}`));
    expect((await ask(KUBELET, { ...OPEN, cidr_ipv4: '8.0.0.0/6' })).lint).toHaveLength(1);
    expect((await ask(KUBELET, { ...OPEN, cidr_ipv4: '10.0.0.0/8' })).lint).toEqual([]);
  });

  test.each<[string, string, object]>([
    [
      'an outbound rule on AWS',
      'aws_vpc_security_group_egress_rule',
      { security_group_id: 'sg-1', ip_protocol: 'tcp', ...OPEN, description: KUBELET },
    ],
    [
      'an IPv6 rule on AWS',
      'aws_vpc_security_group_ingress_rule',
      {
        security_group_id: 'sg-1',
        ip_protocol: 'tcp',
        ...OPEN,
        cidr_ipv4: null,
        cidr_ipv6: '::/0',
        description: KUBELET,
      },
    ],
    [
      'an inline rule on AWS',
      'aws_security_group',
      {
        ingress: [
          { protocol: 'tcp', from_port: 10250, to_port: 10250, cidr_blocks: ['0.0.0.0/0'], description: KUBELET },
        ],
      },
    ],
    [
      'the halves of the internet on GCP',
      'google_compute_firewall',
      {
        network: 'prod',
        source_ranges: ['0.0.0.0/1', '128.0.0.0/1'],
        allow: [{ protocol: 'tcp', ports: ['10250'] }],
        description: KUBELET,
      },
    ],
  ])('%s for a row for the inside of a cluster is a false claim, in diff too', async (_what, type, body) => {
    const [before, after] = [{}, { [type]: { r: body } }].map((resource, at) => {
      const file = join(path, `world-${at}.tf.json`);
      writeFileSync(file, JSON.stringify({ resource }));
      return file;
    });
    const { changes } = await json('diff', before, after);
    const mentioned = (changes as { rules: object[] }[]).flatMap(({ rules }) => rules);
    expect(mentioned.length).toBeGreaterThan(0);
    for (const one of mentioned) expect(one).toMatchObject({ documentedBy: [], doubt: INSIDE });
    const { findings } = await json('lint', after);
    expect((findings as { code: string }[]).filter(({ code }) => code === 'false-claim')).toHaveLength(1);
  });

  test('a table that this package does not have cannot be checked, and is not repeated as true', async () => {
    const { lint, explain } = await ask('Registry [own-table@2026-10/node-to-registry/pull]');
    expect(lint).toEqual([]);
    expect(explain).toMatchObject({
      documentedBy: [],
      doubt: 'this version of cluster-ports does not know own-table@2026-10',
    });
  });
});
