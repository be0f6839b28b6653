import { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import type { ImportBlock } from '../framework/import-blocks';
import { Ledger, type CreatedRule } from '../framework/ledger';
import { awsProvider, type AwsProvider } from '../framework/providers';
import { StackRecord } from '../framework/stack-record';
import { warn } from '../framework/warn';
import { checkObject } from '../model/object-given';
import { describedRuleText, parseDescribedRules, type DescribedRule } from './described-rules';
import { LIST_ID } from './existing-prefix-list';
import { GROUP_ID } from './group-id';
import { checkGivenIds, KnownIds, type IdKind } from './known-ids';
import { matchDescribedRules, type ImportTarget, type Matches } from './match-described-rules';
import { RuleDirection } from './rule-address';
import { SecurityGroupRule } from './security-group-rule';

const MOST_NAMED = 10;
const GROUPS: IdKind = { prop: 'groups', id: GROUP_ID, prefix: 'sg-' };
const PREFIX_LISTS: IdKind = { prop: 'prefixLists', id: LIST_ID, prefix: 'pl-' };

/** Ids by key. */
type Given = Readonly<Record<IdKind['prop'], ReadonlyMap<string, string>>>;
const NONE_GIVEN: Given = { groups: new Map(), prefixLists: new Map() };

/** The rules that stand already, and on which groups. */
export interface AwsRuleImportsProps {
  /** The rules, as JSON: what `aws ec2 describe-security-group-rules` prints for the groups of the stack. */
  readonly describedRules: string;
  /**
   * The ids of groups that the stack gets as values known only to Terraform, by their `key`, by the address that the value refers
   * to, or by the name of an `AwsSecurityGroup`: `{ platform: 'sg-0123456789abcdef0' }`.
   * @default - none: a described rule that might stand on such a group is refused
   */
  readonly groups?: Record<string, string>;
  /**
   * The same for prefix lists: `{ offices: 'pl-0123456789abcdef0' }`.
   * @default - none: a described rule that might be for such a list is refused
   */
  readonly prefixLists?: Record<string, string>;
}

/**
 * Makes rules ours that stand already, because AWS refuses to open them again.
 *
 * Every described rule that is one of the stack's rules in all but description and tags becomes an `import` block, wherever in the
 * code that rule is asked for. The others stay as they are, and a warning names them. After the apply, take it out again.
 */
export class AwsRuleImports extends Construct {
  private readonly place: string;
  private readonly stack: Construct;
  private readonly provider: AwsProvider;
  private readonly described: readonly DescribedRule[];
  private readonly given: Given;
  private hasWarned = false;

  constructor(scope: Construct, id: string, props: AwsRuleImportsProps) {
    const place = `AwsRuleImports "${scope.node.path}/${id}"`;
    checkObject(props, 'the described rules', '{ describedRules }', place);
    const described = parseDescribedRules(props.describedRules, place);
    const given = {
      groups: checkGivenIds(GROUPS, props.groups, place),
      prefixLists: checkGivenIds(PREFIX_LISTS, props.prefixLists, place),
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

  /** The ids of the rules that become ours, by Terraform address, of what was asked for until now. */
  public get imports(): Record<string, string> {
    return Object.fromEntries(this.match().imports.map(({ to, id }) => [to, id]));
  }

  /** The rules that nothing asked for until now, as `sgr-0123456789abcdef0 (ingress 22/tcp from 10.0.0.0/8 at sg-01234567)`. */
  public get unmatched(): string[] {
    return this.match().unmatched.map(describedRuleText);
  }

  private importBlocks(): ImportBlock[] {
    const { imports, unmatched } = this.match();
    if (unmatched.length > 0 && !this.hasWarned) {
      this.hasWarned = true;
      const named = unmatched.slice(0, MOST_NAMED).map(describedRuleText).join(', ');
      const more = unmatched.length > MOST_NAMED ? ` and ${unmatched.length - MOST_NAMED} more` : '';
      warn(this, `rules that stand already and that nothing asks for stay as they are: ${named}${more}`);
    }
    return imports;
  }

  private match(): Matches {
    const created = Ledger.of(this).created();
    const here = this.target(
      created.filter(({ stack }) => stack === this.stack),
      this.given,
    );
    const anywhere = this.target(created, NONE_GIVEN);
    const record = StackRecord.of(this.stack);
    const rulesAt: ImportTarget['rulesAt'] = (address, groupKey) => {
      const rules = here.rulesAt(address, groupKey);
      const isOfNewGroup = rules.length === 0 && record.at(address) !== undefined; // it lets everything out
      return isOfNewGroup ? [{ groups: [{ key: groupKey }], prefixLists: [] }] : rules;
    };
    return matchDescribedRules(this.described, { ...here, rulesAt }, anywhere, this.place);
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
