import type { AssemblyType, PackageAssembly, TypeReference } from '../jsii-assembly';
import type { Group } from './groups';

const LIST = 'scripts/api-reference/groups.ts';

/** The place of each type in API.md: below its own heading, or as a table of the only class that takes it. */
export class Places {
  /** The heading of every type. */
  public readonly headings: ReadonlyMap<string, string>;
  private readonly taken: ReadonlySet<string>;

  constructor(
    private readonly assembly: PackageAssembly,
    groups: readonly Group[],
  ) {
    this.taken = this.allTaken();
    const owners = this.owners();
    const listed = groups.flatMap(({ types }) => types);
    const problems = listed.flatMap((name, index) => {
      const owner = owners.get(name);
      if (!assembly.types.has(name)) return [problem(name, 'be exported', 'no such type', 'its new name, or no line')];
      if (owner) return [problem(name, 'be left out', `a type that ${owner} shows`, 'no line')];
      return listed.indexOf(name) === index ? [] : [problem(name, 'be listed once', 'two lines', 'one line')];
    });
    const missing = [...assembly.types.keys()].filter((name) => !listed.includes(name) && !owners.has(name));
    problems.push(
      ...missing.map((name) => problem(name, 'be listed', 'no line', 'a line in the group that it serves')),
    );
    if (problems.length > 0) throw new Error(problems.join('\n'));
    this.headings = new Map([...assembly.types.keys()].map((name) => [name, owners.get(name) ?? name]));
  }

  /** Whether callers create a struct, so that its optional properties need defaults. Other structs are only returned. */
  public isTaken(name: string): boolean {
    return this.taken.has(name);
  }

  /** The structs in props and parameters. */
  private allTaken(): Set<string> {
    const found = new Set<string>();
    const add = (reference: TypeReference): void => {
      for (const name of namesIn(reference)) {
        const type = this.assembly.types.get(name);
        if (found.has(name) || type?.kind !== 'interface' || !type.datatype) continue;
        found.add(name);
        this.assembly.properties(type).forEach((property) => add(property.type));
      }
    };
    for (const type of this.assembly.types.values()) taken(type).forEach(add);
    return found;
  }

  /** For structs that only one class takes as its props or options, and for what those extend: that class. */
  private owners(): Map<string, string> {
    const usedBy = new Map<string, Set<string>>();
    const use = (name: string, user: string): void => {
      const type = this.assembly.types.get(name);
      if (type?.kind !== 'interface' || !type.datatype) return;
      usedBy.set(name, (usedBy.get(name) ?? new Set()).add(user));
      for (const parent of this.assembly.parents(type)) use(parent.name, user);
    };
    for (const type of this.assembly.types.values()) {
      for (const reference of taken(type)) if ('fqn' in reference) use(nameOf(reference.fqn), type.name);
    }
    return new Map(
      [...usedBy].flatMap(([name, users]) => {
        if (this.holders(name).some((holder) => !users.has(holder))) return [];
        const isBase = [...users].every((user) => !this.takes(user, name));
        return isBase || users.size === 1 ? [[name, [...users][0]] as const] : [];
      }),
    );
  }

  private takes(user: string, name: string): boolean {
    const references = taken(this.assembly.types.get(user)!);
    return references.some((reference) => 'fqn' in reference && nameOf(reference.fqn) === name);
  }

  /** The types with a property or result of a type, which then needs a heading to link to. */
  private holders(name: string): string[] {
    return [...this.assembly.types.values()].filter((type) => given(type).includes(name)).map((type) => type.name);
  }
}

/** Returns the simple name of a type of any package. */
export function nameOf(fqn: string): string {
  return fqn.slice(fqn.lastIndexOf('.') + 1);
}

function taken(type: AssemblyType): TypeReference[] {
  if (type.kind === 'enum') return [];
  const initializer = type.kind === 'class' ? (type.initializer?.parameters ?? []) : [];
  const parameters = (type.methods ?? []).flatMap((method) => method.parameters ?? []);
  return [...initializer, ...parameters].map((parameter) => parameter.type);
}

function given(type: AssemblyType): string[] {
  if (type.kind === 'enum') return [];
  const results = (type.methods ?? []).flatMap(({ returns }) => (returns ? [returns.type] : []));
  return [...(type.properties ?? []).map((property) => property.type), ...results].flatMap(namesIn);
}

function namesIn(reference: TypeReference): string[] {
  if ('fqn' in reference) return [nameOf(reference.fqn)];
  if ('collection' in reference) return namesIn(reference.collection.elementtype);
  return 'union' in reference ? reference.union.types.flatMap(namesIn) : [];
}

function problem(name: string, need: string, got: string, fix: string): string {
  return `${LIST}: ${name} must ${need}, got ${got}; did you mean ${fix}?`;
}
