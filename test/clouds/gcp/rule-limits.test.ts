import type { TerraformStack } from 'cdktf';
import {
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const web = firewall.networkTag('web');

function open(stack: TerraformStack, platform: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

function tags(count: number): IPeer {
  return Peer.anyOf(...Array.from({ length: count }, (_, index) => firewall.networkTag(`tag-${index}`)));
}

function accounts(count: number): IPeer {
  const email = (index: number): string => `account-${index}@net-host.iam.gserviceaccount.com`;
  return Peer.anyOf(...Array.from({ length: count }, (_, index) => firewall.serviceAccount(email(index))));
}

function ranges(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `10.${Math.floor(index / 256)}.${index % 256}.0/24`);
}

test('lists as many sources in one rule as GCP allows', () => {
  for (const [source, target, count] of [
    [tags(30), web, 30],
    [accounts(10), firewall.allInstances('one cluster alone'), 10],
    [Peer.cidr(...ranges(5000)), web, 5000],
  ] as const) {
    const stack = newStack();
    open(stack, source, target);
    expect(opened(stack)).toHaveLength(count);
  }
});

describe('fails for', () => {
  const egress = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED });
  const all = firewall.allInstances('one cluster alone');
  const far = ExternalHosts.named('prometheus', ...ranges(5001));

  test.each<[string, IPeer, IHostGroup]>([
    ['31 tags', tags(31), web],
    ['11 service accounts', accounts(11), all],
    ['5001 ranges', Peer.cidr(...ranges(5001)), web],
    ['5001 ranges of a destination', egress.networkTag('web'), far],
  ])('%s', (_what, source, target) => {
    expectNothingCreated((stack) => open(stack, source, target), 'firewall-list-too-long');
  });
});
