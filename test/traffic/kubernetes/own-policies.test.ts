import '../../../lib/testing';
import {
  AddressFamily,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Peer,
  Port,
  PortLevel,
  type PortTable,
} from '../../../lib';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import { TerraformVariable } from 'cdktf';
import { NODE_PORT, row, tableOf, WEB } from '../../clouds/kubernetes/table';
import { newStack } from '../../support/clouds';

const pods = (labels: Record<string, string>, props: Partial<KubernetesPodsProps> = {}): KubernetesPods =>
  KubernetesPods.labelled({ namespace: 'prod', labels, ...props });
const web = pods({ app: 'web' });
const RANGE = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
const sending = (dns: KubernetesDns): Partial<KubernetesPodsProps> => ({ egress: Egress.DOCUMENTED, dns });
const shop = pods({ app: 'shop' }, sending(KubernetesDns.kubeDns()));
const MANY = tableOf(
  row('web', Port.tcpRange(8080, 8090), PortLevel.POD),
  row('dns', Port.tcpAndUdp(53)),
  row('diameter', Port.sctp(3868)),
  row('six', Port.tcp(6666), undefined, AddressFamily.IPV6),
);

type Ends = [client: IPeer, server: IHostGroup];

describe('the policies of a stack permit exactly what its flows need', () => {
  test.each<[string, PortTable, (stack: TerraformStack) => Ends]>([
    ['from ranges', WEB, () => [RANGE, web]],
    ['from pods and ranges', MANY, () => [Peer.anyOf(RANGE, pods({ app: 'a', tier: 'b' })), web]],
    ['between the same pods', MANY, () => [shop, shop]],
    ['with name servers', WEB, () => [shop, web]],
    [
      'with name servers in ranges',
      WEB,
      () => [pods({ app: 'shop' }, sending(KubernetesDns.servers(RANGE, 5353))), web],
    ],
    [
      'with name servers that are pods',
      WEB,
      () => [pods({ app: 'shop' }, sending(KubernetesDns.servers(web, 5353))), web],
    ],
    ['without name servers', WEB, () => [pods({ app: 'shop' }, sending(KubernetesDns.none('no names'))), web]],
    ['to name servers of pods that only listen', WEB, () => [RANGE, shop]],
    ['of all outbound traffic', WEB, () => [pods({ app: 'shop' }, { egress: Egress.ALL }), web]],
    ['of every pod of a namespace', WEB, () => [RANGE, pods({}, { reason: 'all of them' })]],
    ['from every pod of a namespace', WEB, () => [pods({}, { reason: 'all of them' }), web]],
    ['by the labels of a namespace', WEB, () => [pods({ app: 'shop' }, { namespaceLabels: { team: 'a' } }), web]],
    ['to several host groups', MANY, () => [shop, HostGroup.anyOf(web, pods({ app: 'api' }, { namePrefix: 'api-' }))]],
    ['from several host groups', MANY, () => [HostGroup.anyOf(shop, pods({ app: 'api' })), web]],
    [
      'at container ports',
      NODE_PORT,
      () => [RANGE, pods({ app: 'web' }, { ports: [{ row: 'console', port: Port.tcp(80) }] })],
    ],
    ['to external hosts', WEB, () => [shop, ExternalHosts.named('db', '192.0.2.0/28')]],
    [
      'from a range known after apply',
      WEB,
      (stack) => [Peer.cidr(new TerraformVariable(stack, 'office', {}).stringValue), web],
    ],
    [
      'in a cluster with an alias',
      WEB,
      (stack) => {
        const provider = new KubernetesProvider(stack, 'east', { alias: 'east' });
        return [
          pods({ app: 'shop' }, { provider, ...sending(KubernetesDns.kubeDns()) }),
          pods({ app: 'web' }, { provider }),
        ];
      },
    ],
  ])('%s', (_what, table, endsIn) => {
    const stack = newStack();
    const [client, server] = endsIn(stack);
    new DocumentedPortRules(stack, 'rules', { table, roles: { client, server } });
    expect(stack).toMatchDocuments(table === NODE_PORT ? { moved: ['client>server/console'] } : {});
  });

  test('of two clusters in one stack', () => {
    const stack = newStack();
    const [east, west] = ['east', 'west'].map((alias) => new KubernetesProvider(stack, alias, { alias }));
    new DocumentedPortRules(stack, 'east-rules', {
      table: WEB,
      roles: { client: RANGE, server: pods({ app: 'web' }, { provider: east }) },
    });
    const server = pods({ app: 'web' }, { provider: west, namePrefix: 'west-' });
    new DocumentedPortRules(stack, 'west-rules', {
      table: WEB,
      roles: { client: Peer.cidr('192.168.0.0/16'), server },
    });
    expect(stack).toMatchDocuments();
  });
});
