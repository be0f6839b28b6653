import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../report/chromium';
import { ServedSite } from './built-site';

let site: ServedSite;
let browser: Browser;
beforeAll(async () => {
  site = await ServedSite.start();
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  site?.stop();
});

async function open(
  path: string,
  width: number,
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => request.url().startsWith(site.origin) || complaints.push(request.url()));
  await page.goto(`${site.origin}${path}`, { waitUntil: 'networkidle' });
  return { page, complaints };
}

const KINDS = [
  '/',
  '/docs/gcp.html',
  '/docs/ports/rke2.html',
  '/commands/explain.html',
  '/docs/errors.html',
  '/API.html',
];

describe.each([390, 1280])('at %s px', (width) => {
  test.each(KINDS)('%s can be read without scrolling sideways, and nothing is loaded from elsewhere', async (path) => {
    const { page, complaints } = await open(path, width);
    expect(await page.locator('.vp-doc h1').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** Text in an element whose last part is out of sight until somebody scrolls sideways. */
const CUT = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((element) => element.scrollWidth > element.clientWidth).length`;

test.each([390, 1280])('the messages of errors are read without scrolling at %s px', async (width) => {
  const { page } = await open('/docs/errors.html', width);
  expect(await page.locator('.language-text pre').count()).toBeGreaterThan(100);
  expect(await page.evaluate(CUT('.language-text pre'))).toBe(0);
  await page.close();
});

test('the help of commands is read without scrolling on a screen', async () => {
  const { page } = await open('/commands/explain.html', 1280);
  expect(await page.evaluate(CUT('.language-text:first-of-type pre'))).toBe(0);
  await page.close();
});

test('the entries of the sidebar differ', async () => {
  const { page } = await open('/docs/ports/rke2.html', 1280);
  const groups = await page.locator('.VPSidebarItem.level-0').all();
  for (const group of groups) {
    const texts = await group.locator('.items .text').allTextContents();
    expect(texts).toEqual([...new Set(texts)]);
  }
  expect(groups.length).toBeGreaterThan(5);
  await page.close();
});

test('the picture of the concepts is drawn', async () => {
  const { page } = await open('/', 1280);
  await page.locator('.mermaid-drawing svg').waitFor();
  expect(await page.locator('.mermaid-drawing svg').textContent()).toContain('access request');
  await page.close();
});

test('the search finds a port without a server', async () => {
  const { page, complaints } = await open('/', 1280);
  await page.locator('#local-search button').click();
  await page.locator('#localsearch-input').fill('9345');
  await page.locator('#localsearch-list a', { hasText: 'RKE2' }).first().waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
