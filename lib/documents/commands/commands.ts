import { addTo } from '../../input';
import { type Attributes, type TerraformState, type TracedFlow, type TracedStack, valueIn } from '../../provenance';
import { peerText, purposeText } from '../peer-text';
import { notOpenLines, notOpenTexts, omissionText, portText } from '../source-text';
import { shellComment } from '../../text';
import {
  awsGroupCommands,
  awsPrefixListCommand,
  awsRuleCommand,
  type IdWord,
  type NewGroupEgress,
} from './aws-command';
import { gcloudCommand } from './gcloud-command';
import { gcloudPolicyCommand, POLICY_RULES } from './gcloud-policy-command';
import { deniesOfOthers, NETWORK_POLICY, NO_COMMAND, notCreated, rulesWithoutFlow } from './rules-without-flow';
import { instancesOf, type RangesByPlaceholder, RuleValues, withGivenRanges } from './rule-values';

const NEW_ID = /^\$\{(aws_security_group|aws_ec2_managed_prefix_list)\.([\w-]+)\.id\}$/;
const AWS_RULES: Readonly<Record<string, 'ingress' | 'egress'>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

const SEE_REQUEST = 'see "cluster-ports request"';
const SEE_MANIFESTS = 'a network policy, see "cluster-ports manifests"';

/** A stack, with the values that are known after apply. */
interface StackWithState {
  readonly stack: TracedStack;
  readonly state?: TerraformState;
  /**
   * IP ranges that users give, by the placeholder of the expression that they are for.
   * @default - none
   */
  readonly given?: RangesByPlaceholder;
}

/** Renders the rules of stacks as gcloud and aws commands in one POSIX shell script. Remarks say what the script leaves out. */
export function commandScript(stacks: readonly StackWithState[], remarks: readonly string[] = []): string {
  const parts = stacks.flatMap(({ stack, state, given }) => [
    ...(stacks.length > 1 ? [shellComment(`--- stack ${stack.name}`)] : []),
    ...commandsOf(stack, { state, given }),
  ]);
  const left = remarks.length === 0 ? [] : [remarks.map(shellComment).join('\n')];
  return [['#!/bin/sh', 'set -eu'].join('\n'), ...parts, ...left, ''].join('\n\n').replace(/\n\n$/, '\n');
}

/** Renders the commands of one stack, each below comments that say what it is for. */
function commandsOf(stack: TracedStack, known: KnownValues): string[] {
  const variables = new Map<string, string>();
  const created = new Set<string>();
  const ofFlows = flowsByRules(stack.flows).map((flows) => {
    const [{ external, rules }] = flows;
    const comments = flows.map((flow) => shellComment(flowText(flow)));
    comments.push(...notOpenLines(flows).map(shellComment));
    comments.push(...openInPart(flows).map(shellComment));
    if (external) comments.push(shellComment(`the firewall team opens it at the destination: ${SEE_REQUEST}`));
    const missing = rules.filter((address) => !created.has(address));
    missing.forEach((address) => created.add(address));
    return [...comments, ...missing.flatMap((address) => ruleCommands(address, stack, variables, known))].join('\n');
  });
  const ofHostnames = stack.hostnames.map((one) => {
    const { hostname, ports, through, external } = one;
    const opened = [...notOpenTexts(one), NO_COMMAND].join('; ');
    const remark = external ? `the firewall team allows it: ${SEE_REQUEST}` : opened;
    return shellComment(`${hostname} ${ports.join(' ')} through ${through}: ${remark}`);
  });
  const ofOmitted = stack.omitted.map((omission) => shellComment(`not opened: ${omissionText(omission)}`));
  const ofOthers = rulesWithoutFlow(stack).map(({ address, description }) =>
    [...description.map(shellComment), ...ruleCommands(address, stack, variables, known)].join('\n'),
  );
  const ofRest = [...deniesOfOthers(stack), ...notCreated(stack)].map(shellComment);
  return [
    ...ofFlows,
    ...ofOthers,
    ...[ofHostnames, ofOmitted, ofRest].flatMap((lines) => (lines.length > 0 ? [lines.join('\n')] : [])),
  ];
}

/** Groups flows that share their rules, in the order of the constructs. */
function flowsByRules(flows: readonly TracedFlow[]): TracedFlow[][] {
  const groups = new Map<string, TracedFlow[]>();
  flows.forEach((flow, at) => {
    const key = flow.rules.length > 0 ? JSON.stringify([flow.external, ...flow.rules]) : String(at);
    addTo(groups, key, flow);
  });
  return [...groups.values()];
}

/** Returns that these commands may allow what is not open: a script has only the rules of this library. */
function openInPart(flows: readonly TracedFlow[]): string[] {
  const isInPart = flows.some(({ deviation }) => deviation?.kind === 'closed in part');
  return isInPart ? ['this script may leave out the rules that deny the rest, and then opens all of it'] : [];
}

