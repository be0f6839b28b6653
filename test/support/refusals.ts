import { type TerraformStack, Testing } from 'cdktf';
import { ClusterPortsError } from '../../lib/input';
import { newStack } from './clouds';
import { expectKnownSentence } from './sentences';

/** The resources of a stack as they are synthesized, by type and logical id. */
export function resourcesOf(stack: TerraformStack): Record<string, Record<string, any>> {
  return (JSON.parse(Testing.synth(stack)) as { resource?: Record<string, Record<string, any>> }).resource ?? {};
}

/** Expects that a call throws an error with this code, and that its sentence is in the list of the test's folder. */
export function expectRefusal(act: () => unknown, code: string): void {
  const { code: thrown, sentence, message } = errorOf(act);
  expect({ code: thrown, message }).toEqual({ code, message: `${sentence} [${code}]` });
  expectKnownSentence(code, sentence);
}

/** Expects the same of a construct in a stack called `stack`, and that it creates no resource. */
export function expectNothingCreated(act: (stack: TerraformStack) => unknown, code: string): void {
  const stack = newStack();
  expectRefusal(() => act(stack), code);
  expect(resourcesOf(stack)).toEqual({});
}

/** Returns the error of this library that a call throws. */
export function errorOf(act: () => unknown): ClusterPortsError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ClusterPortsError);
    return error as ClusterPortsError;
  }
  throw new Error('the call was accepted, and an error was expected');
}
