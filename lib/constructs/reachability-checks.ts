import { Construct, type IConstruct } from 'constructs';
import { commitResources } from '../framework/commit';
import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { refusal } from '../model/refusal';
import { placeOf } from './open-flows';
import { checkCloud, checkedFlow, checkEnds, checkProps } from './reachability-laws';
import type { ReachabilityChecksProps } from './reachability-props';

/**
 * Asks the cloud after an apply whether machines reach each other on documented ports: AWS by a Reachability Analyzer path and
 * an analysis, which runs again when the rules or their prefix lists change; Google by a Connectivity Test, which runs whenever Terraform reads it.
 *
 * No packet is sent: the answer is about the configuration of the network, not about a process that listens. On AWS both ends
 * are in one region, IPv4 alone is analysed, and every analysis is billed.
 *
 * An analysis keeps its answer until something among the `triggers` changes. Where the cause was another one (a network ACL, a
 * route), run it again: `terraform apply -replace=aws_ec2_network_insights_analysis.check_...`, with the address from `addresses`.
 * With `failApply` every plan fails until then.
 */
export class ReachabilityChecks extends Construct {
  /** Terraform addresses of the checks. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ReachabilityChecksProps) {
    super(scope, id);

    const place = placeOf(this);
    const stack = stackOf(this, place);
    checkProps(props, place);
    const { rules: construct, checks, failApply = false, triggers, provider } = props;
    checkProviderOf(provider, stack, place);
    if (stackOf(construct, place) !== stack) {
      throw refusal(place, 'rules must be checked in the stack where they stand', `those of "${construct.node.path}"`);
    }
    const { addresses, resources } = construct;
    const asked = { stack, place, rules: addresses, resources, triggers, failsApply: failApply, provider };
    const rules = checks.flatMap((check, index) => {
      const at = `${place}, checks[${index}]`;
      checkEnds(check, stack, at);
      const flow = checkedFlow(check.flow, construct.flows, place);
      checkCloud(flow, check.source, at);
      return check.source._planCheck({ ...asked, flow, destination: check.destination });
    });
    ({ addresses: this.addresses, resources: this.resources } = commitResources({
      scope: this,
      place,
      rules,
      agreements: [],
    }));
  }
}
