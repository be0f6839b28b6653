import type { Attributes, TracedStack } from '../model/read-stack';
import { valueIn, type TerraformState } from '../model/terraform-state';
import type { TracedFlow } from '../model/traced-flow';
import { awsGroupCommands, awsPrefixListCommand, awsRuleCommand, type IdWord } from './aws-command';
import { gcloudCommand } from './gcloud-command';
import { instancesOf } from './list-values';
import { peerText, purposeText } from './peer-text';
import { RuleValues } from './rule-values';
import { shellComment } from './shell-words';

const NEW_ID = /^\$\{(aws_security_group|aws_ec2_managed_prefix_list)\.([\w-]+)\.id\}$/;
const AWS_RULES: Readonly<Record<string, 'ingress' | 'egress'>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

const OTHERS_LET_OUT = 'others let it out: cluster-ports request';
const NO_COMMAND = 'no command is known for it';

/** A stack, and what Terraform knows of it after an apply. */
export interface StackWithState {
  readonly stack: TracedStack;
  readonly state?: TerraformState;
}

/** The rules of stacks as commands of gcloud and the AWS command line, in one script for a POSIX shell. */
export function commandScript(stacks: readonly StackWithState[]): string {
  const parts = stacks.flatMap(({ stack, state }) => [
    ...(stacks.length > 1 ? [shellComment(`--- stack ${stack.name}`)] : []),
    ...commandsOf(stack, state),
  ]);
  return [['#!/bin/sh', 'set -eu'].join('\n'), ...parts, ''].join('\n\n').replace(/\n\n$/, '\n');
}

/** One command after another, each under a comment that says what it is for. */
export function commandsOf(stack: TracedStack, state?: TerraformState): string[] {
  const variables = new Map<string, string>();
  const made = new Set<string>();
  const ofFlows = flowsByRules(stack.flows).map((flows) => {
    const [{ external, rules }] = flows;
    const comments = flows.map((flow) => shellComment(flowText(flow)));
    if (external) comments.push(shellComment('others open it at the destination: cluster-ports request'));
    const missing = rules.filter((address) => !made.has(address));
    missing.forEach((address) => made.add(address));
    return [...comments, ...missing.flatMap((address) => ruleCommands(address, stack, variables, state))].join('\n');
  });
  const ofHostnames = stack.hostnames.map(({ hostname, ports, through, external }) =>
    shellComment(`${hostname} ${ports.join(' ')} through ${through}: ${external ? OTHERS_LET_OUT : NO_COMMAND}`),
  );
  return ofHostnames.length > 0 ? [...ofFlows, ofHostnames.join('\n')] : ofFlows;
}

/** Flows that have their rules in common stand under one comment, in the order in which they were asked for. */
function flowsByRules(flows: readonly TracedFlow[]): TracedFlow[][] {
  const groups = new Map<string, TracedFlow[]>();
  flows.forEach((flow, at) => {
    const key = flow.rules.length > 0 ? JSON.stringify([flow.external, ...flow.rules]) : String(at);
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  });
  return [...groups.values()];
}

function flowText(flow: TracedFlow): string {
  return `${String(flow.port)} from ${peerText(flow.source)} to ${peerText(flow.destination)}: ${purposeText(flow)}`;
}

function ruleCommands(
  address: string,
  stack: TracedStack,
  variables: Map<string, string>,
  state: TerraformState | undefined,
): string[] {
  const [type, id] = address.split('.');
  const attributes = stack.resources[type]?.[id];
  if (!attributes) return [shellComment(`${address} is not in the stack`)];
  if (type === 'google_compute_firewall') {
    const project = providerSetting(stack, 'google', attributes, 'project');
    return [gcloudCommand(address, new RuleValues(attributes, state), project)];
  }
  const direction = AWS_RULES[type];
  if (direction === undefined) return [shellComment(`${address}: no command is known for it`)];
  const region = providerSetting(stack, 'aws', attributes, 'region');
  return instancesOf(address, attributes, state).flatMap((instance) => {
    const rule = new RuleValues(instance, state);
    const made = ['referenced_security_group_id', 'prefix_list_id', 'security_group_id'].flatMap((attribute) =>
      madeBefore(instance[attribute], stack, variables, state, region),
    );
    const idOf = (attribute: string): IdWord | undefined => {
      const variable = variables.get(String(instance[attribute]));
      return variable === undefined ? rule.text(attribute) : { variable };
    };
    return [...made, awsRuleCommand(direction, rule, idOf, region)];
  });
}

/** The commands that make the group or list that a rule is the first to name, if it is of the stack and not there yet. */
function madeBefore(
  id: unknown,
  stack: TracedStack,
  variables: Map<string, string>,
  state: TerraformState | undefined,
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
  const values = new RuleValues(resource, state);
  if (kind === 'list') return [awsPrefixListCommand(variable, values, region)];
  const hasRules = resource.ingress !== undefined || resource.egress !== undefined;
  return [
    ...(hasRules ? [shellComment(`${type}.${name} has rules in its own block, which are not here`)] : []),
    ...awsGroupCommands(variable, values, egressOf(stack, name), region),
  ];
}

/** A new group lets everything out unless that is revoked: AWS makes it so, Terraform does not. */
function egressOf({ resources }: TracedStack, group: string): 'lets everything out' | 'documented egress' {
  const rules = Object.values(resources.aws_vpc_security_group_egress_rule ?? {});
  const letsOut = rules.some(
    (rule) => rule.ip_protocol === '-1' && NEW_ID.exec(String(rule.security_group_id))?.[2] === group,
  );
  return letsOut ? 'lets everything out' : 'documented egress';
}

/** What the provider instance of a rule says, where it says it in plain text. */
function providerSetting(
  { providers }: TracedStack,
  name: string,
  rule: Attributes,
  setting: string,
): string | undefined {
  const alias = typeof rule.provider === 'string' ? rule.provider.split('.')[1] : undefined;
  const value = (providers[name] ?? []).find((instance) => instance.alias === alias)?.[setting];
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}
