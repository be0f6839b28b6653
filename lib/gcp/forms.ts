import type { Construct } from 'constructs';
import { textOf } from '../framework/references';
import { refusal, shown } from '../model/refusal';
import { hasForm, holdsToken } from '../model/token-text';

/** What a value must look like for the API to take it. */
export interface Form {
  readonly pattern: RegExp;
  readonly need: string;
}

/** What Compute Engine calls a resource, and how it writes where one is. */
const NAME = '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?';
const IN_PROJECT = String.raw`(?:https://[\w.-]+/compute/\w+/)?projects/[a-z0-9.:-]+`;

/** A name of Compute Engine. */
export const RESOURCE_NAME = new RegExp(`^${NAME}$`);
/** The id or self link of an instance. */
export const INSTANCE = new RegExp(`^${IN_PROJECT}/zones/[a-z0-9-]+/instances/[a-z0-9-]+$`);
/** A network tag. */
export const TAG: Form = {
  pattern: RESOURCE_NAME,
  need: 'a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter',
};
/** The email of a service account. */
export const SERVICE_ACCOUNT: Form = {
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?@[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?\.gserviceaccount\.com$/,
  need: 'a service account must be an email address of gserviceaccount.com',
};
/** The name or self link of a network. */
export const NETWORK: Form = {
  pattern: new RegExp(`^(?:${IN_PROJECT}/global/networks/)?${NAME}$`),
  need: 'network must be the name or self link of a VPC network',
};
/** The id of a project. */
export const PROJECT: Form = {
  pattern: /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  need: 'project must be a project id',
};
/** The name or id of a global network firewall policy. */
export const FIREWALL_POLICY: Form = {
  pattern: new RegExp(`^(?:${IN_PROJECT}/global/firewallPolicies/)?${NAME}$`),
  need: 'policy must be the name or id of a global network firewall policy',
};

/** Refuses a value that is neither of a form nor known only to Terraform. */
export function checkForm(value: string, { pattern, need }: Form, place: string): void {
  if (!hasForm(value, pattern)) throw refusal(place, need, shown(value));
}

/** A value as it stands in a stack: one that turns out to be plain text is checked, and stays what it is now. */
export function checkedValueIn(value: string, form: Form, stack: Construct, place: string): string {
  const text = holdsToken(value) ? textOf(value, stack, place) : undefined;
  if (text !== undefined) checkForm(text, form, place);
  return text ?? value;
}
