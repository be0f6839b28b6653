export { Block, type Resource, type Resources, type UnreadPart } from './block';
export type { Around } from './outside-values';
export { planResources, stateResources } from './plan-resources';
export { synthesizedResources, type SynthesizedResources } from './synthesized-resources';
export { attributeAt, type JsonObject, provenanceIn, terraformKind, withoutInstance } from './terraform-json';
export { holdsUnknown, isUnknown, stableText, UnknownValue } from './unknown-value';
export { Unreadable, unreadable } from './unreadable';
