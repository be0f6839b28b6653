import { farEnd, type FarEnd } from '../../lib/access/far-end';
import { parseCidr } from '../../lib/net/cidr';
import { expectRefusal } from '../support/refusals';

const ranges = (...texts: string[]): FarEnd['ranges'] => texts.map((text) => parseCidr(text, 'place'));
const listOf = (...texts: string[]): FarEnd['hostGroups'][number] =>
  ({ cloud: 'aws', label: 'list', _ranges: ranges(...texts) }) as unknown as FarEnd['hostGroups'][number];

test('counts the ranges behind a prefix list as open, but not as ranges of the peer', () => {
  expectRefusal(
    () => farEnd('place', { ranges: ranges('16.0.0.0/8'), hostGroups: [listOf('17.0.0.0/8')] }),
    'world-without-reason',
  );
  const end = farEnd('place', { ranges: ranges('10.0.0.0/8'), hostGroups: [listOf('17.0.0.0/8')] });
  expect(end.ranges.map(String)).toEqual(['10.0.0.0/8']);
});

test('fails without a reason if two prefix lists together are most of the internet', () => {
  expectRefusal(
    () => farEnd('place', { hostGroups: [listOf('2400::/16'), listOf('2600::/16')] }),
    'world-without-reason',
  );
});
