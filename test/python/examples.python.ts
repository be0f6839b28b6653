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
  expect({ status, passed: /(\d+) passed/.exec(stdout)?.[1] }).toEqual({ status: 0, passed: '2' });
});

test('pip installs the command line, which reads the stacks of Python', () => {
  const stack = (directory: string): string => join(directory, 'stacks/apinizer-hybrid');
  const shown = run('cluster-ports', ['request', stack(inPython)], EXAMPLES);
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(shown.stdout).toContain('mongodb-berlin');
  expect(shown.stdout).toBe(run('cluster-ports', ['request', stack(inTypeScript)], EXAMPLES).stdout);
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
