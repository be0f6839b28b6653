// Prints the ports that every synthesized stack opens, from the provenance in its metadata.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { openedPorts } from './opened-ports.ts';

const OUT = 'cdktf.out';
const COLUMNS = ['destination', 'source', 'port', 'purpose', 'document'];
const FRAME = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right', 'middle'].flatMap((side) =>
    ['', '-left', '-right', '-mid'].map((end) => [`${side}${end}`, '']),
  ),
);
const COLUMN_GAP = 2;
const isTerminal = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const bold = (text) => (isTerminal ? styleText('bold', text) : text);

// only the purpose may wrap, never a port or the name of a document
function widthsFor(rows) {
  const natural = COLUMNS.map(
    (column, at) => Math.max(column.length, ...rows.map((row) => row[at].length)) + COLUMN_GAP,
  );
  const tooWide = natural.reduce((sum, width) => sum + width, 0) - (process.stdout.columns ?? Infinity);
  const purpose = COLUMNS.indexOf('purpose');
  return natural.map((width, at) => (at === purpose && tooWide > 0 ? Math.max(width - tooWide, 20) : width));
}

function tableOf(ports) {
  const rows = ports.map((port) => COLUMNS.map((column) => port[column]));
  const style = { head: isTerminal ? ['bold'] : [], 'padding-left': 0, 'padding-right': COLUMN_GAP };
  const table = new Table({ head: COLUMNS, chars: FRAME, colWidths: widthsFor(rows), wordWrap: true, style });
  table.push(...rows);
  return table.toString().replace(/[^\S\n]+$/gm, '');
}

const { stacks } = JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8'));
for (const { name, synthesizedStackPath, annotations = [] } of Object.values(stacks)) {
  const { clusterPorts } = JSON.parse(readFileSync(join(OUT, synthesizedStackPath), 'utf8'))['//'].metadata;
  console.log(`\n${bold(`Stack ${name}`)}\n${tableOf(openedPorts(clusterPorts))}`);
  for (const [document, { reference }] of Object.entries(clusterPorts.documents))
    console.log(`${document}: ${reference}`);
  annotations.forEach(({ level, message }) => console.log(`${level.replace('@cdktf/', '')}: ${message}`));
}
