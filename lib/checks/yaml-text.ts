import type * as Yaml from 'yaml';

/** Renders a value as YAML, in the order of its members. */
export function yamlText(value: object): string {
  // loaded on first use, because only some forms need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { stringify } = require('yaml') as typeof Yaml;
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
