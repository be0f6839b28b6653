import 'cdktf-cluster-ports/testing';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { AwsSecurityGroup, Egress, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { newStack } from '../support/clouds';

const { path } = temporaryDirectory();

type Json = any;

function onGcp(own: object): Json {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: firewall.networkTag('platform'),
    prometheus: firewall.networkTag('prometheus', { ipRanges: Peer.cidr('10.9.0.0/24') }),
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource.google_compute_firewall.own = {
    name: 'own',
    network: 'prod',
    project: 'net-host',
    direction: 'EGRESS',
    deny: [{ protocol: 'all' }],
    ...own,
  };
  return json;
}

function onAws(egress: object): Json {
  const stack = newStack();
  const group = (name: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.UNMANAGED });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: group('platform'), prometheus: group('prometheus') });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource.aws_vpc_security_group_egress_rule = egress;
  return json;
}

const outbound = (more: object): object => ({
  own: { security_group_id: '${aws_security_group.group_platform.id}', ip_protocol: '-1', ...more },
});
const TAGS = { port: '9090/tcp', from: 'tag:platform', to: 'tag:prometheus' };
const GROUPS = { port: '9090/tcp', from: 'sg:platform', to: 'sg:prometheus' };

interface Answers {
  readonly toPermit: boolean;
  readonly notToPermit: boolean;
  readonly toMatchDocuments: boolean;
  readonly explain: string;
}

function passes(assertion: () => unknown): boolean {
  try {
    assertion();
    return true;
  } catch {
    return false;
  }
}

async function answers(json: Json, row: typeof TAGS): Promise<Answers> {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  const asked = ['--from', row.from, '--to', row.to, '--port', row.port, '--format', 'json'];
  return {
    toPermit: passes(() => expect(file).toPermit(row)),
    notToPermit: passes(() => expect(file).not.toPermit(row)),
    toMatchDocuments: passes(() => expect(file).toMatchDocuments()),
    explain: JSON.parse((await cli(['explain', file, ...asked])).stdout).verdict,
  };
}

const REFUSED: Answers = { toPermit: false, notToPermit: true, toMatchDocuments: false, explain: 'refused' };
const IN_PART: Answers = {
  toPermit: false,
  notToPermit: false,
  toMatchDocuments: false,
  explain: 'depends on the IP address',
};
const PASSES: Answers = { toPermit: true, notToPermit: false, toMatchDocuments: true, explain: 'passes' };

test.each<[string, object, Answers]>([
  ['all', { target_tags: ['platform'] }, REFUSED],
  ['all, by the IP ranges', { target_tags: ['platform'], destination_ranges: ['10.9.0.0/16'] }, REFUSED],
  ['all, for every machine', {}, REFUSED],
  ['some IP addresses', { target_tags: ['platform'], destination_ranges: ['10.9.0.0/25'] }, IN_PART],
  ['different IP addresses', { target_tags: ['platform'], destination_ranges: ['10.8.0.0/16'] }, PASSES],
  ['different machines', { target_tags: ['other'] }, PASSES],
])('the matchers and explain agree about a rule of GCP that denies the source %s', async (_what, own, expected) => {
  expect(await answers(onGcp(own), TAGS)).toEqual(expected);
});

test.each<[string, object, Answers]>([
  ['elsewhere', outbound({ referenced_security_group_id: 'sg-0123456789abcdef0' }), REFUSED],
  [
    'to it, which no document has',
    outbound({ referenced_security_group_id: '${aws_security_group.group_prometheus.id}' }),
    { ...PASSES, toMatchDocuments: false },
  ],
])(
  'the matchers and explain agree about a security group with an outbound rule %s',
  async (_what, egress, expected) => {
    expect(await answers(onAws(egress), GROUPS)).toEqual(expected);
  },
);

test('a security group without outbound rules may have them in a different configuration', () => {
  const json = onAws({});
  expect(json).toPermit(GROUPS);
  expect(json).not.toPermit({ ...GROUPS, port: '22/tcp' });
  expect(json).toMatchDocuments();
});

test('a row with a direction is only about the rules of that direction', () => {
  expect(onGcp({ target_tags: ['platform'] })).toPermit({ ...TAGS, direction: 'ingress' });
});

test('fails with the row and the rule that denies it', () => {
  const message = (): string => {
    try {
      expect(onGcp({ target_tags: ['platform'] })).toPermit(TAGS);
    } catch (error) {
      return stripVTControlCharacters((error as Error).message);
    }
    return '';
  };
  expect(message()).toContain(
    'Closed: outbound rules of the source stop it\n  rows[0]: outbound rules deny it: google_compute_firewall.own',
  );
});
