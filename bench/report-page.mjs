// Measures `cluster-ports report`: the page of the largest example, and one of many flows in Chromium, if that is installed.
//
//   node bench/report-page.mjs [flows]   (default: 5000)
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { App, TerraformStack } from 'cdktf';
import { chromium } from 'playwright-core';
import { summary } from './statistics.mjs';

const { ExternalHosts, KubeadmFlannelClusterRules } = createRequire(import.meta.url)('../dist/index.js');
const COMMAND = fileURLToPath(new URL('../dist/bin/cluster-ports.js', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples/main.ts', import.meta.url));
const REPORT = fileURLToPath(new URL('report.cjs', import.meta.url));
const ROUNDS = 3;
const FLOWS_OF_CLUSTER = 13;
const flows = Number(process.argv[2] ?? 5000);
const directory = mkdtempSync(join(tmpdir(), 'bench-report-'));

/** Returns the milliseconds of CPU time of a process. */
function timed(program, ...args) {
  const stdio = ['ignore', 'ignore', 'inherit', 'pipe'];
  const { status, output } = spawnSync(program, ['--require', REPORT, ...args], { stdio, cwd: directory });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with status ${status}`);
  return JSON.parse(output[3]).cpu;
}

/** Returns the median CPU time of a command beyond the start of the program, and the size of the page. */
function measuredReport(path) {
  const page = join(directory, 'report.html');
  const rounds = Array.from({ length: ROUNDS }, () => {
    const startUp = timed(process.execPath, COMMAND, '--version');
    return timed(process.execPath, COMMAND, 'report', path, '--output', page) - startUp;
  });
  return { page, size: statSync(page).size, time: summary(rounds).median };
}

function synthesizeExamples() {
  const tsx = fileURLToPath(new URL('../node_modules/tsx/dist/cli.mjs', import.meta.url));
  const configuration = fileURLToPath(new URL('../tsconfig.dev.json', import.meta.url));
  const outdir = join(directory, 'cdktf.out');
  // the examples read files of the checkout
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  const { status } = spawnSync(process.execPath, [tsx, '--tsconfig', configuration, EXAMPLES], {
    stdio: 'inherit',
    cwd: ROOT,
    env,
  });
  if (status !== 0) throw new Error(`the examples ended with status ${status}`);
  return join(outdir, 'stacks');
}

function synthesizeFlows() {
  const outdir = join(directory, 'many');
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'many');
  for (let at = 0; at * FLOWS_OF_CLUSTER < flows; at++) {
    const [high, low] = [at >> 8, at & 255];
    new KubeadmFlannelClusterRules(stack, `cluster-${at}`, {
      controlPlane: ExternalHosts.named(`masters-${at}`, `10.${high}.${low}.0/29`),
      workers: ExternalHosts.named(`workers-${at}`, `10.${high}.${low}.128/25`),
      workerToWorkerFlannel: true,
    });
  }
  app.synth();
  return outdir;
}

function chromiumPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap((path) => names.map((name) => join(path, name)));
  return [process.env.CHROMIUM, ...paths].filter(Boolean).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Opens a page and types a word, and returns the milliseconds until the browser has drawn each key. */
async function measuredPage(file, executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const start = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const opened = performance.now() - start;
    await page.locator('form.filter input').first().focus();
    const keys = [];
    for (const key of ['k', 'u', 'b', 'e', 'l', 'e', 't', ...Array(7).fill('Backspace')]) {
      const before = performance.now();
      await page.keyboard.press(key);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
      keys.push(performance.now() - before);
    }
    return { opened, keys: summary(keys) };
  } finally {
    await browser.close();
  }
}

const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
const inMilliseconds = (milliseconds) => `${milliseconds.toFixed(0)} ms`;

try {
  const stacks = synthesizeExamples();
  const measured = readdirSync(stacks).map((name) => ({ name, ...measuredReport(join(stacks, name)) }));
  const [largest] = measured.toSorted((a, b) => b.size - a.size);
  const slowest = Math.max(...measured.map(({ time }) => time));
  console.log(
    `largest example, ${largest.name}: ${inKilobytes(largest.size)}, ${inMilliseconds(largest.time)} of CPU beyond start-up`,
  );
  console.log(`slowest example: ${inMilliseconds(slowest)} of CPU beyond start-up; targets: 500 KB, 1 s`);
  const many = measuredReport(synthesizeFlows());
  console.log(`${flows} flows: ${inKilobytes(many.size)}, written in ${inMilliseconds(many.time)} of CPU`);
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    console.log('*** SKIPPED: Chromium is not in PATH, and CHROMIUM does not have its path. ***');
  } else {
    const { opened, keys } = await measuredPage(many.page, executablePath);
    const texts = `median ${inMilliseconds(keys.median)}, at most ${inMilliseconds(keys.most)}; target: 1 s`;
    console.log(`in Chromium: opened in ${inMilliseconds(opened)}; for each key ${texts}`);
  }
} finally {
  rmSync(directory, { recursive: true });
}
