import type { JsonPart } from './json-part';
import { rulesOf, type FlowJson } from './provenance-json';
import type { TracedDocument } from './traced-flow';

/** Reads the documents of a synthesized stack by their keys. */
export function readDocuments(part: JsonPart): Map<string, TracedDocument> {
  return readAll(part.member('documents'), readDocument);
}

/** Reads every member of an object. */
export function readAll<T>(part: JsonPart, read: (part: JsonPart, key: string) => T): Map<string, T> {
  return new Map(part.members().map(([key, member]) => [key, read(member, key)]));
}

/** Reads the Terraform addresses of what stands on our side. */
export function readRuleAddresses(part: JsonPart): string[] {
  for (const [, lines] of part.members()) lines.texts();
  return rulesOf({ rules: part.value as FlowJson['rules'] });
}

function readDocument(part: JsonPart, key: string): TracedDocument {
  return {
    key,
    title: part.member('title').text(),
    reference: part.member('reference').text(),
    edition: part.member('edition').text(),
    checkedFor: part.member('checkedFor').optional((versions) => versions.texts()),
    comparedOn: part.member('comparedOn').text(),
  };
}
