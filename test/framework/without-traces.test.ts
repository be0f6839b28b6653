import { withoutTraces } from '../../lib/framework/framework';

const formatter = (): unknown => (Error as { prepareStackTrace?: unknown }).prepareStackTrace;

test('returns the result and restores the formatter of traces', () => {
  const before = formatter();
  expect(withoutTraces(() => 'made')).toBe('made');
  expect(formatter()).toBe(before);
  expect(new Error('later').stack).toContain('without-traces.test');
});

test('throws an error with its message and restores the formatter of traces', () => {
  const before = formatter();
  expect(() =>
    withoutTraces(() => {
      throw new Error('no');
    }),
  ).toThrow(new Error('no'));
  expect(formatter()).toBe(before);
});

test('records no trace while it runs', () => {
  const captured = withoutTraces(() => {
    const holder = { stack: '' };
    Error.captureStackTrace(holder);
    return holder.stack;
  });
  expect(captured).toBe('');
});
