import type * as Yaml from 'yaml';
import { nearestName } from '../model/nearest-name';
import { Port, PORT_NEED } from '../model/port';
import { refusal, shown } from '../model/refusal';
import { renamedTo } from '../model/renamed-properties';
import type { ParsedFile } from './parsed-file';
import type { ObjectShape, Shape } from './shape';

/** Where in a file a value is looked for. */
interface Spot {
  readonly file: ParsedFile;
  /** The file, and the row if it is in one. */
  readonly place: string;
  /** How errors call the value. */
  readonly what: string;
  /** What stands nearest where the value itself is missing: its key. */
  readonly near?: unknown;
}

/** Reads a value of a shape. What it may say besides is not looked at. */
export function shapedValue(node: unknown, shape: Shape, spot: Spot): unknown {
  const { file, what } = spot;
  switch (shape.kind) {
    case 'text':
      return scalar(node, spot, 'text', (value) => typeof value === 'string');
    case 'flag':
      return scalar(node, spot, 'true or false', (value) => typeof value === 'boolean');
    case 'choice':
      return chosen(node, shape.choices, spot);
    case 'port':
      if (!file.yaml.isScalar(node)) throw refusal(at(spot, node), PORT_NEED, got(node, file));
      return Port._parse(node.value, at(spot, node));
    case 'list':
      if (!file.yaml.isSeq(node)) throw refusal(at(spot, node), `${what} must be a list`, got(node, file));
      return node.items.map((item) => shapedValue(item, shape.of, { ...spot, what: `an entry of ${what}` }));
    case 'object':
      return shapedObject(node, shape, spot);
  }
}

function shapedObject(node: unknown, shape: ObjectShape, spot: Spot): Record<string, unknown> {
  const { file } = spot;
  const { isMap, isScalar } = file.yaml;
  if (!isMap(node)) throw refusal(at(spot, node), `${spot.what} must be a ${shape.title}`, got(node, file));
  const inside = { ...spot, place: placeIn(node, shape, spot) };
  const pairs = new Map(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', { key, value }]));
  const known = Object.keys(shape.members);
  for (const [name, { key }] of pairs) {
    if (known.includes(name)) continue;
    const nearest = renamedTo(name, known) ?? nearestName(name, known);
    const need = `a ${shape.title} has the properties ${known.join(', ')}`;
    throw refusal(at(inside, key), need, shown(name), nearest && shown(nearest));
  }
  const missing = known.find((name) => !shape.members[name].isOptional && !pairs.has(name));
  if (missing !== undefined) throw refusal(at(inside, node), `${missing} of a ${shape.title} is needed`, 'nothing');
  return Object.fromEntries(
    [...pairs].map(([name, { key, value }]) => [
      name,
      shapedValue(value, shape.members[name].shape, { ...inside, what: name, near: key }),
    ]),
  );
}

/** A row is found by its name, in an editor by its line. */
function placeIn(node: Yaml.YAMLMap, { title }: ObjectShape, { place }: Spot): string {
  const name: unknown = title === 'row' ? node.get('name') : undefined;
  return typeof name === 'string' ? `${place}, row ${name}` : place;
}

function scalar(node: unknown, spot: Spot, need: string, isRight: (value: unknown) => boolean): unknown {
  const value = plainValue(node, spot.file);
  if (isRight(value)) return value;
  const fix = need === 'text' && typeof value === 'number' ? shown(String(value)) : undefined;
  throw refusal(at(spot, node), `${spot.what} must be ${need}`, got(node, spot.file), fix);
}

function chosen(node: unknown, choices: readonly string[], spot: Spot): unknown {
  const value = plainValue(node, spot.file);
  if (choices.includes(value as string)) return value;
  const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const need = `${spot.what} must be one of ${choices.join(', ')}`;
  throw refusal(at(spot, node), need, got(node, spot.file), nearest && shown(nearest));
}

function plainValue(node: unknown, { yaml }: ParsedFile): unknown {
  return yaml.isScalar(node) ? node.value : undefined;
}

function got(node: unknown, file: ParsedFile): string {
  const { isMap, isSeq } = file.yaml;
  return isSeq(node) ? 'a list' : isMap(node) ? 'an object' : shown(plainValue(node, file));
}

function at({ file, place, near }: Spot, node: unknown): string {
  return `${place} (line ${file.lineOf(file.yaml.isNode(node) ? node : near)})`;
}
