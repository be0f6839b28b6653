import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isPython } from '../input';
import type { ProviderPackage } from './provider-versions';

// jsii runs this library for programs in other languages. A program installs a provider package in its own way, and jsii adds it to what
// Node.js finds only when the program imports it.

/**
 * Whether a program in a different language has not imported a provider package yet. Node.js must not look for a module of the package
 * before: it would remember that there is none, and the import would fail.
 */
export function isNotImported(name: ProviderPackage): boolean {
  if (process.env.JSII_AGENT === undefined) return false;
  return !module.paths.some((directory) => existsSync(join(directory, name)));
}

/** Returns how the program imports a provider package, in its language. */
export function importOf(name: ProviderPackage): string {
  if (isPython()) return `import ${pythonPackage(name).replaceAll('-', '_')}`;
  const [, cloud] = /provider-(\w+)$/.exec(name)!;
  // in compiled languages, an import loads nothing before a class is used
  return `${PROVIDERS[cloud]} of that package, created before them`;
}

/** Returns how the program installs the versions of a provider package that have a module: `^16.5.0`. */
export function installOf(name: ProviderPackage, versions: string): string {
  const [, first] = /^\^(\d+\.\d+)/.exec(versions) ?? [];
  if (isPython()) return `pip install ${pythonPackage(name)}${first === undefined ? '' : `~=${first}`}`;
  return process.env.JSII_AGENT === undefined
    ? `npm install ${name}@${versions}`
    : `version ${versions} of that package`;
}

/** Returns the name on PyPI: `cdktf-cdktf-provider-aws`. */
function pythonPackage(name: ProviderPackage): string {
  const [, framework, cloud] = /^@(\w+)\/provider-(\w+)$/.exec(name)!;
  return `${framework === 'cdktf' ? 'cdktf-cdktf' : framework}-provider-${cloud}`;
}

const PROVIDERS: Readonly<Record<string, string>> = {
  aws: 'an AwsProvider',
  google: 'a GoogleProvider',
  kubernetes: 'a KubernetesProvider',
};
