import type { Construct } from 'constructs';
import { isListToken } from '../model/token-text';
import { coreOf } from './framework';

/** Values as a list attribute takes them: whole lists that Terraform knows become members of one. */
export function attributeList(values: string[], stack: Construct): string[] {
  if (values.length === 1 || !values.some(isListToken)) return values;
  const single = values.filter((value) => !isListToken(value));
  const { Fn, Token } = coreOf(stack);
  const lists = values.filter(isListToken).map((list) => Fn.tolist([list]));
  return Token.asList(Fn.concat(single.length > 0 ? [single, ...lists] : lists));
}
