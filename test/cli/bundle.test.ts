import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeExamples, temporaryDirectory } from '../support/cli';

const ROOT = join(__dirname, '../..');
const DOCUMENTS = join(ROOT, 'examples/documents/apinizer-hybrid');
const { path, file } = temporaryDirectory();
const bin = join(path, 'dist/bin');
const hybrid = join(synthesizeExamples(join(path, 'out')), 'apinizer-hybrid');

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/bundle.mjs'), bin], { cwd: path });
  file('package.json', '{"version":"1.2.3"}');
});

/** Runs the bundle as a program in a directory without installed packages. */
function clusterPorts(...argv: string[]): { code: number | null; stdout: string; stderr: string } {
  const options = { cwd: path, encoding: 'utf8' as const, env: {} };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bin, 'cluster-ports.js'), ...argv], options);
  return { code: status, stdout, stderr };
}

test('the bundle is one file, plus Graphviz and the licences of both', () => {
  expect(readdirSync(bin).sort()).toEqual(['THIRD-PARTY-NOTICES.txt', 'cluster-ports.js', 'graphviz.js']);
  const notices = readFileSync(join(bin, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect([...notices.matchAll(/^(\S+) \d+\.\d+\.\d+ \(MIT\)$/gm)].map(([, name]) => name)).toEqual([
    '@viz-js/viz',
    'commander',
    'fastest-levenshtein',
    'fflate',
    'hono',
    'write-excel-file',
    'xmlchars',
  ]);
  // saxes has a part under this licence too
  expect(notices.match(/Permission is hereby granted/g)).toHaveLength(8);
  expect(notices).toMatch(/^saxes \d+\.\d+\.\d+ \(ISC\)$/m);
  expect(notices).toContain('Eclipse Public License');
});

test('the bundle runs without installed packages', () => {
  expect(clusterPorts('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  const request = readFileSync(join(DOCUMENTS, 'request.txt'), 'utf8');
  expect(clusterPorts('request', hybrid)).toEqual({ code: 0, stdout: request, stderr: '' });
  const svg = readFileSync(join(DOCUMENTS, 'diagram.svg'), 'utf8');
  expect(clusterPorts('diagram', hybrid, '--format', 'svg')).toEqual({ code: 0, stdout: svg, stderr: '' });
  const junit = file('verify.xml', '<testsuites><testcase name="10.8.0.4:25080"/></testsuites>');
  expect(clusterPorts('report', hybrid, '--junit', junit, '--output', join(path, 'report.html'))).toMatchObject({
    code: 0,
  });
  expect(readFileSync(join(path, 'report.html'), 'utf8')).toContain('1 passed');
});

test('the bundle fails with a sentence and exit code 2', () => {
  const need = 'a path must be a readable file or directory';
  const stderr = `cdktf.out: ${need}, got nothing of that name; did you mean "cdktf synth"? [file-not-readable]\n`;
  expect(clusterPorts('request')).toEqual({ code: 2, stdout: '', stderr });
});

test('a reader that stops early is not an error', () => {
  const script = `"${process.execPath}" "${join(bin, 'cluster-ports.js')}" matrix "${join(path, 'out')}" --format json | head -c 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
});
