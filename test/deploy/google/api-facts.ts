import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a discovery document of Google says about some methods. */
export interface ApiFacts {
  readonly document: string;
  readonly revision: string;
  readonly reference: string;
  readonly methods: readonly Method[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** A method: `compute.firewalls.insert`. */
export interface Method {
  readonly id: string;
  readonly verb: string;
  /** The path with a name in braces for each part that varies. */
  readonly path: string;
  /** The name of the schema of the body. */
  readonly request?: string;
}

/** The form of a value in a body. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

/** An answer that refuses a request, with its HTTP status. */
export class Refused extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Returns the refusal of a value. */
export function invalid(field: string, value: unknown, why = 'The value is invalid.'): Refused {
  return new Refused(400, `Invalid value for field '${field}': '${JSON.stringify(value)}'. ${why}`);
}

/** A method that a request calls. */
export interface Call {
  /** The name of the method without those of its resource: `insert`. */
  readonly name: string;
  /** The kind of its resource: `firewalls`. */
  readonly kind: string;
  /** Throws unless the body has the form that the document describes. */
  readonly check: (body: unknown) => void;
}

interface Route {
  readonly method: Method;
  readonly pattern: RegExp;
  readonly schemas: ApiFacts['schemas'];
}

const ROUTES: readonly Route[] = (
  JSON.parse(readFileSync(join(__dirname, 'discovery.json'), 'utf8')) as ApiFacts[]
).flatMap(({ methods, schemas }) =>
  methods.map((method) => ({
    method,
    pattern: new RegExp(`^${method.path.replace(/\{\w+\}/g, '[^/:]+')}$`),
    schemas,
  })),
);

/** Returns the method that a request calls. Throws if no document has one. */
export function methodOf(verb: string, path: string): Call {
  const route = ROUTES.find(({ method, pattern }) => method.verb === verb && pattern.test(path));
  if (route === undefined) throw new Refused(501, `the fake has no method ${verb} ${path}`);
  const [name, kind] = route.method.id.split('.').reverse();
  const { request } = route.method;
  return {
    name,
    kind,
    check: (body) => {
      if (request === undefined) return;
      // the body of an action may repeat the name in the path, which the documents leave out
      const checked = path.endsWith(`:${name}`) ? { ...(body as object), name: undefined } : body;
      checkValue(checked, { $ref: request }, 'resource', route.schemas);
    },
  };
}

type Check = (value: any, schema: Schema, where: string, schemas: ApiFacts['schemas']) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  object: (value, { properties = {}, additionalProperties }, where, schemas) => {
    if (typeof value !== 'object' || Array.isArray(value)) throw invalid(where, value, 'Must be an object.');
    for (const [key, member] of Object.entries(value as object)) {
      if (member === undefined) continue;
      const schema = properties[key] ?? additionalProperties;
      if (schema === undefined) throw new Refused(400, `Invalid JSON payload. Unknown name "${key}" at '${where}'`);
      checkValue(member, schema, `${where}.${key}`, schemas);
    }
  },
  array: (value, { items }, where, schemas) => {
    if (!Array.isArray(value)) throw invalid(where, value, 'Must be a list.');
    value.forEach((member, index) => checkValue(member, items!, `${where}[${index}]`, schemas));
  },
  string: (value, { format, pattern, enum: values }, where) => {
    if (format === 'int64' || format === 'uint64') return; // a number in text, or a number
    if (typeof value !== 'string') throw invalid(where, value, 'Must be text.');
    if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
      throw invalid(where, value, `Must be a match of regex '${pattern}'.`);
    }
    if (values !== undefined && !values.includes(value)) throw invalid(where, value);
  },
  integer: (value, _schema, where) => {
    if (!Number.isInteger(value)) throw invalid(where, value, 'Must be a whole number.');
  },
  number: (value, _schema, where) => {
    if (typeof value !== 'number') throw invalid(where, value, 'Must be a number.');
  },
  boolean: (value, _schema, where) => {
    if (typeof value !== 'boolean') throw invalid(where, value, 'Must be true or false.');
  },
};

function checkValue(value: unknown, schema: Schema, where: string, schemas: ApiFacts['schemas']): void {
  if (value === null || value === undefined) return; // clears a field
  const { $ref } = schema;
  const own = $ref === undefined ? schema : schemas[$ref];
  CHECKS[own.type ?? 'object']?.(value, own, where, schemas);
}
