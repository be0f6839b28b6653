// Reads a configuration and writes what it permits: node read-traffic.cjs <rules> <file>
const { readFileSync } = require('node:fs');
const { permittedBy } = require('../../dist/traffic/permitted-by.js');
const { readTerraformText } = require('../../dist/traffic/read-terraform.js');
const { canonicalText } = require('../../dist/traffic/traffic-rows.js');

const [, , count, file] = process.argv;
const { rules, unread } = readTerraformText(readFileSync(file, 'utf8'), file);
const lines = canonicalText(permittedBy(rules)).split('\n').length - 1;
if (rules.length !== Number(count) || unread.length > 0)
  throw new Error(`${rules.length} rules, ${unread.length} unread`);
if (lines !== Number(count)) throw new Error(`${lines} lines`);
