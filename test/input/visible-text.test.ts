import { beginningOf, isVisible, oneLine } from '../../lib/input';

test.each([
  ['\u001b[2J\r\u009b', '\\u001b[2J\\r\\u009b'],
  ['two\nlines\u2028\u2029\u0085', 'two\\nlines\\u2028\\u2029\\u0085'],
  ['user\u202etxt\u2066\u200e\u061c', 'user\\u202etxt\\u2066\\u200e\\u061c'],
  ['a\u200bb\u200dc\u2060\u00ad\ufeff', 'a\\u200bb\\u200dc\\u2060\\u00ad\\ufeff'],
  ['\ud800 \udc00', '\\ud800 \\udc00'],
  ['tag\u{e0041}\u{e0100}', 'tag\\udb40\\udc41\\udb40\\udd00'],
  ['\u3164\u115f\ufff9', '\\u3164\\u115f\\ufff9'],
])('escapes characters of %j that a reader would not see, and that a terminal would obey', (text, seen) => {
  expect(oneLine(text)).toBe(seen);
  expect(isVisible(text)).toBe(false);
});

test.each(['grün é Ω ж', '日本語 한국어', 'می‌خواهم', 'क्‍ष', '👩‍💻 ❤️ 👍🏽 🇩🇪 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '葛󠄀', 'no-break\u00a0space\u3000'])(
  'keeps %j, in which every character is part of what a reader sees',
  (text) => {
    expect(oneLine(text)).toBe(text);
    expect(isVisible(text)).toBe(true);
  },
);

test.each([
  ['plain', 3, 'pla'],
  ['ab👍🏽c', 3, 'ab'],
  ['ab👍🏽c', 6, 'ab👍🏽'],
  ['e\u0301e\u0301', 3, 'e\u0301'],
  ['👩‍👩‍👧', 3, ''],
  ['short', 10, 'short'],
])('shortens %j to at most %d, and cuts nothing that a reader sees as one character', (text, length, beginning) => {
  expect(beginningOf(text, length)).toBe(beginning);
});
