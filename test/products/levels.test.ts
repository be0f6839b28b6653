import {
  ArgoCdRules,
  CertManagerRules,
  ExternalHosts,
  GatekeeperRules,
  GcpFirewall,
  GkeRules,
  type IHostGroup,
  IngressNginxRules,
  KyvernoRules,
  type KyvernoRulesProps,
  LonghornRules,
  type LonghornRulesProps,
  Peer,
} from 'cdktf-cluster-ports';
import type { TerraformStack } from 'cdktf';
import { allTables } from '../../lib/products/catalog';
import { PortLevel, tableKey } from '../../lib/tables';
import { newStack } from '../support/clouds';

const firewall = new GcpFirewall({ network: 'prod' });
const tag = (name: string): IHostGroup => firewall.networkTag(name);
const api = Peer.named('gke-control-plane', '172.16.0.0/28');

/** What synthesis says about ports of pods. */
function notes(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .map(({ data }) => String(data))
    .filter((text) => text.includes('ports of pods'));
}

test('Argo CD says once which rows are ports of pods, and how to close them', () => {
  const stack = newStack();
  const node = tag('node');
  new ArgoCdRules(stack, 'argo-cd', {
    client: Peer.cidr('10.9.0.0/16'),
    server: node,
    repoServer: node,
    applicationController: node,
    notificationsController: node,
    applicationsetController: node,
    redis: node,
    dex: node,
    webhookSender: node,
    prometheus: node,
  });
  expect(notes(stack)).toHaveLength(1);
  expect(notes(stack)[0]).toMatch(
    /^it opens ports of pods \(8080\/tcp, 8081\/tcp, 6379\/tcp and \d+ more\), which a firewall of machines sees only if pods have IP addresses of its network/,
  );
});

test.each<[what: string, construct: (stack: TerraformStack) => unknown]>([
  ['the webhook of Kyverno', (stack) => new KyvernoRules(stack, 'x', kyverno(['dns', 'api-server']))],
  [
    'the webhook of Gatekeeper',
    (stack) => new GatekeeperRules(stack, 'x', { kubernetesApi: api, gatekeeper: tag('n'), omit: ['metrics'] }),
  ],
  ['pods by their IP ranges, on GKE', (stack) => new GkeRules(stack, 'x', gke)],
])('says nothing about %s, which a control plane or a pod reaches at its IP address', (_what, construct) => {
  const stack = newStack();
  construct(stack);
  expect(notes(stack)).toEqual([]);
});

const gke = { node: tag('node'), pod: Peer.cidr('10.4.0.0/14'), controlPlane: tag('control-plane'), omit: ['all-esp'] };

function kyverno(omit: string[]): KyvernoRulesProps {
  return { kubernetesApi: tag('api'), webhook: tag('n'), controller: tag('n'), dns: tag('n'), omit, metrics: false };
}

test('names a row of one flow by its key, if the control plane reaches the same row', () => {
  const stack = newStack();
  new IngressNginxRules(stack, 'x', { kubernetesApi: api, node: tag('node'), client: api });
  expect(notes(stack)).toEqual([expect.stringContaining('omit: ["node>node/webhook"]')]);
});

test('names the construct if it opens nothing else', () => {
  const stack = newStack();
  new LonghornRules(stack, 'x', longhorn());
  expect(notes(stack)).toEqual([expect.stringMatching(/omit: \["manager", .*\]$/)]);
  const all = newStack();
  new LonghornRules(all, 'x', { ...longhorn(), omit: ['conversion-webhook', 'admission-webhook'] });
  expect(notes(all)).toEqual([expect.stringMatching(/only the encapsulation: remove the construct$/)]);
});

function longhorn(): LonghornRulesProps {
  const node = tag('node');
  return {
    manager: node,
    ui: node,
    csiPlugin: node,
    recurringJob: node,
    driverDeployer: node,
    instanceManager: node,
    backingImageManager: node,
    backingImageDataSource: node,
    shareManager: node,
    node,
    kubernetesApi: node,
  };
}

test('says nothing about what the firewall team opens: the request has the level of each row', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('nodes', '10.8.0.0/28');
  new CertManagerRules(stack, 'x', {
    kubernetesApi: hosts,
    webhook: hosts,
    controller: hosts,
    cainjector: hosts,
    startupapicheck: hosts,
    dns: hosts,
    prometheus: hosts,
  });
  expect(notes(stack)).toEqual([]);
});

test('no document has the API server as a pod', () => {
  const rows = allTables().flatMap((table) =>
    table.flows
      .filter(({ destination }) => destination.id === 'kubernetes-api')
      .flatMap((flow) =>
        flow.rows.filter(({ level }) => level === PortLevel.POD).map(({ name }) => [tableKey(table), name]),
      ),
  );
  expect(rows).toEqual([]);
});
