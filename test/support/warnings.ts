import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { type TerraformStack, Testing } from 'cdktf';

/** Returns the warnings of a stack with resources of Google, as the framework collects them: after the validations and a synthesis. */
export function warningsOf(stack: TerraformStack): string[] {
  new GoogleProvider(stack, 'google');
  const found = (): string[] =>
    stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === '@cdktf/warn')
      .map(({ data }) => String(data));
  stack.runAllValidations();
  const before = found();
  Testing.synth(stack);
  expect(found()).toEqual(before);
  return before;
}
