import { deployment } from './deployment';
import { everyOption, REGION } from './every-option';
import { DOCUMENTED_RULES } from './every-option-rules';
import { missingWhileApplying } from './missing-while-applying';

const SLOW = 4;
const deployed = deployment();

/** Changes without the hashes of their Terraform addresses. */
const withoutHashes = (changes: readonly string[]): string[] =>
  changes.map((change) => change.replace(/_[0-9a-f]{12}$/, '')).sort();

test('every construct and option opens what the documents say, and a change of the code changes only its own rules', async () => {
  const { cloud, terraform } = deployed();
  const api = cloud.region(REGION);
  const existing = await api.createGroupByHand('prometheus');
  const folder = terraform();
  await folder.write(everyOption({ existing }));
  await folder.apply();
  expect(await api.rules()).toEqual(DOCUMENTED_RULES);
  expect(await folder.plan()).toEqual([]);

  await folder.write(everyOption({ existing, rewritten: true }));
  expect(await folder.plan()).toEqual([]);

  cloud.slowDownRevocations(SLOW);
  await folder.write(everyOption({ existing, moreClients: ['10.11.0.0/16'], reason: 'public', secondConstruct: true }));
  expect(withoutHashes(await folder.plan())).toEqual([
    'create aws_vpc_security_group_egress_rule.egress_tcp_6443',
    'create aws_vpc_security_group_ingress_rule.ingress_tcp_32080',
    'create aws_vpc_security_group_ingress_rule.ingress_tcp_6443',
    'update aws_vpc_security_group_egress_rule.egress_udp_8285',
    'update aws_vpc_security_group_egress_rule.egress_udp_8472',
    'update aws_vpc_security_group_ingress_rule.ingress_tcp_30080',
    'update aws_vpc_security_group_ingress_rule.ingress_tcp_30081',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8285',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8472',
  ]);
  expect(await missingWhileApplying(api, () => folder.apply(), DOCUMENTED_RULES)).toEqual([]);
  expect(await api.rules()).toEqual(
    [
      ...DOCUMENTED_RULES,
      'ingress 32080/tcp from 10.11.0.0/16 at workers',
      'ingress 6443/tcp from workers at workers',
      'egress 6443/tcp to workers at workers',
    ].sort(),
  );

  await folder.write(everyOption({ existing }));
  expect(withoutHashes(await folder.plan())).toEqual([
    'delete aws_vpc_security_group_egress_rule.egress_tcp_6443',
    'delete aws_vpc_security_group_ingress_rule.ingress_tcp_32080',
    'delete aws_vpc_security_group_ingress_rule.ingress_tcp_6443',
    'update aws_vpc_security_group_egress_rule.egress_udp_8285',
    'update aws_vpc_security_group_egress_rule.egress_udp_8472',
    'update aws_vpc_security_group_ingress_rule.ingress_tcp_30080',
    'update aws_vpc_security_group_ingress_rule.ingress_tcp_30081',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8285',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8472',
  ]);
  expect(await missingWhileApplying(api, () => folder.apply(), DOCUMENTED_RULES)).toEqual([]);
  expect(await api.rules()).toEqual(DOCUMENTED_RULES);

  cloud.slowDownRevocations(0);
  await folder.destroy();
  expect(await api.rules()).toEqual(['egress everything to 0.0.0.0/0 at prometheus']);
  folder.remove();
});
