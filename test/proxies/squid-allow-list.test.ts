import {
  ApinizerInstallationHostnames,
  Basis,
  DocumentedHostnameRules,
  ExternalProxy,
  Port,
  SquidAllowList,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const through = ExternalProxy.named('corporate proxy');

test('renders the hostnames of the document as an allow-list of Squid', () => {
  const { hostnames } = new ApinizerInstallationHostnames(newStack(), 'hosts', {
    through,
    supplements: ['ubuntu-mirrors'],
  });
  expect(SquidAllowList.render(hostnames))
    .toBe(`# apinizer-installation-hosts@2024-12: Addresses to Access for Installations
# https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html
acl apinizer_installation_hosts_443 dstdomain cdn.redhat.com
acl apinizer_installation_hosts_443 dstdomain .docker.com
acl apinizer_installation_hosts_443 dstdomain .docker.io
acl apinizer_installation_hosts_443 dstdomain .k8s.io
acl apinizer_installation_hosts_443 dstdomain .amazonaws.com
acl apinizer_installation_hosts_443 dstdomain .mongodb.org
acl apinizer_installation_hosts_443 dstdomain artifacts.elastic.co
acl apinizer_installation_hosts_443 dstdomain .archive.ubuntu.com
acl apinizer_installation_hosts_443_port port 443
http_access allow apinizer_installation_hosts_443 apinizer_installation_hosts_443_port
acl apinizer_installation_hosts_80 dstdomain .archive.ubuntu.com
acl apinizer_installation_hosts_80_port port 80
http_access allow apinizer_installation_hosts_80 apinizer_installation_hosts_80_port
`);
});

test('leaves out names that a wildcard contains, which Squid would reject', () => {
  const names = ['*.b.example', 'b.example', 'a.b.example', '*.a.b.example', 'ab.example'];
  const hostnames = names.map((hostname, index) => {
    return { name: `row-${index}`, hostname, ports: [Port.tcp(443)], portsBasis: Basis.TABLE, section: 'Hosts' };
  });
  const reference = 'https://wiki.example.com/hosts';
  const table = { id: 'own', title: 'Own', reference, edition: '2026-10', comparedOn: '2026-11-21', hostnames };
  const rules = new DocumentedHostnameRules(newStack(), 'rules', { table, through });
  expect(SquidAllowList.render(rules.hostnames).match(/(?<=dstdomain )\S+/g)).toEqual(['.b.example', 'ab.example']);
});

test('fails for anything but a list of hostnames', () => {
  expectRefusal(() => SquidAllowList.render(undefined as never), 'hostnames-required');
  expectRefusal(() => SquidAllowList.render({} as never), 'hostnames-required');
});
