import type { Attributes, TracedStack } from '../model/read-stack';
import { valueIn, type TerraformState } from '../model/terraform-state';
import type { TracedFlow } from '../model/traced-flow';
import { awsGroupCommands, awsRuleCommand, type GroupWord } from './aws-command';
import { gcloudCommand } from './gcloud-command';
import { peerText, purposeText } from './peer-text';
import { RuleValues } from './rule-values';
import { shellComment } from './shell-words';

const NEW_GROUP = /^\$\{aws_security_group\.([\w-]+)\.id\}$/;
const AWS_RULES: Readonly<Record<string, 'ingress' | 'egress'>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};

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
  return flowsByRules(stack.flows).map((flows) => {
    const [{ external, rules }] = flows;
    const comments = flows.map((flow) => shellComment(flowText(flow)));
    if (external) comments.push(shellComment('others open it at the destination: cluster-ports request'));
    const missing = rules.filter((address) => !made.has(address));
    missing.forEach((address) => made.add(address));
    return [...comments, ...missing.flatMap((address) => ruleCommands(address, stack, variables, state))].join('\n');
  });
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
  const rule = new RuleValues(attributes, state);
  if (type === 'google_compute_firewall') {
    return [gcloudCommand(address, rule, providerSetting(stack, 'google', attributes, 'project'))];
  }
  const direction = AWS_RULES[type];
  if (direction === undefined) return [shellComment(`${address}: no command is known for it`)];
  const region = providerSetting(stack, 'aws', attributes, 'region');
  const created: string[] = [];
  const groupOf = (attribute: string): GroupWord | undefined => {
    const [, group] = NEW_GROUP.exec(String(attributes[attribute])) ?? [];
    const resource = group === undefined ? undefined : stack.resources.aws_security_group?.[group];
    if (!resource || (state && valueIn(state, `aws_security_group.${group}.id`) !== undefined)) {
      return rule.text(attribute);
    }
    const variable = variables.get(group) ?? `group_${variables.size + 1}`;
    if (!variables.has(group)) {
      variables.set(group, variable);
      created.push(...awsGroupCommands(variable, new RuleValues(resource, state), egressOf(stack, group), region));
    }
    return { variable };
  };
  const command = awsRuleCommand(direction, rule, groupOf, region);
  return [...created, command];
}

/** A new group lets everything out unless that is revoked: AWS makes it so, Terraform does not. */
function egressOf({ resources }: TracedStack, group: string): 'lets everything out' | 'documented egress' {
  const rules = Object.values(resources.aws_vpc_security_group_egress_rule ?? {});
  const letsOut = rules.some(
    (rule) => rule.ip_protocol === '-1' && NEW_GROUP.exec(String(rule.security_group_id))?.[1] === group,
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
