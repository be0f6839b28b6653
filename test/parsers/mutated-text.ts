import type { Random } from '../support/random';

/** The texts to mutate: valid spellings, and common mistakes. */
const SEEDS = [
  ...['10.0.0.0/8', '203.0.113.7/32', '0.0.0.0/0', '128.0.0.0/1', '192.168.100.0/22', '255.255.255.255/32'],
  ...['10.0.0.0/08', '10.0.0.0/255.0.0.0', '010.0.0.0/8', '10.0.0/24', '10.1.2.3/8', '10.0.0.1', '1.2.3.4'],
  ...[
    '2001:db8::/32',
    '2001:DB8:0:0::/64',
    '::/0',
    '::1/128',
    'fe80::%eth0/64',
    '::ffff:10.0.0.0/104',
    '1::2:0:0:3/128',
  ],
  ...['::ffff:cb00:7107/128', '64:ff9b::192.0.2.0/120', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '::'],
  ...['0:0:0:0:0:0:0:0/0', '2001:0db8:0000:0000:0000:0000:0000:0007/128', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ...['6443/tcp', '2379-2380/tcp', '2379:2380/tcp', '8472/UDP', ' 53/udp ', '65535/tcp', '1-65536/udp', '443/sctp'],
  ...[
    '53/tcp+udp',
    '8/icmp',
    '3.4/icmp',
    '128/ICMPv6',
    'icmp',
    '112/ip',
    'vrrp',
    '06/ip',
    ' 8/icmp',
    '256/icmp',
    '58/ip',
  ],
  ...['${TfToken[TOKEN.7]}', '${TfToken[TOKEN.7]}/32', '10.${TfToken[TOKEN.7]}.0.0/16', '#{TfToken[TOKEN.7]}'],
];

/** Pieces that are inserted. */
const PIECES = [
  ...['0', '00', '1', '2', '7', '8', '9', '10', '16', '24', '31', '32', '33', '64', '96', '104', '127', '128', '129'],
  ...[
    '255',
    '256',
    '65535',
    '65536',
    'a',
    'f',
    'F',
    'ffff',
    '::ffff:',
    'g',
    'x',
    '0x',
    '1e1',
    '.',
    '..',
    ':',
    '::',
    ':::',
  ],
  ...['/', '//', '%', '%1', '%eth0', '-', '+', '_', ' ', '\t', '\n', '\u00a0', '\u0000', '٣', '８', 'ﬀ', '[', ']', ','],
  ...[
    'tcp',
    'udp',
    'TCP',
    '/tcp',
    '/udp',
    '/icmp',
    '.',
    '/ip',
    '${',
    '}',
    '{TfToken[',
    ']}',
    '${TfToken[TOKEN.7]}',
    '#{TfToken[TOKEN.7]}',
  ],
];

/** Returns a text that is valid or nearly valid. */
export function mutatedText(random: Random): string {
  let text = random.pick(SEEDS);
  for (let left = random.below(4); left > 0; left--) text = mutatedOnce(text, random);
  return text;
}

function mutatedOnce(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (random.below(8)) {
    case 0:
      return before + after.slice(1);
    case 1:
      return before + after.slice(0, 1) + after;
    case 2:
      return before + random.pick(SEEDS).slice(random.below(12));
    case 3:
      return random.below(2) === 0 ? text.toUpperCase() : text.toLowerCase();
    case 4:
      return text.replace(/\d+/g, (number) => (random.below(3) === 0 ? random.pick(PIECES) : number));
    case 5:
      return text.replace(/\b(?=[\da-f]+)/g, () => (random.below(5) === 0 ? '0' : ''));
    case 6:
      return before + random.pick(PIECES) + after.slice(1);
    default:
      return before + random.pick(PIECES) + after;
  }
}
