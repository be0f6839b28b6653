import { createHash } from 'node:crypto';
import type { Construct, IConstruct } from 'constructs';
import type {
  Agreement,
  Flow,
  IDependableResource,
  IHostnameFilter,
  IPeer,
  OutboundHostname,
  PlannedRule,
} from '../access';
import { searchOnce, stackOf, withoutTraces } from '../framework';
import { oncePer, readOnlyCopy, refusal } from '../input';
import type { PeerJson } from '../provenance';
import { type HostnameTable, type PortTable, tableKey } from '../tables';
import { checkQuotas, type CreatedRule, Ledger } from './ledger';
import { describePeers, machineAgreements } from './provenance';
import { StackRecord } from './stack-record';

/** The resources that a construct needs. */
interface ResourcePlan {
  readonly scope: Construct;
  readonly place: string;
  readonly rules: readonly PlannedRule[];
  /** Facts on which the whole app must agree, in addition to those of the rules. */
  readonly agreements: readonly Agreement[];
}

/** The flows of a construct, and the rules that the clouds planned for them. */
interface Plan extends ResourcePlan {
  readonly flows: readonly Flow[];
  /** The documented flows that stay closed because of `omit`. */
  readonly omitted: readonly Flow[];
}

/** The hostnames that a construct allows, and the resources that the filter planned for them. */
interface HostnamePlan extends ResourcePlan {
  readonly hostnames: readonly OutboundHostname[];
  /** The documented hostnames that are not allowed because of `omit`. */
  readonly omitted: readonly OutboundHostname[];
  readonly filter: IHostnameFilter;
}

/** The resources of a construct. */
export interface Opened {
  /** Sorted by Terraform address. */
  readonly dependables: IDependableResource[];
  /** The same resources, in the same order. */
  readonly resources: IConstruct[];
}

/** Creates the rules of a plan, and records its flows and omitted rows. Checks all rules against the whole app before it creates the first one. */
export function commit(plan: Plan): Opened {
  const stack = stackOf(plan.scope, plan.place);
  const ends = endsOf([...plan.flows, ...plan.omitted]);
  const peers = describePeers(ends, stack, plan.place);
  const { exposure } = Ledger.of(plan.scope);
  const openings = exposure.checked(plan.flows, stack, plan.place);
  const opened = commitResources({
    ...plan,
    agreements: [...plan.agreements, ...machineAgreements(ends, stack, plan.place)],
  });
  exposure.record(openings);
  recordFlows(plan, stack, peers);
  return opened;
}

/** Records the flows of a plan with the addresses of their rules. */
function recordFlows(
  { scope, rules, flows, omitted }: Plan,
  stack: Construct,
  peers: ReadonlyMap<IPeer, PeerJson>,
): void {
  const { provenance } = StackRecord.of(stack);
  provenance.completeMachines(stack, (subject) => Ledger.of(scope).agreedOn(subject));
  provenance.addPeers(peers);
  const rulesOf = new Map<Flow, Set<string>>(flows.map((flow) => [flow, new Set()]));
  for (const rule of rules) rule.flows.forEach((flow) => rulesOf.get(flow)?.add(rule.address));
  rulesOf.forEach((addresses, flow) => {
    provenance.add(flow, [...addresses]);
  });
  for (const flow of omitted) provenance.addOmitted(flow);
}

/** Returns the peers of flows, each once. */
function endsOf(flows: readonly Flow[]): IPeer[] {
  const ends = new Set<IPeer>();
  for (const { source, destination } of flows) ends.add(source).add(destination);
  return [...ends];
}

/**
 * Creates the resources of a plan, and records its hostnames. Checks all of them against the whole app before it creates the
 * first one.
 */
export function commitHostnames(plan: HostnamePlan): Opened {
  const stack = stackOf(plan.scope, plan.place);
  const { _clients: clients } = plan.filter;
  const ends = clients === undefined ? [] : [clients];
  const peers = describePeers(ends, stack, plan.place);
  const filter = plan.filter._describedIn?.(stack, plan.place);
  const opened = commitResources({
    ...plan,
    agreements: [...plan.agreements, ...machineAgreements(ends, stack, plan.place)],
  });
  const { provenance } = StackRecord.of(stack);
  provenance.completeMachines(stack, (subject) => Ledger.of(plan.scope).agreedOn(subject));
  provenance.addPeers(peers);
  for (const hostname of plan.hostnames) {
    const rules = plan.rules.filter(({ hostnames }) => hostnames?.includes(hostname.row.hostname) ?? true);
    provenance.addHostname({ hostname, filter, clients, rules: rules.map(({ address }) => address).sort() });
  }
  for (const hostname of plan.omitted) provenance.addOmittedHostname({ hostname, filter, clients, rules: [] });
  return opened;
}

