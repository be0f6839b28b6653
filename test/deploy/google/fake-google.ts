import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, invalid, methodOf, Refused } from './api-facts';
import { REFUSALS, refusePolicyRule } from './refusals';
import { patched, type Resource, Store } from './store';

/** A request to the API. */
interface Request extends Call {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Resource;
}

/**
 * A fake of Google's APIs for firewalls, load balancers, Network Security, Network Management, tags and DNS, on the loopback interface.
 *
 * Methods, paths and the forms of bodies come from Google's discovery documents, and what else the APIs refuse from `refusals.ts`. An
 * operation is done at once. A method that the fake does not have is answered with the status 501.
 */
export class FakeGoogle {
  /** What exists. */
  public readonly store = new Store();
  /** What was refused: `400 POST /compute/v1/...: why`. A question about what does not exist is not refused. */
  public readonly refused: string[] = [];
  private readonly server: Server;

  /** Starts the server, and waits until it answers. */
  public static async start(): Promise<FakeGoogle> {
    const fake = new FakeGoogle();
    await once(fake.server.listen(0, '127.0.0.1'), 'listening');
    return fake;
  }

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /** The URL in front of the paths of all APIs. */
  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Stops the server. */
  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url!, this.endpoint);
    let [status, answer]: [number, unknown] = [200, undefined];
    try {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text === '' ? {} : (JSON.parse(text) as Resource);
      const call = methodOf(request.method!, decodeURIComponent(pathname));
      call.check(body);
      answer = this.handle({ ...call, path: pathname, query: Object.fromEntries(searchParams), body });
    } catch (error) {
      status = error instanceof Refused ? error.status : 500;
      const { message } = error as Error;
      answer = { error: { code: status, message, errors: [{ message, reason: 'invalid' }] } };
      if (status !== 404) this.refused.push(`${status} ${request.method} ${pathname}: ${message}`);
    }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }

  private handle(request: Request): unknown {
    const handler = HANDLERS[`${request.kind}.${request.name}`] ?? HANDLERS[request.name];
    if (handler === undefined) throw new Refused(501, `the fake does not serve ${request.kind}.${request.name}`);
    return handler(request, this.store, this.endpoint);
  }
}

type Handler = (request: Request, store: Store, endpoint: string) => unknown;

/** What the API fills in. The provider reads these fields back. */
const DEFAULTS: Readonly<Record<string, Resource>> = {
  firewalls: { priority: 1000, direction: 'INGRESS', disabled: false, logConfig: { enable: false } },
  addresses: { address: '10.0.0.10', addressType: 'EXTERNAL', status: 'RESERVED', labelFingerprint: 'x=' },
  forwardingRules: { IPAddress: '10.0.0.10', labelFingerprint: 'x=' },
};
/** The kinds whose changes say which state they are based on. */
const WITH_FINGERPRINT = [
  'networkFirewallPolicies',
  'regionNetworkFirewallPolicies',
  'regionBackendServices',
  'subnetworks',
];

const isCompute = (path: string): boolean => path.startsWith('/compute/');
const above = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Returns an operation that is done. */
function done(
  { path, name }: Request,
  store: Store,
  endpoint: string,
  target: string,
  response: Resource = {},
): object {
  const number = store.number();
  if (path.startsWith('/v3/')) return { name: `operations/${number}`, done: true, response };
  if (!isCompute(path)) {
    const [, location] = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+)/.exec(path)!;
    return { name: `${location}/operations/${number}`, done: true, response };
  }
  const [scope] = /^\/compute\/v1\/projects\/[^/]+\/(global|(regions|zones)\/[^/]+)/.exec(path)!;
  return {
    kind: 'compute#operation',
    id: number,
    name: `operation-${number}`,
    operationType: name,
    status: 'DONE',
    progress: 100,
    targetId: number,
    targetLink: `${endpoint}${target}`,
    selfLink: `${endpoint}${scope}/operations/operation-${number}`,
  };
}

/** Returns the name of a new resource: that in the body, or the one in the query (`urlListId`). */
function nameOf({ path, query, body }: Request): string {
  const inQuery = Object.entries(query).find(([key]) => key.endsWith('Id') && key !== 'requestId')?.[1];
  const name = isCompute(path) ? (body.name as string | undefined) : inQuery;
  if (name === undefined || name === '') throw new Refused(400, 'The name of the resource is missing.');
  return name;
}

