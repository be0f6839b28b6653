/**
 * Writes discovery.json, the facts of Google's discovery documents that the fake API needs:
 * `npx tsx test/deploy/google/extract-facts.ts <folder>`, with the folder `googleapiclient/discovery_cache/documents` of the Python
 * package google-api-python-client.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiFacts, Method, Schema } from './api-facts';

const CHANGES = 'insert|create|get|patch|update|delete';
const POLICY = `${CHANGES}|addRule|getRule|patchRule|removeRule|addAssociation|getAssociation|removeAssociation`;
const GROUP = `${CHANGES}|listInstances|addInstances|removeInstances|setNamedPorts`;

/** The documents, and the methods of each that the provider calls for what this library and its examples create. */
const METHODS: Readonly<Record<string, RegExp>> = {
  'compute.v1': new RegExp(
    `^compute\\.(${[
      `(firewalls|networks|subnetworks|regionBackendServices|regionHealthChecks|regionTargetTcpProxies)\\.(${CHANGES})`,
      `(addresses|forwardingRules)\\.(${CHANGES}|setLabels)`,
      `(networkFirewallPolicies|regionNetworkFirewallPolicies)\\.(${POLICY})`,
      `instanceGroups\\.(${GROUP})`,
      `(globalOperations|regionOperations|zoneOperations)\\.get`,
    ].join('|')})$`,
  ),
  'networksecurity.v1': new RegExp(
    `^networksecurity\\.projects\\.locations\\.((urlLists|gatewaySecurityPolicies|gatewaySecurityPolicies\\.rules|addressGroups)\\.(${CHANGES})|operations\\.get)$`,
  ),
  'networkmanagement.v1': new RegExp(
    `^networkmanagement\\.projects\\.locations\\.global\\.(connectivityTests\\.(${CHANGES}|rerun)|operations\\.get)$`,
  ),
  'cloudresourcemanager.v3': new RegExp(
    `^cloudresourcemanager\\.((tagKeys|tagValues)\\.(${CHANGES})|operations\\.get)$`,
  ),
  'dns.v1': /^dns\.(managedZones\.get|changes\.(create|get)|resourceRecordSets\.list)$/,
};

interface Document {
  readonly revision: string;
  readonly servicePath: string;
  readonly documentationLink: string;
  readonly resources: Record<string, Resource>;
  readonly schemas: Record<string, Schema & { readOnly?: boolean }>;
}

interface Resource {
  readonly methods?: Record<string, { id: string; httpMethod: string; flatPath: string; request?: { $ref: string } }>;
  readonly resources?: Record<string, Resource>;
}

function methodsOf(resources: Record<string, Resource>, servicePath: string, wanted: RegExp): Method[] {
  return Object.values(resources).flatMap((resource) => [
    ...Object.values(resource.methods ?? {})
      .filter(({ id }) => wanted.test(id))
      .map(({ id, httpMethod, flatPath, request }) => ({
        id,
        verb: httpMethod,
        path: `/${servicePath}${flatPath}`,
        ...(request && { request: request.$ref }),
      })),
    ...methodsOf(resource.resources ?? {}, servicePath, wanted),
  ]);
}

/** Returns a schema without prose, and without the fields that only an answer has. */
function factsOf({
  type,
  format,
  pattern,
  enum: values,
  $ref,
  items,
  properties,
  additionalProperties,
}: Schema): Schema {
  return {
    ...($ref === undefined ? { type } : { $ref }),
    ...(format && { format }),
    ...(pattern && { pattern }),
    ...(values && { enum: values }),
    ...(items && { items: factsOf(items) }),
    ...(additionalProperties && { additionalProperties: factsOf(additionalProperties) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties)
          .filter(([, property]) => (property as { readOnly?: boolean }).readOnly !== true)
          .map(([name, property]) => [name, factsOf(property)]),
      ),
    }),
  };
}

/** Returns the schemas that are reachable from the bodies of methods, by name. */
function reachable(methods: readonly Method[], schemas: Document['schemas']): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const names = methods.flatMap(({ request }) => request ?? []);
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (found.has(name)) continue;
    const facts = factsOf(schemas[name]);
    found.set(name, facts);
    names.push(...[...JSON.stringify(facts).matchAll(/"\$ref":"(\w+)"/g)].map(([, reference]) => reference));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const folder = process.argv[2];
const apis: ApiFacts[] = Object.entries(METHODS).map(([name, wanted]) => {
  const document = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Document;
  const methods = methodsOf(document.resources, document.servicePath, wanted);
  return {
    document: name,
    revision: document.revision,
    reference: document.documentationLink,
    methods,
    schemas: reachable(methods, document.schemas),
  };
});

/** One line for each method and schema, so that a change of the documents is readable. */
function textOf({ methods, schemas, ...head }: ApiFacts): string {
  const heading = Object.entries(head).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  const lines = methods.map((method) => JSON.stringify(method));
  const schemaLines = Object.entries(schemas).map(([name, schema]) => `"${name}":${JSON.stringify(schema)}`);
  return `{${heading.join(',')},\n"methods":[\n${lines.join(',\n')}],\n"schemas":{\n${schemaLines.join(',\n')}}}`;
}
writeFileSync(join(__dirname, 'discovery.json'), `[\n${apis.map(textOf).join(',\n')}\n]\n`);
