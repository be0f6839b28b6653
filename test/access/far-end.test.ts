import { farEnd, type FarEnd } from '../../lib/access/far-end';
import { parseCidr } from '../../lib/net/cidr';
import { expectRefusal } from '../support/refusals';

const ranges = (...texts: string[]): FarEnd['ranges'] => texts.map((text) => parseCidr(text, 'place'));
const listOf = (...texts: string[]): FarEnd['hostGroups'][number] =>
  ({ cloud: 'aws', label: 'list', _ranges: ranges(...texts) }) as unknown as FarEnd['hostGroups'][number];

test('counts the ranges behind a prefix list as open, but not as ranges of the peer', () => {
  expectRefusal(
    () => farEnd('place', { ranges: ranges('0.0.0.0/1'), hostGroups: [listOf('128.0.0.0/1')] }),
    'world-without-reason',
  );
  const end = farEnd('place', { ranges: ranges('10.0.0.0/8'), hostGroups: [listOf('128.0.0.0/1')] });
  expect(end.ranges.map(String)).toEqual(['10.0.0.0/8']);
});

test('fails without a reason if two prefix lists together are the whole internet', () => {
  expectRefusal(() => farEnd('place', { hostGroups: [listOf('::/1'), listOf('8000::/1')] }), 'world-without-reason');
});
