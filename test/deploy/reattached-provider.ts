import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PROGRAM, REGISTRIES } from './program';

const ANNOUNCEMENT = /TF_REATTACH_PROVIDERS='(.*)'/;

/**
 * One process of a provider for many runs of Terraform. Otherwise each run starts its own, which takes 8 s of CPU time for AWS.
 *
 * The process has one configuration at a time, so it serves stacks with one provider instance.
 */
export class ReattachedProvider {
  /** Starts the process, and waits until it prints how to reach it. */
  public static async start(program: string): Promise<ReattachedProvider> {
    const environment: NodeJS.ProcessEnv = { ...process.env, GOGC: '800' };
    delete environment.AWS_CA_BUNDLE; // set, every configuration fails
    const provider = spawn(program, ['-debug'], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface(provider.stdout)) {
      const match = ANNOUNCEMENT.exec(line);
      if (match) return new ReattachedProvider(provider, match[1].replace(REGISTRIES.terraform, REGISTRIES[PROGRAM]));
    }
    throw new Error('the provider ended before it printed how to reach it');
  }

  private constructor(
    private readonly provider: ChildProcess,
    /** The value of `TF_REATTACH_PROVIDERS`. */
    public readonly reattach: string,
  ) {}

  /** Stops the process. */
  public stop(): void {
    this.provider.kill();
  }
}
