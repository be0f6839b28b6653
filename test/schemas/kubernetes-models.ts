import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What `kubernetes-models` says about policies: `valid`, or an error. The package has only ES modules, which Jest does not load. */
export function validated(policies: readonly object[]): string[] {
  const script = `
    import { readFileSync } from 'node:fs';
    import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
    const said = (policy) => { try { new NetworkPolicy(policy).validate(); return 'valid'; } catch (error) { return String(error); } };
    console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(said)));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: join(__dirname, '../..'),
    input: JSON.stringify(policies),
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output) as string[];
}
