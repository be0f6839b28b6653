import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Testing } from 'cdktf';
import { VClusterPlatformOnGke } from '../../examples/vcluster-platform-on-gke';
import { readBack } from '../support/traced';

const ROOT = join(__dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const GUIDES = readdirSync(join(ROOT, 'docs'), { recursive: true })
  .map((file) => `docs/${String(file)}`)
  .filter((file) => file.endsWith('.md'));

test('the table of README has the flows of the example above it', () => {
  const [, table] = /and nothing else:\n\n\|.*\n\|.*\n((?:\|.*\n)+)/.exec(README)!;
  const shown = table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .replaceAll('`', '')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const { flows } = readBack(new VClusterPlatformOnGke(Testing.app(), 'vcluster-platform-on-gke'));
  expect(shown).toEqual(
    flows.map(({ port, source, destination, document, row }) => [
      port.text,
      source.ranges.map(String).join(', '),
      destination.label.replace('network tag', 'tag'),
      `${document.key}, ${row}`,
    ]),
  );
});

test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...GUIDES])(
  'every relative link of %s leads to a file',
  (page) => {
    const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)];
    const missing = links.map(([, link]) => link).filter((link) => !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  },
);
