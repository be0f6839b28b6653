import type { EndName } from '../../rule';
import { type Block, isUnknown, type UnknownValue, unreadable } from '../../terraform';

/** The label that Kubernetes gives to every namespace: its name. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
/** More values than this in several expressions of one selector are not evaluated. */
const MAX_COMBINATIONS = 64;

/** The labels that a selector needs, one set for each of its alternatives; or why it is not evaluated. */
export type Selected =
  { readonly alternatives: readonly string[] } | { readonly reason: string; readonly text: string };

/** Returns the name by which rules select pods: `pods:prod:app=web`, with the provider in front if it has an alias. */
function podsName(cluster: string, namespace: string, labels: string): EndName {
  return `pods:${cluster}${namespace}:${labels}`;
}

/** Returns the names of pods in a namespace, which is `*` for every namespace. */
export function podNames(cluster: string, namespaces: readonly string[], labels: readonly string[]): EndName[] {
  return namespaces.flatMap((namespace) => labels.map((each) => podsName(cluster, namespace, each)));
}

/** Reads a selector of labels. An empty one selects everything: `*`. */
export function labelSelector(block: Block): Selected {
  const labels = labelsOf(block);
  if (isUnknown(labels)) return { reason: `match_labels is ${labels.reason}`, text: 'labels that are not known' };
  const expressions = block.blocks('match_expressions');
  if (isUnknown(expressions)) {
    return { reason: `match_expressions is ${expressions.reason}`, text: 'labels that are not known' };
  }
  const sets = expressions.map(valuesOf);
  const written = [...labels, ...sets.map(({ text }) => text)].sort().join(',');
  const other = sets.find(({ values }) => values === undefined);
  if (other !== undefined) return { reason: `the expression "${other.text}" is not evaluated`, text: written };
  const alternatives = sets.reduce<string[][]>(
    (all, { key, values = [] }) => all.flatMap((one) => values.map((value) => [...one, `${key}=${value}`])),
    [labels],
  );
  if (alternatives.length > MAX_COMBINATIONS) return { reason: 'its expressions have too many values', text: written };
  const texts = alternatives.flatMap((all) => canonical(all) ?? []);
  return { alternatives: [...new Set(texts)] };
}

/** Returns labels as the text in names; nothing if they contradict each other, because no pod has two values of one label. */
function canonical(labels: readonly string[]): string | undefined {
  const distinct = [...new Set(labels)].sort();
  const keys = new Set(distinct.map((label) => label.slice(0, label.indexOf('='))));
  if (keys.size < distinct.length) return undefined;
  return distinct.length === 0 ? '*' : distinct.join(',');
}

function labelsOf(block: Block): string[] | UnknownValue {
  const value = block.value('match_labels');
  if (value === undefined) return [];
  if (isUnknown(value)) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  const unknown = entries.map(([, text]) => text).find(isUnknown);
  return unknown ?? entries.map(([key, text]) => `${key}=${String(text)}`);
}

/** An expression of a selector; without values if it is not evaluated. */
interface LabelValues {
  readonly key: string;
  readonly text: string;
  readonly values?: readonly string[];
}

function valuesOf(block: Block): LabelValues {
  const [key, operator] = [block.text('key'), block.text('operator')];
  const values = block.texts('values');
  const shown = (text: unknown): string => (isUnknown(text) ? `(${text.reason})` : String(text));
  const text = `${shown(key)} ${shown(operator).toLowerCase()}${values.length > 0 ? ` (${values.map(shown).join('|')})` : ''}`;
  const isEvaluated = operator === 'In' && typeof key === 'string' && !values.some(isUnknown);
  if (operator === 'In' && values.length === 0) throw unreadable('an expression with In must have values', '[]');
  return isEvaluated ? { key, text, values: values as string[] } : { key: shown(key), text };
}

/** Reads a selector of namespaces: their names, `*` for all. */
export function namespaceSelector(block: Block): Selected {
  const found = labelSelector(block);
  if ('reason' in found) return { reason: found.reason, text: `{${found.text}}` };
  const named = found.alternatives.map((labels) => {
    if (labels === '*') return '*';
    return labels.startsWith(`${NAMESPACE_NAME}=`) && !labels.includes(',')
      ? labels.slice(NAMESPACE_NAME.length + 1)
      : undefined;
  });
  if (named.every((name) => name !== undefined)) return { alternatives: named };
  const reason = 'which namespaces have these labels is not known';
  return { reason, text: `{${found.alternatives.join('|')}}` };
}
