import { isVisible, refusal, shown } from '../../input';
import type { RuleValues } from './rule-values';

/** Renders options of gcloud for one rule. Options without a value are left out. */
interface GcloudOptions {
  readonly list: (option: string, values: readonly string[]) => string[][];
  readonly single: (option: string, value: string | undefined) => string[][];
}

/** Returns the options of the rule at a Terraform address. They throw if a command cannot contain a value as it is. */
export function gcloudOptions(address: string): GcloudOptions {
  const printed = (value: string, option: string): string => printable(value, option, address);
  return {
    list: (option, values) =>
      values.length > 0 ? [[`--${option}=${listValue(values.map((value) => printed(value, option)))}`]] : [],
    single: (option, value) => (value === undefined ? [] : [[`--${option}=${printed(value, option)}`]]),
  };
}

/** Returns `value`. Throws if a command cannot contain it as it is. */
function printable(value: string, option: string, address: string): string {
  if (isVisible(value)) return value;
  throw refusal(address, 'text-invalid', `${option} must be one line without control characters`, shown(value));
}

/**
 * Returns the members of a list as gcloud reads them: separated by commas, or by another character that the value names, if a member
 * contains a comma. See `gcloud topic escaping`.
 */
export function listValue(members: readonly string[]): string {
  const text = members.join('');
  if (!text.includes(',') && !text.startsWith('^')) return members.join(',');
  const separator = absentCharacter(text);
  return `^${separator}^${members.join(separator)}`;
}

/** Returns the first character from the colon on that a text does not contain, and that is not the caret. */
function absentCharacter(text: string): string {
  let code = ':'.charCodeAt(0);
  while (`^${text}`.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}

/** Returns protocols and their ports as gcloud reads them: `tcp:443`, or `esp` for a protocol without ports. */
export function protocolsAndPorts(blocks: readonly RuleValues[], protocolAttribute: string): string[] {
  return blocks.flatMap((block) => {
    const protocol = block.text(protocolAttribute) ?? '';
    const ports = block.texts('ports');
    return ports.length > 0 ? ports.map((port) => `${protocol}:${port}`) : [protocol];
  });
}
