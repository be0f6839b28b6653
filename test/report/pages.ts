import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { cli } from '../support/cli';
import { chromiumPath } from './chromium';
import { SHOP_JUNIT, synthesizeShop } from './scenario';

/** A page in a browser, and everything that it must not do. */
export interface OpenPage {
  readonly page: Page;
  /** Errors, messages on the console, and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

/** Opens files of a temporary directory in Chromium. Everything is removed after the tests of the file. */
export class Pages {
  public readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-report-'));
  private browser?: Browser;

  public constructor() {
    beforeAll(async () => {
      this.browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await this.browser?.close();
      rmSync(this.directory, { recursive: true });
    });
  }

  /** Opens a page that was written to the directory. */
  public async open(file: string, options: BrowserContextOptions = {}, anchor = ''): Promise<OpenPage> {
    const context = await this.browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const url = `${pathToFileURL(join(this.directory, file)).href}${anchor}`;
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', ({ message }) => complaints.push(`error: ${message}`));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url.split('#')[0]) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, complaints };
  }

  /** Writes the report of the shop, with everything that a report can have. */
  public async writeShop(file: string): Promise<void> {
    const [before, after, junit] = ['before', 'after', 'verify.xml'].map((name) => join(this.directory, name));
    synthesizeShop(before, 'before');
    synthesizeShop(after, 'after');
    writeFileSync(junit, SHOP_JUNIT);
    const options = [
      '--since',
      before,
      '--junit',
      junit,
      '--today',
      '2026-11-28',
      '--output',
      join(this.directory, file),
    ];
    const { code, stderr } = await cli(['report', after, ...options]);
    if (code !== 0) throw new Error(stderr);
  }
}
