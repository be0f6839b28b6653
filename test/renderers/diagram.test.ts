import { Port } from '../../lib/model/port';
import { diagramOf } from '../../lib/renderers/diagram';
import { diagramDot } from '../../lib/renderers/diagram-dot';
import { diagramMermaid } from '../../lib/renderers/diagram-mermaid';
import { drawSvg } from '../../lib/renderers/graphviz';
import type { TracedPeer } from '../../lib/model/traced-flow';
import { flow, HOSTILE, hostileFlow, peer } from '../support/traced';

function machines(label: string, cloud: string, network?: string): TracedPeer {
  return { ...peer(label), hostGroups: [{ cloud, label, network }] };
}

const workers = machines('security group workers', 'aws', 'VPC vpc-1');
const database = { ...peer('mongodb-berlin', '10.8.0.0/28'), external: true };
const flows = [
  flow({ source: workers, destination: database, port: Port.tcp(25080), description: 'The database' }),
  flow({ destination: workers, external: false }),
  flow({ destination: workers, external: false, port: Port.tcp(80) }),
  flow({ source: workers, destination: workers, external: false, supplement: 'pods', port: Port.udp(8472) }),
  flow({ source: workers, destination: database, supplement: 'replicas', port: Port.tcp(25081), environment: 'test' }),
];

test('puts the machines of a network into one frame, and the ports between two peers on one arrow', () => {
  expect(diagramOf(flows)).toEqual({
    frames: [
      {
        title: 'AWS, VPC vpc-1',
        boxes: [{ id: 'box1', name: 'security group workers', roles: ['Clients', 'Servers'], addresses: [] }],
      },
      {
        title: 'Firewalls of others',
        boxes: [{ id: 'box2', name: 'mongodb-berlin', roles: ['Servers'], addresses: ['10.8.0.0/28'] }],
      },
      { title: undefined, boxes: [{ id: 'box3', name: 'office', roles: ['Clients'], addresses: ['10.1.0.0/16'] }] },
    ],
    arrows: [
      { from: 'box1', to: 'box2', kind: 'external', labels: [{ ports: '25080/tcp', text: 'The database' }] },
      { from: 'box3', to: 'box1', kind: 'ours', labels: [{ ports: '80/tcp, 443/tcp', text: 'The web server' }] },
      { from: 'box1', to: 'box1', kind: 'supplement', labels: [{ ports: '8472/udp', text: 'The web server' }] },
      {
        from: 'box1',
        to: 'box2',
        kind: 'external supplement',
        labels: [{ ports: '25081/tcp', text: 'The web server (test)' }],
      },
    ],
  });
});

test('many ranges are counted', () => {
  const source = peer('branches', ...Array.from({ length: 9 }, (_, at) => `10.${at}.0.0/16`));
  expect(diagramOf([flow({ source })]).frames[0].boxes[0].addresses).toEqual([
    '10.0.0.0/16',
    '10.1.0.0/16',
    '10.2.0.0/16',
    'and 6 more',
  ]);
});

test('Mermaid says in words and in lines who opens what', () => {
  expect(diagramMermaid(diagramOf(flows))).toBe(`flowchart TB
  subgraph frame1["AWS, VPC vpc-1"]
    box1["security group workers<br/>Clients<br/>Servers"]
  end
  subgraph frame2["Firewalls of others"]
    box2["mongodb-berlin<br/>Servers<br/>10.8.0.0/28"]
  end
  box3["office<br/>Clients<br/>10.1.0.0/16"]
  box1 -.->|"to be opened by others:<br/>25080/tcp The database"| box2
  box3 -->|"80/tcp, 443/tcp The web server"| box1
  box1 -.->|"opened here, not in the document:<br/>8472/udp The web server"| box1
  box1 -.->|"to be opened by others, not in the document:<br/>25081/tcp The web server (test)"| box2
  linkStyle 0 stroke-dasharray: 8 4
  linkStyle 2 stroke-dasharray: 2 4
  linkStyle 3 stroke-dasharray: 2 4
`);
});

test('the picture has a title for every box and arrow, its legend, and fonts that are everywhere', async () => {
  const svg = await drawSvg(diagramDot(diagramOf(flows)));
  for (const text of ['security group workers', 'mongodb&#45;berlin', '8472/udp', 'to be opened by others:']) {
    expect(svg).toContain(`>${text}</text>`);
  }
  expect(svg).toContain(
    '>solid line: opened here &#160;&#160;dashed line: to be opened by others &#160;&#160;dotted line: opened here, not in the document',
  );
  expect(svg.match(/<g id="edge/g)).toHaveLength(4);
  expect(new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, font]) => font))).toEqual(
    new Set(['Verdana,DejaVu Sans,Geneva,sans-serif']),
  );
});

const LINE =
  /^(flowchart TB| {2}subgraph frame\d+\["[^"]*"\]| {2}end| {2,4}box\d+\["[^"]*"\]| {2}box\d+ (-->|-\.->)\|"[^"]*"\| box\d+| {2}linkStyle \d+ stroke-dasharray: \d \d|)$/;

describe.each(HOSTILE)('text such as %j', (text) => {
  const diagram = diagramOf([hostileFlow(text)]);

  test('is text in Mermaid: no line, no HTML and no Markdown of its own', () => {
    for (const line of diagramMermaid(diagram).split('\n')) {
      expect(line).toMatch(LINE);
      for (const [, quoted] of line.matchAll(/"([^"]*)"/g)) {
        expect(quoted.replaceAll('<br/>', '').replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{N}\s.,:/()+-]*$/u);
      }
    }
  });

  test('is text in the picture', async () => {
    const svg = await drawSvg(diagramDot(diagram));
    expect(svg).not.toMatch(/<script|<b>|javascript:.*href|xlink:href/i);
    expect(svg.match(/<g id="node/g)).toHaveLength(2);
    expect(svg.match(/<g id="edge/g)).toHaveLength(1);
  });
});
