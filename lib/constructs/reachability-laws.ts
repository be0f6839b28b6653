import type { Construct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { expressionOf } from '../framework/references';
import { isEndpoint, type IEndpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { nearestName } from '../model/nearest-name';
import { checkObject } from '../model/object-given';
import { Protocol } from '../model/protocol';
import { refusal, shown } from '../model/refusal';
import type { ReachabilityCheck, ReachabilityChecksProps } from './reachability-props';

const TRIGGER = /^[\w-]+$/;

/** Refuses what is no list of checks. */
export function checkProps(props: ReachabilityChecksProps, place: string): void {
  checkObject(props, 'rules and checks', '{ rules, checks }', place);
  const { rules, checks, failApply, triggers, provider } = props;
  if (typeof rules !== 'object' || rules === null || !Array.isArray(rules.flows)) {
    throw refusal(place, 'rules must be a construct of documented ports', shown(rules));
  }
  if (!Array.isArray(checks) || checks.length === 0) {
    throw refusal(place, 'checks must have at least one flow', shown(checks), '[{ flow, source, destination }]');
  }
  if (failApply !== undefined && typeof failApply !== 'boolean') {
    throw refusal(place, 'failApply must be true or false', shown(failApply));
  }
  if (triggers !== undefined) checkTriggers(triggers, place);
  checkProvider(provider, place);
}

function checkTriggers(triggers: Record<string, string>, place: string): void {
  checkObject(triggers, 'triggers by their names', '{ routes: route.id }', place);
  for (const [name, value] of Object.entries<unknown>(triggers)) {
    if (!TRIGGER.test(name)) {
      const need = 'the name of a trigger must be letters, digits, hyphens and underscores';
      throw refusal(place, need, shown(name));
    }
    if (typeof value !== 'string') throw refusal(place, `trigger ${name} must be text`, shown(value));
  }
}

/** Refuses ends that are no two machines of one cloud. */
export function checkEnds(check: ReachabilityCheck, stack: Construct, place: string): void {
  checkObject(check, 'a flow and its ends', '{ flow, source, destination }', place);
  const { source, destination } = check;
  for (const [end, value] of Object.entries({ source, destination })) {
    if (!isEndpoint(value)) {
      const need = `${end} must be one machine, because a group is no place that packets leave from`;
      throw refusal(place, need, shown(value), 'AwsEndpoint.fromId(id) or GcpEndpoint.instance(id)');
    }
  }
  if (source.cloud !== destination.cloud) {
    throw refusal(place, 'both ends of a check must be in one cloud', `${source.cloud} and ${destination.cloud}`);
  }
  const [from, to] = [source, destination].map(({ label, _network = '' }) =>
    [label, _network].map((value) => expressionOf(value, stack, place)),
  );
  if (from.join(' ') === to.join(' ')) {
    throw refusal(place, 'source and destination must be two machines', `${from[0]} twice`);
  }
}

/** Refuses ends in another cloud than the rules: nobody else knows whether these let packets in. */
export function checkCloud({ key, destination }: Flow, { cloud }: IEndpoint, place: string): void {
  if (destination.cloud === cloud) return;
  throw refusal(place, `the ends must be in the cloud of ${key}, ${destination.cloud}`, `ends on ${cloud}`);
}

/** A row that one flow has, or the flow. */
function flowMeant(name: string, flows: readonly Flow[]): string | undefined {
  const nearest = nearestName(name, [...flows.map(({ key }) => key), ...flows.map(({ row }) => row.name)]);
  const [first, second] = flows.filter(({ row }) => row.name === nearest);
  return second === undefined ? nearest : first.key;
}

/** The flow that a check names, if it can be checked. */
export function checkedFlow(name: string, flows: readonly Flow[], place: string): Flow {
  const found = flows.filter(({ key, row }) => key === name || row.name === name);
  if (found.length !== 1) {
    const known = flows.map(({ key }) => key);
    const meant = found[0]?.key ?? (typeof name === 'string' ? flowMeant(name, flows) : undefined);
    const got = found.length > 1 ? `${shown(name)}, which is ${found.length} flows` : shown(name);
    throw refusal(
      place,
      `flow must be one of ${[...new Set(known)].join(', ')}`,
      got,
      meant === name ? undefined : meant && shown(meant),
    );
  }
  const [flow] = found;
  if (flow.port.protocol !== Protocol.TCP) {
    throw refusal(
      place,
      'a check must be of a tcp flow, because nothing answers on udp',
      `${flow.key} (${String(flow.port)})`,
    );
  }
  if (flow.external) {
    throw refusal(place, 'a check must be of a flow that is opened here', `${flow.key}, which others open`);
  }
  return flow;
}
