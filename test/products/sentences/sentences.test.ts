import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  ControlPlaneVipRules,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  HaproxyChecks,
  HaproxyConfig,
  KubeadmFlannelClusterRules,
  NetworkZone,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { parse } from 'yaml';
import { checkPlan } from '../../../lib/checks/check-plan';
import { checkLines } from '../../../lib/checks/check-report';
import { Outcome } from '../../../lib/checks/run-checks';
import { commandScript } from '../../../lib/documents/commands/commands';
import { diagramOf } from '../../../lib/documents/diagram/diagram';
import { diagramMermaid } from '../../../lib/documents/diagram/diagram-mermaid';
import { matrixMarkdown } from '../../../lib/documents/port-matrix';
import { externalChecks } from '../../../lib/documents/request/external-checks';
import { routingRequests } from '../../../lib/documents/request/routing-requests';
import { allTables, allHostnameTables } from '../../../lib/products/catalog';
import type { HostnameTable } from '../../../lib/tables/hostname-table';
import { flowKey, type PortTable, tableKey } from '../../../lib/tables/port-table';
import { newStack } from '../../support/clouds';
import { readBack } from '../../support/traced';
import { requestText } from '../../support/plain-request';

const ROOT = join(__dirname, '../../..');

/** A sentence of a vendor's document, or a line of it that is no sentence, such as a row of a table or of a form. */
interface Sentence {
  readonly begins: string;
  readonly hash: string;
  readonly times?: number;
  readonly servedBy: readonly string[];
}

interface SentencesOfDocument {
  readonly digest: string;
  readonly sentences: readonly Sentence[];
}

const FILES = readdirSync(__dirname)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, ...(parse(readFileSync(join(__dirname, name), 'utf8')) as SentencesOfDocument) }));

/** One stack with everything that both documents ask for, on machines of another team, and the vendors' own rules on GCP. */
function outputs(): Record<string, string> {
  const stack = newStack();
  const controlPlane = ExternalHosts.named('k8s-masters', '10.1.0.0/29');
  const workers = ExternalHosts.named('k8s-workers', '10.1.1.0/24');
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
  new ApinizerDataStoreRules(stack, 'data-stores', {
    workers,
    mongodb: ExternalHosts.named('mongodb', '10.1.2.0/28'),
    elasticsearch: ExternalHosts.named('elasticsearch', '10.1.2.16/28'),
  });
  new ApinizerNodePorts(stack, 'node-ports', {
    workers,
    managementConsole: { clients: Peer.named('ops', '10.9.0.0/16').inZone(NetworkZone.PRIVATE) },
  });
  const virtualAddress = ExternalHosts.named('k8s-vip', '10.1.0.100/32');
  const vip = { controlPlane, workers, virtualAddress, loadBalancer: virtualAddress, hostname: 'api.k8s.example.com' };
  new ControlPlaneVipRules(stack, 'vip', vip);
  new ApinizerInstallationHostnames(stack, 'installation', { through: ExternalProxy.named('web-proxy') });
  const kubernetesApi = Peer.named('gke-control-plane', '172.16.0.0/28');
  new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi,
    platform: ExternalHosts.named('vcluster-platform', '10.7.0.4/32'),
  });
  const platform = Peer.address('203.0.113.7').inZone(NetworkZone.PUBLIC);
  const prometheus = ExternalHosts.named('prometheus', '10.7.0.7/32');
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform,
    agent: Peer.named('agent', '10.7.0.8/32'),
    prometheus,
  });
  const { flows, hostnames } = readBack(stack);
  const { flows: others, routing } = routingRequests(flows, flows);
  const checked = ['kubernetes-api', 'platform'].flatMap((as) => checkPlan(flows, { as, place: 'verify' }).endpoints);

  const onGcp = newStack();
  const firewall = new GcpFirewall({ network: 'prod' });
  const tag = firewall.networkTag('vcluster-platform');
  new VClusterPlatformIngressRules(onGcp, 'platform', { kubernetesApi, platform: tag });
  new PrometheusCostMetricsRule(onGcp, 'metrics', { platform, prometheus: firewall.networkTag('prometheus') });
  const servers = [1, 2, 3].map((number) => ({ name: `master${number}`, address: `10.1.0.${number}` }));
  return {
    request: requestText(others, routing, hostnames, externalChecks(flows)),
    matrix: matrixMarkdown(flows),
    diagram: diagramMermaid(diagramOf(flows)),
    verify: checkLines({
      results: checked.map((endpoint) => ({ endpoint, outcome: Outcome.TIMED_OUT, attempts: 2, milliseconds: 1 })),
      notCheckable: [],
    }),
    commands: commandScript([{ stack: readBack(onGcp) }]),
    haproxy: HaproxyConfig.render({ servers, checks: HaproxyChecks.DOCUMENTED }),
  };
}

const OUTPUTS = outputs();

type Table = PortTable | HostnameTable;

function tableOf(key: string): Table {
  return [...allTables(), ...allHostnameTables()].find((table) => tableKey(table) === key)!;
}

function rowsOf(key: string): { name: string; section: string; impact?: string }[] {
  const table = tableOf(key);
  if ('hostnames' in table) return table.hostnames;
  return table.flows.flatMap((flow) => flow.rows.map((row) => ({ ...row, name: flowKey(flow, row) })));
}

