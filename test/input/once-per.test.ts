import { oncePer } from '../../lib/input';

test('computes a value once for each object, even if it is undefined', () => {
  const compute = jest.fn(({ value }: { value?: number }) => value);
  const valueOf = oncePer(compute);
  const [one, other, none] = [{ value: 1 }, { value: 1 }, {}];
  expect([one, other, none, one, other, none].map(valueOf)).toEqual([1, 1, undefined, 1, 1, undefined]);
  expect(compute).toHaveBeenCalledTimes(3);
});
