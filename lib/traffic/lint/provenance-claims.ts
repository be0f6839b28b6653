import { addTo } from '../../input';
import { type FlowJson, type PeerJson, rulesOf } from '../../provenance';
import type { Configuration } from '../configuration';
import { isForInside } from '../documented-row';
import { resourceAddress, type Rule } from '../rule';

/** What the provenance of a stack says about a rule. It is a claim: the rule may be different. */
export interface RuleClaim {
  readonly flow: FlowJson;
  readonly source: PeerJson;
  /** Whether its row is for the inside of a cluster. */
  readonly isInternal: boolean;
}

/** Finds the flows that name a rule: in the provenance of its stack, for rules of a plan or state in that of all stacks. */
export class ProvenanceClaims {
  private readonly byAddress = new Map<string, RuleClaim[]>();

  constructor(private readonly configuration: Pick<Configuration, 'provenance'>) {
    for (const [file, { flows, peers, rows }] of configuration.provenance) {
      for (const flow of flows) {
        const claim = {
          flow,
          source: peers[flow.source],
          isInternal: isForInside(flow.row, rows[flow.row]),
        };
        for (const address of rulesOf(flow)) {
          addTo(this.byAddress, address, claim);
          addTo(this.byAddress, `${file}\n${address}`, claim);
        }
      }
    }
  }

  /** Returns what the provenance says about a rule; an empty list if it says nothing. */
  public of(rule: Rule): readonly RuleClaim[] {
    const place = this.configuration.provenance.has(rule.file) ? `${rule.file}\n` : '';
    return this.byAddress.get(place + resourceAddress(rule)) ?? [];
  }
}
