import type { Construct } from 'constructs';
import { checkTokens, textOf } from '../../framework';
import { type ErrorCode, hasForm, holdsToken, isListToken, refusal, shown } from '../../input';

/** The form that the API requires of a value, and the error for other values. */
interface Form {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly need: string;
}

const NAME = '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?';
const IN_PROJECT = String.raw`(?:https://[\w.-]+/compute/\w+/)?projects/[a-z0-9.:-]+`;

/** The name of a Compute Engine resource. */
export const RESOURCE_NAME = new RegExp(`^${NAME}$`);
/** The id or self link of an instance. */
export const INSTANCE = new RegExp(`^${IN_PROJECT}/zones/[a-z0-9-]+/instances/[a-z0-9-]+$`);
/** A network tag. */
export const TAG: Form = {
  pattern: RESOURCE_NAME,
  code: 'network-tag-invalid',
  need: 'a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter',
};
/** The email of a service account. */
export const SERVICE_ACCOUNT: Form = {
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?@[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?\.gserviceaccount\.com$/,
  code: 'service-account-invalid',
  need: 'a service account must be an email address of gserviceaccount.com',
};
/** The name or self link of a network. */
export const NETWORK: Form = {
  pattern: new RegExp(`^(?:${IN_PROJECT}/global/networks/)?${NAME}$`),
  code: 'network-invalid',
  need: 'network must be the name or self link of a VPC network',
};
/** The id of a project. */
export const PROJECT: Form = {
  pattern: /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  code: 'project-id-invalid',
  need: 'project must be a project id',
};
/** The name or id of a global or regional network firewall policy. */
export const FIREWALL_POLICY: Form = {
  pattern: new RegExp(`^(?:${IN_PROJECT}/(?:global|regions/[a-z0-9-]+)/firewallPolicies/)?${NAME}$`),
  code: 'firewall-policy-invalid',
  need: 'policy must be the name or id of a network firewall policy',
};
/**
 * The id of a tag value, which is a secure tag if the purpose of its key is `GCE_FIREWALL`: a positive number of 64 bits, such as
 * `tagValues/456` (https://cloud.google.com/resource-manager/reference/rest/v3/tagValues, read on 2026-11-29). A namespaced name, such as
 * `123/env/dev`, is none: rules have the id.
 */
export const SECURE_TAG: Form = {
  pattern: /^tagValues\/[1-9]\d{0,18}$/,
  code: 'secure-tag-invalid',
  need: 'a secure tag must be "tagValues/" and the number of a tag value, at most 19 digits and without zeros in front',
};
const NAMESPACED = /^[a-z0-9.:-]+\/[\w.-]+\/[\w.-]+$/i;

/** The id of an address group, with the form of https://docs.cloud.google.com/firewall/docs/address-groups-firewall-policies. */
export const ADDRESS_GROUP: Form = {
  pattern:
    /^(?:projects\/[a-z0-9.:-]+|organizations\/\d+)\/locations\/[a-z0-9-]+\/addressGroups\/[A-Za-z](?:[-\w]{0,61}[A-Za-z0-9])?$/,
  code: 'address-group-id-invalid',
  need: 'the id of an address group is needed, such as "projects/prod/locations/global/addressGroups/offices"',
};

const LOCATION = /^[a-z]+(?:-[a-z0-9]+)+$/;
const ZONE = /^(.*\d)-[a-z]$/;

/** Throws unless a value is the name of a region. */
export function checkRegion(region: string, prop: string, place: string): void {
  if (typeof region !== 'string' || !LOCATION.test(region)) {
    const need = `${prop} must be the name of a region`;
    throw refusal(place, 'location-invalid', need, shown(region), '"europe-west3"');
  }
  const [, ofZone] = ZONE.exec(region) ?? [];
  if (ofZone !== undefined) {
    const need = `${prop} must be a region, not a zone`;
    throw refusal(place, 'location-is-a-zone', need, shown(region), shown(ofZone));
  }
}

/** Throws unless a value has the form, or is a token of the app. */
export function checkForm(value: string, { pattern, code, need }: Form, place: string): void {
  if (hasForm(value, pattern)) {
    checkTokens(value, place);
    return;
  }
  const got = isListToken(value) ? 'a list that is known after apply' : shown(value);
  throw refusal(place, code, need, got);
}

/** Throws unless a value is a secure tag. Suggests what a network tag, the digits of a secure tag, or a namespaced name most likely mean. */
export function checkSecureTag(value: string, place: string): void {
  const fix = typeof value === 'string' ? secureTagFix(value) : undefined;
  if (fix === undefined) {
    checkForm(value, SECURE_TAG, place);
    return;
  }
  throw refusal(place, SECURE_TAG.code, SECURE_TAG.need, shown(value), fix);
}

function secureTagFix(value: string): string | undefined {
  const [, digits] = /^(?:tagValues\/)?0*([1-9]\d{0,18})$/.exec(value) ?? [];
  if (digits !== undefined && value !== `tagValues/${digits}`) return shown(`tagValues/${digits}`);
  if (TAG.pattern.test(value)) return `new GcpFirewall({ network }).networkTag(${shown(value)})`;
  return NAMESPACED.test(value) ? 'the id of a DataGoogleTagsTagValue with its parent and shortName' : undefined;
}

/** Returns a value. If it is a token that resolves to plain text, the text is checked and returned. */
export function checkedValueIn(value: string, form: Form, stack: Construct, place: string): string {
  const text = holdsToken(value) ? textOf(value, stack, place) : undefined;
  if (text !== undefined) checkForm(text, form, place);
  return text ?? value;
}
