import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import '@microsoft/jest-sarif';
import { FINDING_CODES } from '../../lib/traffic';
import { cli, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const ROOT = join(__dirname, '../..');
const TYPE = 'aws_vpc_security_group_ingress_rule';
const RULE = { security_group_id: 'sg-0a1b2c3d', ip_protocol: 'tcp', from_port: 22, to_port: 22, description: 'ssh' };
const lines = (rules: Record<string, object>, module = {}): string =>
  JSON.stringify({ module, resource: { [TYPE]: rules } }, undefined, 2);

const OPEN = { ...RULE, cidr_ipv4: '0.0.0.0/0' };
const WITHIN = { ...RULE, cidr_ipv4: '10.0.0.0/8', description: '' };

async function sarif(...argv: string[]): Promise<any> {
  const { stdout, stderr } = await cli(['lint', ...argv, '--format', 'sarif']);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const resultsOf = (log: any): any[] => log.runs[0].results;

test('writes valid SARIF 2.1.0 for all examples, and for none', async () => {
  const all = await sarif(synthesizeExamples(join(path, 'out')));
  expect(all).toBeValidSarifLog();
  expect({ ...all, version: '2.0.0' }).not.toBeValidSarifLog();
  expect(resultsOf(all).length).toBeGreaterThan(0);
  const none = await sarif(file('none.tf.json', '{}'));
  expect(none).toBeValidSarifLog();
  expect(resultsOf(none)).toEqual([]);
});

describe('a result', () => {
  const name = 'one.tf.json';
  const one = file(name, lines({ open: OPEN, within: WITHIN }, { web: { source: './web' } }));

  test('has the level, the resource, its line, and the other rules', async () => {
    const log = await sarif(one);
    expect(log).toBeValidSarifLog();
    const results = resultsOf(log).map(
      ({ ruleId, level, message, locations: [{ physicalLocation, logicalLocations }] }) => {
        const { startLine } = physicalLocation.region;
        const [{ fullyQualifiedName }] = logicalLocations;
        return [
          level,
          ruleId,
          message.text,
          readFileSync(one, 'utf8').split('\n')[startLine - 1].trim(),
          fullyQualifiedName,
        ];
      },
    );
    expect(results).toEqual([
      [
        ...['error', 'world-open', `${TYPE}.open: it opens 22/tcp of sg:sg-0a1b2c3d to 0.0.0.0/0.`],
        ...['"open": {', `${TYPE}.open`],
      ],
      [
        ...['note', 'redundant', `${TYPE}.within: it opens nothing that ${TYPE}.open does not open.`],
        ...['"within": {', `${TYPE}.within`],
      ],
      ['note', 'no-description', `${TYPE}.within: it has no description.`, '"within": {', `${TYPE}.within`],
    ]);
    const [, { relatedLocations }] = resultsOf(log);
    expect(relatedLocations.map(({ message }: { message: { text: string } }) => message.text)).toEqual([
      `${TYPE}.open`,
    ]);
  });

  test('names a file in the working directory by its path, and other files by their URL', async () => {
    const uris = async (...argv: string[]): Promise<string[]> =>
      resultsOf(await sarif(...argv)).map(
        ({ locations: [location] }) => location.physicalLocation.artifactLocation.uri,
      );
    expect(new Set(await uris(one))).toEqual(new Set([expect.stringMatching(/^file:\/\/\/.*\/one\.tf\.json$/)]));
    const example = join('test', 'traffic', 'cases', 'two-halves-of-the-world.tf.json');
    expect((await uris(join(ROOT, example)))[0]).toBe('test/traffic/cases/two-halves-of-the-world.tf.json');
  });

  test('has a fingerprint that does not depend on the order and place of rules', async () => {
    const prints = async (rules: Record<string, object>): Promise<string[]> => {
      const log = await sarif(file(name, lines(rules)));
      return resultsOf(log).map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    };
    const before = await prints({ open: OPEN, within: WITHIN });
    expect(new Set(before).size).toBe(3);
    expect(before.every((print) => /^[0-9a-f]{32}:1$/.test(print))).toBe(true);
    const other = { ...RULE, from_port: 80, to_port: 80, cidr_ipv4: '10.0.0.0/8' };
    expect(await prints({ other, within: WITHIN, open: OPEN })).toEqual(before);
    expect((await prints({ open: { ...OPEN, to_port: 23 }, within: WITHIN }))[0]).not.toBe(before[0]);
  });
});

test('lists what was not evaluated as notifications', async () => {
  const log = await sarif(file('module.tf.json', '{"module":{"web":{"source":"./web"}}}'));
  expect(log).toBeValidSarifLog();
  const [{ toolExecutionNotifications: notes }] = log.runs[0].invocations;
  expect(notes.map(({ level, message }: any) => [level, message.text])).toEqual([
    ['note', 'module.web was not evaluated: a module is evaluated by Terraform: read its plan'],
  ]);
});

test('leaves out what a baseline accepts, and has the exit code of the gate', async () => {
  const open = file('accepted.tf.json', lines({ open: OPEN }));
  const baseline = join(path, 'baseline.json');
  const gate = async (...more: string[]): Promise<number> =>
    (await cli(['lint', open, '--format', 'sarif', '--output', join(path, 'lint.sarif'), ...more])).code;
  expect([await gate(), await gate('--fail-on', 'none')]).toEqual([1, 0]);
  await cli(['lint', open, '--write-baseline', baseline]);
  expect(await gate('--baseline', baseline)).toBe(0);
  expect(resultsOf(JSON.parse(readFileSync(join(path, 'lint.sarif'), 'utf8')))).toEqual([]);
});

test('has a rule for every code, with the section of its page', async () => {
  const [{ tool }] = (await sarif(file('nothing.tf.json', '{}'))).runs;
  const { rules, informationUri, version } = tool.driver;
  const { repository, version: packaged } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect({ informationUri, version }).toEqual({
    informationUri: repository.url.replace(/^git\+|\.git$/g, ''),
    version: packaged,
  });
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(FINDING_CODES);
  const headings = [...readFileSync(join(ROOT, 'docs/findings.md'), 'utf8').matchAll(/^## ([\w-]+)$/gm)].map(
    ([, code]) => code,
  );
  const pages = rules.map(({ helpUri }: { helpUri: string }) => basename(helpUri));
  expect(pages).toEqual(headings.map((code) => `findings.md#${code}`));
});
