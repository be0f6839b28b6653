import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, EXAMPLES, python, ROOT, run } from './python';

const STACKS = [
  'apinizer-hybrid',
  'checked-rules-on-aws',
  'control-plane-vip-on-aws',
  'kubeadm-apinizer-on-aws',
  'own-port-table',
  'port-table-from-file',
  'vcluster-platform-on-gke',
];
let inTypeScript: string;
let inPython: string;

beforeAll(() => {
  inTypeScript = join(environment(), 'typescript.out');
  inPython = join(environment(), 'cdktf.out');
  execFileSync(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'examples/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, CDKTF_OUTDIR: inTypeScript },
  });
  python('main.py');
});

test('every stack is tested', () => {
  expect(readdirSync(join(inPython, 'stacks')).sort()).toEqual(STACKS);
});

test.each(STACKS)('%s: the Terraform is that of TypeScript, in the same order', (stack) => {
  const terraform = (directory: string, folder: string): string =>
    readFileSync(join(directory, 'stacks', stack, 'cdk.tf.json'), 'utf8').replace(`"${folder}/`, '"');
  expect(terraform(inPython, EXAMPLES)).toBe(terraform(inTypeScript, ROOT));
});

test('the tests of the examples pass in pytest', () => {
  const { status, stdout } = run('pytest', ['--quiet', '-p', 'no:cacheprovider'], EXAMPLES);
  expect({ status, passed: /(\d+) passed/.exec(stdout)?.[1] }).toEqual({ status: 0, passed: '4' });
});

test('pip installs the command line, which reads the stacks of Python', () => {
  const stack = (directory: string): string => join(directory, 'stacks/apinizer-hybrid');
  const shown = run('cluster-ports', ['request', stack(inPython)], EXAMPLES);
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(shown.stdout).toContain('mongodb-berlin');
  expect(shown.stdout).toBe(run('cluster-ports', ['request', stack(inTypeScript)], EXAMPLES).stdout);
});

test('the page of the wheel shows Python and how to install it, and all its links lead somewhere', () => {
  const page = python(
    '-c',
    'from importlib.metadata import metadata; print(metadata("cdktf-cluster-ports").get_payload())',
  );
  expect(page).toContain('pip install cdktf-cluster-ports cdktf==0.21.0 cdktf-cdktf-provider-google==16.12.1');
  expect(page).toMatch(/```python\n[^`]*^PrometheusCostMetricsRule\(self, "cost-metrics",$/m);
  expect(page).not.toContain('```ts');
  const links = [...page.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !/^(?:https:|#)/.test(link))).toEqual([]);
});

describe('errors', () => {
  test('a provider that is not imported: the error names the import, and a later import works', () => {
    const program = join(environment(), 'late_import.py');
    writeFileSync(
      program,
      `
from cdktf import Testing, TerraformStack
from cdktf_cluster_ports import AwsSecurityGroup, Peer, PrometheusCostMetricsRule

def rules():
    PrometheusCostMetricsRule(
        TerraformStack(Testing.app(), "stack"),
        "rules",
        platform=Peer.address("203.0.113.7"),
        prometheus=AwsSecurityGroup.from_id("sg-01234567"),
    )

try:
    rules()
except RuntimeError as error:
    print(error)
import cdktf_cdktf_provider_aws
rules()
print("it works")
`,
    );
    expect(python(program).trim().split('\n')).toEqual([
      expect.stringMatching(/did you mean import cdktf_cdktf_provider_aws\? \[provider-package-missing\]$/),
      'it works',
    ]);
  });

  test('they have their code in the text', () => {
    const program =
      'from cdktf_cluster_ports import Peer\ntry:\n  Peer.cidr("203.0.113.7")\nexcept RuntimeError as error:\n  print(error)';
    expect(python('-c', program)).toMatch(/did you mean "203\.0\.113\.7\/32"\? \[range-without-prefix\]\n$/);
  });
});

test('errors say in Python what to write', () => {
  const program = `
from cdktf import Testing, TerraformStack
from cdktf_cluster_ports import GcpFirewall, KubeadmFlannelClusterRules
import cdktf_cdktf_provider_google
firewall = GcpFirewall(network="prod")
def rules(**more):
    workers, control_plane = firewall.network_tag("worker"), firewall.network_tag("control-plane")
    KubeadmFlannelClusterRules(
        TerraformStack(Testing.app(), "stack"), "rules", workers=workers, control_plane=control_plane, **more
    )
try:
    rules(omit=["kublet"])
except RuntimeError as error:
    print(error)
`;
  expect(python('-c', program)).toMatch(/did you mean "kubelet"\? \[row-unknown\]\n$/);
});

test('permitted traffic is compared with rows, and the text says what differs', () => {
  const program = `
from cdktf import Testing
from cdktf_cluster_ports import ExpectedTraffic, PermittedTraffic, TrafficDirection
from vcluster_platform_on_gke import VClusterPlatformOnGke
traffic = PermittedTraffic.of_stack(VClusterPlatformOnGke(Testing.app(), "vcluster-platform-on-gke"))
for row in traffic.rows:
    print(row.text, row.direction == TrafficDirection.INGRESS)
shell = {"port": "22/tcp", "from": "10.0.0.0/8", "to": "tag:prometheus"}
print([row.text for row in traffic.missing([shell]).missing], repr(traffic.unwanted([shell]).text))
try:
    traffic.differences([ExpectedTraffic(port="8443", from_="172.16.0.0/28", to="tag:vcluster-platform")])
except RuntimeError as error:
    print(error)
`;
  const rows = python('-c', program).trim().split('\n');
  expect(rows.slice(0, 3).sort()).toEqual([
    'ingress 8443/tcp from 172.16.0.0/28 to tag:vcluster-platform on net-host/prod True',
    'ingress 9090/tcp from 203.0.113.7/32 to tag:prometheus on net-host/prod True',
    'ingress 9443-9444/tcp from 172.16.0.0/28 to tag:vcluster-platform on net-host/prod True',
  ]);
  expect(rows.slice(3)).toEqual([
    "['ingress 22/tcp from 10.0.0.0/8 to tag:prometheus on net-host/prod'] ''",
    expect.stringMatching(
      /: PermittedTraffic\.differences, rows\[0\], port: .* did you mean "8443\/tcp"\? \[port-invalid\]$/,
    ),
  ]);
});

test('a dictionary in a list loses nothing', () => {
  const program = `
from cdktf import Testing, TerraformStack
from cdktf_cluster_ports import ApinizerNodePorts, GcpFirewall, Peer
import cdktf_cdktf_provider_google
stack = TerraformStack(Testing.app(), "stack")
ApinizerNodePorts(
    stack,
    "node-ports",
    workers=GcpFirewall(network="prod").network_tag("k8s-worker"),
    gateways=[{"environment": "prod", "clients": Peer.cidr("10.50.0.0/24"), "port": 30081}],
)
print(Testing.synth(stack))
`;
  const { resource } = JSON.parse(python('-c', program)) as {
    resource: { google_compute_firewall: Record<string, { allow: unknown; source_ranges: unknown }> };
  };
  const [rule] = Object.values(resource.google_compute_firewall);
  expect(rule).toMatchObject({ allow: [{ protocol: 'tcp', ports: ['30081'] }], source_ranges: ['10.50.0.0/24'] });
});
