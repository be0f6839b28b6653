import { type FlowJson, rulesJson, rulesOf } from '../../lib/provenance/provenance-json';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

function flow(rules: Record<string, string[]>): FlowJson {
  return { row: 'row', port: '443/tcp', source: 0, destination: 1, construct: 'stack/rules', rules };
}

test('groups the rules of a flow by type, separated by spaces', () => {
  expect(rulesJson([`${INGRESS}.a`, `${EGRESS}.b`, `${INGRESS}.c`])).toEqual({ [INGRESS]: ['a c'], [EGRESS]: ['b'] });
  expect(rulesJson([])).toEqual({});
});

test('starts a new line after 250 characters', () => {
  const ids = ['a'.repeat(125), 'b'.repeat(124), 'c', 'd', 'e'];
  expect(rulesJson(ids.map((id) => `${INGRESS}.${id}`))).toEqual({
    [INGRESS]: [`${ids[0]} ${ids[1]} c`, 'd e'],
  });
});

test('reads the Terraform addresses of all lines and types back', () => {
  const addresses = ['a'.repeat(200), 'b'.repeat(60), 'c'].map((id) => `${INGRESS}.${id}`).concat(`${EGRESS}.d`);
  expect(rulesOf(flow(rulesJson(addresses)))).toEqual(addresses);
  expect(rulesOf(flow({}))).toEqual([]);
});
