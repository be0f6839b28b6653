import { Testing, type TerraformStack } from 'cdktf';
import { newStack } from './clouds';

/** The resources of a stack as they are synthesized, by type and logical id. */
export function resourcesOf(stack: TerraformStack): Record<string, Record<string, any>> {
  return (JSON.parse(Testing.synth(stack)) as { resource?: Record<string, Record<string, any>> }).resource ?? {};
}

/** Expects that a call is refused with a sentence, the whole of it. */
export function expectRefusal(act: () => unknown, sentence: string): void {
  expect(act).toThrow(new Error(sentence));
}

/** Expects the same of a construct, in a stack called `stack`, and that it leaves no resource behind. */
export function expectNothingMade(act: (stack: TerraformStack) => unknown, sentence: string): void {
  const stack = newStack();
  expectRefusal(() => act(stack), sentence);
  expect(resourcesOf(stack)).toEqual({});
}
