import { googleAccount } from '../configuration';
import { ReattachedProvider } from '../reattached-provider';
import { Terraform } from '../terraform';
import { findGoogleTools, mirrorFor, providerProgram } from '../tools';
import { FakeGoogle } from './fake-google';

/** A fake of Google's APIs and one process of its provider, which the tests of one file share. */
export interface GoogleDeployment {
  readonly cloud: FakeGoogle;
  /** Creates a new folder for Terraform. */
  readonly terraform: () => Terraform;
}

/** Starts the provider before the tests of a file, and a fake before each. After each test nothing is left, and nothing was refused. */
export function googleDeployment(): () => GoogleDeployment {
  const { mirror } = findGoogleTools();
  let cloud: FakeGoogle;
  let provider: ReattachedProvider;
  beforeAll(async () => {
    provider = await ReattachedProvider.start(providerProgram(mirror, 'google'));
  });
  beforeEach(async () => {
    cloud = await FakeGoogle.start();
  });
  afterEach(() => {
    cloud.stop();
    expect(cloud.refused).toEqual([]);
    expect(cloud.store.paths()).toEqual([]);
  });
  afterAll(() => provider.stop());
  return () => ({
    cloud,
    terraform: () => new Terraform(googleAccount(cloud.endpoint), mirrorFor(mirror, 'google'), provider.reattach),
  });
}
