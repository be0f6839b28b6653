import { Construct } from 'constructs';
import { awsProvider, type AwsProvider, type ImportBlock, stackOf, warn } from '../../framework';
import { checkProps, checkScope, type PropsForm } from '../../input';
import { type CreatedRule, Ledger, StackRecord } from '../../opening';
import {
  checkedGivenIds,
  type DescribedRule,
  describedRuleText,
  type IdKind,
  type ImportTarget,
  KnownIds,
  matchDescribedRules,
  type Matches,
  parseDescribedRules,
} from './described-rules';
import { GROUP_ID } from './group-identity';
import { LIST_ID } from './prefix-list';
import { RuleDirection, SecurityGroupRule } from './security-group';

const MAX_LISTED_RULES = 10;
const GROUPS: IdKind = { prop: 'groups', resources: 'groups', id: GROUP_ID, prefix: 'sg-' };
const PREFIX_LISTS: IdKind = { prop: 'prefixLists', resources: 'prefix lists', id: LIST_ID, prefix: 'pl-' };

/** The given ids, by key. */
type Given = Readonly<Record<IdKind['prop'], ReadonlyMap<string, string>>>;
const NONE_GIVEN: Given = { groups: new Map(), prefixLists: new Map() };

/** The existing rules, and the ids of the groups and prefix lists that they refer to. */
export interface AwsRuleImportsProps {
  /** The rules, as the JSON that `aws ec2 describe-security-group-rules` prints for the groups of the stack. */
  readonly describedRules: string;
  /**
   * The ids of groups whose id is known after apply: `{ platform: 'sg-0123456789abcdef0' }`. The key is the `key` of the group, the
   * Terraform address that its id refers to, or the name of its `AwsSecurityGroup`.
   * @default - none: a described rule that may belong to such a group is an error
   */
  readonly groups?: Record<string, string>;
  /**
   * The same for prefix lists: `{ offices: 'pl-0123456789abcdef0' }`.
   * @default - none: a described rule that may refer to such a list is an error
   */
  readonly prefixLists?: Record<string, string>;
}

const FORM: PropsForm<AwsRuleImportsProps> = {
  needed: 'the described rules',
  example: '{ describedRules }',
  names: { describedRules: true, groups: true, prefixLists: true },
};

/**
 * Imports existing rules into the stack, because AWS rejects a duplicate of an existing rule.
 *
 * A described rule becomes an `import` block if the stack has the same rule; the description and tags may differ. It does not matter
 * whether this construct or the one that opens the port is created first. All other rules stay as they are, and a warning lists them.
 * Remove this construct after the apply.
 *
 * @example
 * new AwsRuleImports(stack, 'imports', { describedRules: readFileSync('rules.json', 'utf8') });
 */
export class AwsRuleImports extends Construct {
  private readonly place: string;
  private readonly stack: Construct;
  private readonly provider: AwsProvider;
  private readonly described: readonly DescribedRule[];
  private readonly given: Given;
  private hasWarned = false;

  constructor(scope: Construct, id: string, props: AwsRuleImportsProps) {
    checkScope(scope, id, 'AwsRuleImports');
    const place = `AwsRuleImports "${scope.node.path}/${id}"`;
    checkProps(props, FORM, place);
    const described = parseDescribedRules(props.describedRules, place);
    const given = {
      groups: checkedGivenIds(GROUPS, props.groups, place),
      prefixLists: checkedGivenIds(PREFIX_LISTS, props.prefixLists, place),
    };
    const stack = stackOf(scope, place);
    const provider = awsProvider(stack, place);
    super(scope, id);

    this.place = place;
    this.stack = stack;
    this.provider = provider;
    this.described = described;
    this.given = given;
    StackRecord.of(stack).addImports(() => this.importBlocks());
  }

  /** The ids of the described rules that match a rule of the stack so far, by Terraform address. */
  public get imports(): Record<string, string> {
    return Object.fromEntries(this.match().imports.map(({ to, id }) => [to, id]));
  }

  /**
   * The described rules that match no rule of the app so far, such as `sgr-01234567 (ingress 22/tcp from 10.0.0.0/8 at
   * sg-01234567)`.
   */
  public get unmatched(): string[] {
    return this.match().unmatched.map(describedRuleText);
  }

  private importBlocks(): ImportBlock[] {
    const { imports, unmatched } = this.match();
    if (unmatched.length > 0 && !this.hasWarned) {
      this.hasWarned = true;
      const listed = unmatched.slice(0, MAX_LISTED_RULES).map(describedRuleText).join(', ');
      const more = unmatched.length > MAX_LISTED_RULES ? ` and ${unmatched.length - MAX_LISTED_RULES} more` : '';
      warn(this, `existing rules that no construct needs stay as they are: ${listed}${more}`);
    }
    return imports;
  }

  private match(): Matches {
    const created = Ledger.of(this).created();
    const ofStack = created.filter(({ stack }) => stack === this.stack);
    const [stack, app] = [this.target(ofStack, this.given), this.target(created, NONE_GIVEN)];
    return matchDescribedRules(this.described, stack, app, this.place);
  }

  private target(created: readonly CreatedRule[], given: Given): ImportTarget {
    const { VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule } = this.provider;
    const rules = created.map(({ rule }) => rule).filter((rule) => rule instanceof SecurityGroupRule);
    const groups = rules.flatMap((rule) => rule.groups);
    const prefixLists = rules.flatMap((rule) => rule.prefixLists);
    const byAddress = new Map<string, SecurityGroupRule[]>();
    for (const rule of rules) byAddress.set(rule.address, [...(byAddress.get(rule.address) ?? []), rule]);
    return {
      groups: new KnownIds(GROUPS, groups, given.groups, this.place),
      prefixLists: new KnownIds(PREFIX_LISTS, prefixLists, given.prefixLists, this.place),
      resourceTypes: {
        [RuleDirection.INGRESS]: VpcSecurityGroupIngressRule.tfResourceType,
        [RuleDirection.EGRESS]: VpcSecurityGroupEgressRule.tfResourceType,
      },
      rulesAt: (address) => byAddress.get(address) ?? [],
    };
  }
}
