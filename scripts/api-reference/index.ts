import { PackageAssembly } from '../jsii-assembly';
import { type Group, GROUPS } from './groups';
import { TypeMarkdown } from './markdown';
import { Places } from './places';

const HEAD = `# API reference

<!-- Written by "npm run docs" from the comments in lib/. -->

Everything here is imported from \`cdktf-cluster-ports\`. Props that must be given come first.`;

/** Renders API.md: every exported type once, grouped by the task of a reader. Throws for a type that is in no group. */
export function apiReference(assembly = new PackageAssembly(), groups: readonly Group[] = GROUPS): string {
  const markdown = new TypeMarkdown(assembly, new Places(assembly, groups));
  const contents = groups.map(
    ({ title, types }) => `- [${title}](#${anchor(title)}): ${types.map((type) => markdown.link(type)).join(', ')}`,
  );
  const chapters = groups.flatMap(({ title, about, types }) => [
    `## ${title}`,
    about,
    ...types.map((name) => markdown.section(assembly.types.get(name)!)),
  ]);
  return `${[HEAD, contents.join('\n'), ...chapters].join('\n\n')}\n`;
}

/** Returns the anchor that GitHub gives to a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
