import { fuzzParsers, PARSERS } from './fuzz';
import { mutatedText } from './mutated-text';
import { PROPERTY_SEED } from '../support/property-seed';
import { seededRandom } from '../support/random';

const TEXTS = 3000;

test(`reads mutated texts in the same way as other libraries (PROPERTY_SEED=${PROPERTY_SEED})`, () => {
  expect(fuzzParsers(TEXTS, PROPERTY_SEED)).toEqual([]);
});

test('a seed always gives the same texts, and a different seed gives different texts', () => {
  const texts = (given: number): string[] => {
    const random = seededRandom(given);
    return Array.from({ length: 50 }, () => mutatedText(random));
  };
  expect(texts(7)).toEqual(texts(7));
  expect(texts(8)).not.toEqual(texts(7));
});

test.each([
  [
    'Cidr.parse',
    ['10.0.0.0/8', '2001:db8::/32', '10.0.0.1/8', '10.0.0.0/08', '::ffff:10.0.0.0/104', 'fe80::%1/64', '1.2.3'],
  ],
  ['Peer.address', ['203.0.113.7', '2001:DB8::7', '203.0.113.7/32', '::ffff:203.0.113.7', 'fe80::%1', '']],
  [
    'Port.parse',
    ['6443/tcp', '2380:2379/udp', '0/tcp', ' 53/UDP', '53/tcp/udp', '٣/tcp', '53/tcﬀ', '3.4/icmp', '6/ip', 'tcp'],
  ],
  [
    'Peer.cidr',
    ['10.0.0.0/8', '${TfToken[TOKEN.7]}/32', '${TfToken[a%b]}', 'x${TfToken[TOKEN.7]}', '#{TfToken[TOKEN.7]}'],
  ],
  [
    'the suggestion of a peer',
    ['10.0.0.0/8', '::ffff:10.0.0.0/104', '::ffff:10.0.0.1', '010.0.0.1/32', 'db.example.com'],
  ],
])('%s reads the most important texts in the same way as other libraries', (parser, texts) => {
  expect(texts.map((text) => PARSERS[parser](text))).toEqual(texts.map(() => undefined));
});
