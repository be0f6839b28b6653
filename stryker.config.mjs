/** The settings of `npm run mutate`; scripts/mutate.mjs chooses the component and its tests. */
const report = `reports/mutation/${(process.env.MUTATED_COMPONENT ?? '').replaceAll('/', '-')}`;

export default {
  plugins: ['./test/mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  // most expressions already run while test files are loaded, because test.each takes values, so all tests run for them
  warnings: { slow: false },
  concurrency: 2,
  timeoutMS: 20_000,
  // the initial run of all tests took almost the usual five minutes on a busy machine
  dryRunTimeoutMinutes: 20,
  incremental: true,
  incrementalFile: `${report}.incremental.json`,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `${report}.json` },
  htmlReporter: { fileName: `${report}.html` },
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  ignorePatterns: ['/dist', '/packages', '/bench', '/reports', '/cdktf.out', '/.try'],
  thresholds: { high: 95, low: 90, break: 90 },
};
