import { checkProvider } from '../framework/provider-instance';
import type { CheckRequest, IEndpoint } from '../model/endpoint';
import type { PlannedRule } from '../model/planned-rule';
import { refusal, shown } from '../model/refusal';
import { hasForm } from '../model/token-text';
import { planAnalysis } from './plan-analysis';

const ENDPOINT = /^(?:i|eni|igw|vgw|tgw|tgw-attach|vpce|pcx)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** An instance, a network interface or a gateway of a VPC, at an end of a check. */
export class AwsEndpoint implements IEndpoint {
  /**
   * Something in a VPC by its id.
   * @param id of an instance, a network interface, a gateway or a VPC endpoint, or the id of a resource
   */
  public static fromId(id: string): AwsEndpoint {
    if (!hasForm(id, ENDPOINT)) {
      const need =
        'the id of an instance, a network interface, a gateway or a VPC endpoint is needed, as "i-0123456789abcdef0"';
      throw refusal('AwsEndpoint.fromId', need, shown(id));
    }
    return new AwsEndpoint(id);
  }

  /** Always `aws`. */
  public readonly cloud = 'aws';
  /** The id. */
  public readonly label: string;

  private constructor(id: string) {
    this.label = id;
    Object.freeze(this);
  }

  /** @internal */
  public _planCheck(request: CheckRequest): PlannedRule[] {
    checkProvider(request.provider, request.place, this.cloud);
    return planAnalysis(this, request);
  }
}
