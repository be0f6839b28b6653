import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LONGEST_START = 10_000;
const POLL_EVERY = 100;
/** The states of `show stat` after which a server does not change: up with all checks passed, or down. */
const SETTLED = /^(UP|DOWN)$/;

/** The settings of a distribution's own file, which come before the rendered part. */
const DEFAULTS = `defaults
    timeout connect 5s
    timeout client 5s
    timeout server 5s
    timeout check 2s
`;

/** Runs HAProxy in a folder of its own, with a rendered configuration. */
export class Haproxy {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-haproxy-'));
  private readonly socket = join(this.directory, 'stats.sock');
  private process?: ChildProcess;

  /** Writes a file into the folder of the configuration and returns its path. */
  public file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }

  /** Starts HAProxy and waits until it answers. */
  public async start(config: string): Promise<void> {
    const file = this.file('haproxy.cfg', `global\n    stats socket ${this.socket}\n${DEFAULTS}\n${config}`);
    const { status, stderr } = spawnSync('haproxy', ['-c', '-f', file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`haproxy rejects the configuration:\n${stderr}`);
    this.process = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
    await until(() => this.command('show info'));
  }

  /** Waits until all servers have settled, and returns their states: `UP` or `DOWN`, and the last check. */
  public async servers(): Promise<Record<string, string>> {
    return until(async () => {
      const [header, ...lines] = (await this.command('show stat')).replace('# ', '').trim().split('\n');
      const columns = header.split(',');
      const cell = (line: string, column: string): string => line.split(',')[columns.indexOf(column)];
      const servers = lines.filter((line) => !/^(FRONTEND|BACKEND)$/.test(cell(line, 'svname')));
      if (!servers.every((line) => SETTLED.test(cell(line, 'status')) && cell(line, 'check_status') !== 'INI')) {
        throw new Error(`servers must have settled, got ${servers.map((line) => cell(line, 'status')).join(', ')}`);
      }
      return Object.fromEntries(
        servers.map((line) => [cell(line, 'svname'), `${cell(line, 'status')} ${cell(line, 'check_status')}`]),
      );
    });
  }

  /** Stops HAProxy and removes its folder. */
  public async stop(): Promise<void> {
    if (this.process?.exitCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGKILL');
      await ended;
    }
    rmSync(this.directory, { recursive: true });
  }

  private async command(line: string): Promise<string> {
    const socket = connect(this.socket);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'connect');
    socket.end(`${line}\n`);
    await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  }
}

/** Retries until an attempt succeeds or the time is over. */
async function until<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + LONGEST_START;
  for (;;) {
    try {
      return await attempt();
    } catch (problem) {
      if (Date.now() > end) throw problem;
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
    }
  }
}
