import { spawnSync } from 'node:child_process';

const VARIABLE = 'CLUSTER_PORTS_KUBERNETES_VALIDATE';

/** Tells the tests which Python has the package, and which folder has its environment if it was made for them. */
export function providePython(python: string, directory = ''): void {
  process.env[VARIABLE] = JSON.stringify([python, directory]);
}

function provided(): readonly string[] {
  return JSON.parse(process.env[VARIABLE]!) as string[];
}

/** The folder of the environment that was made for the tests; empty if the package was there. */
export function environment(): string {
  return provided()[1];
}

const SCRIPT = `
import json, sys
import kubernetes_validate
def said(policy, version):
    try:
        kubernetes_validate.validate(policy, version, strict=True)
        return 'valid'
    except kubernetes_validate.ValidationError as error:
        return error.message
read = json.load(sys.stdin)
print(json.dumps([said(policy, read['version']) for policy in read['policies']]))
`;

/** What `kubernetes-validate --strict` says about policies with the schemas of a version of Kubernetes: `valid`, or an error. */
export function validated(policies: readonly object[], version: string): string[] {
  const { status, stdout, stderr } = spawnSync(provided()[0], ['-c', SCRIPT], {
    encoding: 'utf8',
    input: JSON.stringify({ policies, version }),
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`kubernetes-validate: exit ${status}\n${stderr}`);
  return JSON.parse(stdout) as string[];
}
