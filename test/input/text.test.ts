import { checkDescription, checkText } from '../../lib/input/text';
import { expectRefusal } from '../support/refusals';

test.each(['Access and Port Requirements', 'Zugriffe für Gäste', '${var.a} "quoted"', 'x'.repeat(255)])(
  'accepts %s as text',
  (text) => {
    expect(checkText(text, 'place', 'title')).toBe(text);
  },
);

test.each(['API service extension (v1.cluster.loft.sh)', '100 % of ${it}, at 5 <> 7', 'x'.repeat(150)])(
  'accepts %s as a description',
  (text) => {
    expect(checkDescription(text, 'place', 'description')).toBe(text);
  },
);

test.each([
  [5, 'text-required'],
  ['', 'text-required'],
  ['\n', 'text-required'],
  ['x'.repeat(256), 'text-too-long'],
  ['a\u0000b', 'text-invalid'],
  ['&{TfToken[TOKEN.0]}', 'text-not-known'],
])('fails for %j, which is not text', (text, code) => {
  expectRefusal(() => checkText(text, 'place', 'title'), code);
  expectRefusal(() => checkDescription(text, 'place', 'title', 255), code);
});

test.each(['a – b', 'say "hello"', "it's", 'a`b', 'C:\\temp', 'Öffentlich', '公开的', 'צפון', '👩‍💻', 'می‌خواهم'])(
  'accepts %j in descriptions, because GCP does; the rules of AWS check more',
  (text) => {
    expect(checkDescription(text, 'place', 'description')).toBe(text);
  },
);

test.each(['a\u202eb', 'a\u2066b', 'a\u200bb', 'a\ufeff', '\u2028', '\ud83d', '\u{e0041}', 'a\u0085b'])(
  'fails for %j, which a reader of a description would not see',
  (text) => {
    expectRefusal(() => checkDescription(`x${text}`, 'place', 'description'), 'text-invalid');
  },
);
