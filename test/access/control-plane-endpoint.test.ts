import { TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AwsSecurityGroup,
  ControlPlaneEndpoint,
  type ControlPlaneEndpointProps,
  Egress,
  ExternalHosts,
  GcpFirewall,
  Peer,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const HOSTS = {
  controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
  workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
  virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
};
const endpointOf = (props: object = {}): ControlPlaneEndpoint => new ControlPlaneEndpoint({ ...HOSTS, ...props });

test('has the port of the documents and the machines by default', () => {
  const endpoint = endpointOf();
  expect(endpoint).toMatchObject({ ...HOSTS, port: 6443 });
  expect([endpoint.hostname, endpoint.loadBalancer, endpoint.servers]).toEqual([undefined, undefined, undefined]);
});

test.each<[string, object, string]>([
  ['its hostname', { hostname: 'api.k8s.example.com', port: 8443 }, 'controlPlaneEndpoint: "api.k8s.example.com:8443"'],
  ['its single IP address', {}, 'controlPlaneEndpoint: "10.1.0.100:6443"'],
  ['an IPv6 address', { ipAddress: '2001:DB8:0::100' }, 'controlPlaneEndpoint: "[2001:db8::100]:6443"'],
  ['a canonical name', { canonicalName: 'lb.example.net' }, 'controlPlaneEndpoint: "lb.example.net:6443"'],
])('renders the line of kubeadm with %s', (_what, props, line) => {
  expect(endpointOf(props).kubeadmLine()).toBe(line);
});

test('has a DNS record for each IP family of the virtual address', () => {
  const virtualAddress = ExternalHosts.named('k8s-vip', '10.1.0.100/32', '2001:db8::100/128', '10.1.2.0/24');
  expect(endpointOf({ hostname: 'api.example.com', virtualAddress }).dnsRecords()).toEqual([
    { name: 'api.example.com', type: 'A', values: ['10.1.0.100'] },
    { name: 'api.example.com', type: 'AAAA', values: ['2001:db8::100'] },
  ]);
});

test('has a CNAME for the name that a cloud gives to its load balancer', () => {
  const records = endpointOf({ hostname: 'api.example.com', canonicalName: 'lb.elb.amazonaws.com' }).dnsRecords();
  expect(records).toEqual([{ name: 'api.example.com', type: 'CNAME', values: ['lb.elb.amazonaws.com'] }]);
});

test('takes IP addresses and names that are known after apply', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const variable = new TerraformVariable(stack, 'address', { type: 'string' }).stringValue;
  const hostname = 'api.example.com';
  const outputs = [
    endpointOf({ ipAddress: variable, hostname }),
    endpointOf({ virtualAddress: ExternalHosts.named('vip', `${variable}/32`), hostname }),
    endpointOf({ canonicalName: variable, hostname }),
  ].map((endpoint) => endpoint.dnsRecords());
  new TerraformOutput(stack, 'records', { value: outputs, staticId: true });
  new TerraformOutput(stack, 'line', { value: endpointOf({ ipAddress: variable }).kubeadmLine(), staticId: true });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: Record<string, { value: unknown }> };
  const address = { name: hostname, type: 'A', values: ['${var.address}'] };
  expect(output.records.value).toEqual([[address], [address], [{ ...address, type: 'CNAME' }]]);
  expect(output.line.value).toBe('controlPlaneEndpoint: "${var.address}:6443"');
});

test('accepts a virtual address in the network of the control plane, as keepalived and kube-vip have it', () => {
  const controlPlane = ExternalHosts.named('k8s-masters', '10.1.0.0/24');
  expect(endpointOf({ controlPlane }).kubeadmLine()).toBe('controlPlaneEndpoint: "10.1.0.100:6443"');
});

test('accepts servers by IP address and by DNS name, and does not compare them with ranges that are not known', () => {
  const servers = { master1: '10.1.0.1', master2: 'master2.example.com' };
  expect(endpointOf({ servers }).servers).toEqual(servers);
  const controlPlane = new GcpFirewall({ network: 'prod' }).networkTag('k8s-control-plane');
  expect(endpointOf({ controlPlane, servers: { master1: '192.0.2.1' } }).servers).toEqual({ master1: '192.0.2.1' });
});

test.each<[string, object, string]>([
  ['no control plane', { controlPlane: undefined }, 'host-group-required'],
  ['a range as the control plane', { controlPlane: Peer.cidr('10.1.0.0/29') }, 'host-group-required'],
  ['no virtual address', { virtualAddress: undefined }, 'host-group-required'],
  ['no workers', { workers: undefined }, 'peer-required'],
  ['text as load balancer', { loadBalancer: '10.1.0.101' }, 'peer-required'],
  ['port 0', { port: 0 }, 'port-invalid'],
  ['a port above the last', { port: 65536 }, 'port-invalid'],
  ['a port known after apply', { port: Token.asNumber({ resolve: () => 1 }) }, 'port-not-known'],
  ['a hostname with a scheme', { hostname: 'https://api.example.com' }, 'hostname-invalid'],
  ['a hostname with a port', { hostname: 'api.example.com:6443' }, 'hostname-invalid'],
  ['an IP address as hostname', { hostname: '10.1.0.100' }, 'hostname-invalid'],
  ['a hostname known after apply', { hostname: Token.asString({ resolve: () => '' }) }, 'text-not-known'],
  ['a range as IP address', { ipAddress: '10.1.0.100/32' }, 'ip-address-invalid'],
  ['a name as IP address', { ipAddress: 'api.example.com' }, 'ip-address-invalid'],
  ['a number as IP address', { ipAddress: 7 }, 'text-required'],
  ['two names', { ipAddress: '10.1.0.100', canonicalName: 'lb.example.net' }, 'endpoint-name-ambiguous'],
  ['a canonical name with a port', { canonicalName: 'lb.example.net:6443' }, 'hostname-invalid'],
  ['no servers', { servers: {} }, 'servers-missing'],
  ['a list of servers', { servers: ['10.1.0.1'] }, 'object-required'],
  ['a server with a blank in its name', { servers: { 'master 1': '10.1.0.1' } }, 'server-name-invalid'],
  ['a server with a port', { servers: { master1: '10.1.0.1:6443' } }, 'server-address-invalid'],
  ['one server twice', { servers: { a: 'cp.example.com', b: 'CP.example.com' } }, 'server-given-twice'],
  ['a server of another network', { servers: { master1: '10.2.0.1' } }, 'server-outside-control-plane'],
  [
    'a server with the virtual address',
    { controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/24'), servers: { master1: '10.1.0.100' } },
    'server-is-the-virtual-address',
  ],
  ['a misspelled prop', { hostName: 'api.example.com' }, 'prop-unknown'],
])('fails for %s', (_what, props, code) => {
  expectRefusal(() => endpointOf(props), code);
});

test('fails for a scope, because it is not a construct', () => {
  expectRefusal(
    () => new ControlPlaneEndpoint(newStack() as unknown as ControlPlaneEndpointProps),
    'scope-not-expected',
  );
});

test('fails without a name or an address only where one is needed', () => {
  const stack = newStack();
  const settings = { name: 'k8s-api', vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL };
  const virtualAddress = new AwsSecurityGroup(stack, 'k8s-api', settings);
  const bare = endpointOf({ virtualAddress });
  expectRefusal(() => bare.kubeadmLine(), 'endpoint-name-missing');
  expectRefusal(() => bare.dnsRecords(), 'endpoint-name-missing');
  expectRefusal(
    () => endpointOf({ virtualAddress, hostname: 'api.example.com' }).dnsRecords(),
    'endpoint-name-missing',
  );
});
