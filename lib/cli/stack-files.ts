import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readJsonFile, refusal, shown, systemReason } from '../input';
import { isManifestFile, manifestFiles } from './manifests';

const SYNTHESIZED = 'cdk.tf.json';
const STACKS = 'stacks';

/** A file to read. */
interface StackFile {
  readonly path: string;
  /** Whether the user named this stack, and not a directory with several stacks. */
  readonly isNamed: boolean;
  /** Whether it is manifests of Kubernetes. */
  readonly isManifests?: boolean;
  /** The cluster that the user gives for its network policies: `prod` in `prod=policies`. */
  readonly cluster?: string;
}

/** A file or directory beside the stacks that is not read although it may change what they permit. */
export interface SkippedFile {
  readonly path: string;
  /** Identifies it in comparisons of two directories. */
  readonly name: string;
  readonly reason: string;
}

/** The files to read, and those that are not read. */
interface StackFiles {
  readonly files: readonly StackFile[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Returns the files of paths: a file itself, the stacks in a directory such as `cdktf.out`, or the manifests in a directory without stacks.
 * In front of a path may be the cluster of its network policies: `prod=policies`.
 */
export function stackFiles(paths: readonly string[]): StackFiles {
  const found = paths.map(givenPath).map(({ path, cluster }): StackFiles => {
    const isFile = !isDirectory(path);
    const { files, skipped } = isFile
      ? { files: [{ path, isNamed: true, isManifests: isManifestFile(path) }], skipped: besidesFile(path) }
      : filesIn(path);
    return { files: files.map((file) => ({ ...file, cluster })), skipped };
  });
  const files = new Map(found.flatMap((one) => one.files).map((file) => [resolve(file.path), file]));
  return {
    files: [...files.values()],
    skipped: found.flatMap(({ skipped }) => skipped).filter(({ path }) => !files.has(resolve(path))),
  };
}

/** A path, and the cluster that the user gives for its network policies. */
interface GivenPath {
  readonly path: string;
  readonly cluster?: string;
}

/** Returns the path and the cluster in `prod=policies`. A path that exists is a path. */
export function givenPath(text: string): GivenPath {
  const [, cluster, path] = /^([A-Za-z0-9][\w.-]*)=(.+)$/s.exec(text) ?? [];
  return cluster === undefined || existsSync(text) ? { path: text } : { path, cluster };
}

/**
 * Returns the files beside a stack that was given as a file. A configuration of a different name is a copy: the files beside it belong to
 * other configurations.
 */
function besidesFile(path: string): SkippedFile[] {
  if (basename(path) !== SYNTHESIZED) return [];
  const entries = readdirSync(dirname(path), { withFileTypes: true });
  return besides(dirname(path), entries);
}

/** Returns the error of a stack that two paths contain. */
export function stackGivenTwice(name: string, path: string, other: string): Error {
  const need = 'every stack must be given once';
  return refusal(path, 'stack-given-twice', need, `${shown(name)}, which is also in ${other}`);
}

function filesIn(directory: string): StackFiles {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (has(entries, SYNTHESIZED)) {
    const skipped = [...besides(directory, entries), ...furtherDown(directory, entries)];
    return { files: [{ path: join(directory, SYNTHESIZED), isNamed: true }], skipped };
  }
  const isOutput = entries.some((entry) => entry.name === STACKS && entry.isDirectory());
  const parent = isOutput ? join(directory, STACKS) : directory;
  const children = isOutput ? readdirSync(parent, { withFileTypes: true }) : entries;
  const listed = isOutput ? listedIn(directory) : undefined;
  const parts = children
    .map((entry) => stackIn(parent, entry, listed))
    .filter((part) => part !== undefined)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const outside = isOutput && !listed ? entries.filter(({ name }) => name !== STACKS) : [];
  const files = parts
    .filter(({ isRead }) => isRead)
    .map(({ path }) => ({ path: join(path, SYNTHESIZED), isNamed: false }));
  const skipped = [
    ...ofItself(directory, entries),
    ...parts.flatMap((part) => part.skipped),
    ...elsewhere(directory, listed, files),
    ...furtherDown(directory, outside),
  ];
  return files.length === 0 ? manifestsIn(directory, skipped) : { files, skipped };
}

/** Returns the manifests in a directory without stacks. Throws if there are none. */
function manifestsIn(directory: string, skipped: readonly SkippedFile[]): StackFiles {
  const isElsewhere = skipped.some(({ reason }) => reason === FURTHER_DOWN);
  const found = isElsewhere ? undefined : manifestFiles(directory);
  if (found === undefined) throw withoutStacks(directory, skipped);
  const links = found.links.map((path) => ({
    path,
    name: relative(directory, path),
    reason: 'a link is not followed',
  }));
  return {
    files: found.files.map((path) => ({ path, isNamed: false, isManifests: true })),
    skipped: [...skipped, ...links],
  };
}

function withoutStacks(directory: string, skipped: readonly SkippedFile[]): Error {
  const need = `a directory must contain a ${SYNTHESIZED}, stacks that contain one, or manifests`;
  const deeper = skipped.find(({ reason }) => reason === FURTHER_DOWN);
  if (deeper !== undefined) {
    return refusal(directory, 'stacks-missing', need, 'stacks further down', `"${dirname(deeper.path)}"`);
  }
  const isOther = skipped.some(({ reason }) => reason === IN_OTHER_FILES);
  const got = isOther
    ? "stacks in Terraform's own language, as cdktf synth --hcl writes them, or in other files"
    : 'none';
  return refusal(directory, 'stacks-missing', need, got, '"cdktf synth"');
}

/** A directory of a stack. */
interface StackDirectory {
  readonly path: string;
  readonly isRead: boolean;
  readonly skipped: readonly SkippedFile[];
}

/** Returns the stack in a directory; nothing if it has no stack, or if the manifest no longer lists it. */
function stackIn(parent: string, entry: Dirent, listed: Manifest | undefined): StackDirectory | undefined {
  const path = join(parent, entry.name);
  const notRead = (reason: string): StackDirectory => ({
    path,
    isRead: false,
    skipped: [{ path, name: entry.name, reason }],
  });
  if (entry.isSymbolicLink()) {
    return existsSync(path) && isDirectory(path) && readdirSync(path).some((name) => CONFIGURATION.test(name))
      ? notRead('a link is not followed')
      : undefined;
  }
  if (!entry.isDirectory() || (listed !== undefined && !listed.directories.has(entry.name))) return undefined;
  const files = readdirSync(path, { withFileTypes: true });
  const deeper = listed ? [] : furtherDown(parent, [entry]).filter(({ path: found }) => dirname(found) !== path);
  if (has(files, SYNTHESIZED)) return { path, isRead: true, skipped: [...besides(path, files), ...deeper] };
  if (files.some((file) => file.name === SYNTHESIZED && file.isSymbolicLink())) {
    return notRead('a link is not followed');
  }
  const { skipped } = files.some(({ name }) => CONFIGURATION.test(name)) ? notRead(IN_OTHER_FILES) : { skipped: [] };
  return { path, isRead: false, skipped: [...skipped, ...deeper] };
}

/** Returns the files of a stack in the directory that contains the stacks. */
function ofItself(directory: string, entries: readonly Dirent[]): SkippedFile[] {
  return entries
    .filter((entry) => !entry.isDirectory() && CONFIGURATION.test(entry.name))
    .map((entry) => ({
      path: join(directory, entry.name),
      name: entry.name,
      reason: entry.isSymbolicLink() ? 'a link is not followed' : IN_OTHER_FILES,
    }));
}

const IN_OTHER_FILES = `a stack in Terraform's own language, or in other files, is not read`;
const FURTHER_DOWN = 'a stack further down than cdktf writes stacks is not read';
/** Directories of tools, which may contain stacks of packages. */
const OF_TOOLS = /^(?:\.|node_modules$)/;

/** Returns the stacks in the subdirectories among the entries of a directory, and in those of their subdirectories. */
function furtherDown(directory: string, entries: readonly Dirent[], within = ''): SkippedFile[] {
  return entries
    .filter(({ name }) => !OF_TOOLS.test(name))
    .flatMap((entry): SkippedFile[] => {
      const [path, name] = [join(directory, entry.name), join(within, entry.name)];
      const found = { path: join(path, SYNTHESIZED), name: join(name, SYNTHESIZED), reason: FURTHER_DOWN };
      if (entry.isSymbolicLink()) return existsSync(found.path) ? [found] : [];
      if (!entry.isDirectory()) return [];
      const children = readdirSync(path, { withFileTypes: true });
      const own = children.some((child) => child.name === SYNTHESIZED) ? [found] : [];
      return [...own, ...furtherDown(path, children, name)];
    });
}

/** The files in which Terraform looks for configuration. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** The files beside a stack from which Terraform takes values, or more configuration. */
const BESIDES = /^(?:terraform\.tfvars(?:\.json)?|.*\.auto\.tfvars(?:\.json)?|.*\.(?:tf|tofu)(?:\.json)?)$/;

function besides(directory: string, entries: readonly Dirent[]): SkippedFile[] {
  return entries
    .filter(({ name }) => name !== SYNTHESIZED && BESIDES.test(name))
    .map(({ name }) => ({
      path: join(directory, name),
      name,
      reason: 'Terraform reads this file too, and it may change values',
    }));
}

/** The stacks that the manifest of an output lists. */
interface Manifest {
  readonly directories: ReadonlySet<string>;
  /** The paths of their files, within the output. */
  readonly paths: readonly string[];
}

/** Returns the stacks of an output; nothing if it has no manifest. */
function listedIn(directory: string): Manifest | undefined {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) return undefined;
  const { stacks } = (readJsonFile(manifest) ?? {}) as { stacks?: Record<string, ManifestEntry | null> };
  const all = Object.entries(stacks ?? {});
  if (all.length === 0) return undefined;
  const directoryOf = ([name, stack]: (typeof all)[number]): string => stack?.workingDirectory ?? join(STACKS, name);
  return {
    directories: new Set(all.map((entry) => basename(directoryOf(entry)))),
    paths: all.map((entry) => entry[1]?.synthesizedStackPath ?? join(directoryOf(entry), SYNTHESIZED)),
  };
}

interface ManifestEntry {
  readonly workingDirectory?: string;
  readonly synthesizedStackPath?: string;
}

/** Returns the listed stacks that are not where cdktf writes them. */
function elsewhere(directory: string, listed: Manifest | undefined, files: readonly StackFile[]): SkippedFile[] {
  const read = new Set(files.map(({ path }) => path));
  const missing = listed?.paths.map((path) => join(directory, path)).filter((path) => !read.has(path)) ?? [];
  return missing
    .filter((path) => existsSync(path))
    .map((path) => ({
      path,
      name: basename(path),
      reason: 'the manifest lists this stack, and it is not where cdktf writes stacks',
    }));
}

/** Whether a directory contains a file. Links do not count, because they may lead out of the given paths. */
function has(entries: readonly Dirent[], name: string): boolean {
  return entries.some((entry) => entry.name === name && entry.isFile());
}

/** Returns whether a path is a directory. Throws if it cannot be read. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const fix = path === 'cdktf.out' ? '"cdktf synth"' : undefined;
    const need = 'a path must be a readable file or directory';
    throw refusal(path, 'file-not-readable', need, systemReason(error), fix);
  }
}
