// Reads a configuration and computes its permitted traffic: node read-traffic.cjs <rules> <file>
const { readFileSync } = require('node:fs');
const { permittedBy } = require('../../dist/traffic/permitted/permitted-by.js');
const { readTerraform } = require('../../dist/traffic/read/read-terraform.js');
const { trafficRows } = require('../../dist/traffic/permitted/traffic-rows.js');

const [, , count, file] = process.argv;
const { rules, notEvaluated } = readTerraform(JSON.parse(readFileSync(file, 'utf8')), file);
const lines = trafficRows(permittedBy(rules)).length;
if (rules.length !== Number(count) || notEvaluated.length > 0)
  throw new Error(`${rules.length} rules, ${notEvaluated.length} notEvaluated`);
if (lines !== Number(count)) throw new Error(`${lines} lines`);
