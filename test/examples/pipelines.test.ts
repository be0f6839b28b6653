import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cli } from '../support/cli';

const PIPELINES = join(__dirname, '../../examples/pipelines');
const CALL = /cluster-ports ([a-z]+[^\n|>]*)/g;

test.each(readdirSync(PIPELINES))('%s is YAML, and calls cluster-ports with valid options', async (file) => {
  const text = readFileSync(join(PIPELINES, file), 'utf8');
  expect(() => parse(text)).not.toThrow();
  const calls = [...text.matchAll(CALL)].map(([, call]) => call.trim().split(' '));
  expect(calls.map(([command]) => command)).toEqual(expect.arrayContaining(['lint', 'diff']));
  for (const call of calls) {
    // an error about the missing directory means that the options are valid
    const { code, stderr } = await cli(call.map((word) => word.replace(/\S*cdktf\.out$/, 'not-there')));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^not-there: a path must be/) });
  }
});

test.each(readdirSync(PIPELINES))('the scripts of %s are shell scripts', (file) => {
  const scripts = scriptsIn(parse(readFileSync(join(PIPELINES, file), 'utf8')));
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: '' });
  }
});

/** The scripts of GitHub steps and GitLab jobs. */
function scriptsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'run' && typeof member === 'string') return [member];
    if (name === 'script') return [(member as string[]).join('\n')];
    return scriptsIn(member);
  });
}
