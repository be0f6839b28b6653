/** Read by `npm run mutate`, which says what is mutated and by which tests it must be noticed (scripts/mutate.mjs). */
const folder = process.env.MUTATED_FOLDER;

export default {
  plugins: ['./test/mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  // most expressions run while test files are loaded already, because test.each takes values: they need all tests
  warnings: { slow: false },
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: `reports/mutation/${folder}.incremental.json`,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `reports/mutation/${folder}.json` },
  htmlReporter: { fileName: `reports/mutation/${folder}.html` },
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  ignorePatterns: ['/dist', '/packages', '/bench', '/docs', '/reports', '/cdktf.out', '/.try'],
  thresholds: { high: 95, low: 90, break: 90 },
};
