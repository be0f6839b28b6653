import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'CLUSTER_PORTS_CHECKOV';

/** Tells the tests which program checkov is: the one of this machine, or the one in the environment of a folder. */
export function provideCheckov(directory?: string): void {
  process.env[VARIABLE] = directory ?? '';
}

/** The folder of the environment that was made for the tests. */
export function environment(): string | undefined {
  const directory = process.env[VARIABLE];
  return directory === '' ? undefined : directory;
}

function checkov(): string {
  const directory = environment();
  return directory === undefined ? 'checkov' : join(directory, 'bin/checkov');
}

/** A check of checkov that failed for a resource, and the file of the resource without its extension. */
export interface Finding {
  readonly file: string;
  readonly resource: string;
  readonly check: string;
}

/** What checkov finds in files. */
export interface Scan {
  readonly findings: readonly Finding[];
  readonly passed: number;
}

/** Scans files, by their names without the extension, in one run. */
export function scan(framework: 'terraform_json' | 'terraform_plan', files: Readonly<Record<string, string>>): Scan {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-scan-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, framework === 'terraform_json' ? 'cdk.tf.json' : 'plan.json'), text);
  }
  const options = [
    '--framework',
    framework,
    '--skip-download',
    '--skip-results-upload',
    '--compact',
    '--output',
    'json',
  ];
  const { stdout, stderr } = spawnSync(checkov(), ['--directory', directory, ...options], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  rmSync(directory, { recursive: true });
  if (!stdout.startsWith('{')) throw new Error(`checkov printed no result\n${stdout}\n${stderr}`);
  const { results, summary } = JSON.parse(stdout) as Report;
  if (summary.parsing_errors > 0) throw new Error(`checkov could not read ${results.parsing_errors?.join(', ')}`);
  return {
    passed: summary.passed,
    findings: results.failed_checks.map(({ file_path, resource, check_id }) => ({
      file: file_path.split('/')[1],
      resource,
      check: check_id,
    })),
  };
}

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly file_path: string;
      readonly resource: string;
      readonly check_id: string;
    }[];
    readonly parsing_errors?: readonly string[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}
