/** The clouds in the names of provider packages. */
export type ProviderCloud = 'aws' | 'google' | 'kubernetes';

/** The packages with the resource classes of a cloud. */
export type ProviderPackage = `@${'cdktf' | 'cdktn'}/provider-${ProviderCloud}`;

/**
 * The versions of optional packages with which the tests run, oldest first. The published package has them as optional peers.
 *
 * `@cdktn/provider-google` and `@cdktn/provider-kubernetes` are not here: no registry that the tests reach has them.
 */
export const TESTED_VERSIONS: Readonly<Partial<Record<ProviderPackage | 'cdktf' | 'cdktn', readonly string[]>>> = {
  '@cdktf/provider-aws': ['^19.0.0', '^20.0.0', '^21.0.0'],
  '@cdktf/provider-google': ['^14.0.0', '^15.0.0', '^16.0.0'],
  '@cdktf/provider-kubernetes': ['^11.0.0', '^12.0.0'],
  '@cdktn/provider-aws': ['^25.0.0'],
  cdktf: ['^0.20.0', '^0.21.0'],
  cdktn: ['^0.24.0'],
};

/** The versions with modules that not all tested versions of their package have. */
const LATER_MODULES: Readonly<Record<string, readonly string[]>> = {
  '@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run': ['^16.5.0'],
};

/** Returns the versions of a provider package that have a module, oldest first. Returns nothing for a package that no test had. */
export function versionsWith(module: string, name: ProviderPackage): readonly string[] | undefined {
  return LATER_MODULES[module] ?? TESTED_VERSIONS[name];
}

/** Returns the version of a provider package, or nothing if it is not installed. */
export function installedVersion(name: ProviderPackage): string | undefined {
  try {
    return MANIFESTS[name]().version;
  } catch {
    return undefined;
  }
}

interface Manifest {
  readonly version: string;
}

// The paths are literals, so that bundlers find them. Bundlers take only what is required within `try` for something that may be missing.
/* eslint-disable @typescript-eslint/no-require-imports */
const MANIFESTS: Readonly<Record<ProviderPackage, () => Manifest>> = {
  '@cdktf/provider-aws': () => require('@cdktf/provider-aws/package.json') as Manifest,
  '@cdktf/provider-google': () => require('@cdktf/provider-google/package.json') as Manifest,
  '@cdktf/provider-kubernetes': () => require('@cdktf/provider-kubernetes/package.json') as Manifest,
  '@cdktn/provider-aws': () => require('@cdktn/provider-aws/package.json') as Manifest,
  '@cdktn/provider-google': () => require('@cdktn/provider-google/package.json') as Manifest,
  '@cdktn/provider-kubernetes': () => require('@cdktn/provider-kubernetes/package.json') as Manifest,
};
/* eslint-enable @typescript-eslint/no-require-imports */
