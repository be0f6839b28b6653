import { TerraformStack, Testing } from 'cdktf';
import {
  AddressFamily,
  DocumentedPortRules,
  Egress,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Peer,
  Port,
  PortTables,
} from '../../../lib';
import { opened } from '../../traffic/kubernetes/tables-for-pods';
import { row, tableOf } from './table';

/** Pods with every kind of far end and port that a policy can have. */
export function everyForm(settings: Pick<KubernetesPodsProps, 'manifestsOnly'> = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'every-form');
  const pods = (labels: Record<string, string>, props: Partial<KubernetesPodsProps> = {}): KubernetesPods =>
    KubernetesPods.labelled({ namespace: 'every-form', labels, ...settings, ...props });
  const dns = KubernetesDns.servers(Peer.cidr('169.254.20.10/32', '2001:db8::53/128'), 5353);
  const table = tableOf(
    row('web', Port.tcp(8080)),
    row('passive', Port.tcpRange(30000, 30100)),
    row('dns', Port.tcpAndUdp(53)),
    row('diameter', Port.sctp(3868)),
    row('six', Port.udp(6666), undefined, AddressFamily.IPV6),
  );
  const client = Peer.anyOf(
    pods({ 'app.kubernetes.io/name': 'shop', tier: '' }, { egress: Egress.DOCUMENTED, dns }),
    pods({ app: 'other' }, { namespaceLabels: { team: 'a' } }),
    Peer.cidr('10.0.0.0/8', '2001:db8::/32'),
    Peer.anyIpv4('the shop is public'),
  );
  const servers = pods({}, { reason: 'only the shop is in it' });
  new DocumentedPortRules(stack, 'rules', { table, roles: { client, server: servers } });
  const open = { namePrefix: 'open-' };
  new DocumentedPortRules(stack, 'open', {
    table: { ...tableOf(row('web', Port.tcp(1))), id: 'shop-open' },
    roles: { client: pods({ app: 'open' }, { ...open, egress: Egress.ALL }), server: pods({ app: 'web' }, open) },
  });
  return stack;
}

/** Every table of this package whose rows are ports of pods, in a namespace of its own. */
export function everyTable(settings: Pick<KubernetesPodsProps, 'manifestsOnly'> = {}): TerraformStack[] {
  return PortTables.all().flatMap((table) => {
    const namespace = `${table.id}-${table.edition}`.replace(/\./g, '-').slice(0, 63);
    return opened(table, namespace, settings) ?? [];
  });
}
