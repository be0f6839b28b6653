import { choicesOf } from '../../lib/tables/options';
import { propName } from '../../lib/products/props-of-table';
import type { PortTable, TableOption } from '../../lib/tables/port-table';
import { className, enumName, memberName } from './names';

/** A port table or a hostname table. */
type AnyTable = Pick<PortTable, 'id' | 'product' | 'edition'>;

/** Returns the first of the items of each id. */
export function uniqueById<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.filter(({ id }, index) => items.findIndex((item) => item.id === id) === index);
}

/**
 * Renders the enum of the choices of an option.
 *
 * @param textOf returns what a choice does
 */
export function enumLines(table: AnyTable, option: TableOption, textOf: (choice: string) => string): string[] {
  return [
    ...comment(
      [`The choices for \`${propName(option.id)}\` of \`${className(table)}\`. ${sentence(option.title)}.`],
      '',
    ),
    `export enum ${enumName(table, option.id)} {`,
    ...choicesOf(option).flatMap((choice) => [...comment([textOf(choice)]), `  ${memberName(choice)} = '${choice}',`]),
    '}',
    '',
  ];
}

/**
 * Renders the prop of an option.
 *
 * @param opened returns what a flag does
 */
export function optionLines(table: AnyTable, option: TableOption, opened: string): string[] {
  const isFlag = option.choices === undefined;
  const type = isFlag ? 'boolean' : enumName(table, option.id);
  const value = isFlag ? option.default : `${type}.${memberName(option.default)}`;
  return [
    ...comment([`${sentence(option.title)}.${opened}`, `@default ${value}`]),
    `  readonly ${propName(option.id)}?: ${type};`,
  ];
}

/** Returns a condition in the names of props: `cni` canal or flannel. */
export function conditionSentence(condition: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(condition)
    .map(([option, choices]) => `\`${propName(option)}\` ${choices.join(' or ')}`)
    .join(' and ');
}

/** Returns the sentence of the docstring that names the editions. */
export function editionsSentence([first, ...later]: readonly AnyTable[]): string {
  return `Editions: ${[`\`${first.edition}\` (default)`, ...later.map(({ edition }) => `\`${edition}\``)].join(', ')}.`;
}

/** Returns a text with a capital letter and without a full stop. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '');
}

/** Renders a comment, with a paragraph for each part. */
export function comment(parts: readonly string[], indent = '  '): string[] {
  if (parts.length === 1 && parts[0].length < 120) return [`${indent}/** ${parts[0]} */`];
  return [`${indent}/**`, ...parts.flatMap((part) => wrapped(`${indent} * ${part}`)), `${indent} */`];
}

const WIDTH = 130;

/** Wraps a line of a comment. */
export function wrapped(line: string): string[] {
  const [, start] = /^(\s*\* )/.exec(line)!;
  const lines: string[] = [];
  let current = start.trimEnd();
  for (const word of line.slice(start.length).split(' ')) {
    if (current.length + word.length + 1 > WIDTH) {
      lines.push(current);
      current = start.trimEnd();
    }
    current += ` ${word}`;
  }
  return [...lines, current];
}
