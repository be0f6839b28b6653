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

/** Starts the fake before the tests of a file, and stops it after them. After each test nothing is left, and nothing was refused. */
export function googleDeployment(): () => GoogleDeployment {
  let started: GoogleDeployment;
  let provider: ReattachedProvider;
  beforeAll(async () => {
    const { mirror } = findGoogleTools();
    const cloud = await FakeGoogle.start();
    provider = await ReattachedProvider.start(providerProgram(mirror, 'google'));
    const account = googleAccount(cloud.endpoint);
    started = { cloud, terraform: () => new Terraform(account, mirrorFor(mirror, 'google'), provider.reattach) };
  });
  afterEach(() => {
    expect(started.cloud.refused.splice(0)).toEqual([]);
    expect(started.cloud.store.paths()).toEqual([]);
  });
  afterAll(() => {
    started.cloud.stop();
    provider.stop();
  });
  return () => started;
}
