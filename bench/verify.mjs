import { isDeepStrictEqual } from 'node:util';
import { resourcesIn, run } from './run.mjs';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const FIREWALL = 'google_compute_firewall';

/** Runs programs once and returns the number of rules. Throws unless all create the same Terraform, apart from Terraform addresses. */
export function verifiedRules(programs, rules) {
  const [first, ...rest] = programs.map((program) => ({ program, contents: contentsOf(program, rules) }));
  for (const { program, contents } of rest) {
    check('number of rules', first, { program, contents }, ({ ingress }) => ingress.length);
    check('ports and ranges', first, { program, contents }, ({ ingress }) => ingress.flatMap(openings).sort());
    check('resources', first, { program, contents }, ({ all }) => all);
  }
  return first.contents.ingress.length;
}

function contentsOf(program, rules) {
  let resources;
  run(program, rules, (outdir) => (resources = resourcesIn(outdir)));
  const withoutMetadata = Object.entries(resources).flatMap(([type, byAddress]) =>
    Object.values(byAddress).map(({ '//': _, ...content }) => ({ type, ...content })),
  );
  return {
    ingress: withoutMetadata.filter(({ type }) => type === INGRESS || type === FIREWALL),
    all: withoutMetadata.map((content) => JSON.stringify(content, sortedKeys)).sort(),
  };
}

/** The pairs of port and IP range of a rule, on either cloud. */
function openings({ from_port, cidr_ipv4, allow = [], source_ranges = [] }) {
  if (cidr_ipv4 !== undefined) return [`${from_port} ${cidr_ipv4}`];
  return allow.flatMap(({ ports }) => ports.flatMap((port) => source_ranges.map((range) => `${port} ${range}`)));
}

function check(what, expected, actual, of) {
  const [wanted, got] = [of(expected.contents), of(actual.contents)];
  if (isDeepStrictEqual(wanted, got)) return;
  const [missing, extra] = [only(wanted, got), only(got, wanted)];
  throw new Error(
    `"${actual.program.name}" and "${expected.program.name}" differ in ${what}:\n  ${extra}\ninstead of\n  ${missing}`,
  );
}

function only(these, those) {
  if (!Array.isArray(these)) return these;
  const known = new Set(those);
  return these.find((one) => !known.has(one)) ?? `${these.length} in all`;
}

function sortedKeys(_, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort());
}
