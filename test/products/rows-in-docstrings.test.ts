import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables, allHostnameTables } from '../../lib/products/catalog';

const PRODUCTS = join(__dirname, '../../lib/products');

/** The rows of one edition, in the order of its table. */
interface Edition {
  readonly edition: string;
  readonly rows: readonly string[];
  readonly supplements?: readonly string[];
}

function portEditions(id: string): Edition[] {
  return allTables()
    .filter((table) => table.id === id)
    .map(({ edition, flows, supplements = [] }) => ({
      edition,
      rows: [...flows, ...supplements].flatMap((flow) => flow.rows.map(({ name }) => name)),
    }));
}

function hostnameEditions(id: string): Edition[] {
  return allHostnameTables()
    .filter((table) => table.id === id)
    .map(({ edition, hostnames, supplements = [] }) => ({
      edition,
      rows: hostnames.map(({ name }) => name),
      supplements: supplements.map(({ name }) => name),
    }));
}

/** The expected sentences of the docstring: the rows of the default edition, and those that each later edition adds. */
function sentences(editions: readonly Edition[]): string[] {
  const known = new Set<string>();
  const added = editions.map(({ edition, rows }, index) => {
    const names = [...new Set(rows)].filter((name) => !known.has(name));
    names.forEach((name) => known.add(name));
    return names.length === 0 ? '' : `${index === 0 ? '' : `since ${edition}: `}${quoted(names)}`;
  });
  const [first, ...later] = editions.map(({ edition }) => edition);
  const { supplements } = editions[0];
  return [
    `Rows: ${added.filter(Boolean).join('; ')}.`,
    ...(supplements ? [`Supplements: ${quoted(supplements)}.`] : []),
    `Editions: ${[`\`${first}\` (default)`, ...later.map((edition) => `\`${edition}\``)].join(', ')}.`,
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** The docstring of an interface, as one line. */
function docstringOf(file: string, name: string): string {
  const [, docstring] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport interface ${name} `).exec(
    readFileSync(join(PRODUCTS, file), 'utf8'),
  )!;
  return docstring.replaceAll(/(?:\n \*|\s)+/g, ' ');
}

test.each([
  [
    'VClusterPlatformIngressRulesProps',
    'vcluster/vcluster-platform-ingress-rules.ts',
    portEditions('vcluster-platform'),
  ],
  [
    'PrometheusCostMetricsRuleProps',
    'vcluster/prometheus-cost-metrics-rule.ts',
    portEditions('prometheus-cost-metrics'),
  ],
  ['KubeadmFlannelClusterRulesProps', 'kubeadm/kubeadm-flannel-cluster-rules.ts', portEditions('kubeadm-flannel')],
  ['ControlPlaneVipRulesProps', 'kubeadm/control-plane-vip-rules.ts', portEditions('control-plane-vip')],
  ['ApinizerNodePortsProps', 'apinizer/apinizer-node-ports.ts', portEditions('apinizer-node-ports')],
  ['ApinizerDataStoreRulesProps', 'apinizer/apinizer-data-store-rules.ts', portEditions('apinizer-data-stores')],
  [
    'ApinizerInstallationHostnamesProps',
    'apinizer/apinizer-installation-hostnames.ts',
    hostnameEditions('apinizer-installation-hosts'),
  ],
])('the docstring of %s names the rows and editions of its tables', (name, file, editions) => {
  expect(docstringOf(file, name)).toContain(sentences(editions).join(' '));
});
