import { Cidr } from '../../lib/model/cidr';
import { formatIpAddress, parseIpAddress, unmapped } from '../../lib/model/ip-address';
import vectors from './address-vectors.json';

/** Made by scripts/address-vectors.py. */
const addresses = vectors.addresses as [text: string, canonical: string | null][];
const networks = vectors.networks as [text: string, strict: string | null, loose: string | null][];

function canonicalAddress(text: string): string | null {
  const address = parseIpAddress(text);
  return address ? formatIpAddress(address) : null;
}

function cidr(text: string): { range?: string; message?: string } {
  try {
    return { range: String(Cidr.parse(text)) };
  } catch (error) {
    return { message: (error as Error).message };
  }
}

/** Why we refuse what Python takes for a network, in the order of our checks. */
function refusedOnPurpose(text: string): string | undefined {
  const [address, prefix] = text.split('/');
  if (address.includes('%')) return 'a range must be an address and a prefix length'; // a zone is of one machine
  if (prefix === undefined) return 'a range must have a prefix length'; // one cloud takes it, one does not
  if (!/^\d+$/.test(prefix)) return 'a prefix length must be a whole number from 0 to 32'; // netmasks and their inverse
  if (/^0\d/.test(prefix)) return 'a prefix length must have no leading zeros'; // a change in every plan on AWS
  const meant = parseIpAddress(address)!;
  if (unmapped(meant) !== meant) return 'an IPv4 range must be written as IPv4'; // the clouds have a place for each family
  return undefined;
}

test('addresses are those of Python, in its canonical form, but for those with a zone', () => {
  for (const [text, canonical] of addresses) {
    expect([text, canonicalAddress(text)]).toEqual([text, text.includes('%') ? null : canonical]);
  }
});

test('ranges are the networks of Python, in its canonical form, but for those that we refuse on purpose', () => {
  for (const [text, strict, loose] of networks) {
    const need = loose === null ? undefined : refusedOnPurpose(text);
    expect([text, cidr(text).range]).toEqual([text, need === undefined && strict !== null ? strict : undefined]);
    expect([text, cidr(text).message]).toEqual([
      text,
      need === undefined ? cidr(text).message : expect.stringContaining(need),
    ]);
  }
});

test('where Python cuts bits off, a range is refused with what Python makes of it', () => {
  const withHostBits = networks.filter(([text, strict, loose]) => !strict && loose && !refusedOnPurpose(text));
  expect(withHostBits.length).toBeGreaterThan(300);
  for (const [text, , loose] of withHostBits) {
    const sentence = `Cidr.parse: a range must have no bits set after its prefix, got "${text}"; did you mean "${loose}"?`;
    expect(cidr(text).message).toBe(sentence);
  }
});

test('the vectors hold what is read, what is refused and what is no address, of both families', () => {
  const counts = (values: (string | null)[]): number[] => [
    values.filter((value) => value === null).length,
    values.filter((value) => value?.includes(':')).length,
    values.filter((value) => value?.includes('.')).length,
  ];
  for (const count of counts(addresses.map(([, canonical]) => canonical))) expect(count).toBeGreaterThan(300);
  for (const count of counts(networks.map(([, strict]) => strict))) expect(count).toBeGreaterThan(400);
  for (const spelling of [/%/, /\/0\d/, /::ffff:(\d+\.){3}/i, /255\.0\.0\.0$/]) {
    expect(networks.some(([text, , loose]) => loose !== null && spelling.test(text))).toBe(true);
  }
});
