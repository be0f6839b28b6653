import { parseCidr } from '../../lib/model/cidr';
import { farEnd, type FarEnd } from '../../lib/model/far-end';
import { expectRefusal } from '../support/refusals';

const ranges = (...texts: string[]): FarEnd['ranges'] => texts.map((text) => parseCidr(text, 'place'));
const listOf = (...texts: string[]): FarEnd['hostGroups'][number] =>
  ({ cloud: 'aws', label: 'list', _ranges: ranges(...texts) }) as unknown as FarEnd['hostGroups'][number];

test('the ranges of a group count for the internet, and are not ranges of the peer', () => {
  expectRefusal(
    () => farEnd('place', { ranges: ranges('0.0.0.0/1'), hostGroups: [listOf('128.0.0.0/1')] }),
    'place: opening to the whole internet needs a reason, got ["0.0.0.0/1", "128.0.0.0/1"]; did you mean ' +
      'Peer.anyIpv4("why it is open")?',
  );
  const end = farEnd('place', { ranges: ranges('10.0.0.0/8'), hostGroups: [listOf('128.0.0.0/1')] });
  expect(end.ranges.map(String)).toEqual(['10.0.0.0/8']);
});

test('two groups may be the internet together too', () => {
  expect(() => farEnd('place', { hostGroups: [listOf('::/1'), listOf('8000::/1')] })).toThrow(
    'did you mean Peer.anyIpv6("why it is open")?',
  );
});
