import { Testing, type TerraformStack } from 'cdktf';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LONGEST_RUN = 300_000;

/** A folder in which Terraform runs against the fake cloud. */
export class Terraform {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-deploy-'));
  private readonly environment: NodeJS.ProcessEnv;

  public constructor(
    private readonly endpoint: string,
    private readonly mirror: string,
    reattach?: string,
  ) {
    this.environment = { ...process.env, CHECKPOINT_DISABLE: '1', TF_REATTACH_PROVIDERS: reattach };
    delete this.environment.TF_CLI_CONFIG_FILE; // it may name a file that is not there
  }

  /** Writes the Terraform of a stack, with the endpoints of the fake cloud. */
  public async write(stack: TerraformStack): Promise<void> {
    const terraform = JSON.parse(Testing.synth(stack));
    for (const provider of terraform.provider.aws) Object.assign(provider, fakeAccount(this.endpoint));
    terraform.terraform.required_providers.aws.version = '>= 5.100.0'; // whichever the mirror has
    delete terraform.terraform.backend;
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(terraform));
    await this.run('init', '-input=false', `-plugin-dir=${this.mirror}`);
  }

  /** What an apply would change, sorted: `create aws_...`. */
  public async plan(): Promise<string[]> {
    await this.run('plan', '-input=false', '-out=plan');
    const { resource_changes = [] } = JSON.parse(await this.run('show', '-json', 'plan')) as PlanJson;
    return resource_changes
      .filter(({ change }) => !['no-op', 'read'].includes(change.actions[0]))
      .map(({ address, change }) => `${change.actions.join(' and ')} ${address}`)
      .sort();
  }

  /** Applies what was written. */
  public async apply(): Promise<void> {
    await this.run('apply', '-input=false', '-auto-approve');
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
    const terraform = spawn('terraform', [...args, '-no-color'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const problems: Buffer[] = [];
    terraform.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    terraform.stderr.on('data', (chunk: Buffer) => problems.push(chunk));
    const [status] = (await once(terraform, 'close')) as [number | null];
    if (status !== 0) {
      const said = Buffer.concat([...output, ...problems]).toString();
      throw new Error(`terraform ${args.join(' ')}: exit ${status}\n${said}`);
    }
    return Buffer.concat(output).toString();
  }
}

interface PlanJson {
  readonly resource_changes?: { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

function fakeAccount(endpoint: string): object {
  return {
    access_key: 'x',
    secret_key: 'y',
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    // with true, every reference to a group would show as changed for ever
    skip_requesting_account_id: false,
    endpoints: [{ ec2: endpoint, sts: endpoint, iam: endpoint, elbv2: endpoint }],
  };
}
