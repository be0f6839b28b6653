import { diff } from '../../../lib/traffic/diff/diff';
import { readPlannedChange } from '../../../lib/traffic/read/read-terraform';
import { planJson, randomPlan } from './plan-evasions';
import { PROPERTY_SEED } from '../../support/property-seed';

// What exists and what Terraform recorded share most resources; each of them is read once, and compared once.

const COUNT = 2000;

test(`plans with changes by hand are read and compared as if nothing were shared (PROPERTY_SEED=${PROPERTY_SEED})`, () => {
  let drifted = 0;
  for (let at = 0; at < COUNT; at++) {
    const json = planJson(randomPlan(PROPERTY_SEED + at)) as { readonly resource_drift?: unknown };
    const { before, existing, after } = readPlannedChange(json, 'plan.json');
    if (existing === undefined) continue;
    drifted++;
    const found = readPlannedChange({ ...json, resource_drift: undefined }, 'plan.json').before;
    expect({ seed: PROPERTY_SEED + at, rules: existing.rules }).toEqual({
      seed: PROPERTY_SEED + at,
      rules: found.rules,
    });
    const unshared = { ...existing, rules: existing.rules.map((rule) => ({ ...rule })) };
    expect({ seed: PROPERTY_SEED + at, found: diff(before, after, { existing }) }).toEqual({
      seed: PROPERTY_SEED + at,
      found: diff(before, after, { existing: unshared }),
    });
  }
  expect(drifted).toBeGreaterThan(COUNT / 20);
});
