import type { Configuration } from '../configuration';
import type { DocumentedRowIndex } from '../documented-row';
import type { Rule } from '../rule';
import { type Finding, findingAt } from './finding';

const UDP_ROW = /^(kubeadm-flannel@[^/]+)\/[^/]+\/flannel-udp$/;
const VXLAN_ROW = /^(kubeadm-flannel@[^/]+)\/[^/]+\/flannel-vxlan$/;

/** What one construct opens for the two backends of Flannel. */
interface Opened {
  readonly file: string;
  readonly rules: Set<string>;
  hasUdp: boolean;
  hasVxlan: boolean;
}

/** Finds constructs that open the ports of both backends of Flannel. Ports that the firewall team is asked for count too. */
export function unneededFlannel(
  rules: readonly Rule[],
  { provenance }: Configuration,
  documented: DocumentedRowIndex,
): Finding[] {
  const opened = new Map<string, Opened>();
  const note = (construct: string, file: string, row: string, address?: string): void => {
    if (!UDP_ROW.test(row) && !VXLAN_ROW.test(row)) return;
    const known = opened.get(construct) ?? { file, rules: new Set<string>(), hasUdp: false, hasVxlan: false };
    opened.set(construct, known);
    if (UDP_ROW.test(row)) {
      known.hasUdp = true;
      if (address !== undefined) known.rules.add(address);
    } else known.hasVxlan = true;
  };
  for (const [file, { flows }] of provenance) for (const { construct, row } of flows) note(construct, file, row);
  for (const rule of rules) {
    for (const { row, document, construct } of documented.of(rule)) {
      note(construct ?? document, rule.file, row, rule.address);
    }
  }
  return [...opened]
    .filter(([, { hasUdp, hasVxlan }]) => hasUdp && hasVxlan)
    .map(([construct, { file, rules: related }]) =>
      findingAt({ address: construct, file }, 'flannel-udp-not-needed', MESSAGE, [...related].sort()),
    );
}

const MESSAGE =
  'it opens or asks for 8285/udp and 8472/udp, and a cluster runs one backend of Flannel: with VXLAN, 8285/udp is not needed ' +
  '(flannel: FlannelBackend.VXLAN, or omit: ["flannel-udp"])';
