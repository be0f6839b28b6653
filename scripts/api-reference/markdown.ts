import {
  type AssemblyType,
  type ClassType,
  type Docs,
  type Documented,
  type EnumType,
  inSourceOrder,
  type InterfaceType,
  type Method,
  type PackageAssembly,
  type Parameter,
  type Property,
  type TypeReference,
} from '../jsii-assembly';
import { nameOf, type Places } from './places';
import { comment, oneLine, paragraphs, signature, table } from './text';

/** Renders types as Markdown that links to other types. */
export class TypeMarkdown {
  constructor(
    private readonly assembly: PackageAssembly,
    private readonly places: Places,
  ) {}

  /** Renders a link to the heading of a type. */
  public link(name: string, text = name): string {
    const heading = this.places.headings.get(name);
    return heading === undefined ? text : `[${text}](#${heading.toLowerCase()})`;
  }

  /** Renders a type below its heading. */
  public section(type: AssemblyType): string {
    const { example, deprecated } = type.docs ?? {};
    const parts = [
      `### ${type.name}`,
      deprecated === undefined ? '' : `**Deprecated.** ${this.text(deprecated, type)}`,
      this.text(comment(type.docs), type),
      type.kind === 'enum' ? this.enum(type) : type.kind === 'class' ? this.class(type) : this.interface(type),
      example === undefined ? '' : `\`\`\`ts\n${example.trim()}\n\`\`\``,
    ];
    return paragraphs(parts);
  }

  private class(type: ClassType): string {
    const { initializer, methods = [] } = type;
    const constructor = initializer && `\`new ${type.name}(${signature(initializer.parameters)})\``;
    const structs = [initializer ?? {}, ...methods].flatMap(({ parameters = [] }) => parameters);
    const shown = [...new Set(structs.map((parameter) => this.shownHere(parameter, type)))].filter((each) => !!each);
    const [props, ...options] = shown.map((struct) => {
      const taken = structs.find((parameter) => this.shownHere(parameter, type) === struct)!;
      const { remarks } = struct.docs ?? {};
      const about = remarks === undefined ? '' : this.text(remarks, struct);
      return paragraphs([`\`${taken.name}\` (\`${struct.name}\`):`, about, this.properties(struct)]);
    });
    return paragraphs([constructor ?? '', props ?? '', this.members(type), ...options, this.inherited(type)]);
  }

  private interface(type: InterfaceType): string {
    const parents = this.assembly.parents(type).map((parent) => this.link(parent.name));
    const isAlso = parents.length === 0 || type.datatype ? '' : `Extends ${parents.join(', ')}.`;
    return paragraphs([isAlso, this.makers(type), this.properties(type), this.methods(type)]);
  }

  /** Lists the classes and factories that return an interface, because users cannot implement it. */
  private makers(type: InterfaceType): string {
    if (type.datatype) return '';
    const makers = [...this.assembly.types.values()].flatMap((maker) => {
      if (maker.kind !== 'class') return [];
      if (this.isA(maker, type)) return [this.link(maker.name, `\`${maker.name}\``)];
      const factories = inSourceOrder(maker.methods ?? []).filter(({ returns }) => {
        const result = returns && 'fqn' in returns.type ? this.assembly.find(returns.type.fqn) : undefined;
        return result !== undefined && this.isA(result, type);
      });
      return factories.map(({ name }) => this.link(maker.name, `\`${maker.name}.${name}\``));
    });
    return makers.length === 0 ? '' : `Given by ${makers.join(', ')}.`;
  }

  private isA(type: AssemblyType, ancestor: AssemblyType): boolean {
    if (type === ancestor) return true;
    return type.kind !== 'enum' && this.assembly.parents(type).some((parent) => this.isA(parent, ancestor));
  }

  private enum(type: EnumType): string {
    return table(
      ['member', 'meaning'],
      type.members.map((member) => [`\`${member.name}\``, this.meaning(member, type)]),
    );
  }

  /** Renders the properties of a class. Those of its interfaces have only a name, because the interface explains them. */
  private members(type: ClassType): string {
    const own = inSourceOrder(type.properties ?? []).filter(isNew(type, this.assembly));
    const lines = own.map((property) => {
      const name = property.static ? `${type.name}.${property.name}` : property.name;
      return `- \`${name}\`: ${this.reference(property.type)}. ${this.meaning(property, type)}`.trimEnd();
    });
    return paragraphs([lines.join('\n'), this.methods(type)]);
  }