const create: Handler = (request, store, endpoint) => {
  const { path, kind, body } = request;
  REFUSALS[kind]?.(body);
  const target = `${path}/${nameOf(request)}`;
  if (kind === 'rules') {
    store.get(above(path));
    checkPriorityIsFree(store.below(path), body);
  }
  const resource: Resource = {
    ...DEFAULTS[kind],
    ...body,
    ...openToTheInternet(request),
    id: store.number(),
    creationTimestamp: '2026-01-01T00:00:00.000-08:00',
    ...(isCompute(path)
      ? { selfLink: `${endpoint}${target}` }
      : {
          name: target.replace(/^\/v1\//, ''),
          createTime: '2026-01-01T00:00:00Z',
          updateTime: '2026-01-01T00:00:00Z',
        }),
    ...(WITH_FINGERPRINT.includes(kind) && { fingerprint: store.fingerprint() }),
  };
  store.add(target, resource);
  return done(request, store, endpoint, target, resource);
};

/** A firewall without any source or destination is open to the whole internet. */
function openToTheInternet({ kind, body }: Request): Resource {
  if (kind !== 'firewalls') return {};
  const { direction = 'INGRESS', sourceRanges, sourceTags, sourceServiceAccounts, destinationRanges } = body;
  const isClosed = [sourceRanges, sourceTags, sourceServiceAccounts, destinationRanges].some(
    (list) => list?.length > 0,
  );
  if (isClosed) return {};
  return direction === 'EGRESS' ? { destinationRanges: ['0.0.0.0/0'] } : { sourceRanges: ['0.0.0.0/0'] };
}

const change: Handler = (request, store, endpoint) => {
  const { path, kind, name, body, query } = request;
  const before = store.get(path);
  const kept =
    name === 'update' ? { id: before.id, selfLink: before.selfLink, fingerprint: before.fingerprint } : before;
  const after = patched(kept, { ...DEFAULTS[name === 'update' ? kind : ''], ...body }, query.updateMask);
  REFUSALS[kind]?.(after);
  if (kind === 'rules') {
    checkPriorityIsFree(
      store.below(above(path)).filter((rule) => rule !== before),
      after,
    );
  }
  store.replace(path, after);
  return done(request, store, endpoint, path, after);
};

function checkPriorityIsFree(others: readonly Resource[], { priority }: Resource): void {
  if (others.some((other) => other.priority === priority)) {
    throw invalid('resource.priority', priority, 'Rule priorities must be unique.');
  }
}

/** Returns the path of a rule or an association of a firewall policy. Throws if the policy does not exist. */
function inPolicy({ path, query, body }: Request, store: Store, kind: 'rule' | 'association'): string {
  const policy = above(path);
  store.get(policy);
  const field = kind === 'rule' ? 'priority' : 'name';
  return `${policy}/${kind}/${query[field] ?? (body[field] as string)}`;
}

const addRule: Handler = (request, store, endpoint) => {
  refusePolicyRule(request.body);
  const rule = inPolicy(request, store, 'rule');
  checkPriorityIsFree(store.below(above(rule)), request.body);
  store.add(rule, { ...request.body, kind: 'compute#firewallPolicyRule', ruleTupleCount: 1 });
  return done(request, store, endpoint, above(request.path));
};

const patchRule: Handler = (request, store, endpoint) => {
  const rule = inPolicy(request, store, 'rule');
  const after = patched(store.get(rule), request.body);
  refusePolicyRule(after);
  store.replace(rule, after);
  return done(request, store, endpoint, above(request.path));
};

const addAssociation: Handler = (request, store, endpoint) => {
  const { name, attachmentTarget } = request.body;
  if (!name || !attachmentTarget) throw new Refused(400, 'name and attachmentTarget must be specified.');
  store.add(inPolicy(request, store, 'association'), request.body);
  return done(request, store, endpoint, above(request.path));
};

const removeFromPolicy =
  (kind: 'rule' | 'association'): Handler =>
  (request, store, endpoint) => {
    store.remove(inPolicy(request, store, kind));
    return done(request, store, endpoint, above(request.path));
  };

/** A key or value of a tag: its name is a number, and its short name is unique below its parent. */
const createTag: Handler = (request, store, endpoint) => {
  const { path, kind, body } = request;
  const isTaken = store
    .below(path)
    .some(({ parent, shortName }) => parent === body.parent && shortName === body.shortName);
  if (isTaken) throw new Refused(409, `The tag '${body.shortName}' already exists`);
  if (kind === 'tagValues') store.get(`/v3/${body.parent}`);
  const number = store.number();
  const parentName =
    kind === 'tagValues' ? (store.get(`/v3/${body.parent}`).namespacedName as string) : last(body.parent);
  const times = { createTime: '2026-01-01T00:00:00Z', updateTime: '2026-01-01T00:00:00Z' };
  const tag = { ...body, name: `${kind}/${number}`, namespacedName: `${parentName}/${body.shortName}`, ...times };
  store.add(`${path}/${number}`, tag);
  return done(request, store, endpoint, `${path}/${number}`, tag);
};

/** A change of a zone adds and deletes record sets. All zones exist. */
const changeRecords: Handler = ({ path, body }, store) => {
  const { additions = [], deletions = [] } = body;
  const recordSet = ({ name, type }: Resource): string => `${above(path)}/rrsets/${name}${type}`;
  for (const each of deletions) store.remove(recordSet(each));
  for (const each of additions) store.add(recordSet(each), each);
  return { kind: 'dns#change', id: store.number(), status: 'done', additions, deletions };
};

const listInstances: Handler = ({ path }, store) => ({
  items: ((store.get(above(path)).instances ?? []) as string[]).map((instance) => ({ instance, status: 'RUNNING' })),
});

const changeInstances: Handler = (request, store, endpoint) => {
  const group = store.get(above(request.path));
  const given = (request.body.instances as { instance: string }[]).map(({ instance }) => instance);
  const others = ((group.instances ?? []) as string[]).filter((instance) => !given.includes(instance));
  store.replace(above(request.path), {
    ...group,
    instances: request.name === 'addInstances' ? [...others, ...given] : others,
  });
  return done(request, store, endpoint, above(request.path));
};

/** A method that sets fields of a resource: `setLabels`. */
const setFields: Handler = (request, store, endpoint) => {
  const fields = Object.fromEntries(Object.entries(request.body).filter(([field]) => !/fingerprint$/i.test(field)));
  store.replace(above(request.path), { ...store.get(above(request.path)), ...fields });
  return done(request, store, endpoint, above(request.path));
};

/** A Connectivity Test finds that everything is reachable: the fake has no machines. */
const rerun: Handler = (request, store, endpoint) => {
  const path = request.path.replace(/:rerun$/, '');
  const details = { result: 'REACHABLE', verifyTime: '2026-01-01T00:00:00Z', traces: [] };
  store.replace(path, { ...store.get(path), reachabilityDetails: details });
  return done(request, store, endpoint, path, store.get(path));
};

const operation: Handler = ({ path }) => ({ name: last(path), status: 'DONE', done: true });

const HANDLERS: Readonly<Record<string, Handler | undefined>> = {
  'operations.get': operation,
  'globalOperations.get': operation,
  'regionOperations.get': operation,
  'zoneOperations.get': operation,
  'managedZones.get': ({ path }) => ({ name: last(path), dnsName: 'example.com.', visibility: 'private' }),
  'resourceRecordSets.list': ({ path, query }, store) => ({
    rrsets: store.below(path).filter(({ name, type }) => name === query.name && type === query.type),
  }),
  'changes.create': changeRecords,
  'changes.get': ({ path }) => ({ id: last(path), status: 'done' }),
  'tagKeys.create': createTag,
  'tagValues.create': createTag,
  get: ({ path }, store) => store.get(path),
  insert: create,
  create,
  patch: change,
  update: change,
  delete: (request, store, endpoint) => {
    store.remove(request.path);
    return done(request, store, endpoint, request.path);
  },
  rerun,
  addRule,
  getRule: (request, store) => store.get(inPolicy(request, store, 'rule')),
  patchRule,
  removeRule: removeFromPolicy('rule'),
  addAssociation,
  getAssociation: (request, store) => store.get(inPolicy(request, store, 'association')),
  removeAssociation: removeFromPolicy('association'),
  listInstances,
  addInstances: changeInstances,
  removeInstances: changeInstances,
  setNamedPorts: setFields,
  setLabels: setFields,
};
