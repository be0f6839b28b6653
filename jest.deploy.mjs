// The deployments: a project of Jest for each cloud and each program that this machine has. For the others, it says what is missing.
import { tsImport } from 'tsx/esm/api';

const { runs } = await tsImport('./test/deploy/tools.ts', import.meta.url);
const all = runs();
for (const { cloud, program, missing } of all) {
  if (missing.length === 0) continue;
  console.error(
    `\n*** SKIPPED: deployments to a fake of ${cloud} with ${program} need ${missing.join(' and ')}, which this machine does not have. ***\n`,
  );
}
const possible = all.filter(({ missing }) => missing.length === 0);
if (possible.length === 0) process.exit(0);

const FOLDERS = { AWS: '<rootDir>/test/deploy', GCP: '<rootDir>/test/deploy/google' };

export default {
  testTimeout: 600_000,
  maxWorkers: 2,
  projects: possible.map(({ cloud, program }) => ({
    displayName: `${cloud} with ${program}`,
    testEnvironment: 'node',
    roots: [FOLDERS[cloud]],
    testMatch: ['**/*.deploy.ts'],
    testPathIgnorePatterns: [
      ...(cloud === 'AWS' ? ['/test/deploy/google/'] : []),
      ...(program === 'tofu' ? ['commands.deploy.ts'] : []), // neither program runs in it
    ],
    globals: { deployWith: program },
    moduleNameMapper: { '^cdktf-cluster-ports$': '<rootDir>/lib/index.ts' },
    transform: { '\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }] },
  })),
};
