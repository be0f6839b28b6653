import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '..');
const FILES = (readdirSync(TESTS, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.test.ts') && join(TESTS, file) !== __filename)
  .map((file) => [file, readFileSync(join(TESTS, file), 'utf8')] as const);

test('random tests take their seed from one place, so that the suite always tries the same inputs', () => {
  const random = FILES.filter(([, text]) => text.includes("from 'fast-check'"));
  expect(random.length).toBeGreaterThan(5);
  expect(random.filter(([, text]) => !/'[./]+\/(?:properties\/)?runs'/.test(text)).map(([file]) => file)).toEqual([]);
  const ownSeeds = FILES.filter(([, text]) => /Math\.random\(|SEED.*Date\.now\(|seed = .*Date\.now\(/.test(text));
  expect(ownSeeds.map(([file]) => file)).toEqual([]);
});
