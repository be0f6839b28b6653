import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Ec2Api } from './ec2-api';

/** A fake EC2 on the loopback interface. */
export class FakeEc2 {
  /** Starts the server, and waits until it answers. */
  public static async start(python: string): Promise<FakeEc2> {
    const server = spawn(python, [join(__dirname, 'fake_ec2.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [port] = (await once(createInterface(server.stdout), 'line')) as [string];
    return new FakeEc2(server, `http://127.0.0.1:${port}`);
  }

  private constructor(
    private readonly server: ChildProcess,
    /** The URL for the provider's endpoints. */
    public readonly endpoint: string,
  ) {}

  /** The API of a region. */
  public region(region: string): Ec2Api {
    return new Ec2Api(this.endpoint, region);
  }

  /** Delays every revocation of a rule from now on. */
  public slowDownRevocations(seconds: number): void {
    this.server.stdin?.write(`${seconds}\n`);
  }

  /** Stops the server. */
  public stop(): void {
    this.server.kill();
  }
}
