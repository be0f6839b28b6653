// Only parses the file, which every reader has to do.
const { readFileSync } = require('node:fs');

JSON.parse(readFileSync(process.argv[3], 'utf8'));
