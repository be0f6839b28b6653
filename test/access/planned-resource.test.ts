import type { Construct } from 'constructs';
import { plannedResource } from '../../lib/access/host-group';

test('gives a resource without flows no quotas and an empty description', () => {
  const made = {} as Construct;
  const parent = {} as Construct;
  const make = jest.fn(() => made);
  const planned = plannedResource({ address: 'a.b', identity: 'i', what: 'w', advice: 'x', make });
  expect(planned).toMatchObject({
    address: 'a.b',
    identity: 'i',
    what: 'w',
    advice: 'x',
    addressAdvice: 'x',
    agreements: [],
    shared: false,
    quotas: [],
    weight: 1,
    flows: [],
  });
  expect(planned.create(parent)).toBe(made);
  expect(make).toHaveBeenCalledWith(parent);
  expect(planned).not.toHaveProperty('share');
});
