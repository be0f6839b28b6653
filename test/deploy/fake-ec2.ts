import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A fake EC2 on loopback that ends with the test. */
export class FakeEc2 {
  /** Starts it, and waits until it answers. */
  public static async start(python: string): Promise<FakeEc2> {
    const server = spawn(python, [join(__dirname, 'fake_ec2.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [port] = (await once(createInterface(server.stdout), 'line')) as [string];
    return new FakeEc2(server, Number(port), python);
  }

  private constructor(
    private readonly server: ChildProcess,
    private readonly port: number,
    private readonly python: string,
  ) {}

  /** The address for the provider's endpoints. */
  public get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Delays every revocation of a rule from now on. */
  public slowDownRevocations(seconds: number): void {
    this.server.stdin?.write(`${seconds}\n`);
  }

  /** The rules that its API answers for all groups that a test made, one line each. */
  public rules(region: string): string[] {
    const lines = execFileSync(this.python, [join(__dirname, 'read_rules.py'), this.endpoint, region], {
      encoding: 'utf8',
    });
    return lines.split('\n').filter((line) => line !== '');
  }

  /** Ends it. */
  public stop(): void {
    this.server.kill();
  }
}
