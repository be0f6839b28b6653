/** Emoji, and letters with the variants and joiners that their scripts need. Their characters without a width are part of what is seen. */
const WHOLE = [
  String.raw`\p{RGI_Emoji}`,
  String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f]`,
  String.raw`\p{Script=Han}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=[${['Arabic', 'Syriac', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer'].map((script) => String.raw`\p{Script=${script}}`).join('')}])[\u200c\u200d]`,
].join('|');
/** Characters that could end a line, move the cursor, change the direction of text, or that cannot be seen. */
const INVISIBLE = String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|\p{Cs}`;
/** Compiled for the first text that is not plain ASCII, because the sequences of emoji take a seventh of the time of an import. */
let parts: RegExp | undefined;
const ONLY_ASCII = /^[ -~]*$/;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Returns any text on one line, with invisible characters escaped as in JSON. */
export function oneLine(text: string): string {
  if (ONLY_ASCII.test(text)) return text;
  parts ??= new RegExp(`(${WHOLE})|${INVISIBLE}`, 'gv');
  return text.replace(parts, (part, whole?: string) => whole ?? SHORT[part] ?? escaped(part));
}

/** Returns whether text is on one line and has no invisible characters. */
export function isVisible(text: string): boolean {
  return oneLine(text) === text;
}

function escaped(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Returns the beginning of a text. What a reader sees as one character is never cut. */
export function beginningOf(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // one character can consist of many
  const start = text.slice(0, maxLength + LONGEST_CHARACTER);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en').segment(start)) {
    if (index + segment.length > maxLength) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

const LONGEST_CHARACTER = 64;
