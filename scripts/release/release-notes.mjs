/** Returns what the changelog says about a version. Throws if the version has no section, or one without the day of its release. */
export function releaseNotes(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => each.startsWith(`${version} `));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## ${version} (<day>)"`);
  const [heading, ...lines] = section.split('\n');
  if (!/\(\d{4}-\d{2}-\d{2}\)$/.test(heading)) {
    throw new Error(`CHANGELOG.md: "## ${heading}" must end with the day of the release, such as (2027-01-31)`);
  }
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md: the section "## ${heading}" is empty`);
  return `${notes}\n`;
}
