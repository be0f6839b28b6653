import { terraformAddresses } from '../support/opened';
import type { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
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

/** Constructs with a flow that fails after the flows before it passed all checks, and the code of the error. */
const FAIL_LATE: [string, string, (stack: TerraformStack) => unknown][] = [
  [
    'a second flow whose groups no rule can name',
    'tags-and-accounts-mixed',
    (stack) => new KubeadmFlannelClusterRules(stack, 'refused', { controlPlane: tag, workers: account }),
  ],
  [
    'a second flow of a different cloud',
    'far-end-cloud-mismatch',
    (stack) => new ApinizerDataStoreRules(stack, 'refused', { workers: tag, mongodb: tag, elasticsearch: existing }),
  ],
  [
    'a last gateway whose reason AWS does not accept',
    'description-invalid',
    (stack) =>
      new ApinizerNodePorts(stack, 'refused', {
        workers: existing,
        managementConsole: { clients: range },
        gateways: [{ environment: 'prod', clients: Peer.anyIpv4('100% public') }],
      }),
  ],
  [
    'a second family whose name is taken',
    'rule-created-twice',
    (stack) => {
      const kubernetesApi = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
      return new VClusterPlatformIngressRules(stack, 'refused', { kubernetesApi, platform: tag });
    },
  ],
  [
    'a last key that its group does not have',
    'settings-disagree',
    (stack) =>
      new ApinizerDataStoreRules(stack, 'refused', {
        workers: range,
        mongodb: existing,
        elasticsearch: AwsSecurityGroup.fromId('sg-01234567', { key: 'another' }),
      }),
  ],
];

test.each(FAIL_LATE)('fails and creates nothing for %s', (_what, code, construct) => {
  const stack = newStack();
  new VClusterPlatformIngressRules(stack, 'ipv6', { kubernetesApi: Peer.cidr('2001:db8::/32'), platform: tag });
  const before = JSON.stringify(stack.toTerraform());
  expectRefusal(() => construct(stack), code);
  expect(JSON.stringify(stack.toTerraform())).toBe(before);
});

test('fails if egress cannot be expressed, and creates no ingress', () => {
  const stack = newStack();
  const props = { name: 'workers', vpcId: 'vpc-01234567', egress: Egress.DOCUMENTED };
  const workers = new AwsSecurityGroup(stack, 'workers', props);
  const before = resourcesOf(stack);
  expectRefusal(
    () => new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: existing, elasticsearch: tag }),
    'far-end-cloud-mismatch',
  );
  expect(resourcesOf(stack)).toEqual(before);
});

test('a construct that failed does not block the next one', () => {
  const stack = newStack();
  const props = { kubernetesApi: range, platform: tag };
  expectRefusal(
    () => new VClusterPlatformIngressRules(stack, 'refused', { ...props, kubernetesApi: account }),
    'tags-and-accounts-mixed',
  );
  const rules = new VClusterPlatformIngressRules(stack, 'rules', props);
  expect(Object.keys(resourcesOf(stack).google_compute_firewall)).toHaveLength(terraformAddresses(rules).length);
});

test('ignores the settings that a construct gave to a group before it failed', () => {
  const stack = newStack();
  const id = 'sg-0123456789abcdef0';
  const [named, renamed] = ['mongo', 'another'].map((key) => AwsSecurityGroup.fromId(id, { key, maxRules: 100 }));
  const stores = { workers: range, mongodb: named, elasticsearch: renamed };
  expectRefusal(() => new ApinizerDataStoreRules(stack, 'refused', stores), 'settings-disagree');
  const rules = new ApinizerDataStoreRules(stack, 'stores', { workers: range, mongodb: AwsSecurityGroup.fromId(id) });
  expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(
    terraformAddresses(rules).length,
  );
});

test('a construct that failed adds nothing to the access request', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('servers', '10.8.0.0/28');
  const mongodb = { workers: range, mongodb: hosts };
  new ApinizerDataStoreRules(stack, 'stores', mongodb);
  expectRefusal(() => new ApinizerDataStoreRules(stack, 'refused', { ...mongodb, omit: ['mongodb'] }), 'nothing-left');
  expect(stack.toTerraform()['//'].metadata.clusterPorts.flows).toHaveLength(1);
});