function flowText(flow: TracedFlow): string {
  return `${portText(flow)} from ${peerText(flow.source)} to ${peerText(flow.destination)}: ${purposeText(flow)}`;
}

/** Values that are known after apply. */
type KnownValues = Pick<StackWithState, 'state' | 'given'>;

function ruleCommands(
  address: string,
  stack: TracedStack,
  variables: Map<string, string>,
  known: KnownValues,
): string[] {
  const { state, given = new Map<string, string[]>() } = known;
  const [type, id] = address.split('.');
  const attributes = stack.resources[type]?.[id];
  if (!attributes) return [shellComment(`${address} is not in the stack`)];
  if (type === 'google_compute_firewall') {
    const project = providerSetting(stack, 'google', attributes, 'project');
    return [gcloudCommand(address, new RuleValues(attributes, state, given), project)];
  }
  const scope = POLICY_RULES[type];
  if (scope !== undefined) return policyCommands(address, scope, stack, known);
  if (type === NETWORK_POLICY) return [shellComment(`${address}: ${SEE_MANIFESTS}`)];
  const direction = AWS_RULES[type];
  if (direction === undefined) return [shellComment(`${address}: ${NO_COMMAND}`)];
  // since version 6 of the provider, a resource may have a region of its own
  const region = literal(attributes.region) ?? providerSetting(stack, 'aws', attributes, 'region');
  const instances = withGivenRanges(instancesOf(address, attributes, state), state, given);
  return instances.flatMap((instance) => {
    const rule = new RuleValues(instance, state);
    const prerequisites = ['referenced_security_group_id', 'prefix_list_id', 'security_group_id'].flatMap((attribute) =>
      prerequisiteCommands(instance[attribute], stack, variables, known, region),
    );
    const idOf = (attribute: string): IdWord | undefined => {
      const variable = variables.get(String(instance[attribute]));
      return variable === undefined ? rule.text(attribute) : { variable };
    };
    return [...prerequisites, awsRuleCommand(direction, rule, idOf, region)];
  });
}

/** Renders the command for a rule of a firewall policy. */
function policyCommands(
  address: string,
  scope: 'global' | 'regional',
  stack: TracedStack,
  { state, given }: KnownValues,
): string[] {
  const [type, id] = address.split('.');
  const attributes = stack.resources[type][id];
  const rule = new RuleValues(attributes, state, given);
  const setting = (name: string): string | undefined =>
    rule.text(name) ?? providerSetting(stack, 'google', attributes, name);
  const region = scope === 'regional' ? (setting('region') ?? '<region>') : undefined;
  const command = gcloudPolicyCommand(address, rule, { project: setting('project'), region });
  if (command === undefined) {
    return [shellComment(`${address}: ${NO_COMMAND}, because its priority is not a known number`)];
  }
  const name = rule.text('rule_name');
  const remark = name === undefined ? [] : [shellComment(`the rule ${name}: gcloud has no option for its name`)];
  return [...remark, command];
}

/** Renders the commands that create a group or list of the stack before the first rule that refers to it. */
function prerequisiteCommands(
  id: unknown,
  stack: TracedStack,
  variables: Map<string, string>,
  { state, given }: KnownValues,
  region: string | undefined,
): string[] {
  const reference = String(id);
  const [, type = '', name = ''] = NEW_ID.exec(reference) ?? [];
  const resource = stack.resources[type]?.[name];
  if (!resource || variables.has(reference)) return [];
  if (state && valueIn(state, `${type}.${name}.id`) !== undefined) return [];
  const kind = type === 'aws_security_group' ? 'group' : 'list';
  const variable = `${kind}_${[...variables.values()].filter((each) => each.startsWith(kind)).length + 1}`;
  variables.set(reference, variable);
  const values = new RuleValues(resource, state, given);
  if (kind === 'list') return [awsPrefixListCommand(variable, values, region)];
  const hasRules = resource.ingress !== undefined || resource.egress !== undefined;
  return [
    ...(hasRules ? [shellComment(`${type}.${name} has rules in its own block, which this script leaves out`)] : []),
    ...awsGroupCommands(variable, values, egressOf(stack, name), region),
  ];
}

function egressOf({ resources }: TracedStack, group: string): NewGroupEgress {
  const rules = Object.values(resources.aws_vpc_security_group_egress_rule ?? {});
  const allowsEverything = rules.some(
    (rule) => rule.ip_protocol === '-1' && NEW_ID.exec(String(rule.security_group_id))?.[2] === group,
  );
  return allowsEverything ? 'everything' : 'documented';
}

/** Returns a setting of the provider instance of a rule, if it is a literal. */
function providerSetting(
  { providers }: TracedStack,
  name: string,
  rule: Attributes,
  setting: string,
): string | undefined {
  const alias = typeof rule.provider === 'string' ? rule.provider.split('.')[1] : undefined;
  return literal((providers[name] ?? []).find((instance) => instance.alias === alias)?.[setting]);
}

function literal(value: unknown): string | undefined {
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}
