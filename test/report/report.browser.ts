import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { readAccess } from '../../lib/cli/read-flows';
import { makeReportData, reportPage } from '../../lib/documents';
import { hostileReport, HOSTILE_TEXTS } from './hostile-report';
import { Pages } from './pages';

const pages = new Pages();
const FILE = 'report.html';
beforeAll(() => pages.writeShop(FILE));

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

/** Returns the ports of the rows of the matrix that a reader sees. */
async function visiblePorts(page: Page): Promise<string[]> {
  return page.locator('#all-ports tbody tr:visible th .port').allTextContents();
}

async function pageOverflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

describe.each(THEMES)('in the %s theme', (colorScheme) => {
  test.each(WIDTHS)('axe-core finds nothing at %s px, and nothing is loaded or logged', async (width) => {
    const { page, complaints } = await pages.open(FILE, { colorScheme, viewport: { width, height: 800 } });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))");
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run()')) as any;
    expect(violations.map(({ id, nodes }: any) => [id, nodes[0].html, nodes[0].failureSummary])).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test.each([360, 768, 1280])('the page does not scroll sideways at %s px', async (width) => {
  const { page } = await pages.open(FILE, { viewport: { width, height: 800 } });
  expect(await pageOverflow(page)).toBe(0);
});

test.each([900, 1280, 1920])('each column of the matrix can be read at %s px', async (width) => {
  const { page } = await pages.open(FILE, { viewport: { width, height: 800 } });
  const widths = await page
    .locator('#all-ports thead th:visible')
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
  expect(widths).toHaveLength(7);
  expect(Math.min(...widths)).toBeGreaterThan(50);
  const [purpose] = await page
    .locator('#all-ports thead th[data-column="What for"]')
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
  expect(purpose).toBeGreaterThan(90);
});

test('paper has every row and every detail once, and nothing is cut off', async () => {
  // as wide as A4 on its long side with these margins
  const { page } = await pages.open(FILE, { viewport: { width: 1032, height: 800 } });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await pageOverflow(page)).toBe(0);
  expect(await page.locator('form.filter:visible, button:visible').count()).toBe(0);
  const folded = await page
    .locator('details dl')
    .evaluateAll((all) => all.filter((one) => !one.checkVisibility()).length);
  expect(folded).toBe(0);
  expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
});

test('on paper a label is on the line of its value, and nothing ends with a separator', async () => {
  const { page } = await pages.open(FILE, { viewport: { width: 1032, height: 800 } });
  await page.emulateMedia({ media: 'print' });
  const tops = await page
    .locator('.about-page > div')
    .evaluateAll((all) => all.map(({ children }) => [...children].map((one) => one.getBoundingClientRect().top)));
  expect(tops.length).toBeGreaterThan(3);
  for (const [label, value] of tops) expect(label).toBe(value);
  const after: unknown = await page.evaluate(
    "[...document.querySelectorAll('td details dd, td details dl > div')].map((one) => getComputedStyle(one, '::after').content)",
  );
  expect(new Set(after as string[])).toEqual(new Set(['none']));
});

test.each([360, 900, 1280])('IP ranges and ports are never broken at %s px, and fit', async (width) => {
  const { page } = await pages.open(FILE, { viewport: { width, height: 800 } });
  const broken = await page
    .locator('.whole, .port')
    .evaluateAll((all) =>
      all.filter((one) => one.checkVisibility() && one.getClientRects().length > 1).map((one) => one.textContent),
    );
  // the ports of a hostname are several words
  expect(broken.filter((text) => !text!.includes(' '))).toEqual([]);
  const overlapping = await page.locator('td .whole').evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility())
      .filter((one) => Math.floor(one.getBoundingClientRect().right) > one.closest('td')!.getBoundingClientRect().right)
      .map((one) => one.textContent),
  );
  expect(overlapping).toEqual([]);
});

test('the page can be read without script, and shows no filters that do nothing', async () => {
  const { page, complaints } = await pages.open(FILE, { javaScriptEnabled: false });
  expect(await page.locator('#all-ports tbody tr:visible').count()).toBe(18);
  expect(await page.locator('form:visible, button:visible').count()).toBe(0);
  await page.locator('#all-ports summary').first().click();
  expect(await page.locator('#all-ports details dl').first().isVisible()).toBe(true);
  expect(complaints).toEqual([]);
});

test('the search finds all words of a row, whatever their order and case', async () => {
  const { page } = await pages.open(FILE);
  const search = page.locator('form[data-table="all-ports"] input');
  await search.fill('KUBELET shop-workers');
  expect(await visiblePorts(page)).toEqual(['10350/tcp']);
  expect(await page.locator('form[data-table="all-ports"] output').textContent()).toBe('1 of 18 rows');
  await search.fill('no such thing');
  expect(await visiblePorts(page)).toEqual([]);
  await page.locator('form[data-table="all-ports"] button[type=reset]').click();
  expect(await visiblePorts(page)).toHaveLength(18);
});

test('filters and search narrow together', async () => {
  const { page } = await pages.open(FILE);
  const form = page.locator('form[data-table="all-ports"]');
  await form.getByLabel('Only').selectOption('moved');
  expect(await visiblePorts(page)).toEqual(['10350/tcp', '10350/tcp']);
  await form.getByLabel('Opened by').selectOption('the firewall team');
  expect(await visiblePorts(page)).toEqual(['10350/tcp']);
  await form.getByLabel('Only').selectOption('');
  await form.locator('select[name=to]').selectOption('shop-mongodb');
  expect(await visiblePorts(page)).toEqual(['25080/tcp']);
  await form.locator('input').press('Enter');
  expect(await visiblePorts(page)).toEqual(['25080/tcp']);
});

