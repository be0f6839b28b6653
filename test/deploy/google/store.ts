import { Refused } from './api-facts';

/** A resource as the API answers it. */
export type Resource = Record<string, any>;

/** The resources of the fake, by the path of each. */
export class Store {
  private readonly resources = new Map<string, Resource>();
  private lastNumber = 10 ** 15;

  /** Returns a number that no resource or operation has yet. */
  public number(): string {
    return String(++this.lastNumber);
  }

  /** The resources directly below a path. */
  public below(path: string): Resource[] {
    return [...this.resources]
      .filter(([key]) => key.startsWith(`${path}/`) && !key.slice(path.length + 1).includes('/'))
      .map(([, resource]) => resource);
  }

  /** The resources whose path matches. */
  public matching(pattern: RegExp): Resource[] {
    return [...this.resources].filter(([path]) => pattern.test(path)).map(([, resource]) => resource);
  }

  /** The paths of all resources, sorted. */
  public paths(): string[] {
    return [...this.resources.keys()].sort();
  }

  /** Returns a resource. Throws if there is none. */
  public get(path: string): Resource {
    const resource = this.resources.get(path);
    if (resource === undefined) throw new Refused(404, `The resource '${path}' was not found`);
    return resource;
  }

  /** Adds a resource. Throws if its path is taken. */
  public add(path: string, resource: Resource): void {
    if (this.resources.has(path)) throw new Refused(409, `The resource '${path}' already exists`);
    this.resources.set(path, resource);
  }

  /** Replaces a resource. Throws if there is none, or if the change is based on a state that is not the last one. */
  public replace(path: string, resource: Resource): void {
    const { fingerprint } = this.get(path);
    if (resource.fingerprint !== fingerprint) throw new Refused(412, 'Invalid fingerprint.');
    const renewed = fingerprint === undefined ? {} : { fingerprint: this.fingerprint() };
    this.resources.set(path, { ...resource, ...renewed });
  }

  /** Removes a resource and what is below it. Throws if there is none, or if a different resource refers to it. */
  public remove(path: string): void {
    this.get(path);
    const reference = `${path.replace(/^\/(compute\/v1|v1|v3)\//, '')}"`;
    for (const [other, resource] of this.resources) {
      if (other === path || other.startsWith(`${path}/rule/`)) continue;
      const isUser = other.startsWith(`${path}/`) || referencesOf(resource).includes(reference);
      if (isUser) throw new Refused(400, `The resource '${path}' is already being used by '${other}'`);
    }
    for (const other of this.paths()) {
      if (other === path || other.startsWith(`${path}/rule/`)) this.resources.delete(other);
    }
  }

  /** Returns a new fingerprint of a resource. */
  public fingerprint(): string {
    return Buffer.from(this.number()).toString('base64');
  }
}

/** The text of a resource without what refers to itself. */
function referencesOf(resource: Resource): string {
  return JSON.stringify({ ...resource, selfLink: undefined, name: undefined });
}

/** Returns a resource with the fields of a body, without those that it clears. With a mask, only with those in the mask. */
export function patched(resource: Resource, body: Resource, mask?: string): Resource {
  const fields = mask === undefined ? Object.keys(body) : mask.split(',').map((field) => field.split('.')[0]);
  const cleared = fields.filter((field) => body[field] === null || body[field] === undefined);
  const kept = Object.entries(resource).filter(([field]) => !cleared.includes(field));
  const given = Object.entries(body).filter(([field]) => fields.includes(field) && !cleared.includes(field));
  return Object.fromEntries([...kept, ...given]);
}
