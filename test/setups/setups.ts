import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './project';

/** What all tests of set-ups share. `install-setups.ts` makes it before the first test. */
export interface Setups {
  readonly directory: string;
  readonly tarball: string;
  /** The program of a Node.js 22, which CDK Terrain needs. */
  readonly node22?: string;
}

const VARIABLE = 'CLUSTER_PORTS_SETUPS';

export function provideSetups(setups: Setups): void {
  process.env[VARIABLE] = JSON.stringify(setups);
}

export function setups(): Setups {
  return JSON.parse(process.env[VARIABLE]!) as Setups;
}

/** An app of cdktf with all providers, and the packed tarball. */
export function cdktfApp(): Project {
  return new Project(join(setups().directory, 'cdktf'));
}

/** An app of CDK Terrain with all providers, and the packed tarball. */
export function terrainApp(): Project {
  return new Project(join(setups().directory, 'cdktn'), setups().node22);
}

/** Returns a new folder inside of the app of cdktf, which finds the packages of the app. */
export function folderInApp(name: string): Project {
  const directory = cdktfApp().path(name);
  mkdirSync(directory, { recursive: true });
  return new Project(directory);
}
