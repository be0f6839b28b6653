import { type Configuration, type Gate, GATES } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { type PlannedChange, readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';
import pairs from './pairs.json';

/** Two configurations, or a plan in `before`, with the first gate that must stop; every later one stops then too. */
interface Pair {
  readonly name: string;
  readonly before: object;
  readonly after?: object;
  readonly need: Gate | 'none';
}

/** Returns the gates that stop a change. */
function stopping({ before, after }: Pair): Gate[] {
  const change: PlannedChange =
    after === undefined
      ? readPlannedChange(before, 'plan.json')
      : { before: readTerraform(before, 'before.json'), after: readTerraform(after, 'after.json') };
  const found = diff(change.before, change.after, change);
  return GATES.filter((gate) => stops(gate, found));
}

/** The gates of which each stops what those before it stop. */
const CHAIN: readonly string[] = GATES.filter((gate) => gate !== 'requested');
const PAIRS = (pairs as readonly Pair[]).map((pair) => [pair.name, pair] as const);

test.each(PAIRS)('%s', (_name, pair) => {
  const gates = stopping(pair);
  if (pair.need === 'none') expect(gates).toEqual([]);
  else expect(gates).toEqual(expect.arrayContaining(CHAIN.slice(CHAIN.indexOf(pair.need))));
});

/**
 * Changes that open more than the gate in the list says: the same network by a different spelling, a network whose project or name
 * changes, denies of other names, which may be on one machine, and values of loops and conditions, which the file has.
 */
const EARLIER: Readonly<Record<string, Gate>> = {
  'list where another list by id stands (entry for_each over local)': 'world',
  'for_each plain, body by local index': 'world',
  'count = local (control)': 'world',
  'cidr: conditional on local': 'world',
  'gcp: deny disabled by condition on a var': 'opened',
  'gcp policy: association target by function of local': 'world',
  'gcp provider project changed': 'world',
  'gcp alias: deny stands in network by data source, allow by name; deny removed': 'world',
  'gcp alias: self link host spelled otherwise': 'world',
  'gcp alias: global/networks/prod (partial)': 'world',
  'gcp: tag by two spellings (local fn) deny removed': 'opened',
  'gcp: deny from source tag removed, allow by range (sender is in range and has tag)': 'opened',
  'gcp policy goto_next of another secure tag removed': 'opened',
  'aws rule with unknown group by data + for_each data': 'opened',
  'resource attribute, resource with count (aws_eip[0])': 'widened',
  'aws egress through data prefix list com.amazonaws.s3 -> cloudfront': 'opened',
  'provider google user_project / impersonate other': 'world',
  'resource_changes creates a world rule that planned_values does not have': 'world',
  'drift opened to the world, prior_state already has it': 'world',
};

test.each(PAIRS)('no earlier gate stops %s, unless it is listed here', (name, pair) => {
  const [first = 'none'] = stopping(pair);
  expect(first).toBe(EARLIER[name] ?? pair.need);
});

/** Reads a configuration; of a plan, what it changes from, because values that are known after apply are never the same. */
function read(json: object, file: string): Configuration {
  return 'resource_changes' in json ? readPlannedChange(json, file).before : readTerraform(json, file);
}

test.each(PAIRS)('the same twice has no difference: %s', (_name, { before, after = before, name }) => {
  const same = diff(read(after, 'a.json'), read(after, 'b.json'));
  expect({ name, changes: same.changes, changed: same.notEvaluated.changed }).toEqual({
    name,
    changes: [],
    changed: [],
  });
});
