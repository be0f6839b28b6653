import { diff } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

// Changes that open nothing, of parts that are not evaluated.

const RULE = {
  security_group_id: 'sg-01234567',
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  cidr_ipv4: '10.0.0.0/8',
};
const only = (type: string, body: object): object => ({ resource: { [type]: { x: body } } });
const ruleWith = (body: object): object => only('aws_vpc_security_group_ingress_rule', { ...RULE, ...body });
const path = (name: string): object => ({ '//': { metadata: { path: name, uniqueId: name } } });
const variable = (more: object): object => ({
  ...ruleWith({ cidr_ipv4: '${trimspace(var.office)}' }),
  variable: { office: { type: 'string', default: '10.0.0.0/8', ...more } },
});
const data = (more: object): object => ({
  ...ruleWith({ cidr_ipv4: '${data.aws_vpc.v.cidr_block}' }),
  data: { aws_vpc: { v: { default: true, ...more } } },
});
const provisioned = (more: object): object =>
  only('terraform_data', { provisioner: [{ 'local-exec': { command: 'true' } }], ...more });

function changes(before: object, after: object): number {
  const found = diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
  return found.changes.length + found.notEvaluated.changed.length;
}

test.each<[string, object, object]>([
  [
    'the path of a rule with count',
    ruleWith({ count: '${var.n}', ...path('a') }),
    ruleWith({ count: '${var.n}', ...path('b') }),
  ],
  [
    'the path of a rule with an unknown port',
    ruleWith({ to_port: '${var.p}', ...path('a') }),
    ruleWith({ to_port: '${var.p}', ...path('b') }),
  ],
  [
    'the path of a rule of Azure',
    only('azurerm_network_security_rule', path('a')),
    only('azurerm_network_security_rule', path('b')),
  ],
  [
    'the path of a module',
    { module: { m: { source: 'x', ...path('a') } } },
    { module: { m: { source: 'x', ...path('b') } } },
  ],
  ['the path of a variable', variable(path('a')), variable(path('b'))],
  ['the description of a variable', variable({}), variable({ description: 'The office' })],
  ['the path of a data source', data(path('a')), data(path('b'))],
  ['the path of a command', provisioned(path('a')), provisioned(path('b'))],
  ...[
    ['azurerm_network_interface', 'tags'],
    ['azurerm_kubernetes_cluster', 'tags'],
    ['aws_autoscaling_group', 'tag'],
    ['google_dataproc_cluster', 'labels'],
  ].map(([type, name]): [string, object, object] => [
    `${name} of ${type}`,
    only(type, { [name]: { a: 'b' } }),
    only(type, { [name]: { a: 'c' } }),
  ]),
])('%s changes nothing', (_what, before, after) => {
  expect(changes(before, after)).toBe(0);
  expect(changes(after, before)).toBe(0);
});

test.each([
  ['hcloud_server', 'labels'],
  ['digitalocean_droplet', 'tags'],
])('%s changes where firewalls apply if its %s change', (type, name) => {
  expect(changes(only(type, { [name]: { a: 'b' } }), only(type, { [name]: { a: 'c' } }))).toBe(1);
});
