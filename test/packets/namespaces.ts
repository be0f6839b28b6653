import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A packet that opens a connection to the machine. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly from: string;
  readonly to: string;
  /** Absent for ICMP. */
  readonly port?: number;
}

/** The IP addresses of the machine, and those from which others connect. */
interface Addresses {
  readonly machine: readonly string[];
  readonly others: readonly string[];
}

function run(program: string, words: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** A machine and everyone else, each in a network namespace of its own, connected by one cable. The firewall of this computer is not touched. */
export class TwoMachines {
  protected readonly machine: string;
  private readonly others: string;
  private listener?: ChildProcess;

  constructor(name: string, { machine, others }: Addresses) {
    this.machine = `cluster-ports-${name}-${process.pid}`;
    this.others = `${this.machine}-others`;
    for (const namespace of [this.machine, this.others]) {
      run('ip', ['netns', 'add', namespace]);
      this.inside(namespace, 'ip', 'link', 'set', 'lo', 'up');
    }
    const [end, far] = ['eth0', 'eth1'];
    run('ip', ['link', 'add', end, 'netns', this.machine, 'type', 'veth', 'peer', 'name', far, 'netns', this.others]);
    this.connect(this.machine, end, machine);
    this.connect(this.others, far, others);
  }

  /** Loads a script of nftables in the machine. */
  public load(script: string): void {
    run('ip', ['netns', 'exec', this.machine, 'nft', '-f', '-'], script);
  }

  /** Runs a shell script in the machine. Throws with its error if it fails. */
  public shell(script: string): void {
    run('ip', ['netns', 'exec', this.machine, 'sh', '-s'], script);
  }

  /** Returns the rules of the machine. */
  public rules(): string {
    return this.inside(this.machine, 'nft', 'list', 'ruleset');
  }

  /** Opens ports of the machine, such as `tcp:22`, until `remove`. */
  public async listen(ports: readonly string[]): Promise<void> {
    const words = ['netns', 'exec', this.machine, process.execPath, join(__dirname, 'listen.mjs'), ...ports];
    const listener = spawn('ip', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.stdout.once('data', () => resolve());
      listener.once('exit', (code) => reject(new Error(`the listener ended with ${code}`)));
    });
  }

  /** Sends packets to the machine, and returns which of them were answered. */
  public answered(packets: readonly Packet[]): boolean[] {
    const output = this.inside(this.others, process.execPath, join(__dirname, 'probe.mjs'), JSON.stringify(packets));
    return JSON.parse(output) as boolean[];
  }

  /** Ends the listener by its process id, and deletes the namespaces. */
  public remove(): void {
    this.listener?.kill('SIGKILL');
    for (const namespace of [this.machine, this.others]) spawnSync('ip', ['netns', 'delete', namespace]);
  }

  private connect(namespace: string, device: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const isIpv6 = address.includes(':');
      const noDetection = isIpv6 ? ['nodad'] : [];
      this.inside(namespace, 'ip', 'address', 'add', `${address}/${isIpv6 ? 128 : 32}`, 'dev', device, ...noDetection);
    }
    this.inside(namespace, 'ip', 'link', 'set', device, 'up');
    for (const family of ['-4', '-6']) this.inside(namespace, 'ip', family, 'route', 'add', 'default', 'dev', device);
  }

  protected inside(namespace: string, ...words: string[]): string {
    return run('ip', ['netns', 'exec', namespace, ...words]);
  }
}
