import type * as Yaml from 'yaml';
import { nearestName, refusal, shown } from '../../input';
import { Port, PORT_NEED } from '../../net';
import type { ParsedFile } from './parsed-file';
import { checkNotRenamed } from '../table-laws';

/** The form of a value in a file. Its content, and the format of `formatted` text, are checked by the laws of tables. */
export type Shape =
  | { readonly kind: 'text' | 'formatted' | 'flag' | 'port' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  /** An object whose properties have names of the author. */
  | { readonly kind: 'map'; readonly of: Shape }
  /** One of several forms: at most one each that is a list, an object, text, and a flag. */
  | { readonly kind: 'either'; readonly need: string; readonly shapes: readonly Shape[] }
  | ObjectShape;

/** The properties of an object, and its name in errors. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly title: string;
  readonly members: Readonly<Record<string, Member>>;
}

/** A property of an object. */
export interface Member {
  readonly shape: Shape;
  /** The meaning of the property, for authors of files. */
  readonly about: string;
  readonly isOptional?: boolean;
}

/** The place in a file where a value is expected. */
interface Spot {
  readonly file: ParsedFile;
  /** The file, and the row if the value is in one. */
  readonly place: string;
  /** The name of the value in errors. */
  readonly what: string;
  /** The key of the value, for its line if the value is missing. */
  readonly key?: unknown;
}

/** Returns the value of a node. Throws unless it has the shape. Its content is not checked. */
export function shapedValue(node: unknown, shape: Shape, spot: Spot): unknown {
  const { file, what } = spot;
  switch (shape.kind) {
    case 'text':
    case 'formatted':
      return text(node, shape.kind, spot);
    case 'flag':
      return flag(node, spot);
    case 'choice':
      return chosen(node, shape.choices, spot);
    case 'port':
      if (!file.yaml.isScalar(node)) throw refusal(at(spot, node), 'table-value-invalid', PORT_NEED, got(node, file));
      return Port._parse(node.value, at(spot, node));
    case 'list':
      if (!file.yaml.isSeq(node)) {
        throw refusal(at(spot, node), 'table-value-invalid', `${what} must be a list`, got(node, file));
      }
      return node.items.map((item) => shapedValue(item, shape.of, { ...spot, what: `an entry of ${what}` }));
    case 'map':
      return shapedMap(node, shape.of, spot);
    case 'either':
      return shapedValue(node, formOf(node, shape, spot), spot);
    case 'object':
      return shapedObject(node, shape, spot);
  }
}

function shapedObject(node: unknown, shape: ObjectShape, spot: Spot): Record<string, unknown> {
  const { file } = spot;
  const { isMap, isScalar } = file.yaml;
  if (!isMap(node)) {
    throw refusal(at(spot, node), 'table-value-invalid', `${spot.what} must be a ${shape.title}`, got(node, file));
  }
  const inside = { ...spot, place: placeIn(node, shape, spot) };
  const pairs = new Map(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', { key, value }]));
  const known = Object.keys(shape.members);
  for (const [name, { key }] of pairs) {
    if (known.includes(name)) continue;
    checkNotRenamed(name, shape.members, at(inside, key));
    const nearest = nearestName(name, known);
    const need = `the properties of a ${shape.title} are ${known.join(', ')}`;
    throw refusal(at(inside, key), 'table-key-unknown', need, shown(name), nearest && shown(nearest));
  }
  const missing = known.find((name) => !shape.members[name].isOptional && !pairs.has(name));
  if (missing !== undefined) {
    throw refusal(at(inside, node), 'table-key-missing', `a ${shape.title} must have ${missing}`, 'nothing');
  }
  return Object.fromEntries(
    [...pairs].map(([name, { key, value }]) => [
      name,
      shapedValue(value, shape.members[name].shape, { ...inside, what: name, key }),
    ]),
  );
}

function shapedMap(node: unknown, shape: Shape, spot: Spot): Record<string, unknown> {
  const { file, what } = spot;
  const { isMap, isScalar } = file.yaml;
  if (!isMap(node)) throw refusal(at(spot, node), 'table-value-invalid', `${what} must be an object`, got(node, file));
  const pairs = node.items.map(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    return [name, shapedValue(value, shape, { ...spot, what: `${what}.${name}`, key })];
  });
  return Object.fromEntries(pairs) as Record<string, unknown>;
}

/** Returns the shape of those that a value may have that is for its kind. */
function formOf(node: unknown, { need, shapes }: Shape & { kind: 'either' }, spot: Spot): Shape {
  const { isMap, isSeq } = spot.file.yaml;
  const value = plainValue(node, spot.file);
  const kinds: Shape['kind'][] = isMap(node)
    ? ['object']
    : isSeq(node)
      ? ['list']
      : typeof value === 'boolean'
        ? ['flag']
        : typeof value === 'string' || typeof value === 'number'
          ? ['text', 'formatted']
          : [];
  const form = shapes.find(({ kind }) => kinds.includes(kind));
  if (form !== undefined) return form;
  throw refusal(at(spot, node), 'table-value-invalid', `${spot.what} must be ${need}`, got(node, spot.file));
}

/** Returns the place of an object for errors. It includes the name of a row, by which people find it. */
function placeIn(node: Yaml.YAMLMap, { title }: ObjectShape, { place }: Spot): string {
  const name: unknown = title === 'row' ? node.get('name') : undefined;
  return typeof name === 'string' ? `${place}, row ${name}` : place;
}

function text(node: unknown, kind: 'text' | 'formatted', spot: Spot): string {
  const value = plainValue(node, spot.file);
  if (typeof value === 'string') return value;
  // the fix for a number is to quote it; its source text keeps the zero of a version such as 1.30
  const source =
    spot.file.yaml.isScalar(node) && typeof value === 'number' && kind === 'text' ? node.source : undefined;
  const need = `${spot.what} must be text`;
  throw refusal(at(spot, node), 'table-value-invalid', need, got(node, spot.file), source && shown(source));
}

function flag(node: unknown, spot: Spot): boolean {
  const value = plainValue(node, spot.file);
  if (typeof value === 'boolean') return value;
  throw refusal(at(spot, node), 'table-value-invalid', `${spot.what} must be true or false`, got(node, spot.file));
}

function chosen(node: unknown, choices: readonly string[], spot: Spot): unknown {
  const value = plainValue(node, spot.file);
  if (choices.includes(value as string)) return value;
  const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const need = `${spot.what} must be one of ${choices.join(', ')}`;
  throw refusal(at(spot, node), 'table-value-invalid', need, got(node, spot.file), nearest && shown(nearest));
}

function plainValue(node: unknown, { yaml }: ParsedFile): unknown {
  return yaml.isScalar(node) ? node.value : undefined;
}

function got(node: unknown, file: ParsedFile): string {
  const { isMap, isSeq } = file.yaml;
  return isSeq(node) ? 'a list' : isMap(node) ? 'an object' : shown(plainValue(node, file));
}

function at({ file, place, key }: Spot, node: unknown): string {
  return `${place} (line ${file.lineOf(file.yaml.isNode(node) ? node : key)})`;
}
