import type { Construct } from 'constructs';
import { plannedResource } from '../../lib/model/planned-resource';

test('a resource that is no rule has no quotas, no flows and no words of its own', () => {
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
  expect(planned.create(parent, '')).toBe(made);
  expect(make).toHaveBeenCalledWith(parent, '');
  expect(planned.describe([])).toBe('');
  planned.redescribe(made, 'other');
  expect(made).toEqual({});
});
