import { csvTable } from '../../lib/text/text-table';
import { matrixMarkdown, matrixTables } from '../../lib/documents/port-matrix';
import { missingRanges } from '../../lib/documents/request/request-blocks';
import type { TracedFlow, TracedPeer } from '../../lib/provenance/traced-flow';
import { flow, peer, tracedHostname } from '../support/traced';
import { requestMarkdown, requestTable, requestText } from '../support/plain-request';

/** The machines of a stack, which have the same label in every stack. */
function machines(stack: string, label: string): TracedPeer {
  return { ...peer(label), stack, hostGroups: [{ cloud: 'gcp', label, network: 'network prod' }] };
}

function flowIn(stack: string): TracedFlow {
  const [source, destination] = ['network tag worker', 'network tag db'].map((label) => machines(stack, label));
  return flow({ stack, source, destination });
}

const flows = ['dev', 'live'].map(flowIn);

test('the matrix names the stack of every row, and has a grid for each stack', () => {
  expect(
    csvTable(matrixTables(flows, [], {}).documented)
      .split('\r\n')
      .slice(0, 3),
  ).toEqual([
    'Stack,Source,Destination,Port,Purpose,Opened by,Documented,Document',
    'dev,network tag worker,network tag db,443/tcp,The web server,the firewall team,Web,table@2024-12',
    'live,network tag worker,network tag db,443/tcp,The web server,the firewall team,Web,table@2024-12',
  ]);
  const grid = `| From / to | network tag db |
| --- | --- |
| network tag worker | \`443/tcp\` |
`;
  const markdown = matrixMarkdown(flows);
  expect(markdown).toContain(`\n## Stack dev\n\n${grid}`);
  expect(markdown).toContain(`\n## Stack live\n\n${grid}`);
});

test('the text request has a block for each stack, and names the stack', () => {
  const blocks = requestText(flows).split('\n---\n');
  expect(blocks.map((block) => block.split('\n').slice(0, 2))).toEqual([
    ['# Please open:', '# Stack: dev'],
    ['# Please open:', '# Stack: live'],
  ]);
  expect(requestText([flows[0]])).not.toContain('Stack');
});

test('the text request names the stack of a routing request and of hostnames', () => {
  const [source, members] = ['network tag worker', 'network tag db'].map((label) => machines('live', label));
  const virtualAddress = { ...peer('vip', '10.1.0.100/32'), stack: 'live' };
  const request = { sources: [source], virtualAddress, members, port: flows[1].port, flows: [flows[1]] };
  const hostnames = ['dev', 'live'].map((stack) => tracedHostname({ stack }));
  const blocks = requestText([flows[0]], [request], hostnames).split('\n---\n');
  expect(blocks.map((block) => block.split('\n').find((line) => line.startsWith('# Stack: ')))).toEqual([
    '# Stack: dev',
    '# Stack: live',
    undefined, // the second part of the routing request
    '# Stack: dev',
    '# Stack: live',
  ]);
});

test('the table of a request has a row for each stack, and Markdown names the stack', () => {
  expect(requestTable(flows).rows.map((row) => row.at(-8))).toEqual(['dev', 'live']);
  const rows = requestMarkdown(flows)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows[0]).toBe('| Stack | Action | Source | Destination | Port | Purpose | Document |');
  expect(rows.slice(2).map((row) => row.split(' | ')[0])).toEqual(['| dev', '| live']);
});

test('missing IP ranges are named with the stack if several stacks have the name', () => {
  expect(missingRanges(flows)).toEqual([
    'dev/network tag db',
    'dev/network tag worker',
    'live/network tag db',
    'live/network tag worker',
  ]);
  expect(missingRanges([flows[0]])).toEqual(['network tag db', 'network tag worker']);
});

test('machines of one name in two networks of a stack are not merged', () => {
  const on = (network: string): TracedPeer => {
    const label = 'network tag worker';
    return { ...peer(label), hostGroups: [{ cloud: 'gcp', label, network }] };
  };
  const both = ['network prod', 'network prod of project other'].map((network) => flow({ source: on(network) }));
  expect(requestText(both).split('\n---\n')).toHaveLength(2);
  expect(
    matrixMarkdown(both)
      .split('\n')
      .filter((line) => line.startsWith('| network tag worker |')),
  ).toHaveLength(4);
});
