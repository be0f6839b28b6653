import { isVisible, refusal, shown } from '../../input';
import { shellCommand } from '../text';
import type { RuleValues } from './rule-values';

const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const DEFAULT_PRIORITY = '1000';
const LOGGING: Readonly<Record<string, string>> = {
  INCLUDE_ALL_METADATA: 'include-all',
  EXCLUDE_ALL_METADATA: 'exclude-all',
};

/** Renders the command that creates a firewall rule: first the vendor's options in the vendor's order, then the rest. */
export function gcloudCommand(address: string, rule: RuleValues, providerProject?: string): string {
  const name = rule.text('name');
  if (name === undefined || !NAME.test(name)) {
    const need = 'name must be at most 63 lower-case letters, digits and hyphens';
    throw refusal(address, 'rule-name-invalid', need, shown(name));
  }
  const list = (option: string, values: readonly string[]): string[][] =>
    values.length > 0 ? [[`--${option}=${listValue(values.map((value) => printable(value, option, address)))}`]] : [];
  const single = (option: string, value: string | undefined): string[][] =>
    value === undefined ? [] : [[`--${option}=${printable(value, option, address)}`]];
  const [logging] = rule.blocks('log_config').map((log) => LOGGING[log.text('metadata') ?? '']);
  const priority = rule.text('priority');
  return shellCommand(
    ['gcloud', 'compute', 'firewall-rules', 'create', name],
    [
      ['--allow', listValue(allowed(rule))],
      ...list('source-ranges', rule.texts('source_ranges')),
      ...list('source-tags', rule.texts('source_tags')),
      ...list('source-service-accounts', rule.texts('source_service_accounts')),
      ...list('destination-ranges', rule.texts('destination_ranges')),
      ...list('target-tags', rule.texts('target_tags')),
      ...list('target-service-accounts', rule.texts('target_service_accounts')),
      ...single('network', rule.text('network')),
      ...single('project', rule.text('project') ?? providerProject),
      ...(rule.text('direction') === 'EGRESS' ? [['--direction=EGRESS']] : []),
      ...(priority === DEFAULT_PRIORITY ? [] : single('priority', priority)),
      ...(rule.text('disabled') === 'true' ? [['--disabled']] : []),
      ...(logging === undefined ? [] : [['--enable-logging'], [`--logging-metadata=${logging}`]]),
      ...single('description', rule.text('description')),
    ],
  );
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
function listValue(members: readonly string[]): string {
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

function allowed(rule: RuleValues): string[] {
  return rule.blocks('allow').flatMap((allow) => {
    const protocol = allow.text('protocol') ?? '';
    const ports = allow.texts('ports');
    return ports.length > 0 ? ports.map((port) => `${protocol}:${port}`) : [protocol];
  });
}
