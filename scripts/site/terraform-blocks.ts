/** Returns a block of code. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Returns the resources of some types, indented. */
export function resources(hcl: string, types: readonly string[]): string {
  const blocks = hcl
    .split(/^(?=resource ")/m)
    .filter((text) => types.some((type) => text.startsWith(`resource "${type}"`)));
  return blocks.map((text) => indented(text.trim())).join('\n\n');
}

/** Indents Terraform, which the framework writes without. */
function indented(hcl: string): string {
  let depth = 0;
  return hcl
    .split('\n')
    .map((line) => {
      if (/^[}\]]/.test(line)) depth--;
      const text = `${'  '.repeat(depth)}${line}`;
      if (/[{[]$/.test(line)) depth++;
      return text;
    })
    .join('\n');
}
