import { type TerraformStack, Testing } from 'cdktf';
import { ClusterPortsError } from '../../../lib/input';
import { PROPERTY_SEED } from '../../support/property-seed';
import { googleDeployment } from './google-deployment';
import { type Form, randomStack } from './random-stack';

const COUNT = Number(process.env.DEPLOYMENTS ?? 4);
const deployed = googleDeployment();

/** Returns the first seeds whose stacks the library accepts in all forms. */
function acceptedSeeds(count: number): number[] {
  const accepted: number[] = [];
  for (let seed = PROPERTY_SEED; accepted.length < count; seed++) if (isAccepted(seed)) accepted.push(seed);
  return accepted;
}

function isAccepted(seed: number): boolean {
  try {
    Testing.synth(randomStack(seed, { hasMore: true }));
    return true;
  } catch (error) {
    if (error instanceof ClusterPortsError) return false;
    throw error;
  }
}

/** The Terraform addresses of all resources of a stack, sorted. */
function addresses(stack: TerraformStack): string[] {
  const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Record<string, object> };
  return Object.entries(resource)
    .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`))
    .sort();
}

test.each(acceptedSeeds(COUNT))(
  'the stack of seed %d applies, its second plan is empty, renaming plans nothing, and one construct more adds only its rules',
  async (seed) => {
    const { terraform } = deployed();
    const form = (changes: Form): TerraformStack => randomStack(seed, changes);
    const folder = terraform();
    await folder.write(form({}));
    await folder.apply();
    expect(await folder.plan()).toEqual([]);

    await folder.write(form({ isRenamed: true }));
    expect(await folder.plan()).toEqual([]);

    const before = addresses(form({}));
    const more = addresses(form({ hasMore: true })).filter((address) => !before.includes(address));
    expect(more.length).toBeGreaterThan(0);
    await folder.write(form({ hasMore: true }));
    expect(await folder.plan()).toEqual(more.map((address) => `create ${address}`));
    await folder.apply();
    expect(await folder.plan()).toEqual([]);
    await folder.destroy();
    folder.remove();
  },
);
