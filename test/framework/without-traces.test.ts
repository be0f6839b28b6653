import { withoutTraces } from '../../lib/framework/framework';

const capturer = (): unknown => (Error as { captureStackTrace: unknown }).captureStackTrace;

function recorded(): string {
  const holder = { stack: '' };
  Error.captureStackTrace(holder);
  return holder.stack;
}

test('returns the result, and traces are recorded again', () => {
  const before = capturer();
  expect(withoutTraces(() => 'made')).toBe('made');
  expect(capturer()).toBe(before);
  expect(recorded()).toContain('without-traces.test');
});

test('throws an error as it is, with its trace, and traces are recorded again', () => {
  const [before, error] = [capturer(), new Error('no')];
  expect(() =>
    withoutTraces(() => {
      throw error;
    }),
  ).toThrow(error);
  expect(capturer()).toBe(before);
});

test('an error of the code inside has its trace', () => {
  expect(withoutTraces(() => new Error('no').stack)).toContain('without-traces.test');
});

test('records no trace while it runs', () => {
  expect(withoutTraces(recorded)).toBe('');
});
