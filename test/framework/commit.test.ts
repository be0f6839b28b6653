import type { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  VClusterPlatformIngressRules,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const [tag, account] = [firewall.networkTag('servers'), firewall.serviceAccount('a@prod-host.iam.gserviceaccount.com')];
const existing = AwsSecurityGroup.fromId('sg-01234567');
const range = Peer.cidr('10.0.0.0/8');

/** Constructs of which a later flow is refused, after the first ones were found good. */
const PARTLY_REFUSED: Record<string, (stack: TerraformStack) => unknown> = {
  'a second flow whose groups no rule can name': (stack) =>
    new KubeadmFlannelClusterRules(stack, 'refused', { controlPlane: tag, workers: account }),
  'a second flow of another cloud': (stack) =>
    new ApinizerDataStoreRules(stack, 'refused', { workers: tag, mongodb: tag, elasticsearch: existing }),
  'a last gateway whose reason AWS does not take': (stack) =>
    new ApinizerNodePorts(stack, 'refused', {
      workers: existing,
      managementConsole: { clients: range },
      gateways: [{ environment: 'prod', clients: Peer.anyIpv4('100% public') }],
    }),
  'a second family whose name is taken': (stack) => {
    const kubernetesApi = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
    return new VClusterPlatformIngressRules(stack, 'refused', { kubernetesApi, platform: tag });
  },
  'a last key that its group does not have': (stack) =>
    new ApinizerDataStoreRules(stack, 'refused', {
      workers: range,
      mongodb: existing,
      elasticsearch: AwsSecurityGroup.fromId('sg-01234567', { key: 'another' }),
    }),
};

test.each(Object.entries(PARTLY_REFUSED))('fails whole for %s', (_what, construct) => {
  const stack = newStack();
  new VClusterPlatformIngressRules(stack, 'ipv6', { kubernetesApi: Peer.cidr('2001:db8::/32'), platform: tag });
  const before = JSON.stringify(stack.toTerraform());
  expect(() => construct(stack)).toThrow(/^\w+ "stack\/refused": /);
  expect(JSON.stringify(stack.toTerraform())).toBe(before);
});

test('fails when egress cannot be expressed, and makes no ingress', () => {
  const stack = newStack();
  const props = { name: 'workers', vpcId: 'vpc-01234567', egress: AwsEgress.DOCUMENTED };
  const workers = new AwsSecurityGroup(stack, 'workers', props);
  const before = resourcesOf(stack);
  expectRefusal(
    () => new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: existing, elasticsearch: tag }),
    'ApinizerDataStoreRules "stack/stores": a GCP firewall needs ranges, network tags or service accounts as source, ' +
      'got security group workers; did you mean Peer.cidr(...) with the ranges of these machines?',
  );
  expect(resourcesOf(stack)).toEqual(before);
});

test('a refused construct does not stand in the way of the next', () => {
  const stack = newStack();
  const props = { kubernetesApi: range, platform: tag };
  expect(() => new VClusterPlatformIngressRules(stack, 'refused', { ...props, kubernetesApi: account })).toThrow();
  const rules = new VClusterPlatformIngressRules(stack, 'rules', props);
  expect(Object.keys(resourcesOf(stack).google_compute_firewall)).toHaveLength(rules.addresses.length);
});

test('what a refused construct says of a group binds nobody', () => {
  const stack = newStack();
  const id = 'sg-0123456789abcdef0';
  const [named, otherwise] = ['mongo', 'another'].map((key) => AwsSecurityGroup.fromId(id, { key, maxRules: 100 }));
  const stores = { workers: range, mongodb: named, elasticsearch: otherwise };
  expectRefusal(
    () => new ApinizerDataStoreRules(stack, 'refused', stores),
    'ApinizerDataStoreRules "stack/refused": a security group must have the same key everywhere, ' +
      'got key "another" where key "mongo" is given too',
  );
  const rules = new ApinizerDataStoreRules(stack, 'stores', { workers: range, mongodb: AwsSecurityGroup.fromId(id) });
  expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(rules.addresses.length);
});

test('a refused construct asks nobody for anything', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28');
  const mongodb = { workers: range, mongodb: hosts };
  new ApinizerDataStoreRules(stack, 'stores', mongodb);
  expect(() => new ApinizerDataStoreRules(stack, 'refused', { ...mongodb, omit: ['mongodb'] })).toThrow();
  expect(stack.toTerraform()['//'].metadata.clusterPorts.flows).toHaveLength(1);
});
