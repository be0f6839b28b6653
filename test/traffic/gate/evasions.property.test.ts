import { type PlannedChange, readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';
import { changedWorld, randomWorld, synthesized, type Truth, truthOf } from './evasions';
import { planJson, randomPlan, truthOfPlan } from './plan-evasions';
import { gateOf } from '../../support/first-gate';
import { PROPERTY_SEED } from '../../support/property-seed';

const COUNT = Number(process.env.EVASIONS ?? 3000);

/** A change, with its true answer, and what repeats it. */
interface Change extends PlannedChange {
  readonly truth: Truth;
  readonly input: object;
}

function synthesizedChange(seed: number): Change {
  const before = randomWorld(seed);
  const after = changedWorld(before, seed + 1_000_003);
  return {
    before: readTerraform(synthesized(before), 'before.json'),
    after: readTerraform(synthesized(after), 'after.json'),
    truth: truthOf(before, after),
    input: { before, after },
  };
}

function plannedChange(seed: number): Change {
  const plan = randomPlan(seed);
  return { ...readPlannedChange(planJson(plan), 'plan.json'), truth: truthOfPlan(plan), input: plan };
}

/** The greatest part of harmless changes that a gate may stop. */
const MOST_FALSE_ALARMS = 0.05;

test.each([
  ['change of a synthesized stack', synthesizedChange],
  ['plan', plannedChange],
])(`no %s of ${COUNT} opens something in silence (PROPERTY_SEED=${PROPERTY_SEED})`, (kind, changeOf) => {
  const [silent, alarms]: [string[], string[]] = [[], []];
  let harmless = 0;
  for (let at = 0; at < COUNT; at++) {
    const change = changeOf(PROPERTY_SEED + at);
    const gate = gateOf(change);
    const { opens, changes, example } = change.truth;
    const text = (): string => JSON.stringify({ seed: PROPERTY_SEED + at, gate, example, ...change.input });
    // "any" stops every difference; the gates before it, only what opens something
    if (opens && gate === undefined) silent.push(text());
    if (opens) continue;
    harmless++;
    if (gate !== undefined && !(changes && gate === 'any')) alarms.push(text());
  }
  expect(silent.slice(0, 3)).toEqual([]);
  if (process.env.EVASIONS !== undefined) {
    const opening = COUNT - harmless;
    console.log(
      `${COUNT} times a ${kind}: ${opening} open something; ${alarms.length} of ${harmless} others stop a gate`,
    );
  }
  expect({ alarms: alarms.slice(0, 3), isFew: alarms.length <= harmless * MOST_FALSE_ALARMS }).toMatchObject({
    isFew: true,
  });
});
