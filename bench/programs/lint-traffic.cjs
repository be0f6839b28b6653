// Lints a configuration whose ten groups have too many rules, and nothing else: node lint-traffic.cjs <rules> <file>
const { readFileSync } = require('node:fs');
const { lint } = require('../../dist/traffic/lint.js');
const { readTerraformText } = require('../../dist/traffic/read-terraform.js');

const [, , , file] = process.argv;
const found = lint(readTerraformText(readFileSync(file, 'utf8'), file)).findings.map(({ kind }) => kind);
if (found.join() !== Array(10).fill('quota').join()) throw new Error(`found ${found.length}: ${[...new Set(found)]}`);
