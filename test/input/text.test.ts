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

test.each(['a – b', 'say "hello"', "it's", 'a`b', 'C:\\temp'])(
  'fails for %j, which cannot be part of a description',
  (text) => {
    expectRefusal(() => checkDescription(text, 'place', 'description'), 'text-invalid');
  },
);