/** What serves a sentence, by the first word of an entry of `servedBy`: whether the rest of it is true. */
const SERVED: Readonly<Record<string, (rest: string, sentence: Sentence) => boolean>> = {
  /** A row of a port table: `row kubeadm-flannel@2024-12 worker>control-plane/api-server`. */
  row: (rest) => withKey(rest, (key, name) => rowsOf(key).some((row) => row.name === name)),
  /** A row of a hostname table. */
  hostname: (rest) => withKey(rest, (key, name) => rowsOf(key).some((row) => row.name === name)),
  /** A row that says what fails if its port is closed. */
  impact: (rest) => withKey(rest, (key, name) => rowsOf(key).some((row) => row.name === name && !!row.impact)),
  /** The sentence is a heading, and the section of a row. */
  section: (key, { hash }) => rowsOf(key).some(({ section }) => hashOf(section) === hash),
  /** The sentence is the beginning of a heading, which is the section of a row. */
  'section-begins': (key, { hash }) =>
    rowsOf(key).some(({ section }) => sentencesOf(section).some((part) => hashOf(part) === hash)),
  /** The table names the versions for which the vendor has checked it. */
  'checked-for': (key) => (tableOf(key).checkedFor ?? []).length > 0,
  /** A contradiction or gap that the table records: a part of its finding. */
  finding: (rest) =>
    withKey(rest, (key, text) => (tableOf(key).discrepancies ?? []).some(({ finding }) => finding.includes(text))),
  /** A text in a file: `doc docs/gcp.md ...`. */
  doc: (rest) => withKey(rest, (file, text) => readFileSync(join(ROOT, file), 'utf8').includes(text)),
  ...Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, output]) => [name, (text: string): boolean => output.includes(text)]),
  ),
};

function withKey(rest: string, check: (key: string, text: string) => boolean): boolean {
  const at = rest.indexOf(' ');
  return check(rest.slice(0, at), rest.slice(at + 1));
}

function hashOf(sentence: string): string {
  return createHash('sha256').update(sentence).digest('hex').slice(0, 12);
}

/** Returns the sentences and lines of a document with single blanks, without lines that have no word. */
function sentencesOf(text: string): string[] {
  const hasWord = (part: string): boolean => /[a-z0-9]/i.test(part);
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .flatMap((line) => line.split(/(?<=[.!?]) (?=[A-Z])/))
    .filter(hasWord);
}

function isServed(entry: string, sentence: Sentence): boolean {
  const [, kind, rest] = /^([a-z-]+) ([^]*)$/.exec(entry) ?? [];
  return kind !== undefined && Object.hasOwn(SERVED, kind) && SERVED[kind](rest, sentence);
}

describe.each(FILES)('$name', ({ sentences, digest }) => {
  test('has lost no sentence of the document, which the digest would show', () => {
    const lines = sentences.map(({ hash, times = 1 }) => `${hash} ${times}`).join('\n');
    expect(createHash('sha256').update(lines).digest('hex').slice(0, 16)).toBe(digest);
    expect(sentences.length).toBeGreaterThan(40);
  });

  test.each(sentences)('"$begins" is served by what its entry names', (sentence) => {
    expect(sentence.servedBy).not.toEqual([]);
    expect(sentence.servedBy.filter((entry) => !isServed(entry, sentence))).toEqual([]);
  });

  test('quotes only the first words', () => {
    expect(sentences.filter(({ begins }) => begins.length > 48)).toEqual([]);
  });
});

test.each([
  ['row kubeadm-flannel@2024-12 worker>control-plane/api-servers'],
  ['finding kubeadm-flannel@2024-12 no such text'],
  ['request no such text'],
  ['impact kubeadm-flannel@2024-12 worker>control-plane/api-server'],
  ['section kubeadm-flannel@2024-12'],
  ['nothing'],
  ['unknown thing'],
])('fails for %j, which serves nothing', (entry) => {
  expect(isServed(entry, { begins: '', hash: '000000000000', servedBy: [] })).toBe(false);
});

/** The documents themselves are the vendors' and not in this repository: a folder that has them is checked too. */
const { VENDOR_DOCUMENTS: folder = '' } = process.env;

(existsSync(folder) ? describe : describe.skip)('the documents in VENDOR_DOCUMENTS', () => {
  test.each(FILES)('every sentence of the document has its entry in $name', ({ name, sentences }) => {
    const file = readdirSync(folder).find((each) => each.startsWith(name.replace('.yaml', '')))!;
    const hashes = sentencesOf(readFileSync(join(folder, file), 'utf8')).map((text) => ({ text, hash: hashOf(text) }));
    const known = new Set(sentences.map(({ hash }) => hash));
    expect(hashes.filter(({ hash }) => !known.has(hash))).toEqual([]);
    const counts = [...new Set(hashes.map(({ hash }) => hash))].map(
      (hash) => `${hash} ${hashes.filter((each) => each.hash === hash).length}`,
    );
    expect(sentences.map(({ hash, times = 1 }) => `${hash} ${times}`)).toEqual(counts);
  });
});
