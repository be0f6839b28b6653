import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The programs that the suite needs, by what they are called here. `KUBE_APISERVER` is for one that is not on the path. */
export const PROGRAMS = { apiServer: process.env.KUBE_APISERVER ?? 'kube-apiserver', etcd: 'etcd', kubectl: 'kubectl' };

const TOKEN = 'secret-of-this-test';
const WAIT = 250;
const MOST_WAITS = 480;

/** What a call of kubectl has printed, and whether it has succeeded. */
export interface Called {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Kubernetes API server with an etcd of its own, on 127.0.0.1. There are no controllers and no nodes. */
export class ApiServer {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-api-'));
  private readonly processes: ChildProcess[] = [];
  private output = '';

  /** Starts both, and waits until the server is ready. */
  public async start(): Promise<void> {
    const [client, peer, secure] = [await freePort(), await freePort(), await freePort()];
    const etcd = `http://127.0.0.1:${client}`;
    this.spawn(PROGRAMS.etcd, [
      `--data-dir=${join(this.directory, 'etcd')}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
    ]);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = this.file('service-account.pem', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
    this.spawn(PROGRAMS.apiServer, [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${secure}`,
      `--cert-dir=${join(this.directory, 'certificates')}`,
      `--token-auth-file=${this.file('tokens.csv', `${TOKEN},admin,admin,system:masters\n`)}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://127.0.0.1',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      '--disable-admission-plugins=ServiceAccount',
      '--endpoint-reconciler-type=none',
    ]);
    this.file('kubeconfig', kubeconfig(`https://127.0.0.1:${secure}`));
    await this.waitUntilReady();
  }

  /** Calls kubectl. */
  public kubectl(...args: string[]): Called {
    const config = `--kubeconfig=${join(this.directory, 'kubeconfig')}`;
    const cache = `--cache-dir=${join(this.directory, 'cache')}`;
    const { status, stdout, stderr } = spawnSync(PROGRAMS.kubectl, [config, cache, ...args], { encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  /** Writes a file into the directory of the server, and returns its path. */
  public file(name: string, content: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** Ends both processes. */
  public async stop(): Promise<void> {
    for (const process of [...this.processes].reverse()) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await ended;
    }
    rmSync(this.directory, { recursive: true });
  }

  private spawn(program: string, args: readonly string[]): void {
    const process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('data', (data: Buffer) => {
        this.output = (this.output + data.toString()).slice(-10_000);
      });
    }
    this.processes.push(process);
  }

  private async waitUntilReady(): Promise<void> {
    for (let waits = 0; waits < MOST_WAITS; waits++) {
      if (this.processes.some(({ exitCode }) => exitCode !== null)) break;
      if (this.kubectl('get', '--raw', '/readyz').stdout === 'ok') return;
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
    throw new Error(`the API server is not ready:\n${this.output}`);
  }
}

function kubeconfig(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: TOKEN } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
}
