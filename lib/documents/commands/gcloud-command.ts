import { refusal, shown } from '../../input';
import { shellCommand } from '../../text';
import { gcloudOptions, listValue, protocolsAndPorts } from './gcloud-options';
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
  const { list, single } = gcloudOptions(address);
  const [logging] = rule.blocks('log_config').map((log) => LOGGING[log.text('metadata') ?? '']);
  const priority = rule.text('priority');
  return shellCommand(
    ['gcloud', 'compute', 'firewall-rules', 'create', name],
    [
      ...actionOptions(rule),
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

/** A rule that denies has no option of its own: https://cloud.google.com/sdk/gcloud/reference/compute/firewall-rules/create. */
function actionOptions(rule: RuleValues): string[][] {
  const denied = rule.blocks('deny');
  if (denied.length > 0) return [['--action=DENY'], [`--rules=${listValue(protocolsAndPorts(denied, 'protocol'))}`]];
  return [['--allow', listValue(protocolsAndPorts(rule.blocks('allow'), 'protocol'))]];
}
