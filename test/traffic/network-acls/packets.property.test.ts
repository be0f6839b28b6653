import fc from 'fast-check';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import '../../properties/runs';

const RUNS = { numRuns: Number(process.env.ACL_RUNS ?? 300) };

/** A rule in the words of AWS; rules that say the same number twice do not exist. */
interface SmallRule {
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | '-1';
  readonly from: number;
  readonly to: number;
  readonly range: string;
}

const SUBNETS = { a: '10.0.1.0/24', b: '10.0.2.0/24', c: '10.0.3.0/24' } as const;
const ADDRESSES = { a: '10.0.1.5', b: '10.0.2.5', c: '10.0.3.5', outside: '192.0.2.5' } as const;
const RANGES = ['0.0.0.0/0', '10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24', '192.0.2.0/24'];
/** Borders of port ranges: between two of them, every port is like the first. */
const PORTS = [0, 443, 1024, 5432, 32_768, 61_000, 65_535];

type Place = keyof typeof ADDRESSES;
type Acls = Readonly<
  Record<'a' | 'b', { readonly ingress: readonly SmallRule[]; readonly egress: readonly SmallRule[] }>
>;

const rule: fc.Arbitrary<SmallRule> = fc
  .record({
    action: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
    protocol: fc.constantFrom('tcp' as const, 'tcp' as const, '-1' as const),
    ports: fc.tuple(fc.constantFrom(...PORTS), fc.constantFrom(...PORTS)),
    range: fc.constantFrom(...RANGES),
  })
  .map(({ ports: [one, other], ...rest }) => ({ ...rest, from: Math.min(one, other), to: Math.max(one, other) }));
const rules = fc.array(rule, { maxLength: 4 });
const acl = fc.record({ ingress: rules, egress: rules });
const places = fc.constantFrom<Place>('a', 'b', 'c', 'outside');

function inRange(address: string, range: string): boolean {
  const [network, bits] = range.split('/');
  const numberOf = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
}

/** What a network ACL does with one packet: the first rule that matches decides. */
function lets(list: readonly SmallRule[], far: string, port: number): boolean {
  const first = list.find(
    ({ protocol, from, to, range }) => (protocol === '-1' || (from <= port && port <= to)) && inRange(far, range),
  );
  return first?.action === 'allow';
}

/** Tries every port that a client may have: one for each part between two borders. */
function expected(acls: Acls, from: Place, to: Place, port: number): string {
  const at = (place: Place): Acls['a'] | undefined => (place === 'a' || place === 'b' ? acls[place] : undefined);
  if (from === to) return 'passes';
  const [source, destination] = [ADDRESSES[from], ADDRESSES[to]];
  const request =
    (at(from) === undefined || lets(at(from)!.egress, destination, port)) &&
    (at(to) === undefined || lets(at(to)!.ingress, source, port));
  if (!request) return 'refused';
  const clientPorts = [...new Set(PORTS.flatMap((one) => [one, one + 1]))].filter(
    (one) => one >= 1024 && one <= 65_535,
  );
  const leaving = clientPorts.map((one) => at(to) === undefined || lets(at(to)!.egress, source, one));
  const arriving = clientPorts.map((one) => at(from) === undefined || lets(at(from)!.ingress, destination, one));
  const isNone = (list: readonly boolean[]): boolean => list.every((one) => !one);
  if (isNone(leaving) || isNone(arriving)) return 'refused';
  return [...leaving, ...arriving].every((one) => one) ? 'passes' : 'not known';
}

function terraformOf(acls: Acls): object {
  const inline = (list: readonly SmallRule[]): object[] =>
    list.map(({ action, protocol, from, to, range }, index) => ({
      rule_no: 100 + index,
      action,
      protocol,
      from_port: protocol === '-1' ? 0 : from,
      to_port: protocol === '-1' ? 0 : to,
      cidr_block: range,
    }));
  const everything = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };
  return {
    resource: {
      aws_subnet: Object.fromEntries(Object.entries(SUBNETS).map(([name, range]) => [name, { cidr_block: range }])),
      aws_security_group: { node: { name: 'node', ingress: [everything], egress: [everything] } },
      aws_network_acl: Object.fromEntries(
        (['a', 'b'] as const).map((name) => [
          name,
          {
            subnet_ids: [`\${aws_subnet.${name}.id}`],
            // the order in the file does not matter
            ingress: inline(acls[name].ingress).reverse(),
            egress: inline(acls[name].egress).reverse(),
          },
        ]),
      ),
    },
  };
}

test('a packet through the network ACLs of two subnets is judged as rule by rule, with its answer', () => {
  fc.assert(
    fc.property(
      fc.record({ a: acl, b: acl }),
      fc.array(fc.record({ from: places, to: places, port: fc.constantFrom(443, 5432) }), {
        minLength: 5,
        maxLength: 12,
      }),
      (acls, packets) => {
        const configuration = readTerraform(terraformOf(acls), 'cdk.tf.json');
        for (const { from, to, port } of packets) {
          const end = { from: 'node', fromIp: ADDRESSES[from], to: 'node', toIp: ADDRESSES[to], port: `${port}/tcp` };
          expect([from, to, port, explain(configuration, end).verdict]).toEqual([
            from,
            to,
            port,
            expected(acls, from, to, port),
          ]);
        }
      },
    ),
    RUNS,
  );
});