/** Creates the resources of a plan. Checks all of them against the whole app before it creates the first one. */
export function commitResources(plan: ResourcePlan): Opened {
  const stack = stackOf(plan.scope, plan.place);
  const ledger = Ledger.of(plan.scope);
  agree(plan, checkedRules(plan, stack, ledger), stack, ledger);
  return createAll(plan, stack, ledger);
}

/** Returns the rules of a plan that do not exist yet, each once. */
function checkedRules(plan: ResourcePlan, stack: Construct, ledger: Ledger): PlannedRule[] {
  plan.rules.forEach((rule) => checkRule(rule, stack, ledger, plan.place));
  const added = distinct(plan).filter((rule) => !ledger.find(rule));
  checkQuotas(added, ledger, plan.place);
  return added;
}

/** Records what the whole app must agree on. Records nothing if anything contradicts what earlier constructs say. */
function agree(plan: ResourcePlan, added: readonly PlannedRule[], stack: Construct, ledger: Ledger): void {
  const agreements = agreementsOf(plan);
  ledger.checkAgreements(agreements, plan.place);
  const owners = ledger.order.checkedOwners(added, stack, plan.place);
  agreements.forEach((agreement) => ledger.agree(agreement));
  ledger.order.record(stack, owners);
}

/** Returns the facts on which the whole app must agree, each once. Many rules of a plan have the same list of them. */
function agreementsOf({ agreements, rules }: ResourcePlan): Agreement[] {
  const lists = new Set([agreements, ...rules.map((rule) => rule.agreements)]);
  return [...new Set([...lists].flat())];
}

/** Creates the rules of a plan that do not exist yet, and shares the others. */
function createAll(plan: ResourcePlan, stack: Construct, ledger: Ledger): Opened {
  const opened = new Map<string, IConstruct>();
  for (const rule of plan.rules) {
    const created = ledger.find(rule) ?? create(rule, stack, ledger, plan.scope.node.path);
    if (created.rule !== rule) created.rule.share?.(created.resource, rule.flows);
    if (rule.manifest === undefined) opened.set(rule.address, created.resource);
  }
  const addresses = [...opened.keys()].sort();
  return {
    dependables: addresses.map((fqn) => readOnlyCopy({ fqn })),
    resources: addresses.map((address) => opened.get(address)!),
  };
}

function checkRule(rule: PlannedRule, stack: Construct, ledger: Ledger, place: string): void {
  const existing = ledger.find(rule);
  if (existing && (existing.stack !== stack || !rule.shared)) {
    const where = existing.stack === stack ? '' : ` in stack "${existing.stack.node.path}"`;
    const got = `one from "${existing.constructPath}"${where} already`;
    throw refusal(place, 'rule-created-twice', `${rule.what} must be created only once`, got, rule.advice);
  }
  if (!existing && StackRecord.find(stack)?.at(rule.address)) {
    throw addressTaken(rule, place, `${rule.address}, which a different rule has`);
  }
}

/** Returns the rules of a plan without duplicates. Throws if two different rules have the same Terraform address. */
function distinct({ rules, place }: ResourcePlan): PlannedRule[] {
  const byAddress = new Map<string, PlannedRule>();
  for (const rule of rules) {
    const other = byAddress.get(rule.address);
    if (other && (other.identity !== rule.identity || !rule.shared)) {
      throw addressTaken(rule, place, `${rule.address} twice`);
    }
    byAddress.set(rule.address, rule);
  }
  return [...byAddress.values()];
}

function addressTaken({ what, addressAdvice }: PlannedRule, place: string, got: string): Error {
  const need = `${what} must have a Terraform address of its own`;
  return refusal(place, 'rule-address-taken', need, got, addressAdvice);
}

function create(rule: PlannedRule, stack: Construct, ledger: Ledger, constructPath: string): CreatedRule {
  const record = StackRecord.of(stack);
  const resource = withoutTraces(() => rule.create(record.parent));
  searchOnce(resource, stack);
  if (rule.manifest !== undefined) record.provenance.addManifest(rule.address, rule.manifest);
  const created = { rule, stack, resource, constructPath };
  record.add(rule.address, resource);
  ledger.add(created);
  return created;
}

/**
 * Returns the agreement that a table, which is read-only, is the same in the whole app, because rules and provenance name it only by its
 * key.
 */
export const tableAgreement = oncePer((table: PortTable | HostnameTable): Agreement => ({
  subject: `table|${tableKey(table)}`,
  fact: `a table whose content is ${fingerprint(table)}`,
  need: `the tables of one id and edition (${tableKey(table)}) must be the same`,
}));

/** Returns a short hash, because errors show it. */
function fingerprint(table: PortTable | HostnameTable): string {
  return createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 8);
}