test('a link to a row shows it, also if it is filtered out', async () => {
  const { page } = await pages.open(FILE);
  const anchor = await page.locator('#all-ports tbody tr', { hasText: 'shop-mongodb' }).getAttribute('id');
  await page.locator('form[data-table="all-ports"] input').fill('kubelet');
  await page.evaluate(`location.hash = '${anchor!}'`);
  const row = page.locator(`#${anchor!}`);
  await row.waitFor({ state: 'visible' });
  expect(await row.evaluate((one) => one.matches(':target'))).toBe(true);
  const { page: other } = await pages.open(FILE, {}, `#${anchor!}`);
  const { y } = (await other.locator(`#${anchor!}`).boundingBox())!;
  expect(y).toBeLessThan(900);
});

test('the table of contents leads to every part', async () => {
  const { page } = await pages.open(FILE);
  const links = page.locator('nav a');
  const headings = await page
    .locator('main h2')
    .evaluateAll((all) => all.map((one) => one.firstChild!.textContent!.trim()));
  expect(await links.allTextContents()).toEqual(headings);
  await links.filter({ hasText: 'Open to the world' }).click();
  expect(await page.locator('#world').evaluate((one) => Math.abs(one.getBoundingClientRect().top) < 100)).toBe(true);
});

/** Returns the data of the shop. */
function shopData(): Parameters<typeof reportPage>[0] {
  const stream = { isTTY: false, write: () => undefined };
  const stack = join(pages.directory, 'after/stacks/shop');
  const read = readAccess([stack], { state: [], ipRanges: [] }, { stdout: stream, stderr: stream, env: {} });
  return makeReportData(read, {
    ...{ today: '2026-11-28', version: '1.0.0', paths: ['cdktf.out'], pictures: [], findings: [] },
    laterEditions: new Map(),
  });
}

test('a long table shows its first 500 rows, the others on request, and all on paper', async () => {
  const data = shopData();
  const [row] = data.rows;
  const rows = Array.from({ length: 600 }, (_, at) => ({ ...row, anchor: `row-${at}`, purpose: `purpose-${at % 6}` }));
  writeFileSync(join(pages.directory, 'long.html'), reportPage({ ...data, rows }));
  const { page } = await pages.open('long.html');
  const form = page.locator('form[data-table="all-ports"]');
  expect(await visiblePorts(page)).toHaveLength(500);
  expect(await form.locator('output').textContent()).toBe('600 of 600 rows, the first 500 are shown');
  await form.locator('input').fill('purpose-5');
  expect(await visiblePorts(page)).toHaveLength(100);
  await form.locator('button[type=reset]').click();
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await visiblePorts(page)).toHaveLength(600);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await visiblePorts(page)).toHaveLength(500);
  await form.locator('button[name=more]').click();
  expect(await visiblePorts(page)).toHaveLength(600);
  const { page: linked } = await pages.open('long.html', {}, '#row-599');
  await linked.locator('#row-599').waitFor({ state: 'visible' });
});

test('hostile text of every field stays text', async () => {
  const data = shopData();
  for (const [at, text] of HOSTILE_TEXTS.entries()) {
    const file = `hostile-${at}.html`;
    writeFileSync(join(pages.directory, file), reportPage(hostileReport(data, text)));
    const { page, complaints } = await pages.open(file);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    const handlers = await page
      .locator('*')
      .evaluateAll((all) => all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on')));
    expect(handlers).toEqual([]);
    expect(await pageOverflow(page)).toBe(0);
  }
});

test.each([
  ['10.8.0.9', 'shop-mongodb', '10.8.0.16/28'],
  ['2001:db8:1::9', '2001:db8::/32', '10.8.0.16/28'],
])('the search by %s finds the rows whose range contains it', async (address, found, other) => {
  const data = shopData();
  const text = reportPage(data).replaceAll('10.20.1.0/24', '2001:db8::/32');
  writeFileSync(join(pages.directory, 'search.html'), text);
  const { page } = await pages.open('search.html');
  await page.locator('form[data-table="all-ports"] input').fill(address);
  const rows = await page.locator('#all-ports tbody tr:visible').allTextContents();
  expect(rows.filter((row) => row.includes(found))).not.toEqual([]);
  // any IPv4 address contains it too
  expect(rows.filter((row) => !row.includes(found) && !row.includes('0.0.0.0/0'))).toEqual([]);
  if (found === 'shop-mongodb') expect(rows.join()).not.toContain(other);
});

test('a wide picture starts at its first machine on a narrow screen', async () => {
  const { page } = await pages.open(FILE, { viewport: { width: 360, height: 800 } });
  const isSeen = await page
    .locator('.picture')
    .first()
    .evaluate((picture) => {
      const { left, right } = picture.getBoundingClientRect();
      const boxes = [...picture.querySelectorAll('.node')].map((one) => one.getBoundingClientRect());
      const [first] = boxes.sort((one, two) => one.top - two.top);
      return first.left < right && first.right > left;
    });
  expect(isSeen).toBe(true);
});

test('each printed page has the title and its number', async () => {
  const { page } = await pages.open(FILE);
  const text = (await page.locator('style').allTextContents()).join('\n');
  expect(text).toContain('"Ports\\20 of\\20 shop"');
  expect(text).toContain('counter(page)');
  const version = page.context().browser()!.version();
  if (Number.parseInt(version, 10) < 131) return;
  const rules = await page.evaluate(
    "[...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule.constructor.name === 'CSSPageRule').map(({ cssText }) => cssText).join()",
  );
  expect(rules).toContain('bottom-right');
});
