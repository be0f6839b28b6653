import { Testing, type TerraformStack } from 'cdktf';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MINUTES = 60_000;

/** What a plan would do. */
export interface Plan {
  /** `create aws_...`, sorted; reads and outputs are no changes. */
  readonly changes: string[];
}

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
    delete this.environment.TF_CLI_CONFIG_FILE;
  }

  /** Writes the Terraform of a stack, with the endpoints of the fake cloud. */
  public write(stack: TerraformStack): void {
    const terraform = JSON.parse(Testing.synth(stack));
    for (const provider of terraform.provider.aws) Object.assign(provider, fakeAccount(this.endpoint));
    terraform.terraform.required_providers.aws.version = '>= 5.100.0'; // whichever the mirror has
    delete terraform.terraform.backend;
    this.writeJson(terraform);
  }

  /** Writes Terraform as it is. */
  public writeJson(terraform: object): void {
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(terraform));
    this.run('init', '-input=false', `-plugin-dir=${this.mirror}`);
  }

  /** What an apply would change. */
  public plan(): string[] {
    this.run('plan', '-input=false', '-out=plan');
    const { resource_changes = [] } = JSON.parse(this.run('show', '-json', 'plan')) as PlanJson;
    return resource_changes
      .filter(({ change }) => !['no-op', 'read'].includes(change.actions[0]))
      .map(({ address, change }) => `${change.actions.join(' and ')} ${address}`)
      .sort();
  }

  /** Applies what was written. */
  public apply(): void {
    this.run('apply', '-input=false', '-auto-approve');
  }

  /** Destroys everything. */
  public destroy(): void {
    this.run('destroy', '-input=false', '-auto-approve');
  }

  /** Removes the folder. */
  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private run(...args: string[]): string {
    const options = { cwd: this.directory, env: this.environment, encoding: 'utf8', timeout: 5 * MINUTES } as const;
    const { status, stdout, stderr } = spawnSync('terraform', [...args, '-no-color'], { ...options, maxBuffer: 1e9 });
    if (status !== 0) throw new Error(`terraform ${args.join(' ')}: exit ${status}\n${stdout}\n${stderr}`);
    return stdout;
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
    endpoints: [{ ec2: endpoint, sts: endpoint, iam: endpoint, eks: endpoint }],
  };
}
