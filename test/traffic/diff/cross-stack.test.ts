import { type Gate } from '../../../lib/traffic/configuration';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { gateOf } from '../../support/first-gate';

/** Values that one stack of an app passes to another. cdktf writes them as outputs of the first, and as a remote state in the second. */
const OUTPUT = 'cross-stack-output-x';
const PASSED = `\${data.terraform_remote_state.cross-stack-reference-input-a.outputs.${OUTPUT}}`;
const REMOTE = {
  terraform_remote_state: { 'cross-stack-reference-input-a': { backend: 'local', config: { path: 'a' } } },
};

function firstGate(before: object, after: object, user: object): Gate | undefined {
  const app = (producer: object): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('cdktf.out', [
      ['a', readTerraform(producer, 'a.json')],
      ['b', readTerraform({ data: REMOTE, resource: user }, 'b.json')],
    ]);
  return gateOf({ before: app(before), after: app(after) });
}

const output = (value: unknown, more: object = {}): object => ({
  output: { [OUTPUT]: { value, sensitive: true } },
  ...more,
});
const rule = (more: object): object => ({
  aws_vpc_security_group_ingress_rule: {
    r: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '10.0.0.0/8', ...more },
  },
});
const vpc = (range: string): object => ({ resource: { aws_vpc: { v: { cidr_block: range } } } });
const firewall = (more: object): object => ({
  google_compute_firewall: {
    f: {
      name: 'f',
      network: 'projects/p/global/networks/n',
      allow: [{ protocol: 'tcp' }],
      source_ranges: ['10.0.0.0/8'],
      ...more,
    },
  },
});

test.each<[string, object, object, object]>([
  ['a range', output('10.0.0.0/8'), output('0.0.0.0/0'), rule({ cidr_ipv4: PASSED })],
  [
    'the range of a network',
    output('${aws_vpc.v.cidr_block}', vpc('10.0.0.0/16')),
    output('${aws_vpc.v.cidr_block}', vpc('10.0.0.0/8')),
    rule({ cidr_ipv4: PASSED }),
  ],
  [
    'a list of ranges',
    output(['10.0.0.0/8']),
    output(['0.0.0.0/0']),
    rule({ for_each: PASSED, cidr_ipv4: '${each.value}' }),
  ],
  ['a port', output(22), output(23), rule({ to_port: PASSED })],
  ['a part of a text', output('10.0.0.0'), output('11.0.0.0'), rule({ cidr_ipv4: `${PASSED}/8` })],
  ['a tag', output('web'), output('db'), firewall({ target_tags: [PASSED] })],
  [
    'the security group of a machine',
    output('sg-1'),
    output('sg-2'),
    { aws_instance: { i: { vpc_security_group_ids: [PASSED] } } },
  ],
])('%s that a different stack passes is compared by its value', (_what, before, after, user) => {
  expect(firstGate(before, after, user)).toBeDefined();
  expect(firstGate(before, before, user)).toBeUndefined();
  expect(firstGate(after, after, user)).toBeUndefined();
});
