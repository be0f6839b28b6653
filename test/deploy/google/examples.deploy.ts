import { type TerraformStack, Testing } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { EXAMPLES } from '../../../examples/all';
import { opened } from '../../support/opened';
import type { FakeGoogle } from './fake-google';
import { googleDeployment } from './google-deployment';
import { openedIn } from './opened-in-cloud';
import type * as Renamed from './renamed-constructs';
import { renaming } from './renamed-constructs';

jest.mock('constructs', () => jest.requireActual<typeof Renamed>('./renamed-constructs').constructsWithOtherIds());

const deployed = googleDeployment();

type Name = keyof typeof EXAMPLES;
const exampleOf = (name: Name): TerraformStack => new EXAMPLES[name](Testing.app(), 'example');
const ON_GCP = (Object.keys(EXAMPLES) as Name[]).filter(
  (name) => 'google' in (JSON.parse(Testing.synth(exampleOf(name))).provider ?? {}),
);

/** The rules of the fake, with the short names of tags in place of their numbers. */
function openedWithTagNames(cloud: FakeGoogle): string[] {
  const tags = cloud.store.matching(/^\/v3\/tagValues\//);
  const named = (line: string): string =>
    tags.reduce((text, { name, shortName }) => text.replaceAll(name as string, shortName as string), line);
  return openedIn(cloud).map(named).sort();
}

/** The rules of a stack, with the names of tags in place of references to them. */
const synthesized = (stack: TerraformStack): string[] =>
  opened(stack).map((line) => line.replace(/\$\{google_tags_tag_value\.(.*?)\.id\}/g, '$1'));

test('every example with a Google provider is deployed', () => {
  expect(ON_GCP.sort()).toEqual([
    'apinizer-outbound-on-gcp',
    'checked-rules-on-gcp',
    'control-plane-endpoint',
    'control-plane-vip-on-gcp',
    'kubeadm-apinizer-on-gcp',
    'own-port-table',
    'rke2-cilium-longhorn-rancher-on-gcp',
    'vcluster-platform-in-firewall-policy',
    'vcluster-platform-on-gke',
  ]);
});

test.each(ON_GCP)(
  '%s applies, opens what it synthesizes, has an empty second plan and one for other construct ids, and leaves nothing behind',
  async (name) => {
    const { cloud, terraform } = deployed();
    const folder = terraform();
    await folder.write(exampleOf(name));
    await folder.apply();
    const rules = openedWithTagNames(cloud).filter((line) => !line.includes('example.com'));
    expect(rules).toEqual(synthesized(exampleOf(name)));
    expect(await folder.plan()).toEqual([]);

    renaming.isOn = true;
    const renamed = exampleOf(name);
    renaming.isOn = false;
    await folder.write(renamed);
    expect(await folder.plan()).toEqual([]);

    const more = exampleOf(name);
    new PrometheusCostMetricsRule(more, 'one-more', {
      platform: Peer.cidr('10.255.255.0/24'),
      prometheus: new GcpFirewall({ network: 'prod', namePrefix: 'one-more-' }).networkTag('one-more'),
    });
    await folder.write(more);
    expect(await folder.plan()).toEqual([
      'create google_compute_firewall.firewall_one-more-allow-vcluster-platform-to-prometheus',
    ]);
    await folder.apply();
    expect(openedIn(cloud)).toContain('ingress 9090/tcp from 10.255.255.0/24 at one-more');
    await folder.destroy();
    folder.remove();
  },
);

test('the ids of the constructs were different', () => {
  const ids = (stack: TerraformStack): string[] => stack.node.children.map(({ node }) => node.id);
  renaming.isOn = true;
  const renamed = ids(exampleOf('vcluster-platform-on-gke'));
  renaming.isOn = false;
  expect(ids(exampleOf('vcluster-platform-on-gke'))).toEqual(
    expect.arrayContaining(['vcluster-platform', 'cost-metrics']),
  );
  expect(renamed).toEqual(expect.arrayContaining(['vcluster-platform-renamed', 'cost-metrics-renamed']));
});

test('hostnames are in the lists of the proxy, and in the policy', async () => {
  const { cloud, terraform } = deployed();
  const folder = terraform();
  await folder.write(exampleOf('apinizer-outbound-on-gcp'));
  await folder.apply();
  expect(openedIn(cloud)).toEqual([
    'egress 123/udp to time.example.com at all instances',
    'egress 443/tcp to registry.example.com at all instances',
  ]);
  // Apinizer, Access and Port Requirements: the hostnames of an installation, and those of the supplements
  const lists = cloud.store.matching(/\/urlLists\/[^/]+$/).map(({ values }) => values as string[]);
  expect(lists.map((values) => values.includes('*.docker.io')).sort()).toEqual([false, true]);
  expect(lists.every((values) => values.includes('archive.ubuntu.com'))).toBe(true);
  await folder.destroy();
  folder.remove();
});
