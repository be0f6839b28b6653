import { withoutTraces } from '../../lib/framework/without-traces';

const formatter = (): unknown => (Error as { prepareStackTrace?: unknown }).prepareStackTrace;

test('gives what was made, and leaves traces as they were', () => {
  const before = formatter();
  expect(withoutTraces(() => 'made')).toBe('made');
  expect(formatter()).toBe(before);
  expect(new Error('later').stack).toContain('without-traces.test');
});

test('lets an error through with its message, and leaves traces as they were', () => {
  const before = formatter();
  expect(() =>
    withoutTraces(() => {
      throw new Error('no');
    }),
  ).toThrow(new Error('no'));
  expect(formatter()).toBe(before);
});

test('keeps no trace of what was captured meanwhile', () => {
  const captured = withoutTraces(() => {
    const holder = { stack: '' };
    Error.captureStackTrace(holder);
    return holder.stack;
  });
  expect(captured).toBe('');
});
