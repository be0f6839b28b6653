import { checkDescription, checkText } from '../../lib/model/text';
import { expectRefusal } from '../support/refusals';

test.each(['Access and Port Requirements', 'Zugriffe für Gäste', '${var.a} "quoted"', 'x'.repeat(255)])(
  'takes %s for text',
  (text) => {
    expect(checkText(text, 'place', 'title')).toBe(text);
  },
);

test.each(['API service extension (v1.cluster.loft.sh)', '100 % of ${it}, at 5 <> 7', 'x'.repeat(150)])(
  'takes %s for a description',
  (text) => {
    expect(checkDescription(text, 'place', 'description')).toBe(text);
  },
);

test.each([
  [5, 'title must be text, got 5'],
  ['', 'title must be text, got ""'],
  ['\n', 'title must be text, got "\\n"'],
  ['x'.repeat(256), 'title must have at most 255 characters, got 256'],
  ['a\u0000b', 'title must be one line without control characters, got "a\\u0000b"'],
  ['&{TfToken[TOKEN.0]}', 'title must be known at synthesis and must not look like a token, got "&{TfToken[TOKEN.0]}"'],
])('fails for %j, which is no text', (text, sentence) => {
  expectRefusal(() => checkText(text, 'place', 'title'), `place: ${sentence}`);
  expectRefusal(() => checkDescription(text, 'place', 'title', 255), `place: ${sentence}`);
});

test.each(['a – b', 'say "hello"', "it's", 'a`b', 'C:\\temp'])('fails for %j, which is no description', (text) => {
  expectRefusal(
    () => checkDescription(text, 'place', 'description'),
    `place: description must be plain ASCII without quotes and backslashes, because it goes into descriptions, got ${JSON.stringify(text)}`,
  );
});
