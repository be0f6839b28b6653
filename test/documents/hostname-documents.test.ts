import { App, TerraformStack } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  DocumentedHostnameRules,
  ExternalProxy,
  type IHostnameFilter,
  Peer,
  Port,
} from '../../lib';
import { matrixJson, matrixMarkdown } from '../../lib/documents';
import { csvTable } from '../../lib/text';
import { matrixTables } from '../../lib/documents/port-matrix';
import { readStack, type TracedHostname } from '../../lib/provenance';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { expectRefusal } from '../support/refusals';
import { requestMarkdown, requestTable, requestText } from '../support/plain-request';

function synthesized(through: IHostnameFilter): unknown {
  const stack = new TerraformStack(new App(), 'platform');
  const rows = [
    hostnameRow('docker', '*.docker.com', Port.tcp(443)),
    hostnameRow('ubuntu', 'archive.ubuntu.com', Port.tcp(443), Port.tcp(80)),
  ];
  new DocumentedHostnameRules(stack, 'hosts', { table: hostnameTable(rows), through });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

function hostnamesOf(through: IHostnameFilter): readonly TracedHostname[] {
  return readStack('cdk.tf.json', synthesized(through)).hostnames;
}

const clients = Peer.named('kubernetes subnets', '10.20.0.0/16');
const PROXY = ExternalProxy.named('Corporate proxy', { clients });

test('a request for hostnames names the machines that they are for', () => {
  expect(requestText([], [], hostnamesOf(PROXY))).toBe(`# Please allow outbound access through Corporate proxy:
# Document: Hosts of the platform, edition 2026-10, https://wiki.example.com/hosts
SOURCE:
kubernetes subnets
10.20.0.0/16
ADDRESSES TO ACCESS:
*.docker.com 443/tcp
archive.ubuntu.com 443/tcp 80/tcp
`);
  const [, row] = csvTable(requestTable([], hostnamesOf(PROXY))).split('\r\n');
  expect(row).toMatch(
    /^please open,kubernetes subnets through Corporate proxy,10\.20\.0\.0\/16,\*\.docker\.com,,443,tcp,/,
  );
  expect(requestMarkdown([], hostnamesOf(PROXY))).toContain(
    '| please open | kubernetes subnets<br>`10.20.0.0/16`<br>through Corporate proxy |',
  );
});

test('fails for machines that are not a peer, or that are everybody', () => {
  expectRefusal(() => ExternalProxy.named('proxy', { clients: '10.0.0.0/8' as any }), 'peer-required');
  expectRefusal(() => ExternalProxy.named('proxy', { clients: Peer.anyIpv4('all') }), 'world-not-allowed');
  expectRefusal(() => ExternalProxy.named('proxy', { client: clients } as any), 'prop-unknown');
});

test('the matrix lists hostnames with their machines', () => {
  expect(
    csvTable(matrixTables([], hostnamesOf(PROXY), {}).documented)
      .split('\r\n')
      .slice(1, 3),
  ).toEqual([
    '"kubernetes subnets, 10.20.0.0/16, through Corporate proxy",*.docker.com,443/tcp,Outbound access by name,the firewall team,Hosts,platform-hosts@2026-10',
    '"kubernetes subnets, 10.20.0.0/16, through Corporate proxy",archive.ubuntu.com,443/tcp,Outbound access by name,the firewall team,Hosts,platform-hosts@2026-10',
  ]);
  expect(matrixMarkdown([], hostnamesOf(PROXY))).toContain('`*.docker.com`');
  expect(JSON.parse(matrixJson([], hostnamesOf(PROXY))).hostnames[1]).toMatchObject({
    clients: { label: 'kubernetes subnets', ranges: ['10.20.0.0/16'] },
    hostname: 'archive.ubuntu.com',
    ports: ['443/tcp', '80/tcp'],
    external: true,
  });
});

test('matrix and show say the same about AWS Network Firewall: its protocols, every port, and a domain itself', () => {
  const filter = new AwsNetworkFirewallRuleGroup({ clients });
  const { hostnames } = JSON.parse(matrixJson([], hostnamesOf(filter)));
  const listed = hostnames.flatMap(({ allowed }: any) =>
    allowed.flatMap(({ port, names }: any) => names.map((name: string) => `${port.split(',')[0]} host:${name}`)),
  );
  const { rules } = readTerraform(synthesized(filter), 'cdk.tf.json');
  expect(listed.sort()).toEqual(
    trafficRows(permittedBy(rules))
      .map(({ port, to }) => `${port} ${to}`)
      .sort(),
  );
  expect(hostnames[0].allowed).toEqual([
    { port: '0-65535/tcp, document: 443/tcp', names: ['*.docker.com over TLS', 'docker.com over TLS'] },
  ]);
  expect(requestText([], [], hostnamesOf(filter))).toContain(
    '# AWS Network Firewall finds names over TLS (443/tcp) or HTTP (80/tcp) on every port, and *.docker.com includes docker.com',
  );
});
