import { type TerraformStack, Testing } from 'cdktf';
import { ApinizerHybrid } from '../../examples/apinizer-hybrid';
import { IngressAndWebhook } from '../../examples/ingress-and-webhook';
import { KubeadmApinizerOnAws } from '../../examples/kubeadm-apinizer-on-aws';
import { PortTableFromFile } from '../../examples/port-table-from-file';
import { RancherOnAws } from '../../examples/rancher-on-aws';
import { TwoRegions } from '../../examples/two-regions';
import { VClusterPlatformLaterEdition } from '../../examples/vcluster-platform-later-edition';
import { opened } from '../support/opened';
import { deployment } from './deployment';

const deployed = deployment();

const EXAMPLES = [
  { Example: KubeadmApinizerOnAws, regions: ['eu-central-1'], providers: 'one' },
  { Example: ApinizerHybrid, regions: ['eu-central-1'], providers: 'one' },
  { Example: VClusterPlatformLaterEdition, regions: ['eu-central-1'], providers: 'one' },
  { Example: TwoRegions, regions: ['eu-central-1', 'eu-west-1'], providers: 'several' },
] as const;

test.each(EXAMPLES)(
  '$Example.name applies, opens what it synthesizes, has an empty second plan, and leaves nothing behind',
  async ({ Example, regions, providers }) => {
    const { cloud, terraform } = deployed();
    const rules = async (): Promise<string[]> =>
      (await Promise.all(regions.map((region) => cloud.region(region).rules()))).flat().sort();
    const stack: TerraformStack = new Example(Testing.app(), 'example');
    const folder = terraform(providers);
    await folder.write(stack);
    await folder.apply();
    expect(await rules()).toEqual(opened(stack));
    expect(await folder.plan()).toEqual([]);
    await folder.destroy();
    expect(await rules()).toEqual([]);
    folder.remove();
  },
);

/** What the documents say, for existing groups of an account. */
const ON_EXISTING_GROUPS = [
  // examples/ingress-and-webhook.ts, its own port table
  'ingress 443/tcp from 10.0.0.0/8 at k8s-workers',
  'ingress 80/tcp from 10.0.0.0/8 at k8s-workers',
  'ingress 8443/tcp from k8s-control-plane at k8s-workers',
  // Metrics Server, Requirements: "Control plane to Metrics Server" and "Metrics Server to Kubelet on all nodes"
  'ingress 10250/tcp from k8s-control-plane at k8s-workers',
  'ingress 10250/tcp from k8s-workers at k8s-control-plane',
  'ingress 10250/tcp from k8s-workers at k8s-workers',
  // Rancher, Ports for Rancher Server Nodes on K3s
  'ingress 80/tcp from 10.20.9.0/28 at rancher',
  'ingress 443/tcp from 198.51.100.0/24 at rancher',
  'ingress 443/tcp from k8s-control-plane at rancher',
  'egress 6443/tcp to k8s-control-plane at rancher',
  'ingress 6443/tcp from rancher at k8s-control-plane',
  // examples/registry-ports.yaml
  'ingress 5000/tcp from k8s-control-plane at registry',
];

test('examples with existing groups open what the documents say, and leave existing rules untouched', async () => {
  const { cloud, terraform } = deployed();
  const api = cloud.region('eu-central-1');
  const names = ['k8s-control-plane', 'k8s-workers', 'registry'];
  const groups = await Promise.all(names.map((name) => api.createGroupByHand(name)));
  const byHand = await api.rules();
  expect(byHand).toEqual(names.map((name) => `egress everything to 0.0.0.0/0 at ${name}`));

  const folder = terraform();
  const stacks = [IngressAndWebhook, RancherOnAws, PortTableFromFile].map(
    (Example) => new Example(Testing.app(), 'example'),
  );
  await folder.write(stacks, {
    'sg-0123456789abcdef0': groups[0],
    'sg-0123456789abcdef1': groups[1],
    'sg-0fedcba9876543210': groups[2],
    'vpc-0123456789abcdef0': await api.vpcId(),
  });
  await folder.apply();
  expect(await api.rules()).toEqual([...byHand, ...ON_EXISTING_GROUPS].sort());
  expect(await folder.plan()).toEqual([]);
  await folder.destroy();
  expect(await api.rules()).toEqual(byHand);
  await api.deleteGroupsByHand(...groups);
  expect(await api.rules()).toEqual([]);
  folder.remove();
});
