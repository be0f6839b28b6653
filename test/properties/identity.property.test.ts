import { Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import fc from 'fast-check';
import { newStack } from '../support/clouds';
import { opened, terraformAddresses } from '../support/opened';
import { ipv4Range, ranges } from './arbitraries';
import { RUNS } from './runs';

const firewall = new GcpFirewall({ network: 'prod' });
const aws = (): IHostGroup => AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const gcp = (): IHostGroup => firewall.networkTag('prometheus');

function terraform(sources: readonly string[], group: IHostGroup): string {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(...sources), prometheus: group });
  return Testing.synth(stack);
}

function addresses(sources: readonly string[]): string[] {
  return terraformAddresses(
    new PrometheusCostMetricsRule(newStack(), 'rule', { platform: Peer.cidr(...sources), prometheus: aws() }),
  );
}

test.each([
  ['AWS', aws],
  ['GCP', gcp],
])('a different order and duplicates of ranges give the same Terraform on %s', (_cloud, group) => {
  const shuffled = ranges.chain((values) =>
    fc.tuple(fc.constant(values), fc.shuffledSubarray([...values, ...values], { minLength: values.length * 2 })),
  );
  fc.assert(
    fc.property(shuffled, ([values, others]) => {
      expect(terraform(others, group())).toBe(terraform(values, group()));
    }),
    RUNS,
  );
});

test('an additional range on AWS keeps all Terraform addresses, and adds one if it is new', () => {
  fc.assert(
    fc.property(ranges, ipv4Range, (values, added) => {
      const [before, after] = [addresses(values), addresses([...values, added])];
      expect(after).toEqual(expect.arrayContaining(before));
      expect(after.length - before.length).toBe(values.includes(added) ? 0 : 1);
    }),
    RUNS,
  );
});

test('opens every range for every port, as it was written, and nothing else', () => {
  fc.assert(
    fc.property(ranges, (values) => {
      const stack = newStack();
      new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: Peer.cidr(...values), platform: aws() });
      const expected = [...new Set(values.map((value) => Peer.cidr(value).label))].flatMap((range) =>
        ['8443/tcp', '9443/tcp', '9444/tcp'].map((port) => `ingress ${port} from ${range} at sg-0123456789abcdef0`),
      );
      expect(opened(stack)).toEqual(expected.sort());
    }),
    RUNS,
  );
});

test('synthesizing twice gives the same Terraform', () => {
  fc.assert(
    fc.property(ranges, (values) => {
      const stack = newStack();
      new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(...values), prometheus: aws() });
      expect(Testing.synth(stack)).toBe(Testing.synth(stack));
    }),
    RUNS,
  );
});
