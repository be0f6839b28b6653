import type { TerraformStack } from 'cdktf';
import {
  Basis,
  DocumentedHostnameRules,
  EksHybridNodesHostnames,
  ExternalProxy,
  GcpSecureWebProxy,
  type HostnameRow,
  OpenShiftHostnames,
  OpenShiftHostnamesAwsEndpoints,
  OpenShiftHostnamesCloud,
  Port,
  RancherHostnames,
  TalosHostnames,
  VClusterPlatformHostnames,
} from '../../lib';
import { allHostnameTables } from '../../lib/products/catalog';
import { publicHosting } from '../../lib/net';
import { newStack } from '../support/clouds';

const through = ExternalProxy.named('proxy');
const cluster = { cluster: 'prod', domain: 'example.com', region: 'eu-central-1' };

const row = (name: string, hostname: string): HostnameRow => ({
  name,
  hostname,
  ports: [Port.tcp(443)],
  portsBasis: Basis.TABLE,
  section: 'Hosts',
});
const OWN = {
  id: 'own',
  title: 'Hosts of the platform',
  reference: 'https://wiki.example.com/hosts',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  hostnames: [row('registry', '*.example.com'), row('sites', '*.github.io'), row('bucket', 'prod.s3.amazonaws.com')],
  supplements: [
    {
      ...row('tunnels', '*.workers.dev'),
      reason: 'The agent downloads its configuration.',
      reference: 'https://wiki.example.com/agent',
    },
  ],
};

function warnings(construct: (stack: TerraformStack) => unknown): unknown[] {
  const stack = newStack();
  construct(stack);
  const printed = stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown),
    );
  const { warnings: recorded = [] } = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(recorded.map(({ text }: { text: string }) => text)).toEqual(printed);
  return printed;
}

test('warns about the wildcards of Talos under which anyone can publish', () => {
  const expected = [
    '*.r2.cloudflarestorage.com allows traffic to anything that anyone hosts in Cloudflare buckets: omit "image-factory-storage" and ' +
      'list the bucket in a table of your own',
    '*.pkg.dev allows traffic to anything that anyone hosts in Google registries: omit "google-artifacts" and list those of your region ' +
      'in a table of your own',
    '*.githubusercontent.com allows traffic to anything that anyone hosts on GitHub: omit "github-content" and list the hostnames in a ' +
      'table of your own',
    '*.s3.dualstack.us-east-1.amazonaws.com allows traffic to anything that anyone hosts on AWS: omit "kubernetes-storage" and list the ' +
      'buckets of your region in a table of your own',
  ];
  expect(warnings((stack) => new TalosHostnames(stack, 'talos', { through }))).toEqual(expected);
  const omit = ['image-factory-storage', 'google-artifacts', 'github-content', 'kubernetes-storage'];
  expect(warnings((stack) => new TalosHostnames(stack, 'talos', { through, omit }))).toEqual([]);
});

test.each([
  [{}, []],
  [{ cloud: OpenShiftHostnamesCloud.ALIBABA }, ['*.aliyuncs.com on Alibaba Cloud, row alibaba']],
  [{ cloud: OpenShiftHostnamesCloud.AWS }, ['*.amazonaws.com on AWS, row aws-services']],
  [
    { cloud: OpenShiftHostnamesCloud.AWS, awsEndpoints: OpenShiftHostnamesAwsEndpoints.LISTED },
    [
      '*.s3.amazonaws.com on AWS, row aws-buckets',
      '*.s3.eu-central-1.amazonaws.com on AWS, row aws-regional-buckets',
      '*.s3.dualstack.eu-central-1.amazonaws.com on AWS, row aws-dualstack-buckets',
    ],
  ],
  [
    { cloud: OpenShiftHostnamesCloud.AWS, awsPrivateBucket: true },
    ['*.amazonaws.com on AWS, row aws-services', '*.cloudfront.net on AWS, row aws-cloudfront'],
  ],
  [{ cloud: OpenShiftHostnamesCloud.GCP }, ['*.googleapis.com on Google Cloud, row google-services']],
  [{ cloud: OpenShiftHostnamesCloud.AZURE }, ['*.blob.core.windows.net on Azure, row azure-blobs']],
])('warns about those of OpenShift with %j', (props, expected) => {
  const said = warnings((stack) => new OpenShiftHostnames(stack, 'openshift', { through, ...cluster, ...props }));
  const short = said.map((text) =>
    String(text).replace(/ allows traffic to anything that anyone hosts (.*): omit "(.*)" and .*/, ' $1, row $2'),
  );
  expect(short).toEqual(expected);
});

test('warns about those of a table of the user, and of its supplements', () => {
  const own = { table: OWN, through: new GcpSecureWebProxy({ location: 'europe-west3' }) };
  const sites =
    '*.github.io allows traffic to anything that anyone hosts on GitHub: omit "sites" and list the hostnames in a table of your own';
  expect(warnings((stack) => new DocumentedHostnameRules(stack, 'own', own))).toEqual([sites]);
  expect(warnings((stack) => new DocumentedHostnameRules(stack, 'own', { ...own, supplements: ['tunnels'] }))).toEqual([
    sites,
    '*.workers.dev allows traffic to anything that anyone hosts on Cloudflare: remove "tunnels" from supplements and list the hostnames ' +
      'in a table of your own',
  ]);
});

test('does not warn about exact hostnames', () => {
  const eks = { through, region: 'eu-central-1', registryAccount: '602401143452' };
  expect(warnings((stack) => new EksHybridNodesHostnames(stack, 'eks', eks))).toEqual([]);
  expect(warnings((stack) => new RancherHostnames(stack, 'rancher', { through }))).toEqual([]);
  expect(warnings((stack) => new VClusterPlatformHostnames(stack, 'vcluster', { through }))).toEqual([]);
});

test('has judged every wildcard of every table', () => {
  const rows = allHostnameTables().flatMap(({ hostnames, supplements = [] }) => [...hostnames, ...supplements]);
  const wildcards = [...new Set(rows.map(({ hostname }) => hostname.replace('{region}', 'eu-central-1')))]
    .filter((hostname) => hostname.startsWith('*.'))
    .sort();
  const judged = wildcards.map((hostname) => `${hostname} ${publicHosting(hostname)?.where ?? '(no warning)'}`);
  expect(judged).toEqual([
    '*.aliyuncs.com on Alibaba Cloud',
    '*.amazonaws.com on AWS',
    '*.apps.{cluster}.{domain} (no warning)',
    '*.archive.ubuntu.com (no warning)',
    '*.blob.core.windows.net on Azure',
    '*.cdn.snapcraft.io (no warning)',
    '*.cloudfront.net on AWS',
    '*.docker.com (no warning)',
    '*.docker.io (no warning)',
    '*.factory.talos.dev (no warning)',
    '*.githubusercontent.com on GitHub',
    '*.googleapis.com on Google Cloud',
    '*.k8s.io (no warning)',
    '*.mongodb.com (no warning)',
    '*.mongodb.org (no warning)',
    '*.pkg.dev in Google registries',
    '*.r2.cloudflarestorage.com in Cloudflare buckets',
    '*.s3.amazonaws.com on AWS',
    '*.s3.dualstack.eu-central-1.amazonaws.com on AWS',
    '*.s3.dualstack.us-east-1.amazonaws.com on AWS',
    '*.s3.eu-central-1.amazonaws.com on AWS',
    '*.snapcraftcontent.com (no warning)',
  ]);
});
