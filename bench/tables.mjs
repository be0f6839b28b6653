import Table from 'cli-table3';
import { measured, ratio } from './statistics.mjs';

const LOOK = {
  style: { head: [], border: [] },
  chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
};

/** A table of programs, each group compared with its base. */
export function programTable(groups, reports, showsTargets) {
  const table = new Table({
    head: ['', 'CPU', 'peak memory', 'CPU to base', 'memory to base', 'target'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    ...LOOK,
  });
  for (const programs of groups) {
    const base = reports.get(programs.find(({ isBase }) => isBase));
    for (const program of programs) {
      const own = reports.get(program);
      table.push([
        program.name,
        milliseconds(measured(own, 'cpu').median),
        `${measured(own, 'memory').median.toFixed(0)} MB`,
        ...(program.isBase ? ['base', 'base'] : ['cpu', 'memory'].map((measure) => times(ratio(own, base, measure)))),
        (showsTargets && program.target) || '',
      ]);
    }
  }
  return table.toString();
}

/** The CPU time of one rule at two sizes, net of the same program without rules. */
export function growthTable(programs, none, small, large) {
  const table = new Table({
    head: ['', `CPU per rule, ${count(small.size)}`, `CPU per rule, ${count(large.size)}`, 'growth'],
    colAligns: ['left', 'right', 'right', 'right'],
    ...LOOK,
  });
  for (const program of programs) {
    const [perSmall, perLarge] = [small, large].map(
      ({ reports, rules }) => (cpu(reports, program) - cpu(none.reports, program)) / rules.get(program),
    );
    table.push([program.name, milliseconds(perSmall, 3), milliseconds(perLarge, 3), factor(perLarge / perSmall)]);
  }
  return table.toString();
}

/** A number with thousands separators. */
export function count(number) {
  return number.toLocaleString('en');
}

function cpu(reports, program) {
  return measured(reports.get(program), 'cpu').median;
}

function milliseconds(value, digits = 0) {
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}

function times({ median, least, most }) {
  return `${factor(median)} (${least.toFixed(2)}-${most.toFixed(2)})`;
}

function factor(value) {
  return `${value.toFixed(2)}x`;
}
