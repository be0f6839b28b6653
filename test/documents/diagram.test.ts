import { diagramOf, labelledArrows, linesOfWords } from '../../lib/documents/diagram/diagram';
import { diagramDot } from '../../lib/documents/diagram/diagram-dot';
import { diagramMermaid } from '../../lib/documents/diagram/diagram-mermaid';
import { drawSvg } from '../../lib/documents/diagram/graphviz';
import { Port } from '../../lib/net/port';
import type { TracedFlow, TracedPeer } from '../../lib/provenance/traced-flow';
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

test('puts the machines of a network into one frame and the ports between two peers on one arrow', () => {
  expect(diagramOf(flows)).toEqual({
    frames: [
      {
        title: ['AWS', 'VPC vpc-1'],
        boxes: [
          { id: 'box1', name: 'security group workers', roles: ['Clients', 'Servers'], ranges: [], isWorld: false },
        ],
      },
      {
        title: ['External hosts', 'ports opened by the firewall team'],
        boxes: [{ id: 'box2', name: 'mongodb-berlin', roles: ['Servers'], ranges: ['10.8.0.0/28'], isWorld: false }],
      },
      {
        title: undefined,
        boxes: [{ id: 'box3', name: 'office', roles: ['Clients'], ranges: ['10.1.0.0/16'], isWorld: false }],
      },
    ],
    remarks: [],
    stacks: [],
    arrows: [
      { from: 'box1', to: 'box2', kind: 'external', labels: [{ ports: '25080/tcp', text: 'The database' }] },
      { from: 'box3', to: 'box1', kind: 'managed', labels: [{ ports: '80/tcp, 443/tcp', text: 'The web server' }] },
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

test('shows only the first of many ranges', () => {
  const source = peer('branches', ...Array.from({ length: 9 }, (_, at) => `10.${at}.0.0/16`));
  expect(diagramOf([flow({ source })]).frames[0].boxes[0].ranges).toEqual([
    '10.0.0.0/16',
    '10.1.0.0/16',
    '10.2.0.0/16',
    'and 6 more',
  ]);
});

test('shows only the first of many ranges without a name', () => {
  const ranges = Array.from({ length: 9 }, (_, at) => `10.${at}.0.0/16`);
  const source = peer('10.0.0.0/16, 10.1.0.0/16 and 7 more', ...ranges);
  expect(diagramOf([flow({ source })]).frames[0].boxes[0]).toEqual({
    id: 'box1',
    name: '10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, and 6 more',
    roles: ['Clients'],
    ranges: [],
    isWorld: false,
  });
});

test('marks machines that are open to the world, in words too', () => {
  const world = { ...peer('any IPv4 address', '0.0.0.0/0'), openToTheWorld: ['ipv4: a public website'] };
  const diagram = diagramOf([flow({ source: world }), flow({ destination: workers })]);
  const boxes = diagram.frames.flatMap((frame) => frame.boxes);
  expect(boxes.map(({ name, roles, isWorld }) => [name, roles, isWorld])).toEqual([
    ['any IPv4 address', ['Clients'], true],
    ['servers', ['Servers', 'open to the world'], true],
    ['office', ['Clients'], false],
    ['security group workers', ['Servers'], false],
  ]);
  expect(diagramMermaid(diagram).match(/\w+\[.*:::world/g)).toHaveLength(2);
  expect(diagramDot(diagram).match(/box\d .*#b3261e/g)).toHaveLength(2);
});

test('connects a virtual address with the load balancer behind it', () => {
  const document = { ...flow().document, key: 'control-plane-vip@2024-12' };
  const [vip, balancer, masters] = [['vip', '10.1.0.100/32'], ['lb', '10.1.0.101/32'], ['masters']].map(
    ([label, ...ranges]) => peer(label, ...ranges),
  );
  const virtualIp = { id: 'virtual-ip', title: 'VIP' };
  const toVip = flow({ document, source: masters, destination: vip, destinationRole: virtualIp });
  const routed = flow({ document, row: 'routing', source: balancer, destination: masters });
  const { arrows } = diagramOf([toVip, routed, flow({ ...routed, constructPath: 'stack/other', source: peer('x') })]);
  expect(arrows.filter(({ kind }) => kind === 'routing')).toEqual([
    { from: 'box2', to: 'box3', kind: 'routing', labels: [{ ports: '443/tcp', text: 'it routes to masters' }] },
  ]);
  const same = diagramOf([toVip, flow({ ...routed, source: vip })]);
  expect(same.arrows.filter(({ kind }) => kind === 'routing')).toEqual([]);
  expect(diagramMermaid(diagramOf([toVip, routed]))).toContain(
    '"an address of the load balancer:<br/>443/tcp it routes to masters"',
  );
});

test('breaks long names after dots and underscores, and only there', () => {
  expect(linesOfWords('module.network.aws_vpc_security_group_ingress_rule.partners', 38)).toEqual([
    'module.network.aws_vpc_security_group_',
    'ingress_rule.partners',
  ]);
  expect(
    linesOfWords('by aws_vpc_security_group_ingress_rule.ingress_tcp_30080 and aws_security_group.workers', 38),
  ).toEqual(['by', 'aws_vpc_security_group_ingress_rule.', 'ingress_tcp_30080 and', 'aws_security_group.workers']);
  expect(linesOfWords('x'.repeat(50), 38)).toEqual(['x'.repeat(38), 'x'.repeat(12)]);
  expect(linesOfWords('', 38)).toEqual([]);
});

test('puts the frames of several stacks into a frame each', () => {
  const of = (stack: string): TracedFlow =>
    flow({ stack, source: { ...workers, stack }, destination: { ...database, stack } });
  const diagram = diagramOf([of('dev'), of('live')]);
  expect(diagram.stacks).toEqual(['dev', 'live']);
  expect(diagram.frames.map(({ stack, title, boxes }) => [stack, title?.[0], boxes.length])).toEqual([
    ['dev', 'AWS', 1],
    ['dev', 'External hosts', 1],
    ['live', 'AWS', 1],
    ['live', 'External hosts', 1],
  ]);
  expect(diagramMermaid(diagram)).toMatch(/subgraph stack1\["stack dev"\]\n {4}subgraph frame1/);
});

test('marks an arrow that closes a cycle as upward', () => {
  const back = flow({ source: peer('servers', '10.2.0.0/28'), destination: peer('office', '10.1.0.0/16') });
  expect(labelledArrows(diagramOf([flow(), back])).map(({ isUpward }) => isUpward)).toEqual([false, true]);
});

test('says that no port is opened if there are no flows', async () => {
  expect(await drawSvg(diagramDot(diagramOf([])))).toContain('>No port is opened.</text>');
  expect(diagramMermaid(diagramOf([]))).toContain('  nothing["No port is opened."]\n');
});

test('shows in Mermaid who opens what, in words and in line styles', () => {
  expect(diagramMermaid(diagramOf(flows))).toBe(`%%{init: {"flowchart": {"wrappingWidth": 480}}}%%
flowchart TB
  subgraph frame1[" "]
    title1["AWS<br/>VPC vpc-1"]:::title
    box1["security group workers<br/>Clients<br/>Servers"]
    label3["this stack opens it, not in the document:<br/>8472/udp The web server"]:::plain
  end
  subgraph frame2[" "]
    title2["External hosts<br/>ports opened by the firewall team"]:::title
    box2["mongodb-berlin<br/>Servers<br/>10.8.0.0/28"]
  end
  box3["office<br/>Clients<br/>10.1.0.0/16"]
  label1["the firewall team opens it:<br/>25080/tcp The database"]:::plain
  label2["80/tcp, 443/tcp The web server"]:::plain
  label4["the firewall team opens it, not in the document:<br/>25081/tcp The web server (test)"]:::plain
  box1 -.- label1
  label1 -.-> box2
  box3 --- label2
  label2 --> box1
  box1 -.- label3
  label3 -.-> box1
  box1 -.- label4
  label4 -.-> box2
  linkStyle 0 stroke-dasharray: 8 4
  linkStyle 1 stroke-dasharray: 8 4
  linkStyle 4 stroke-dasharray: 2 4
  linkStyle 5 stroke-dasharray: 2 4
  linkStyle 6 stroke-dasharray: 2 4
  linkStyle 7 stroke-dasharray: 2 4
  classDef plain fill:none,stroke:none
  classDef title fill:none,stroke:none,font-weight:bold
`);
});

test('places the label of an upward arrow between its boxes with invisible links before all other links', () => {
  const back = flow({ source: peer('servers', '10.2.0.0/28'), destination: peer('office', '10.1.0.0/16') });
  const links = diagramMermaid(diagramOf([flow({ external: false }), back])).match(/ (~~~|---|-->|-\.-|-\.->) .*/g);
  expect(links).toEqual([' ~~~ label2', ' ~~~ box2', ' --- label1', ' --> box2', ' -.- label2', ' -.-> box1']);
});

test('draws the text of every box and arrow, a legend, and common fonts', async () => {
  const svg = await drawSvg(diagramDot(diagramOf(flows)));
  for (const text of ['security group workers', 'mongodb&#45;berlin', '8472/udp', 'the firewall team opens it:']) {
    expect(svg).toContain(`>${text}</text>`);
  }
  for (const meaning of [
    'this stack opens it',
    'the firewall team opens it',
    'this stack opens it, not in the document',
  ]) {
    expect(svg).toContain(`>${meaning}</text>`);
  }
  expect(svg.match(/<g id="edge/g)).toHaveLength(2 * 4);
  expect(new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, font]) => font))).toEqual(
    new Set(['Verdana,DejaVu Sans,Geneva,sans-serif']),
  );
});

const LINES = [
  '%%{init: {"flowchart": {"wrappingWidth": 480}}}%%',
  ...['flowchart TB', '  end', '  classDef plain fill:none,stroke:none'],
  ...['  classDef title fill:none,stroke:none,font-weight:bold', ''],
  '  classDef world fill:#fdecea,stroke:#b3261e,stroke-width:3px',
];
const LINE =
  /^(?: {2}subgraph frame\d+\[" "\]| {2,4}(box|label|title)\d+\["[^"]*"\](:::\w+)?| {2}\w+ (---|-->|-\.-|-\.->) \w+| {2}linkStyle \d+ stroke-dasharray: \d \d)$/;

describe.each(HOSTILE)('text such as %j', (text) => {
  const diagram = diagramOf([hostileFlow(text)]);

  test('adds no line, HTML or Markdown to Mermaid', () => {
    for (const line of diagramMermaid(diagram).split('\n')) {
      if (LINES.includes(line)) continue;
      expect(line).toMatch(LINE);
      for (const [, quoted] of line.matchAll(/"([^"]*)"/g)) {
        expect(quoted.replaceAll('<br/>', '').replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{N}\s.,:/()+-]*$/u);
      }
    }
  });

  test('stays text in the picture', async () => {
    const svg = await drawSvg(diagramDot(diagram));
    expect(svg).not.toMatch(/<script|<b>|javascript:.*href|xlink:href/i);
    // the two boxes, the title and the label; the two halves of the arrow
    expect(svg.match(/<g id="node/g)).toHaveLength(4);
    expect(svg.match(/<g id="edge/g)).toHaveLength(2);
  });
});
