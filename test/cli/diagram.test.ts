import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const TWO = ['control-plane-vip-on-aws', 'kubeadm-apinizer-on-aws'];
const paths = TWO.map((name) => join(stacks, name));

test('draws several stacks in a frame each, and merges no machines of one name', async () => {
  const { stdout } = await cli(['diagram', ...paths, '--format', 'dot']);
  const frames = stdout.split('subgraph cluster_stack').slice(1);
  expect(frames.map((frame) => /<B>(.*?)<\/B>/.exec(frame)?.[1])).toEqual(TWO.map((name) => `stack ${name}`));
  for (const frame of frames) expect(frame).toContain('<B>security group k8s-workers</B>');
});

test('draws a stack without a frame if it is picked or the only one', async () => {
  const [, own] = paths;
  const alone = await cli(['diagram', own]);
  expect(alone.stdout).not.toContain('subgraph stack');
  expect(await cli(['diagram', ...paths, '--stack', TWO[1]])).toEqual(alone);
});

test('counts what is not evaluated in the stacks that it draws', async () => {
  const both = [join(stacks, 'apinizer-outbound-on-gcp'), paths[1]];
  expect((await cli(['diagram', ...both])).stderr).toContain('2 parts are not evaluated');
  expect((await cli(['diagram', ...both, '--stack', TWO[1]])).stderr).toBe('');
});

test('writes a file for each stack to a directory', async () => {
  const target = join(path, 'pictures/');
  expect(await cli(['diagram', ...paths, '--format', 'svg', '--output', target])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(readdirSync(target).sort()).toEqual(TWO.map((name) => `${name}.svg`));
  await cli(['diagram', paths[0], '--output', join(path, 'pictures')]);
  const [name] = TWO;
  expect(readFileSync(join(target, `${name}.mmd`), 'utf8')).toBe((await cli(['diagram', paths[0]])).stdout);
});

test('fails for an unknown stack, and writes nothing', async () => {
  const target = join(path, 'nothing/');
  await expectBadInput(['diagram', ...paths, '--stack', 'kubeadm-apinizer-on-awz', '-o', target], 'stack-unknown');
  expect(existsSync(target)).toBe(false);
});

test('fails for a directory that cannot be created', async () => {
  await expectBadInput(['diagram', ...paths, '-o', `${file('file', '')}/`], 'output-not-writable');
});
