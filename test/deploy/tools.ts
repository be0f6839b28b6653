import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';

const REGISTRY = 'registry.terraform.io';
const NOT_SEARCHED = ['proc', 'sys', 'dev', 'run', 'tmp'];

/** The programs that a deployment test needs, and those that are missing. */
export interface Tools {
  readonly missing: string[];
  /** A folder in the layout of a Terraform filesystem mirror. */
  readonly mirror: string;
  /** The Python that can import moto. */
  readonly python: string;
}

/** Looks for terraform, a mirror with the AWS provider, and moto. */
export function findTools(): Tools {
  const mirror = process.env.TF_MIRROR ?? mirrorBelow(parse(process.cwd()).root, 3);
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import moto.moto_server']).status === 0);
  const missing = [
    ...(spawnSync('terraform', ['version']).status === 0 ? [] : ['terraform']),
    ...(mirror !== undefined && existsSync(providersIn(mirror)) ? [] : ['a provider mirror (TF_MIRROR)']),
    ...(python === undefined ? ['moto'] : []),
  ];
  return { missing, mirror: mirror ?? '', python: python ?? '' };
}

/** Returns the path of the AWS provider in a mirror. */
export function awsProviderProgram(mirror: string): string {
  const [version] = readdirSync(providersIn(mirror)).sort().reverse();
  const platform = execFileSync('terraform', ['version', '-json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const folder = join(providersIn(mirror), version, (JSON.parse(platform) as { platform: string }).platform);
  return join(
    folder,
    readdirSync(folder).find((file) => file.startsWith('terraform-provider-aws'))!,
  );
}

function providersIn(mirror: string): string {
  return join(mirror, REGISTRY, 'hashicorp', 'aws');
}

/** Returns the parent of a folder with the name of Terraform's public registry, at most `levels` below a root. */
function mirrorBelow(root: string, levels: number): string | undefined {
  if (existsSync(providersIn(root))) return root;
  if (levels === 1) return undefined;
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_SEARCHED.includes(entry.name))
    .map((entry) => mirrorBelow(join(root, entry.name), levels - 1))
    .find((found) => found !== undefined);
}
