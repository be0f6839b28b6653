import { AddressFamily } from '../../lib/net/ip-address';
import { Cidr } from '../../lib/net/cidr';
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

test('a range has its canonical form as text', () => {
  expect(Cidr.parse('2001:DB8::/32').text).toBe('2001:db8::/32');
});

test('a range cannot be changed', () => {
  expect(() => Object.assign(Cidr.parse('10.0.0.0/8'), { prefixLength: 0 })).toThrow(TypeError);
});

describe('fails for', () => {
  function refuses(what: string, text: unknown, code: string): void {
    test(what, () => expectRefusal(() => Cidr.parse(text as string), code));
  }

  refuses('host bits', '10.1.2.3/8', 'range-with-host-bits');
  refuses('a host bit in the whole internet', '0.0.0.1/0', 'range-with-host-bits');
  refuses('IPv6 host bits', '2001:DB8::1/32', 'range-with-host-bits');

  refuses('an address', '203.0.113.7', 'range-without-prefix');
  refuses('an IPv6 address', '2001:DB8::7', 'range-without-prefix');

  refuses('a prefix length beyond 32', '10.0.0.0/33', 'range-invalid');
  refuses('a prefix length beyond 128', '2001:db8::/129', 'range-invalid');
  refuses('a negative prefix length', '10.0.0.0/-1', 'range-invalid');
  refuses('a fraction as prefix length', '10.0.0.0/8.5', 'range-invalid');
  refuses('an empty prefix length', '10.0.0.0/', 'range-invalid');
  refuses('a netmask', '10.0.0.0/255.0.0.0', 'range-invalid');
  refuses('two slashes', '10.0.0.0/8/8', 'range-invalid');

  refuses('leading zeros', '10.0.0.0/08', 'range-ambiguous');
  refuses('leading zeros of zero', '0.0.0.0/00', 'range-ambiguous');
  refuses('IPv6 leading zeros', '2001:db8::/032', 'range-ambiguous');

  refuses('zeros before a number', '010.0.0.0/8', 'range-invalid');
  refuses('more zeros before a number', '0010.000.0.0/8', 'range-invalid');
  refuses('only a slash', '/8', 'range-invalid');
  refuses('a zone', 'fe80::%eth0/64', 'range-invalid');
  refuses('zeros before a number, and no prefix length', '010.0.0.0/', 'range-invalid');
  refuses('a zone, and no prefix length', 'fe80::1%eth0/', 'range-invalid');
  refuses('zeros before a number, and an exponent as prefix length', '010.0.0.0/1e1', 'range-invalid');
  refuses('spaces around it', ' 10.0.0.0/8 ', 'range-invalid');
  refuses('spaces around text that is not a range', ' 10.0.0.0/33 ', 'range-invalid');
  refuses('a number beyond 255', '10.0.0.256/32', 'range-invalid');
  refuses('three numbers', '10.0.0/24', 'range-invalid');
  refuses('a name', 'db.example.com', 'range-invalid');
  refuses('a template', '${aws_vpc.main.cidr_block}', 'range-invalid');

  refuses('an IPv4 range written as IPv6', '::ffff:10.0.0.0/104', 'range-ambiguous');
  refuses('a range wider than IPv4, written as IPv6', '::ffff:0.0.0.0/95', 'range-ambiguous');
  refuses('all of IPv4 written as IPv6', '::ffff:0.0.0.0/96', 'range-ambiguous');
  refuses('an IPv4 range written as IPv6, with zeros before a number', '::ffff:10.00.0.0/104', 'range-invalid');
  refuses(
    'an IPv4 range written as IPv6, with zeros before the prefix length',
    '::ffff:10.0.0.0/0104',
    'range-ambiguous',
  );
  refuses('an IPv4 address written as IPv6, without a prefix length', '::ffff:203.0.113.7', 'range-without-prefix');
  refuses('an IPv4 address written as IPv6 in hexadecimal', '::ffff:cb00:7107/128', 'range-ambiguous');

  refuses('empty text', '', 'range-invalid');
  refuses('nothing', undefined, 'range-invalid');
  refuses('a number', 10, 'range-invalid');
  refuses('a list', ['10.0.0.0/8'], 'range-invalid');
  refuses('a String object', new String('10.0.0.0/8'), 'range-invalid');
});
