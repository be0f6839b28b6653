import { PortTables } from 'cdktf-cluster-ports';
import { portsDocument } from '../../scripts/ports-document/ports-document';

const sectionOf = (key: string, document: string): string[] => {
  const lines = document.split('\n');
  const from = lines.indexOf(`## ${key}`);
  const to = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  return lines.slice(from, to === -1 ? undefined : to);
};

test('lists below a later edition what has changed since the edition before', () => {
  const document = portsDocument(PortTables.all(), []);
  expect(sectionOf('vcluster-platform@2025-03', document).join('\n')).not.toContain('Since');
  expect(sectionOf('vcluster-platform@2025-10', document).slice(4, 9)).toEqual([
    'Since 2025-04 (`+` added, `-` removed, `~` changed):',
    '',
    '```diff',
    '+ vcluster>platform/in-cluster-api 10443/tcp',
    '```',
  ]);
  expect(sectionOf('prometheus-cost-metrics@2025-10', document)).toContain('No row has changed since 2025-04.');
});

test('says that Lens has no document of its ports', () => {
  expect(portsDocument(PortTables.all(), [])).toContain(
    '- Lens: no table covers it, because it has no document of its ports; it is a client of the API server.',
  );
});
