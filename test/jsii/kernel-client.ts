import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Kernel } from '@jsii/kernel';
import { type PackageAssembly, ROOT, type TypeReference } from '../../scripts/jsii-assembly';

const REF = '$jsii.byref';
const INTERFACES = '$jsii.interfaces';

/** A reference to an object, as a different language holds it. The kernel has assigned it. */
export interface Ref {
  readonly [REF]: string;
  readonly [INTERFACES]?: readonly string[];
}

interface ObjectTable {
  objects: Record<string, unknown>;
  registerObject(value: object, fqn: string, interfaces?: string[]): Ref;
}

/** Uses this package like Python, Go and Java do: through jsii's kernel, which marks every object that it returns. */
export class KernelClient {
  /** The calls and properties that returned values that the kernel could not mark. */
  public readonly unmarkable = new Set<string>();
  /** How many objects the kernel had to mark. */
  public marked = 0;
  /** The calls that were made, such as `Peer.cidr`. */
  public readonly called = new Set<string>();

  private readonly kernel = new Kernel(() => {
    throw new Error('this package must not use callbacks');
  });
  private readonly seen = new Set<string>();
  private place = '';

  constructor(private readonly assembly: PackageAssembly) {
    const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-jsii-'));
    this.load(directory, 'constructs', join(ROOT, 'node_modules/constructs'), FORGET);
    this.load(directory, 'cdktf', join(ROOT, 'node_modules/cdktf'));
    this.load(directory, assembly.name, ROOT);
    rmSync(directory, { recursive: true });
    this.goOnUnmarked();
  }

  /** Creates an object of a class of this package, or of a class with a full name such as `cdktf.App`. */
  public create(name: string, ...args: unknown[]): Ref {
    return this.visited(name, () => {
      if (!name.includes('.')) this.checkArguments(name, args);
      return this.kernel.create({ fqn: name.includes('.') ? name : this.fqn(name), args });
    });
  }

  /** Calls a factory such as `Peer.cidr`. */
  public call(name: string, ...args: unknown[]): Ref {
    const [type, method] = name.split('.');
    this.checkArguments(name, args);
    return this.visited(called(name, args), () => this.kernel.sinvoke({ fqn: this.fqn(type), method, args }).result);
  }

  /** Calls a method such as `GcpFirewall.networkTag` of an object. */
  public invoke(objref: Ref, name: string, ...args: unknown[]): Ref {
    const method = name.split('.')[1];
    this.checkArguments(name, args);
    return this.visited(called(name, args), () => this.kernel.invoke({ objref, method, args }).result);
  }

  /** Reads a property such as `flows`. */
  public get(objref: Ref, property: string): unknown {
    this.place = `${objref[REF]}.${property}`;
    return this.kernel.get({ objref, property }).value;
  }

  /** Reads a property of a class, such as `PortTables.named('rancher')`. */
  public constant(name: string): Ref {
    const [type, property] = name.split('.');
    return this.visited(name, () => this.kernel.sget({ fqn: this.fqn(type), property }).value);
  }

  /** Returns a member of an enum, such as `FlannelBackend.VXLAN`. */
  public enum(name: string): unknown {
    return { '$jsii.enum': this.fqn(name.replace('.', '/')) };
  }

  private visited(place: string, call: () => unknown): Ref {
    this.place = place;
    const value = call();
    this.visit(value, place);
    return value as Ref;
  }

  /** Reads every property of a value recursively. */
  private visit(value: unknown, place: string): void {
    if (Array.isArray(value)) {
      value.forEach((element) => this.visit(element, `${place}[]`));
      return;
    }
    if (typeof value !== 'object' || value === null || '$jsii.enum' in value) return;
    if (!(REF in value)) {
      const { '$jsii.map': map } = value as { '$jsii.map': object };
      Object.entries(map).forEach(([key, element]) => this.visit(element, `${place}.${key}`));
      return;
    }
    const ref = value as Ref;
    const fqns = [ref[REF].replace(/@\w+$/, ''), ...(ref[INTERFACES] ?? [])];
    const key = `${ref[REF]} ${fqns.join()}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const types = fqns.map((fqn) => this.assembly.find(fqn));
    for (const { name, static: isStatic } of types.flatMap((type) => this.assembly.properties(type))) {
      if (isStatic) continue;
      this.place = `${place}.${name}`;
      this.visit(this.kernel.get({ objref: ref, property: name }).value, this.place);
    }
  }

  /** Records objects that cannot be marked and continues, so that one run reports all of them. */
  private goOnUnmarked(): void {
    const table = (this.kernel as unknown as { objects: ObjectTable }).objects;
    const register = table.registerObject.bind(table);
    const names = new WeakMap<object, string>();
    table.registerObject = (value, fqn, interfaces) => {
      this.marked++;
      try {
        return register(value, fqn, interfaces);
      } catch (error) {
        if (!(error as Error).message.includes('not extensible')) throw error;
        this.unmarkable.add(this.place);
        const name = names.get(value) ?? `${fqn}@unmarked${this.marked}`;
        names.set(value, name);
        table.objects[name] = { instance: value, fqn, interfaces };
        return { [REF]: name, [INTERFACES]: interfaces };
      }
    };
  }

  /** Throws for a key that a struct does not have, because the kernel drops such keys silently. */
  private checkArguments(name: string, args: unknown[]): void {
    const parameters = this.assembly.parameters(name);
    this.called.add(name);
    args.forEach((argument, index) => this.checkKeys(parameters[index]?.type, argument, name));
  }

  private checkKeys(reference: TypeReference | undefined, value: unknown, place: string): void {
    if (!reference || typeof value !== 'object' || value === null || REF in value) return;
    if (Array.isArray(value)) {
      value.forEach((element) => this.checkKeys(this.assembly.elementOf(reference), element, place));
      return;
    }
    const type = 'fqn' in reference ? this.assembly.find(reference.fqn) : undefined;
    if (type?.kind !== 'interface') return;
    const properties = new Map(this.assembly.properties(type).map((property) => [property.name, property.type]));
    for (const [key, member] of Object.entries(value)) {
      if (!properties.has(key)) {
        throw new Error(`${place}: ${type.name} must have "${key}", got ${[...properties.keys()].join(', ')}`);
      }
      this.checkKeys(properties.get(key), member, place);
    }
  }

  /** Packs a package that only forwards to the real one, because the kernel loads packed files. */
  private load(directory: string, name: string, from: string, before = ''): void {
    const { version, main } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Record<string, string>;
    const folder = join(directory, name, 'package');
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(from, '.jsii'), join(folder, '.jsii'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
    const real = JSON.stringify(join(from, main));
    writeFileSync(join(folder, 'index.js'), `${before}module.exports = require(${real});\n`);
    const tarball = join(directory, `${name}.tgz`);
    execFileSync('tar', ['-czf', tarball, '-C', dirname(folder), 'package']);
    this.kernel.load({ name, version, tarball });
  }

  private fqn(name: string): string {
    return `${this.assembly.name}.${name}`;
  }
}

/** A second kernel in one process, as when tests are watched, cannot tag the classes of the first. */
const FORGET = 'for (const file of Object.keys(require.cache)) delete require.cache[file];\n';

function called(name: string, args: unknown[]): string {
  const shown = args.map((argument) => (typeof argument === 'object' ? '…' : JSON.stringify(argument)));
  return `${name}(${shown.join(', ')})`;
}
