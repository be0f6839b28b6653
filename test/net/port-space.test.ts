import fc from 'fast-check';
import { parsePorts, portInterval, portTexts } from '../../lib/net';
import '../properties/runs';

test.each([
  ['8/icmp', portInterval(1, 2048, 2303)],
  ['3-4/icmp', portInterval(1, 768, 1279)],
  ['3.4/icmp', portInterval(1, 772, 772)],
  ['1.0-4/icmpv6', portInterval(58, 256, 260)],
  ['icmp', portInterval(1)],
  ['47/ip', portInterval(47)],
  ['vrrp', portInterval(112)],
  ['18-49/ip', [18 * 65_536, 50 * 65_536]],
  ['2379:2380/tcp', portInterval(6, 2379, 2380)],
])('parses %s', (text, interval) => {
  expect(parsePorts(text)).toEqual(interval);
});

test.each([
  '256/icmp',
  '3.256/icmp',
  '3.4-1/icmp',
  '4-3/icmp',
  '3-256/icmp',
  '8.0/tcp',
  '49-18/ip',
  '256/ip',
  '1/esp',
  '47',
  'icmp type 8',
])('does not parse %s', (text) => {
  expect(parsePorts(text)).toBeUndefined();
});

test.each([
  ' 443/tcp',
  '443/tcp ',
  '443/tcp\n',
  '\t443/tcp',
  '443 /tcp',
  '443/ tcp',
  '443/\u00a0tcp',
  '0443/tcp',
  '00443/tcp',
  '443-0444/tcp',
  '443 - 444/tcp',
  '443/06',
  'tcp ',
  ' all',
  '047/ip',
  '018-49/ip',
  '08/icmp',
  '8.00/icmp',
  '8 /icmp',
])('does not parse %j, which other programs read in different ways', (text) => {
  expect(parsePorts(text)).toBeUndefined();
});

test.each([
  [portInterval(1, 0, 2047), ['0-7/icmp']],
  [portInterval(1, 2304), ['9-255/icmp']],
  [portInterval(1, 772, 2050), ['3.4-255/icmp', '4-7/icmp', '8.0-2/icmp']],
  [[65_536 + 2304, 3 * 65_536] as const, ['9-255/icmp', '2/ip']],
  [portInterval(58, 256, 511), ['1/icmpv6']],
])('writes consecutive ICMP types as one range: %j', (interval, texts) => {
  expect(portTexts(interval)).toEqual(texts);
});

test('parses all texts that it writes, without gaps', () => {
  const within = fc
    .tuple(fc.constantFrom(1, 6, 17, 58, 132), fc.nat(65_535))
    .map(([name, port]) => name * 65_536 + port);
  const border = fc.oneof(
    within,
    fc.nat(256).map((protocol) => protocol * 65_536),
  );
  fc.assert(
    fc.property(border, border, (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const read = portTexts([from, to]).map((text) => parsePorts(text)!);
      const starts = [from, ...read.map(([, end]) => end)];
      expect(read.map(([first]) => first)).toEqual(starts.slice(0, -1));
      expect(starts.at(-1)).toBe(to);
    }),
  );
});
