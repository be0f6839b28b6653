// Lints a configuration of ten groups with too many rules and no other findings: node lint-traffic.cjs <rules> <file>
const { readFileSync } = require('node:fs');
const { lint } = require('../../dist/traffic/lint/lint.js');
const { readTerraform } = require('../../dist/traffic/read/read-terraform.js');

const [, , , file] = process.argv;
const found = lint(readTerraform(JSON.parse(readFileSync(file, 'utf8')), file)).findings.map(({ kind }) => kind);
if (found.join() !== Array(10).fill('quota').join()) throw new Error(`found ${found.length}: ${[...new Set(found)]}`);
