import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { configuration, type FakeAccount, providerFile } from './configuration';
import { PROGRAM } from './program';

const LONGEST_RUN = 300_000;

/** A folder in which Terraform or OpenTofu runs against a fake cloud. */
export class Terraform {
  private isPlanned = false;
  private readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-deploy-'));
  private readonly environment: NodeJS.ProcessEnv;
  private isInitialized = false;

  public constructor(
    private readonly account: FakeAccount,
    private readonly mirror: string,
    private readonly reattach?: string,
  ) {
    // less garbage collection saves a third of the CPU time of a command
    this.environment = { ...process.env, CHECKPOINT_DISABLE: '1', GOGC: '800', TF_REATTACH_PROVIDERS: reattach };
    delete this.environment.TF_CLI_CONFIG_FILE; // it may name a file that does not exist
  }

  /** Writes the Terraform of stacks, or the synthesized text of one, as one configuration, with the endpoints of the fake cloud and the ids that exist in it. */
  public async write(
    stacks: TerraformStack | string | readonly TerraformStack[],
    ids: Record<string, string> = {},
  ): Promise<void> {
    const list = Array.isArray(stacks) ? (stacks as readonly TerraformStack[]) : [stacks as TerraformStack | string];
    const text = configuration(list, ids, this.account);
    writeFileSync(join(this.directory, 'cdk.tf.json'), text);
    this.isPlanned = false;
    // a reattached provider is neither installed nor written to the lock file
    if (this.reattach === undefined && !this.isInitialized) {
      await this.run('init', '-input=false', `-plugin-dir=${this.mirror}`);
    }
    this.isInitialized = true;
  }

  /** Copies a folder with a configuration and its modules, and adds the providers with the endpoints of the fake cloud. */
  public async copy(folder: string, region: string): Promise<void> {
    cpSync(folder, this.directory, { recursive: true });
    this.keep('provider.tf.json', providerFile(this.account, region));
    // a reattached provider needs no `init`
    await this.run('get');
    this.isInitialized = true;
  }

  /** Writes a file next to the configuration, and returns its path. */
  public keep(name: string, text: string): string {
    const file = join(this.directory, name);
    writeFileSync(file, text);
    return file;
  }

  /** Returns the text of a file next to the configuration. */
  public read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  /** Returns what an apply would change, sorted: `create aws_...`, `import and update aws_...`. */
  public async plan(): Promise<string[]> {
    const messages = await this.run('plan', '-input=false', '-json', '-out=plan');
    this.isPlanned = true;
    return messages
      .split('\n')
      .filter((line) => line.includes('"type":"planned_change"'))
      .map((line) => plannedChange((JSON.parse(line) as { change: PlannedChange }).change))
      .filter((change) => !change.startsWith('read '))
      .sort();
  }

  /** Plans, and returns the plan as `terraform show -json` prints it. */
  public async plannedJson(...options: readonly string[]): Promise<unknown> {
    await this.run('plan', '-input=false', '-out=plan', ...options);
    this.isPlanned = true;
    return this.lastPlanJson();
  }

  /** Returns the last plan, which Terraform also writes if planning fails. */
  public async lastPlanJson(): Promise<unknown> {
    return JSON.parse(await this.run('show', '-json', 'plan'));
  }

  /** Returns the state as `terraform show -json` prints it. */
  public async stateJson(): Promise<unknown> {
    return JSON.parse(await this.run('show', '-json'));
  }

  /** Applies the last plan, or else the configuration. */
  public async apply(): Promise<void> {
    const what = this.isPlanned ? 'plan' : '-auto-approve';
    this.isPlanned = false;
    await this.run('apply', '-input=false', what);
  }

  /** Destroys everything. */
  public async destroy(): Promise<void> {
    await this.run('destroy', '-input=false', '-auto-approve');
  }

  /** Removes the folder. */
  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private async run(...args: string[]): Promise<string> {
    const options = { cwd: this.directory, env: this.environment, timeout: LONGEST_RUN };
    const terraform = spawn(PROGRAM, [...args, '-no-color'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const problems: Buffer[] = [];
    terraform.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    terraform.stderr.on('data', (chunk: Buffer) => problems.push(chunk));
    const [status] = (await once(terraform, 'close')) as [number | null];
    if (status !== 0) {
      const printed = Buffer.concat([...output, ...problems]).toString();
      throw new Error(`${PROGRAM} ${args.join(' ')}: exit ${status}\n${problemsIn(printed)}`);
    }
    return Buffer.concat(output).toString();
  }
}

/** A change as `terraform plan -json` prints it. */
interface PlannedChange {
  readonly action: string;
  readonly resource: { readonly addr: string };
  readonly previous_resource?: { readonly addr: string };
  readonly importing?: object;
}

function plannedChange({ action, resource, previous_resource, importing }: PlannedChange): string {
  const how =
    importing && action !== 'import' ? 'import and ' : previous_resource && action !== 'move' ? 'move and ' : '';
  return `${how}${action} ${resource.addr}`;
}

/** Returns the errors in an output of Terraform: in JSON, each is one line that is not wrapped. */
function problemsIn(output: string): string {
  const errors = output
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"type":"diagnostic"'))
    .map((line) => (JSON.parse(line) as { diagnostic: { summary: string; detail: string } }).diagnostic);
  return errors.length === 0 ? output : errors.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n');
}
