import { ApinizerDataStoreRules, AwsSecurityGroup, Egress, ExternalHosts, Peer } from 'cdktf-cluster-ports';
import { newStack, opensOnBothClouds } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

opensOnBothClouds(
  'opens both databases for the workers',
  (stack, group) =>
    new ApinizerDataStoreRules(stack, 'rules', {
      workers: group('workers'),
      mongodb: group('mongodb'),
      elasticsearch: group('elasticsearch'),
    }),
  ['ingress 25080/tcp from workers at mongodb', 'ingress 9200/tcp from workers at elasticsearch'],
);

opensOnBothClouds(
  'opens only MongoDB',
  (stack, group) =>
    new ApinizerDataStoreRules(stack, 'rules', { workers: Peer.cidr('10.1.0.0/16'), mongodb: group('mongodb') }),
  ['ingress 25080/tcp from 10.1.0.0/16 at mongodb'],
);

opensOnBothClouds(
  'opens only Elasticsearch',
  (stack, group) =>
    new ApinizerDataStoreRules(stack, 'rules', {
      workers: ExternalHosts.named('workers-on-premises', '10.1.0.0/16'),
      elasticsearch: group('elasticsearch'),
    }),
  ['ingress 9200/tcp from 10.1.0.0/16 at elasticsearch'],
);

test('allows outbound traffic to databases on premises, and marks their flows as external', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', {
    name: 'workers',
    vpcId: 'vpc-0123456789abcdef0',
    egress: Egress.DOCUMENTED,
  });
  const { flows } = new ApinizerDataStoreRules(stack, 'rules', {
    workers,
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
    elasticsearch: ExternalHosts.named('elasticsearch', '10.8.0.16/28', '2001:db8::/64'),
  });
  expect(opened(stack)).toEqual([
    'egress 25080/tcp to 10.8.0.0/28 at workers',
    'egress 9200/tcp to 10.8.0.16/28 at workers',
    'egress 9200/tcp to 2001:db8::/64 at workers',
  ]);
  expect(flows.map((flow) => flow.external)).toEqual([true, true]);
});

test('fails without a database', () => {
  expectNothingCreated(
    (stack) => new ApinizerDataStoreRules(stack, 'rules', { workers: Peer.cidr('10.1.0.0/16') }),
    'role-missing',
  );
});
