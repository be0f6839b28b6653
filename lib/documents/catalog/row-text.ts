import { FAMILY_NAMES } from '../../net';
import type { DocumentedPort } from '../../products/catalog';
import { Basis, levelRemark, PortLevel } from '../../tables';
import type { MergedRow } from './merged-rows';

/** Returns a condition as options of the command line: `--cni canal or flannel --windows true`. */
export function optionsText(when: Readonly<Record<string, readonly string[]>> = {}): string {
  return Object.entries(when)
    .map(([option, listed]) => `--${option} ${listed.join(' or ')}`)
    .join(' ');
}

/** Returns what the port and the direction of a row are based on: `table`; `flags, direction: text` if these differ. */
export function basisText({ row }: DocumentedPort): string {
  const { protocolBasis, directionBasis = Basis.TABLE } = row;
  return protocolBasis === directionBasis ? protocolBasis : `${protocolBasis}, direction: ${directionBasis}`;
}

/** Returns what a row is for, where its port is seen if that is not the machine, and when it is not always opened. */
export function purposeOf({ row, optional }: DocumentedPort): string {
  const { description, family } = row;
  const remarks = [
    levelRemark(row) ?? [],
    ...(family === undefined ? [] : [`only ${FAMILY_NAMES[family]}`]),
    ...(optional === true ? ['only if both roles are given'] : []),
  ].flat();
  return remarks.length === 0 ? description : `${description} (${remarks.join(', ')})`;
}

/** Returns a row for programs. */
export function rowJson({ first, sources, destinations, sections }: MergedRow): object {
  const { row, when, optional, supplement, reference } = first;
  return {
    row: row.name,
    port: row.port.text,
    sources,
    destinations,
    description: row.description,
    purpose: row.purpose,
    impact: row.impact,
    level: row.level ?? PortLevel.HOST,
    family: row.family,
    internal: row.internal === true,
    optional: optional === true,
    when,
    supplement,
    sections,
    reference,
  };
}

/** Returns the name of the product of a row, as its vendor writes it. */
export function productOf({ table }: Pick<DocumentedPort, 'table'>): string {
  return table.product ?? table.id;
}

/** Returns the web addresses of rows, by the table that has them, or by the name of a supplement. */
export function sourcesOf(rows: readonly MergedRow[]): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ first: { supplement, reference, row }, tables }) =>
      tables.map((key) => [supplement === undefined ? key : `${key}, supplement ${row.name}`, reference] as const),
    ),
  );
}

/** Returns the table and the editions that have a row: `kubeadm-flannel 2024-12, 2026-03`. */
export function tableText({ first: { table }, tables }: MergedRow): string {
  return `${table.id} ${tables.map((key) => key.slice(key.indexOf('@') + 1)).join(', ')}`;
}
