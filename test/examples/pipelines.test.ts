import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cli } from '../support/cli';

const PIPELINES = join(__dirname, '../../examples/pipelines');
const CALL = /cluster-ports ([a-z]+[^\n|>]*)/g;

test.each(readdirSync(PIPELINES))('%s is YAML, and calls cluster-ports with options that there are', async (file) => {
  const text = readFileSync(join(PIPELINES, file), 'utf8');
  expect(() => parse(text)).not.toThrow();
  const calls = [...text.matchAll(CALL)].map(([, call]) => call.trim().split(' '));
  expect(calls.map(([command]) => command)).toEqual(expect.arrayContaining(['lint', 'diff']));
  for (const call of calls) {
    // where the directories are not there, everything before them was understood
    const { code, stderr } = await cli(call.map((word) => word.replace(/\S*cdktf\.out$/, 'not-there')));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^not-there: a path must be/) });
  }
});
