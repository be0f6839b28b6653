import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonText } from '../text';
import { explanationOf, FINDING_CODES, type FindingLevel, type IdentifiedFinding, type NotEvaluated } from '../traffic';

const REPOSITORY = 'https://github.com/cdktf-cluster-ports/cdktf-cluster-ports';
const PAGE = `${REPOSITORY}/blob/main/docs/findings.md`;
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The words of SARIF for levels. */
const SARIF_LEVELS: Readonly<Record<FindingLevel, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** What a run of `lint` found. */
interface LintRun {
  readonly findings: readonly IdentifiedFinding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** The version of this package. */
  readonly version: string;
}

/** Renders findings as SARIF 2.1.0, which GitHub, GitLab and Azure DevOps show as alerts. Parts that were not evaluated are notifications. */
export function sarif({ findings, notEvaluated, version }: LintRun): string {
  const lines = new LineFinder();
  const run = {
    tool: { driver: { name: 'cluster-ports', version, informationUri: REPOSITORY, rules: FINDING_CODES.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: notEvaluated.map(({ file, address, reason }) => ({
          level: 'note',
          message: { text: `${address} was not evaluated: ${reason}` },
          locations: [locationOf(file, address, lines)],
        })),
      },
    ],
    results: findings.map((finding) => resultOf(finding, lines)),
  };
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}

function ruleOf(code: (typeof FINDING_CODES)[number]): object {
  const { title, levels, cause, fix } = explanationOf(code);
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: cause },
    help: { text: `${cause}\n\nFix: ${fix}`, markdown: `${cause}\n\n**Fix:** ${fix}` },
    helpUri: `${PAGE}#${code}`,
    defaultConfiguration: { level: SARIF_LEVELS[levels[0]] },
  };
}

function resultOf(finding: IdentifiedFinding, lines: LineFinder): object {
  const { code, level, address, file, message, related, fingerprint } = finding;
  return {
    ruleId: code,
    ruleIndex: FINDING_CODES.indexOf(code),
    level: SARIF_LEVELS[level],
    message: { text: `${address}: ${message}.` },
    locations: [locationOf(file, address, lines)],
    ...(related.length > 0 && {
      relatedLocations: related.map((other) => ({ ...locationOf(file, other, lines), message: { text: other } })),
    }),
    // GitHub recognizes an alert by the first of the two; the second names the form of the hash
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'clusterPorts/v1': fingerprint },
  };
}

function locationOf(file: string, address: string, lines: LineFinder): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: lines.lineOf(file, address) },
    },
    logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
  };
}

/** Returns the path relative to the working directory; GitHub takes it as relative to the repository. */
function uriOf(file: string): string {
  const path = relative(process.cwd(), file);
  if (isAbsolute(path) || path.startsWith('..')) return pathToFileURL(file).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}

/** Finds the line at which a resource begins in JSON with one member per line; in other files the first line. */
class LineFinder {
  private readonly texts = new Map<string, string>();

  public lineOf(file: string, address: string): number {
    const [, type, name] = /^(?:sg:)?(?:[\w-]+\/)?([a-z]\w*)\.([\w-]+)/.exec(address) ?? [];
    if (type === undefined || type === 'module') return 1;
    const text = this.textOf(file);
    const at = ['resource', type, name].reduce((from, key) => (from < 0 ? from : text.indexOf(`"${key}":`, from)), 0);
    return at < 0 ? 1 : text.slice(0, at).split('\n').length;
  }

  private textOf(file: string): string {
    const known = this.texts.get(file) ?? contentOf(file);
    this.texts.set(file, known);
    return known;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the name of several files
  }
}
