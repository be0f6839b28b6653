import { Progress } from '../../lib/cli/output';

function progressOf(all: number, isTTY: boolean): string {
  let written = '';
  const stream = { isTTY, write: (text: string) => (written += text) };
  const progress = new Progress({ stdout: stream, stderr: stream, env: {} }, 'reading stacks:', all);
  for (let done = 1; done <= all; done++) progress.at(done);
  progress.end();
  return written;
}

test('shows each percent on one line, and removes the line at the end', () => {
  const lines = progressOf(250, true).split('\r\u001b[K');
  expect(lines.slice(0, 4)).toEqual([
    '',
    'reading stacks: 1 of 250',
    'reading stacks: 3 of 250',
    'reading stacks: 5 of 250',
  ]);
  expect(lines.slice(-2)).toEqual(['reading stacks: 250 of 250', '']);
  expect(lines).toHaveLength(103);
});

test('shows nothing in a pipe or for few steps', () => {
  expect(progressOf(250, false)).toBe('');
  expect(progressOf(99, true)).toBe('');
});