  private inherited(type: ClassType): string {
    const parents = this.assembly.parents(type).flatMap((parent) => {
      const names = [...new Set(this.assembly.properties(parent).map(({ name }) => `\`${name}\``))];
      return names.length === 0 ? [] : [`Has the properties of ${this.link(parent.name)}: ${names.join(', ')}.`];
    });
    return parents.join('\n');
  }

  private methods(type: ClassType | InterfaceType): string {
    const methods = inSourceOrder((type.methods ?? []).filter(({ name }) => name !== 'toString'));
    return methods.map((method) => this.method(method, type)).join('\n');
  }

  private method(method: Method, type: AssemblyType): string {
    const owner = method.static ? `${type.name}.` : '.';
    const result = method.returns ? ` → ${this.reference(method.returns.type)}` : '';
    const about = (method.parameters ?? []).flatMap(({ name, docs }) =>
      docs?.summary ? [`\`${name}\`: ${this.cell(docs, type)}`] : [],
    );
    const lines = [
      `- \`${owner}${method.name}(${signature(method.parameters)})\`${result}: ${this.meaning(method, type)}`,
    ];
    return [...lines, ...about.map((line) => `  - ${line}`)].join('\n');
  }

  /** Renders the properties of a struct or interface as a table, with inherited ones; required properties come first. */
  private properties(type: InterfaceType): string {
    const properties = this.assembly.properties(type).filter(isFirst);
    const rows = [...properties.filter(({ optional }) => !optional), ...properties.filter(({ optional }) => optional)];
    const hasDefaults = rows.some(({ docs }) => docs?.default !== undefined);
    const isTaken = this.places.isTaken(type.name);
    return table(
      ['name', 'type', ...(hasDefaults ? [isTaken ? 'default' : 'if absent'] : []), 'meaning'],
      rows.map((property) => [
        `\`${property.name}${property.optional && !hasDefaults ? '?' : ''}\``,
        this.reference(property.type),
        ...(hasDefaults ? [property.optional ? this.default(property, type) : isTaken ? '**required**' : ''] : []),
        this.meaning(property, type),
      ]),
    );
  }

  private shownHere({ type }: Parameter, owner: AssemblyType): InterfaceType | undefined {
    const found = 'fqn' in type ? this.assembly.find(type.fqn) : undefined;
    const isShown = found?.kind === 'interface' && this.places.headings.get(found.name) === owner.name;
    return isShown && found.name !== owner.name ? found : undefined;
  }

  private reference(reference: TypeReference): string {
    if ('primitive' in reference) return reference.primitive;
    if ('union' in reference) return reference.union.types.map((each) => this.reference(each)).join(' or ');
    if ('collection' in reference) {
      const element = this.reference(reference.collection.elementtype);
      return reference.collection.kind === 'array' ? `${element}[]` : `map of ${element}`;
    }
    return this.link(nameOf(reference.fqn));
  }

  private default({ docs }: Property, type: AssemblyType): string {
    const text = oneLine(docs?.default ?? '');
    return this.text(text.startsWith('- ') ? text.slice(2) : text.replace(/^\S+?(?=:? |$)/, '`$&`'), type);
  }

  private meaning({ docs }: Documented, type: AssemblyType): string {
    return this.cell(docs ?? {}, type);
  }

  private cell(docs: Docs, type: AssemblyType): string {
    return this.text(oneLine(comment(docs)), type);
  }

  /** Replaces the names of types in a docstring by links. */
  private text(text: string, within: AssemblyType): string {
    const here = this.places.headings.get(within.name);
    return text
      .replaceAll(/\{@link (\w+)(?:[ |]([^}]*))?\}/g, (_all, name: string) => `\`${name}\``)
      .replaceAll(/(?<!\[)`((\w+)(?:\.\w+(?:\(.*?\))?)?)`/g, (all, _code: string, name: string) =>
        this.places.headings.has(name) && this.places.headings.get(name) !== here ? this.link(name, all) : all,
      );
  }
}

function isNew(type: ClassType, assembly: PackageAssembly) {
  const inherited = new Set(assembly.parents(type).flatMap((parent) => assembly.properties(parent).map((p) => p.name)));
  return ({ name }: Property): boolean => !inherited.has(name);
}

/** A property that a type redeclares hides the inherited one. */
function isFirst({ name }: Property, index: number, all: readonly Property[]): boolean {
  return all.findIndex((other) => other.name === name) === index;
}
