import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { PROGRAM, type Program, REGISTRIES } from './program';

/** A provider that deployments need. */
export type Provider = 'aws' | 'google';

const REGISTRY = REGISTRIES.terraform;
const NOT_SEARCHED = ['proc', 'sys', 'dev', 'run', 'tmp'];
/** The version that the bindings of the examples have. */
const GOOGLE_VERSION = '6.50.0';
const DOWNLOADED = join(__dirname, '../../node_modules/.cache/cluster-ports-providers');

/** The programs that the deployments to one cloud need. */
export interface Tools {
  /** What this machine does not have. */
  readonly missing: string[];
  /** A folder in the layout of a Terraform filesystem mirror. */
  readonly mirror: string;
  /** The Python that can import moto. */
  readonly python: string;
}

/** One run of the deployments: to a cloud, with a program. */
export interface Run {
  readonly cloud: 'AWS' | 'GCP';
  readonly program: Program;
  readonly missing: string[];
}

/** Returns all runs, and what this machine lacks for each. */
export function runs(): Run[] {
  const programs: readonly Program[] = ['terraform', 'tofu'];
  return programs.flatMap((program) => [
    { cloud: 'AWS', program, missing: findTools(program).missing },
    { cloud: 'GCP', program, missing: findGoogleTools(program).missing },
  ]);
}

/** Looks for the program, a mirror with the AWS provider, and moto. */
export function findTools(program: Program = PROGRAM): Tools {
  const mirror = mirrorWith('aws');
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import moto.moto_server']).status === 0);
  const missing = [
    ...missingProgram(program),
    ...(mirror === undefined ? ['a mirror with the provider of AWS (TF_MIRROR)'] : []),
    ...(python === undefined ? ['moto'] : []),
  ];
  return { missing, mirror: mirror ?? '', python: python ?? '' };
}

/** Looks for the program, and a mirror with the Google provider. If there is no mirror, Terraform downloads the provider once. */
export function findGoogleTools(program: Program = PROGRAM): Omit<Tools, 'python'> {
  const withoutProgram = missingProgram(program);
  const mirror = mirrorWith('google') ?? (withoutProgram.length === 0 ? downloadedGoogleProvider(program) : undefined);
  const withoutMirror =
    mirror === undefined ? ['the provider of Google (TF_MIRROR, or a registry to download it)'] : [];
  return { missing: [...withoutProgram, ...withoutMirror], mirror: mirror ?? '' };
}

/** Returns the path of a provider in a mirror. */
export function providerProgram(mirror: string, provider: Provider): string {
  const { folder } = providerFolder(mirror, provider);
  return join(
    folder,
    readdirSync(folder).find((file) => file.startsWith(`terraform-provider-${provider}`))!,
  );
}

/** Returns a mirror in which the program of this project finds a provider: OpenTofu looks for it at a registry of its own. */
export function mirrorFor(mirror: string, provider: Provider): string {
  if (PROGRAM === 'terraform') return mirror;
  const { folder, version, platform } = providerFolder(mirror, provider);
  const own = mkdtempSync(join(tmpdir(), 'cluster-ports-mirror-'));
  const versions = join(own, REGISTRIES[PROGRAM], 'hashicorp', provider, version);
  mkdirSync(versions, { recursive: true });
  symlinkSync(folder, join(versions, platform));
  return own;
}

function missingProgram(program: Program): string[] {
  return spawnSync(program, ['version']).status === 0 ? [] : [program];
}

function providerFolder(mirror: string, provider: Provider): { folder: string; version: string; platform: string } {
  const providers = providersIn(mirror, provider);
  const [version] = readdirSync(providers).sort().reverse();
  // a file that does not exist would make OpenTofu print a warning in front of the JSON
  const env = { ...process.env, TF_CLI_CONFIG_FILE: undefined };
  const text = execFileSync(PROGRAM, ['version', '-json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
  const { platform } = JSON.parse(text) as { platform: string };
  return { folder: join(providers, version, platform), version, platform };
}

function providersIn(mirror: string, provider: Provider): string {
  return join(mirror, REGISTRY, 'hashicorp', provider);
}

function mirrorWith(provider: Provider): string | undefined {
  const { TF_MIRROR } = process.env;
  if (TF_MIRROR !== undefined && existsSync(providersIn(TF_MIRROR, provider))) return TF_MIRROR;
  return mirrorBelow(parse(process.cwd()).root, 3, provider);
}

/** Returns the parent of a folder with the name of Terraform's public registry, at most `levels` below a root. */
function mirrorBelow(root: string, levels: number, provider: Provider): string | undefined {
  if (existsSync(providersIn(root, provider))) return root;
  if (levels === 1) return undefined;
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_SEARCHED.includes(entry.name))
    .map((entry) => mirrorBelow(join(root, entry.name), levels - 1, provider))
    .find((found) => found !== undefined);
}

/** Returns the folder of the providers that `init` downloads, which has the layout of a mirror. */
function downloadedGoogleProvider(program: Program): string | undefined {
  const mirror = join(DOWNLOADED, '.terraform/providers');
  if (existsSync(providersIn(mirror, 'google'))) return mirror;
  mkdirSync(DOWNLOADED, { recursive: true });
  const google = { source: `${REGISTRY}/hashicorp/google`, version: GOOGLE_VERSION };
  const text = JSON.stringify({ terraform: { required_providers: { google } } });
  writeFileSync(join(DOWNLOADED, 'versions.tf.json'), text);
  const { status } = spawnSync(program, ['init', '-input=false'], {
    cwd: DOWNLOADED,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_REGISTRY_DISCOVERY_RETRY: '0' },
    timeout: 300_000,
  });
  return status === 0 && existsSync(providersIn(mirror, 'google')) ? mirror : undefined;
}
