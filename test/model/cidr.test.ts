import { AddressFamily } from '../../lib/model/address-family';
import { Cidr } from '../../lib/model/cidr';
import { expectRefusal } from '../support/refusals';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8', AddressFamily.IPV4, 8],
  ['203.0.113.7/32', '203.0.113.7/32', AddressFamily.IPV4, 32],
  ['0.0.0.0/0', '0.0.0.0/0', AddressFamily.IPV4, 0],
  ['128.0.0.0/1', '128.0.0.0/1', AddressFamily.IPV4, 1],
  ['2001:DB8:0:0::/32', '2001:db8::/32', AddressFamily.IPV6, 32],
  ['2001:0db8:0000:0000:0000:0000:0000:0007/128', '2001:db8::7/128', AddressFamily.IPV6, 128],
  ['64:ff9b::192.0.2.0/120', '64:ff9b::c000:200/120', AddressFamily.IPV6, 120],
  ['0::/0', '::/0', AddressFamily.IPV6, 0],
])('reads %s in its canonical form', (text, canonical, family, prefixLength) => {
  const cidr = Cidr.parse(text);
  expect(String(cidr)).toBe(canonical);
  expect({ family: cidr.family, prefixLength: cidr.prefixLength }).toEqual({ family, prefixLength });
  expect(String(Cidr.parse(canonical))).toBe(canonical);
});

test('a range cannot be changed', () => {
  expect(() => Object.assign(Cidr.parse('10.0.0.0/8'), { prefixLength: 0 })).toThrow(TypeError);
});

