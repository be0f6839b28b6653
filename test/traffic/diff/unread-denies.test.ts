import { firstGate } from '../../support/first-gate';

type Body = Readonly<Record<string, unknown>>;

const SSH = [{ protocol: 'tcp', ports: ['22'] }];
const firewall = (action: 'allow' | 'deny', priority: number, more: Body = {}): Body => ({
  name: 'f',
  network: 'projects/p/global/networks/n',
  priority,
  [action]: SSH,
  source_ranges: ['0.0.0.0/0'],
  ...more,
});
const DENY = firewall('deny', 900);
const stack = (rules: Readonly<Record<string, Body>>, more: Body = {}): Body => ({
  resource: { google_compute_firewall: rules },
  ...more,
});

const COUNTED = firewall('allow', 1000, { count: '${var.n}' });

describe('a deny may protect from a rule that this file does not show', () => {
  test.each<[string, object, object]>([
    ['it is the only rule', stack({ d: DENY }), stack({})],
    ['the rule has a count', stack({ d: DENY, a: COUNTED }), stack({ a: COUNTED })],
    [
      'the rule is in a module',
      stack({ d: DENY }, { module: { m: { source: './m' } } }),
      { module: { m: { source: './m' } } },
    ],
    ['it is disabled', stack({ d: DENY }), stack({ d: { ...DENY, disabled: true } })],
    ['it is evaluated later', stack({ d: DENY }), stack({ d: { ...DENY, priority: 1100 } })],
    [
      'it has fewer ports',
      stack({ d: { ...DENY, deny: [{ protocol: 'tcp', ports: ['22-23'] }] } }),
      stack({ d: DENY }),
    ],
    ['it is for fewer machines', stack({ d: DENY }), stack({ d: { ...DENY, target_tags: ['web'] } })],
    ['it is from fewer machines', stack({ d: DENY }), stack({ d: { ...DENY, source_ranges: ['10.0.0.0/8'] } })],
  ])('%s', (_what, before, after) => {
    expect(firstGate(before, after)).toBe('opened');
  });

  test.each<[string, object, object]>([
    ['it is renamed', stack({ d: DENY }), stack({ e: DENY })],
    ['it is evaluated earlier', stack({ d: DENY }), stack({ d: { ...DENY, priority: 800 } })],
    ['it has more ports', stack({ d: DENY }), stack({ d: { ...DENY, deny: [{ protocol: 'tcp' }] } })],
    [
      'two rules take its place',
      stack({ d: DENY }),
      stack({
        d: { ...DENY, source_ranges: ['0.0.0.0/1'] },
        e: { ...DENY, source_ranges: ['128.0.0.0/1'], priority: 800 },
      }),
    ],
    [
      'an earlier rule allows everything that it denies',
      stack({ a: firewall('allow', 800), d: DENY }),
      stack({ a: firewall('allow', 800) }),
    ],
  ])('no gate stops if %s', (_what, before, after) => {
    expect(firstGate(before, after)).toBeUndefined();
  });
});

describe('a rule that allows may overtake a deny that could not be evaluated', () => {
  const unread = {
    'a count': stack({ d: { ...DENY, count: '${var.n}' } }),
    'an unknown port': stack({ d: { ...DENY, deny: [{ protocol: 'tcp', ports: ['${var.port}'] }] } }),
    'an unknown priority': stack({ d: { ...DENY, priority: '${var.priority}' } }),
    'ranges of the destination': stack({ d: { ...DENY, destination_ranges: ['10.0.0.0/8'] } }),
  };
  const withRule = (one: Body, rules: Readonly<Record<string, Body>>): object => {
    const { resource } = one as { resource: { google_compute_firewall: object } };
    return { resource: { google_compute_firewall: { ...resource.google_compute_firewall, ...rules } } };
  };

  test.each(Object.entries(unread))('%s', (_what, one) => {
    const before = withRule(one, { a: firewall('allow', 1000) });
    expect(firstGate(before, withRule(one, { a: firewall('allow', 800) }))).toBe('opened');
    expect(firstGate(before, withRule(one, { a: firewall('allow', 1000), b: firewall('allow', 800) }))).toBe('opened');
    expect(
      firstGate(before, withRule(one, { a: firewall('allow', 1000), b: firewall('allow', 1100) })),
    ).toBeUndefined();
    expect(firstGate(before, withRule(one, { renamed: firewall('allow', 1000) }))).toBeUndefined();
  });

  test('without such a deny, nothing opens', () => {
    const [before, after] = [1000, 800].map((priority) => stack({ a: firewall('allow', priority) }));
    expect(firstGate(before, after)).toBeUndefined();
  });
});
