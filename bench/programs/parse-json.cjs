// Only parses the same file: what every reader has to do.
const { readFileSync } = require('node:fs');

JSON.parse(readFileSync(process.argv[3], 'utf8'));