describe('fails for', () => {
  function refuses(what: string, text: unknown, sentence: string): void {
    test(what, () => expectRefusal(() => Cidr.parse(text as string), `Cidr.parse: ${sentence}`));
  }

  const noBits = 'a range must have no bits set after its prefix';
  refuses('host bits', '10.1.2.3/8', `${noBits}, got "10.1.2.3/8"; did you mean "10.0.0.0/8"?`);
  refuses('a host bit in the world', '0.0.0.1/0', `${noBits}, got "0.0.0.1/0"; did you mean "0.0.0.0/0"?`);
  refuses('IPv6 host bits', '2001:DB8::1/32', `${noBits}, got "2001:DB8::1/32"; did you mean "2001:db8::/32"?`);

  const noPrefix = 'a range must have a prefix length';
  refuses('an address', '203.0.113.7', `${noPrefix}, got "203.0.113.7"; did you mean "203.0.113.7/32"?`);
  refuses('an IPv6 address', '2001:DB8::7', `${noPrefix}, got "2001:DB8::7"; did you mean "2001:db8::7/128"?`);

  const ofIpv4 = 'a prefix length must be a whole number from 0 to 32';
  const ofIpv6 = 'a prefix length must be a whole number from 0 to 128';
  refuses('a prefix length beyond 32', '10.0.0.0/33', `${ofIpv4}, got "10.0.0.0/33"`);
  refuses('a prefix length beyond 128', '2001:db8::/129', `${ofIpv6}, got "2001:db8::/129"`);
  refuses('a negative prefix length', '10.0.0.0/-1', `${ofIpv4}, got "10.0.0.0/-1"`);
  refuses('a fraction as prefix length', '10.0.0.0/8.5', `${ofIpv4}, got "10.0.0.0/8.5"`);
  refuses('an empty prefix length', '10.0.0.0/', `${ofIpv4}, got "10.0.0.0/"`);
  refuses('a netmask', '10.0.0.0/255.0.0.0', `${ofIpv4}, got "10.0.0.0/255.0.0.0"`);
  refuses('two slashes', '10.0.0.0/8/8', `${ofIpv4}, got "10.0.0.0/8/8"`);

  const leading = 'a prefix length must have no leading zeros';
  refuses('leading zeros', '10.0.0.0/08', `${leading}, got "10.0.0.0/08"; did you mean "10.0.0.0/8"?`);
  refuses('leading zeros of none', '0.0.0.0/00', `${leading}, got "0.0.0.0/00"; did you mean "0.0.0.0/0"?`);
  refuses('IPv6 leading zeros', '2001:db8::/032', `${leading}, got "2001:db8::/032"; did you mean "2001:db8::/32"?`);

  const form = 'a range must be an address and a prefix length';
  refuses('zeros before a number', '010.0.0.0/8', `${form}, got "010.0.0.0/8"; did you mean "10.0.0.0/8"?`);
  refuses('more zeros before a number', '0010.000.0.0/8', `${form}, got "0010.000.0.0/8"; did you mean "10.0.0.0/8"?`);
  refuses('a slash alone', '/8', `${form}, got "/8"`);
  refuses('a zone', 'fe80::%eth0/64', `${form}, got "fe80::%eth0/64"; did you mean "fe80::/64"?`);
  refuses('zeros before a number, and no prefix length', '010.0.0.0/', `${form}, got "010.0.0.0/"`);
  refuses('a zone, and no prefix length', 'fe80::1%eth0/', `${form}, got "fe80::1%eth0/"`);
  refuses('zeros before a number, and a prefix length like none', '010.0.0.0/1e1', `${form}, got "010.0.0.0/1e1"`);
  refuses('spaces around it', ' 10.0.0.0/8 ', `${form}, got " 10.0.0.0/8 "; did you mean "10.0.0.0/8"?`);
  refuses('spaces around what is none', ' 10.0.0.0/33 ', `${form}, got " 10.0.0.0/33 "`);
  refuses('a number beyond 255', '10.0.0.256/32', `${form}, got "10.0.0.256/32"`);
  refuses('three numbers', '10.0.0/24', `${form}, got "10.0.0/24"`);
  refuses('a name', 'db.example.com', `${form}, got "db.example.com"`);
  refuses('a template', '${aws_vpc.main.cidr_block}', `${form}, got "\${aws_vpc.main.cidr_block}"`);

  const mapped = 'an IPv4 range must be written as IPv4';
  refuses(
    'an IPv4 range written as IPv6',
    '::ffff:10.0.0.0/104',
    `${mapped}, got "::ffff:10.0.0.0/104"; did you mean "10.0.0.0/8"?`,
  );
  refuses('more than the IPv4 range, written as IPv6', '::ffff:0.0.0.0/95', `${mapped}, got "::ffff:0.0.0.0/95"`);
  refuses(
    'the world of IPv4 written as IPv6',
    '::ffff:0.0.0.0/96',
    `${mapped}, got "::ffff:0.0.0.0/96"; did you mean "0.0.0.0/0"?`,
  );
  refuses(
    'an IPv4 range written as IPv6, with zeros before a number',
    '::ffff:10.00.0.0/104',
    `${form}, got "::ffff:10.00.0.0/104"; did you mean "10.0.0.0/8"?`,
  );
  refuses(
    'an IPv4 range written as IPv6, with zeros before the prefix length',
    '::ffff:10.0.0.0/0104',
    `${leading}, got "::ffff:10.0.0.0/0104"; did you mean "10.0.0.0/8"?`,
  );
  refuses(
    'an IPv4 address written as IPv6, without a prefix length',
    '::ffff:203.0.113.7',
    `${noPrefix}, got "::ffff:203.0.113.7"; did you mean "203.0.113.7/32"?`,
  );
  refuses(
    'an IPv4 address written as IPv6 in hexadecimal',
    '::ffff:cb00:7107/128',
    `${mapped}, got "::ffff:cb00:7107/128"; did you mean "203.0.113.7/32"?`,
  );

  const needsText = 'a range must be text such as "10.0.0.0/8"';
  refuses('empty text', '', `${needsText}, got ""`);
  refuses('nothing', undefined, `${needsText}, got nothing`);
  refuses('a number', 10, `${needsText}, got 10`);
  refuses('a list', ['10.0.0.0/8'], `${needsText}, got ["10.0.0.0/8"]`);
  refuses('an object of text', new String('10.0.0.0/8'), `${needsText}, got an object of String`);
});
