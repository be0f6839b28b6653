import type { Construct, IConstruct } from 'constructs';
import type { Flow } from '../model/flow';
import type { OutboundHostname } from '../model/outbound-host';
import type { Agreement, PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { stackOf } from './framework';
import { Ledger, type CreatedRule } from './ledger';
import { describePeers } from './provenance';
import { checkQuotas } from './quotas';
import { StackRecord } from './stack-record';
import { withoutTraces } from './without-traces';

/** What a construct wants to be made. */
export interface ResourcePlan {
  readonly scope: Construct;
  readonly place: string;
  readonly rules: readonly PlannedRule[];
  /** What is said of things that other constructs may speak of too, besides what the rules say. */
  readonly agreements: readonly Agreement[];
}

/** What a construct wants: its flows, and the rules that the clouds worked out for them. */
export interface Plan extends ResourcePlan {
  readonly flows: readonly Flow[];
}

/** The same for hosts that are let out by name. */
export interface HostnamePlan extends ResourcePlan {
  readonly hostnames: readonly OutboundHostname[];
}

/** What a construct got. */
export interface Opened {
  /** Terraform addresses, sorted. */
  readonly addresses: string[];
  /** The resources of these addresses, in the same order. */
  readonly resources: IConstruct[];
}

/** Opens flows: checks all rules of a plan against everything in the app, and only then creates the first. */
export function commit(plan: Plan): Opened {
  const stack = stackOf(plan.scope, plan.place);
  const peers = describePeers(plan.flows, stack, plan.place);
  const opened = commitResources(plan);
  const rulesOf = new Map<Flow, Set<string>>(plan.flows.map((flow) => [flow, new Set()]));
  for (const rule of plan.rules) rule.flows.forEach((flow) => rulesOf.get(flow)?.add(rule.address));
  const { provenance } = StackRecord.of(stack);
  rulesOf.forEach((rules, flow) => {
    provenance.add(flow, [...rules], peers);
  });
  return opened;
}

/** Lets hosts out in the same way. */
export function commitHostnames(plan: HostnamePlan): Opened {
  const opened = commitResources(plan);
  const { provenance } = StackRecord.of(stackOf(plan.scope, plan.place));
  for (const hostname of plan.hostnames) {
    const rules = plan.rules.filter(({ hostnames }) => hostnames?.includes(hostname.row.hostname) ?? true);
    provenance.addHostname(hostname, rules.map(({ address }) => address).sort());
  }
  return opened;
}

/** Creates what opens nothing by itself in the same way. */
export function commitResources(plan: ResourcePlan): Opened {
  const stack = stackOf(plan.scope, plan.place);
  const ledger = Ledger.of(plan.scope);
  plan.rules.forEach((rule) => checkRule(rule, stack, ledger, plan.place));
  const added = distinct(plan).filter((rule) => !ledger.find(rule));
  checkQuotas(added, ledger, plan.place);
  const agreements = new Set(plan.agreements);
  for (const said of new Set(plan.rules.map((rule) => rule.agreements))) {
    said.forEach((agreement) => agreements.add(agreement));
  }
  ledger.checkAgreements(agreements, plan.place);
  const owners = ledger.order.checkedOwners(added, stack, plan.place);

  agreements.forEach((agreement) => ledger.agree(agreement));
  ledger.order.note(stack, owners);
  const opened = new Map<string, IConstruct>();
  for (const rule of plan.rules) {
    const created = ledger.find(rule) ?? create(rule, stack, ledger, plan.scope.node.path);
    share(created, rule.flows);
    opened.set(rule.address, created.resource);
  }
  const addresses = [...opened.keys()].sort();
  return { addresses, resources: addresses.map((address) => opened.get(address)!) };
}

function checkRule(rule: PlannedRule, stack: Construct, ledger: Ledger, place: string): void {
  const twin = ledger.find(rule);
  if (twin && (twin.stack !== stack || !rule.shared)) {
    const where = twin.stack === stack ? '' : ` in stack "${twin.stack.node.path}"`;
    throw refusal(
      place,
      `${rule.what} must be asked for once`,
      `it${where} from "${twin.constructPath}" too`,
      rule.advice,
    );
  }
  if (!twin && StackRecord.find(stack)?.at(rule.address)) {
    const got = `${rule.address}, which another rule has`;
    throw refusal(place, `${rule.what} must have an address of its own`, got, rule.addressAdvice);
  }
}

/** The rules of a plan, each once. Those that are the same thing are shared; other rules may not have their address. */
function distinct({ rules, place }: ResourcePlan): PlannedRule[] {
  const byAddress = new Map<string, PlannedRule>();
  for (const rule of rules) {
    const other = byAddress.get(rule.address);
    if (other && (other.identity !== rule.identity || !rule.shared)) {
      throw refusal(place, `${rule.what} must have an address of its own`, `${rule.address} twice`, rule.addressAdvice);
    }
    byAddress.set(rule.address, rule);
  }
  return [...byAddress.values()];
}

function create(rule: PlannedRule, stack: Construct, ledger: Ledger, constructPath: string): CreatedRule {
  const record = StackRecord.of(stack);
  const resource = withoutTraces(() => rule.create(record.parent, rule.describe(rule.flows)));
  const created = { rule, stack, resource, constructPath, flows: rule.flows };
  record.add(rule.address, resource);
  ledger.add(created);
  return created;
}

/** What a later asker adds goes into the description. */
function share(created: CreatedRule, flows: readonly Flow[]): void {
  const more = flows.filter((flow) => !created.flows.includes(flow));
  if (more.length === 0) return;
  created.flows = [...created.flows, ...more];
  created.rule.redescribe(created.resource, created.rule.describe(created.flows));
}
