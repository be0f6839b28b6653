import { existsSync, readFileSync } from 'node:fs';
import * as library from '../../lib';
import { constructOf } from '../../lib/products/catalog';
import { className } from '../../lib/products/construct-names';
import { PortTables } from '../../lib';
import { cli, expectBadInput, expectUsageError, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const MAX_WIDTH = 120;

async function output(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function json(...argv: string[]): Promise<any> {
  return JSON.parse(await output(...argv, '--format', 'json'));
}

/** Returns the rows of a result as `6443/tcp server, agent > server`. */
function flows(rows: readonly any[]): string[] {
  return rows.map(({ port, sources, destinations }) => `${port} ${sources.join(', ')} > ${destinations.join(', ')}`);
}

function expectNarrow(text: string): void {
  const lines = text.split('\n').filter((line) => line.length > MAX_WIDTH && !/^ *https:/.test(line));
  expect(lines).toEqual([]);
}

// RKE2, "Requirements", the tables "Inbound Network Rules"
const ALL = 'server, agent > server, agent';
const RKE2 = [
  '6443/tcp server, agent > server',
  '9345/tcp server, agent > server',
  `10250/tcp ${ALL}`,
  '2379/tcp server > server',
  '2380/tcp server > server',
  '2381/tcp server > server',
  `30000-32767/tcp ${ALL}`,
];

describe('products', () => {
  test('lists every table once, with its editions, options and construct', async () => {
    const { version, products } = await json('products');
    expect(version).toBe(1);
    expect(products.map(({ id }: any) => id).sort()).toEqual([...new Set(PortTables.all().map(({ id }) => id))].sort());
    const rke2 = products.find(({ id }: any) => id === 'rke2');
    expect(rke2).toMatchObject({ product: 'RKE2', construct: 'Rke2Rules' });
    // "Network Options": RKE2 integrates Canal, Cilium, Calico and Flannel, and Canal is the default
    expect(rke2.editions[0]).toMatchObject({ isDefault: true, reference: expect.stringContaining('rke2-docs') });
    expect(rke2.editions[0].options).toContainEqual(
      expect.objectContaining({ id: 'cni', default: 'canal', choices: expect.arrayContaining(['cilium', 'calico']) }),
    );
    expect(rke2.editions[0].options).toContainEqual(
      expect.objectContaining({ id: 'windows', default: 'false', choices: ['true', 'false'] }),
    );
  });

  test('names constructs that exist', () => {
    for (const table of PortTables.all()) {
      const name = constructOf(table);
      const isExported = (each: string): boolean => typeof (library as Record<string, unknown>)[each] === 'function';
      expect([table.id, isExported(name ?? className(table))]).toEqual([table.id, name !== undefined]);
    }
  });

  test.each(['table', 'markdown', 'csv'])('has the products and their options as %s', async (format) => {
    const text = await output('products', '--format', format);
    expect(text).toMatch(/RKE2.*rke2.*Rke2Rules/);
    expect(text).toMatch(/cni.*canal.*cilium/);
    if (format === 'table') expectNarrow(text);
  });
});

describe('ports', () => {
  test('prints what the documented defaults open', async () => {
    const { rows, edition, reference, options } = await json('ports', 'rke2');
    expect(flows(rows)).toEqual([...RKE2, `8472/udp ${ALL}`, `9099/tcp ${ALL}`]);
    expect(options.map(({ id, chosen }: any) => `${id}=${chosen}`)).toContain('cni=canal');
    expect(reference).toMatch(/^https:\/\/github.com\/rancher\/rke2-docs\//);
    expect(edition).toMatch(/^\d{4}-\d\d$/);
  });

  test.each([[['--cni', 'cilium']], [['--cni=cilium']]])(
    'prints what %j opens, and what other choices open',
    async (cni) => {
      const { rows, closedRows } = await json('ports', 'rke2', ...cni);
      const ports = flows(rows).filter((flow) => !flow.includes('/icmp'));
      expect(ports).toEqual([...RKE2, `4240/tcp ${ALL}`, `8472/udp ${ALL}`]);
      expect(flows(rows)).toContain(`8/icmp ${ALL}`);
      const wireguard = closedRows.find(({ port }: any) => port === '51871/udp');
      expect(wireguard).toMatchObject({ opensWith: { encapsulation: ['wireguard'] } });
      const typha = closedRows.find(({ port }: any) => port === '5473/tcp');
      expect(typha).toMatchObject({ opensWith: { cni: ['calico'] } });
    },
  );

  test('takes several options, and a flag without a word', async () => {
    const calico = ['ports', 'rke2', '--cni', 'calico'];
    const { rows } = await json(...calico, '--encapsulation', 'bgp', '--windows');
    expect(rows.filter(({ port }: any) => port === '179/tcp').map(({ row }: any) => row)).toHaveLength(2);
    expect(await json(...calico, '--windows', 'false')).toEqual(await json(...calico));
  });

  test('prints the sources of every row', async () => {
    const text = await output('ports', 'rke2', '--cni', 'cilium');
    expectNarrow(text);
    expect(text).toContain('\nhttps://github.com/rancher/rke2-docs/blob/');
    expect(text).toContain('--cni cilium (default: canal; others: calico, flannel, none)');
    expect(text).toMatch(
      /^9345\/tcp +supervisor +server, agent +server +RKE2 supervisor API +Inbound Network Rules +table$/m,
    );
    expect(text).toMatch(/^Opened by other choices:$/m);
    expect(text).toMatch(/^51871\/udp .* --encapsulation wireguard$/m);
    const markdown = await output('ports', 'rke2', '--cni', 'cilium', '--format', 'markdown');
    expect(markdown).toMatch(/^\| 9345\/tcp \| supervisor \| server<br>agent \| server \|/m);
    expect(markdown).toMatch(/^<https:\/\/github.com\/rancher\/rke2-docs\/.*>$/m);
    const csv = await output('ports', 'rke2', '--cni', 'cilium', '--format', 'csv');
    expect(csv).toMatch(/^51871\/udp,.*,with --encapsulation wireguard,rke2@/m);
  });

  test('prints an edition, its supplements, and the editions that there are', async () => {
    // Apinizer, "Access and Port Requirements for Installation"; Flannel between workers is a supplement
    const { rows, supplements, editions } = await json('ports', 'kubeadm-flannel', '--edition', '2024-12');
    expect(flows(rows)).toContain('6443/tcp worker > control-plane');
    expect(flows(supplements)).toContain('8472/udp worker > worker');
    expect(editions).toEqual(['2024-12', '2026-03']);
    const text = await output('ports', 'kubeadm-flannel');
    expect(text).toContain('Other editions: --edition 2026-03.');
    expect(text).toMatch(/^kubeadm-flannel@2024-12, supplement flannel-vxlan:\n {2}https:/m);
  });

  test('fails for what no table has', async () => {
    await expectBadInput(['ports', 'rke2', '--no-such-option', 'x'], 'option-unknown');
    await expectBadInput(['ports', 'etcd', '--cni', 'cilium'], 'option-unknown');
    await expectBadInput(['ports', 'rke2', '--cni'], 'choice-unknown');
    await expectBadInput(['ports', 'nothing-like-it-at-all'], 'table-unknown');
    const place = 'cluster-ports ports';
    await expectUsageError(['ports'], `${place}: missing required argument 'table'`);
    await expectUsageError(['ports', '--cni', 'cilium', 'rke2'], `${place}: the table must come before its options`);
    await expectUsageError(['ports', 'rke2', 'k3s'], `${place}: unexpected argument 'k3s'`);
    await expectUsageError(['ports', 'rke2', '-x'], `${place}: unknown option '-x'`);
    const twice = ['ports', 'rke2', '--cni', 'cilium', '--cni', 'canal'];
    await expectUsageError(twice, `${place}: option '--cni' must be given once`);
  });

  test('no table has an option that the command line has itself', () => {
    const own = new Set(['edition', 'format', 'output', 'help', 'version', 'product', 'role', 'option']);
    const ids = PortTables.all().flatMap(({ options = [] }) => options.map(({ id }) => id));
    expect(ids.filter((id) => own.has(id))).toEqual([]);
  });

  test('writes to a file', async () => {
    const file = `${path}/rke2.md`;
    expect(await output('ports', 'rke2', '--format', 'markdown', '--output', file)).toBe('');
    expect(existsSync(file) && readFileSync(file, 'utf8')).toContain('## ');
  });
});

describe('who', () => {
  test('finds the products that document a port, between whom, and with which option', async () => {
    const { port, rows } = await json('who', '8472/udp');
    expect(port).toBe('8472/udp');
    const found = rows.map(({ product, isOpenByDefault, when, ...row }: any) => {
      const [flow] = flows([row]);
      return `${product}: ${flow}, ${isOpenByDefault ? 'by default' : 'not by default'} ${JSON.stringify(when ?? {})}`;
    });
    // Cilium, "System Requirements": "VXLAN overlay (ingress/egress) 8472/udp"
    expect(found).toContainEqual('Cilium: 8472/udp node > node, by default {"tunnel":["vxlan"]}');
    // K3s, "Requirements": "UDP 8472 All nodes All nodes Required only for Flannel VXLAN"
    expect(found).toContainEqual(`K3s: 8472/udp ${ALL}, by default {"flannel-backend":["vxlan"]}`);
    // RKE2: "Canal CNI with VXLAN" and "Cilium CNI with VXLAN"
    const rke2 = found.filter((text: string) => text.startsWith('RKE2'));
    expect(rke2).toEqual([
      `RKE2: 8472/udp ${ALL}, by default {"cni":["canal"],"encapsulation":["vxlan"]}`,
      `RKE2: 8472/udp ${ALL}, not by default {"cni":["cilium"],"encapsulation":["vxlan"]}`,
    ]);
  });

  test('says whether the link to the document is permanent', async () => {
    expect(await output('ports', 'rke2')).toMatch(/\nCompared with the document on \d{4}-\d\d-\d\d\.\n/);
    expect(await output('ports', 'microk8s')).toMatch(
      /\nCompared with the document on \d{4}-\d\d-\d\d\. This link is not permanent: the document may have changed since\.\n/,
    );
  });

  test('finds a range that contains the port, after rows for the port alone', async () => {
    const { rows } = await json('who', '30080/tcp');
    // Kubernetes, "Ports and Protocols": "TCP 30000-32767 NodePort Services"
    const kubernetes = rows.filter(({ table }: any) => table === 'kubernetes');
    expect(kubernetes.map(({ port }: any) => port)).toContain('30000-32767/tcp+udp');
    // Apinizer: "30080 Gateway"
    expect(rows[0]).toMatchObject({ table: 'apinizer-node-ports', port: '30080/tcp' });
    expect(rows[0].tables).toEqual(['apinizer-node-ports@2024-12', 'apinizer-node-ports@2026-03']);
  });

  test('takes ICMP types, protocols by name, and a number without a protocol', async () => {
    // Keepalived: VRRP is IP protocol 112
    expect((await json('who', 'vrrp')).rows.map(({ table }: any) => table)).toContain('keepalived');
    expect((await json('who', '8/icmp')).rows.map(({ table }: any) => table)).toContain('cilium');
    expect((await json('who', '9345')).rows).toContainEqual(
      expect.objectContaining({ table: 'rke2', row: 'supervisor' }),
    );
  });

  test('prints the documents', async () => {
    const text = await output('who', '9345/tcp');
    expectNarrow(text);
    expect(text).toMatch(/^RKE2 +9345\/tcp +server, agent +server +RKE2 supervisor +always +rke2 /m);
    expect(text).toMatch(/^rke2@\S+:\n {2}https:\/\/github.com\/rancher\/rke2-docs\//m);
    expect(await output('who', '9345/tcp', '--format', 'markdown')).toMatch(/^\| RKE2 \| 9345\/tcp \|/m);
    expect(await output('who', '9345/tcp', '--format', 'csv')).toMatch(/^RKE2,9345\/tcp,.*,supervisor,Inbound/m);
  });

  test('says that no table has a protocol', async () => {
    expect(await output('who', '99/ip')).toContain('No port table of this package has 99/ip.\n');
    expect((await json('who', '99/ip')).rows).toEqual([]);
  });

  test('fails for other text', async () => {
    await expectBadInput(['who', 'kubelet'], 'port-invalid');
    await expectBadInput(['who', '99999'], 'port-invalid');
    await expectBadInput(['who', '9-8/tcp'], 'port-range-descends');
  });
});
