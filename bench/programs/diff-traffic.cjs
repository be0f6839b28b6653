// Compares two configurations that differ in one IP address: node diff-traffic.cjs <rules> <before> <after>
const { readFileSync } = require('node:fs');
const { diff } = require('../../dist/traffic/diff/diff.js');
const { readTerraform } = require('../../dist/traffic/read/read-terraform.js');

const [, , , before, after] = process.argv;
const [old, now] = [before, after].map((file) => readTerraform(JSON.parse(readFileSync(file, 'utf8')), file));
const found = diff(old, now).changes.map(({ kind, witness }) => `${kind} ${witness.address}`);
if (found.join() !== 'opened 192.0.2.1,closed 10.0.0.0') throw new Error(`found ${found.join()}`);
