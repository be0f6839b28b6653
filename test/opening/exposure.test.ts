import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
} from 'cdktf-cluster-ports';
import { App, TerraformStack } from 'cdktf';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectRefusal } from '../support/refusals';

const AWS = AwsSecurityGroup.fromId('sg-0123456789abcdef0');

/** Returns a function that opens 32080/tcp of machines to one peer after another. */
function opening(scope: TerraformStack, workers: (id: string) => IHostGroup): (id: string, clients: IPeer) => unknown {
  return (id, clients) => new ApinizerNodePorts(scope, id, { workers: workers(id), managementConsole: { clients } });
}

/** Machines of each cloud; on GCP each construct needs a prefix of its own. */
const MACHINES: readonly [string, (id: string) => IHostGroup][] = [
  ['on AWS', () => AWS],
  ['on GCP', (id) => new GcpFirewall({ network: 'prod', namePrefix: `${id}-` }).networkTag('worker')],
  ['of the firewall team', () => ExternalHosts.named('workers', '10.8.0.0/28')],
];

describe.each(MACHINES)('machines %s', (_where, machines) => {
  test('fails when constructs together open a port to most of the internet', () => {
    const stack = newStack();
    const open = opening(stack, machines);
    open('first', Peer.cidr('16.0.0.0/8'));
    const before = opened(stack);
    expectRefusal(() => open('second', Peer.cidr('17.0.0.0/8')), 'world-without-reason');
    expect(opened(stack)).toEqual(before);
  });

  test('accepts the same ranges with a reason, given for either of them', () => {
    const [one, other] = [opening(newStack(), machines), opening(newStack(), machines)];
    one('first', Peer.cidr('16.0.0.0/8'));
    one('second', Peer.wide('half of it', '17.0.0.0/8'));
    other('first', Peer.wide('half of it', '16.0.0.0/8'));
    expect(() => other('second', Peer.cidr('17.0.0.0/8'))).not.toThrow();
  });
});

test('counts the same ranges, overlapping ranges and private ranges only once or not at all', () => {
  const open = opening(newStack(), () => AWS);
  open('first', Peer.cidr('16.0.0.0/8', '10.0.0.0/8'));
  open('second', Peer.cidr('16.0.0.0/9', '172.16.0.0/12'));
  expect(() => open('third', Peer.cidr('16.0.0.0/8', '192.168.0.0/16'))).not.toThrow();
});

test('counts what all stacks of the app open', () => {
  const app = new App();
  const [one, two] = ['one', 'two'].map((name) => new TerraformStack(app, name));
  opening(one, () => AWS)('first', Peer.cidr('16.0.0.0/8'));
  expectRefusal(() => opening(two, () => AWS)('second', Peer.cidr('17.0.0.0/8')), 'world-without-reason');
});

test('counts what is open at one port, also of ranges of ports', () => {
  const stack = newStack();
  const stores = (id: string, workers: string, ...mongodb: [from: number, to: number]): unknown =>
    new DocumentedPortRules(stack, id, {
      table: {
        id,
        title: 'Ports of the stores',
        reference: 'https://wiki.example.com/stores',
        edition: '2026-10',
        comparedOn: '2026-11-21',
        flows: [
          {
            source: { id: 'worker', title: 'workers' },
            destination: { id: 'store', title: 'stores' },
            rows: [
              {
                name: 'store',
                port: Port.tcpRange(...mongodb),
                description: 'Store',
                section: 'Ports',
                protocolBasis: Basis.TABLE,
              },
            ],
          },
        ],
      },
      roles: { worker: Peer.cidr(workers), store: AWS },
    });
  stores('low', '16.0.0.0/8', 30_000, 30_999);
  expect(() => stores('high', '17.0.0.0/8', 31_000, 31_999)).not.toThrow();
  expectRefusal(() => stores('middle', '18.0.0.0/8', 30_500, 31_500), 'world-without-reason');
});

describe('an app that counts narrower ranges as the world', () => {
  const context = (text: unknown): TerraformStack =>
    new TerraformStack(new App({ context: { 'clusterPorts:worldWiderThan': text } }), 'stack');

  test('needs a reason for them', () => {
    const open = opening(context('/16'), () => AWS);
    expectRefusal(() => open('first', Peer.cidr('16.0.0.0/15')), 'world-without-reason');
    expect(() => open('second', Peer.wide('our provider', '16.0.0.0/15'))).not.toThrow();
    expect(() => open('third', Peer.cidr('10.0.0.0/8'))).not.toThrow();
  });

  test('may say so for IPv6 too', () => {
    const open = opening(context('/8,/32'), () => AWS);
    expectRefusal(() => open('first', Peer.cidr('2a00::/31')), 'world-without-reason');
    expect(() => open('second', Peer.cidr('2a00::/32'))).not.toThrow();
  });

  test.each([['/4'], ['/8,/12'], ['8'], ['/33'], ['/0'], ['/8,/129'], ['world'], [8], ['']])('fails for %p', (text) => {
    const open = opening(context(text), () => AWS);
    expectRefusal(() => open('first', Peer.cidr('10.0.0.0/8')), 'world-threshold-invalid');
  });
});
