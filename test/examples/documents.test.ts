import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleDocuments } from '../../scripts/example-documents';

const ROOT = join(__dirname, '../..');

test('the documents of the hybrid example match its stack', async () => {
  const documents = await exampleDocuments();
  const folder = dirname(Object.keys(documents)[0]);
  expect(
    readdirSync(join(ROOT, folder))
      .map((file) => `${folder}/${file}`)
      .sort(),
  ).toEqual(Object.keys(documents).sort());
  for (const [file, text] of Object.entries(documents)) {
    expect({ file, text: readFileSync(join(ROOT, file), 'utf8') }).toEqual({ file, text });
  }
});
