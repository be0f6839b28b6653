import { awsAccount } from './configuration';
import { FakeEc2 } from './fake-ec2';
import { ReattachedProvider } from './reattached-provider';
import { Terraform } from './terraform';
import { findTools, mirrorFor, providerProgram } from './tools';

/** A fake cloud and one process of the provider, which the tests of one file share. */
export interface Deployment {
  readonly cloud: FakeEc2;
  /** Creates a new folder for Terraform. Stacks with several provider instances need a process for each. */
  readonly terraform: (providers?: 'one' | 'several') => Terraform;
}

/** Starts a fake cloud before the tests of a file, and stops it after them. */
export function deployment(): () => Deployment {
  let started: Deployment;
  let provider: ReattachedProvider;
  beforeAll(async () => {
    const tools = findTools();
    const cloud = await FakeEc2.start(tools.python);
    provider = await ReattachedProvider.start(providerProgram(tools.mirror, 'aws'));
    const mirror = mirrorFor(tools.mirror, 'aws');
    started = {
      cloud,
      terraform: (providers = 'one') =>
        new Terraform(awsAccount(cloud.endpoint), mirror, providers === 'one' ? provider.reattach : undefined),
    };
  });
  afterAll(() => {
    started.cloud.stop();
    provider.stop();
  });
  return () => started;
}
