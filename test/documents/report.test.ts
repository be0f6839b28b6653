import { join } from 'node:path';
import { readAccess } from '../../lib/cli/read-flows';
import { makeReportData, reportPage } from '../../lib/documents';
import { synthesizeShop } from '../report/scenario';
import { hostileReport, HOSTILE_TEXTS } from '../report/hostile-report';
import { AddressFamily } from '../../lib/net';
import { Port } from '../../lib/net/port';
import type { TracedFlow, TracedPeer } from '../../lib/provenance';
import { temporaryDirectory } from '../support/cli';
import { flow, peer } from '../support/traced';

const { path } = temporaryDirectory();
const stream = { isTTY: false, write: () => undefined };
synthesizeShop(path, 'after');
const read = readAccess(
  [join(path, 'stacks/shop')],
  { state: [], ipRanges: [] },
  { stdout: stream, stderr: stream, env: {} },
);
const BESIDE = {
  ...{ today: '2026-11-28', version: '1.0.0', paths: ['cdktf.out'], pictures: [], findings: [] },
  laterEditions: new Map<string, string>(),
};
const data = makeReportData(read, BESIDE);

test.each(HOSTILE_TEXTS)('text such as %j stays text in every field', (text) => {
  // where a browser may break lines depends on the text
  const pageOf = (of: string): string =>
    reportPage(hostileReport(data, of)).replace(/<wbr \/>|<span class="whole">([\w.:/-]*)<\/span>/g, '$1');
  const html = pageOf(text);
  const tags = (page: string): Set<string> => new Set(page.match(/<\/?[a-z!][^\s>]*/gi));
  // a web address is a link, with whatever text behind it
  const plain = pageOf(text.startsWith('https:') ? 'https://example.com/plain' : 'plain');
  expect(tags(html)).toEqual(tags(plain));
  expect(html.match(/="[^"]*"/g)?.length).toBe(plain.match(/="[^"]*"/g)?.length);
  expect(html).not.toMatch(/href="(?!#|https?:\/\/)/);
  // characters that change what a reader sees are shown as text
  expect(html).not.toMatch(/[\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[^\P{Cc}\n]/u);
});

test('shows both ports of a moved row', () => {
  const moved = data.rows.filter(({ marks }) => marks.includes('moved'));
  expect(
    moved.map(({ ports, movedFrom, source, destination }) => [source.name, destination.name, ...ports, movedFrom]),
  ).toEqual([
    ['shop-masters', 'security group shop-workers', '10350/tcp', 'document: 10250/tcp'],
    ['shop-masters', 'shop-masters', '10350/tcp', 'document: 10250/tcp'],
  ]);
});

test('a supplement cites its own page', () => {
  const supplements = data.rows.filter(({ marks }) => marks.includes('supplement'));
  expect(supplements.map(({ ports }) => ports)).toEqual([['8285/udp'], ['8472/udp']]);
  for (const { document } of supplements) {
    expect(document.text).toBe('supplement');
    expect(document.reference).toMatch(/^https:\/\/github\.com\/flannel-io\/flannel\//);
  }
});

/** Returns the text of the cells of a column of the matrix. */
function cellsOf(page: string, column: string): string[] {
  const [table] = / id="all-ports".*?<\/table>/s.exec(page)!;
  const cells = table.matchAll(new RegExp(`<td data-column="${column}">(.*?)</td>`, 'gs'));
  return [...cells].map(([, cell]) =>
    cell
      .replace(/<[^>]*>|\s+/g, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  );
}

test('every row says its owner, ticket and last day, or that nobody recorded them', () => {
  const [first, second, ...others] = data.rows.map((row) => ({ ...row, ownership: undefined }));
  const owned = { ...first, ownership: { owner: 'team shop', expires: '2027-03-31' } };
  const ticket = { ...second, ownership: { owner: 'team shop', ticket: 'NET-42' } };
  const cells = cellsOf(reportPage({ ...data, rows: [owned, ticket, ...others] }), 'Owner');
  expect(cells[0]).toBe('team shop no ticket recorded until 2027-03-31');
  expect(cells[1]).toBe('team shop ticket NET-42 no last day recorded');
  expect(new Set(cells.slice(2))).toEqual(new Set(['no owner, ticket or last day recorded']));
});

test('every row says what fails if it is closed, or that nobody says it', () => {
  const said = data.rows.filter(({ opener }) => opener !== 'omitted by the code').map(({ impact }) => impact);
  expect(said).not.toContain(undefined);
  expect(new Set(said)).toEqual(
    new Set([
      'the document does not say what fails',
      'its source does not say what fails',
      'no document says what fails',
    ]),
  );
});

test.each([
  ['2026-11-28', []],
  ['2027-03-01', ['expires soon']],
  ['2027-03-31', ['expires soon']],
  ['2027-04-01', ['expired']],
])('on %s the rows until 2027-03-31 have the marks %j', (today, expected) => {
  const { rows } = makeReportData(read, { ...BESIDE, today });
  const marks = rows.filter(({ ownership }) => ownership !== undefined).map((row) => row.marks);
  expect(marks.length).toBeGreaterThan(5);
  for (const each of marks) expect(each.filter((mark) => mark.startsWith('expire'))).toEqual(expected);
});

test('a row has the check of the document by hand, or says why there is none', () => {
  const checks = data.rows.flatMap(({ ports: [port], facts }) =>
    facts.filter(({ label }) => label === 'Check by hand').map(({ lines }) => [port, ...lines]),
  );
  expect(checks).toContainEqual([
    '25080/tcp',
    'from a machine of security group shop-workers: nc -zv <MONGODB_IP> 25080, expect "succeeded!" at the end of each line, where <MONGODB_IP> is the IP address of a machine of shop-mongodb',
  ]);
  expect(checks).toContainEqual([
    '8472/udp',
    'not possible from outside: UDP gives no answer that tells open from closed. Watch packets arrive at the destination: tcpdump -ni any udp port 8472',
  ]);
});

test('a row that the firewall team opens says whether this stack allows it outbound', () => {
  const opened = data.rows.filter(({ opener }) => opener === 'the firewall team');
  const to = (name: string): Set<string> =>
    new Set(opened.filter(({ destination }) => destination.name === name).map(({ openedBy }) => openedBy));
  expect(to('shop-mongodb')).toEqual(new Set(['the firewall team; this stack allows it outbound']));
  const between = opened.filter(({ source, destination }) => source.name === destination.name);
  expect(new Set(between.map(({ openedBy }) => openedBy))).toEqual(new Set(['the firewall team']));
});

test('a document says the versions that the user runs, or that nobody recorded them', () => {
  const versions = new Map(data.documents.map((document) => [document.key, document.versions]));
  expect(versions.get('apinizer-data-stores@2024-12')).toContain('versions in use: not recorded');
  expect(versions.get('kubeadm-flannel@2024-12')?.join()).toContain('1.34.1');
  expect(versions.get('kubeadm-flannel@2024-12')).not.toContain('versions in use: not recorded');
});

test('a card of the request has each port once on paper, with its purpose and its marks', () => {
  const [section] = data.request.sections;
  const supplement = data.rows.find(({ marks }) => marks.includes('supplement'))!;
  const mongodb = data.rows.find(({ ports }) => ports.includes('25080/tcp'))!;
  const entries = [{ ...section.entries[0], rows: [mongodb, supplement, mongodb] }];
  const page = reportPage({ ...data, request: { ...data.request, sections: [{ entries }] } });
  const [, card] = /<div class="on-paper">(.*?)<\/div>/s.exec(page)!;
  const lines = [...card.matchAll(/<dd>(.*?)<\/dd>/gs)].map(([, line]) =>
    line
      .replace(/<[^>]*>|\s+/g, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  );
  expect(lines).toEqual(['25080/tcp Apinizer configuration database port', '8285/udp Flannel supplement']);
});

test('findings are counted as their part of the page counts them', () => {
  const finding = { code: 'any', address: 'stack/any', message: 'any', related: [] };
  const tile = (...levels: string[]): string => {
    const page = reportPage({ ...data, findings: levels.map((level) => ({ ...finding, level })) });
    const [, text] = /<a href="#findings"><b>(.*?)<\/a>\s*<\/li>\s*<li[^>]*>\s*<a href="#not-evaluated"/s.exec(page)!;
    return text.replace(/<[^>]*>/g, '');
  };
  expect(tile()).toBe('0 findings');
  expect(tile('warning')).toBe('1 finding: 1 warning');
  expect(tile('error', 'warning', 'warning', 'information')).toBe('4 findings: 1 error, 2 warnings, 1 for information');
});

test.each([
  ['2001:db8:100::/48', '[2001:db8:100::/48]'],
  ['machines:10.20.0.0/16, 2379-2380/tcp', 'machines:[10.20.0.0/16], [2379-2380/tcp]'],
  ['2001:db8:1234:5678:9abc:def0:1234:5678', '2001:|db8:|1234:|5678:|9abc:|def0:|1234:|5678'],
  ['*.registry-1.docker.io', '*.|registry-1.|docker.|io'],
  ['aws_security_group.web', 'aws_|security_|group.|web'],
  ['since 2026-11-28.', 'since [2026-11-28].'],
])('breaks lines of %s only where a reader would', (text, expected) => {
  const [first] = data.rows;
  const rows = [{ ...first, facts: [{ label: 'any', lines: [text] }] }];
  const [, line] = /<dt>any<\/dt>\s*<dd>(.*?)<\/dd>/s.exec(reportPage({ ...data, rows }))!;
  expect(line.replaceAll('<wbr />', '|').replace(/<span class="whole">(.*?)<\/span>/g, '[$1]')).toBe(expected);
});

test('what no row of the page says is said once, and what one row says is said of each', () => {
  const unsaid = 'No row of this page has an owner, a ticket or a last day recorded.';
  const nobody = (rows: typeof data.rows): typeof data.rows => rows.map((row) => ({ ...row, ownership: undefined }));
  const without = reportPage({ ...data, rows: nobody(data.rows), hostnames: nobody(data.hostnames) });
  expect(without).toContain(unsaid);
  expect(cellsOf(without, 'Owner')).toEqual([]);
  expect(reportPage(data)).not.toContain(unsaid);
  const [first, ...others] = data.rows;
  const failing = { ...first, impact: 'kubectl logs', isImpactKnown: true };
  expect(reportPage(data)).not.toContain('If closed:');
  const cells = cellsOf(reportPage({ ...data, rows: [failing, ...others] }), 'What for');
  expect(cells[0]).toContain('If closed: kubectl logs');
  expect(cells.filter((cell) => cell.includes('If closed:')).length).toBe(cells.length);
});

describe('what a reader asks of all rows together', () => {
  const factsOf = (flows: readonly TracedFlow[]): [string, string] => {
    const { protocols, ipVersions } = makeReportData(
      { flows, hostnames: [], omitted: [], undocumented: [], notEvaluated: [] },
      BESIDE,
    );
    return [protocols, ipVersions];
  };
  const [servers, dual] = [peer('servers', '10.20.1.0/24'), peer('clients', '10.1.0.0/16', '2001:db8:100::/48')];
  const [ofIpv6, unknown] = [peer('six', '2001:db8::/32'), peer('unknown')];

  test('protocols', () => {
    const [tcp, vrrp] = [flow({ port: Port.tcp(443) }), flow({ port: Port.ip(112) })];
    const [ping, other] = [flow({ port: Port.icmp(8) }), flow({ port: Port.ip(89) })];
    expect(factsOf([])[0]).toBe('none');
    expect(factsOf([tcp, flow({ port: Port.udp(53) }), tcp])[0]).toBe(
      'tcp, udp; nothing without ports, such as ICMP or VRRP',
    );
    expect(factsOf([tcp, vrrp, ping, other])[0]).toBe('tcp, VRRP (112/ip), icmp, 89/ip');
  });

  test('versions of IP', () => {
    const versions = (source: TracedPeer, destination: TracedPeer): string =>
      factsOf([flow({ source, destination })])[1];
    expect(versions(servers, servers)).toBe('IPv4: no IP range of this page is IPv6');
    expect(versions(ofIpv6, ofIpv6)).toBe('IPv6: no IP range of this page is IPv4');
    expect(versions(dual, dual)).toBe('IPv4, and IPv6 for clients');
    expect(versions(dual, servers)).toBe('IPv4: clients has IPv6 ranges too, and the other end has none');
    expect(versions(unknown, servers)).toBe(
      'IPv4: no IP range of this page is IPv6; not known for unknown, whose IP ranges are not given',
    );
    expect(versions(unknown, unknown)).toBe('not known: no IP range is given');
  });

  test('a row for one version of IP has no ranges of the other', () => {
    const row = flow({ source: dual, destination: dual, family: AddressFamily.IPV4 });
    expect(factsOf([row])[1]).toBe('IPv4: no IP range of this page is IPv6');
  });

  test('the request says that it is over one version of IP only if that is known', () => {
    const about = (source: TracedPeer): string | undefined =>
      makeReportData(
        {
          ...{ hostnames: [], omitted: [], undocumented: [], notEvaluated: [] },
          flows: [flow({ source, destination: servers, external: true })],
        },
        BESIDE,
      ).request.ipVersion;
    expect([servers, dual, unknown].map(about)).toEqual(['IPv4', undefined, undefined]);
  });

  test('a row of this stack says which ranges cannot match', () => {
    const { rows } = makeReportData(
      {
        ...{ hostnames: [], omitted: [], undocumented: [], notEvaluated: [] },
        flows: [flow({ source: dual, destination: servers, external: false })],
      },
      BESIDE,
    );
    expect(rows[0].facts).toContainEqual({
      label: 'Note',
      lines: ['No packet from 2001:db8:100::/48 can pass: in the code, servers has IPv4 addresses only'],
    });
  });
});

test('a DNS name of a destination is said to be no hostname to allow', () => {
  const rows = data.rows.map((row, at) => (at === 0 ? { ...row, destinationName: 'api.example.com' } : row));
  const page = reportPage({ ...data, hostnames: [], rows });
  expect(page).toContain('No hostname has to be allowed: all rows are about IP addresses.');
  expect(page.replaceAll('<wbr />', '')).toContain('api.example.com is a DNS name of a destination');
  expect(reportPage({ ...data, hostnames: [] })).not.toContain('DNS name of a destination');
});

test('a link that is not to a commit leads to the page as it is now', () => {
  const linked = (reference: string): boolean =>
    reportPage({ ...data, documents: [{ ...data.documents[0], reference }] }).includes(
      'leads to the page as it is now</small>',
    );
  expect(linked('https://docs.example.com/ports')).toBe(true);
  expect(linked(`https://github.com/example/docs/blob/${'a1'.repeat(20)}/ports.md`)).toBe(false);
});

test('what a document says about the purpose of a port is below what the port is for', () => {
  const rows = data.rows.map((row, at) => (at === 0 ? { ...row, reason: 'so that one takes over' } : row));
  const cells = cellsOf(reportPage({ ...data, rows }), 'What for');
  expect(cells.filter((cell) => cell.includes('so that one takes over'))).toHaveLength(1);
});
