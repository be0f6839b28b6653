import { shown } from '../../../input';
import type { NotEvaluated, PossibleRule, Stops } from '../../configuration';
import { type EndName, type Precedence, type Rule, type RulePeer, UNORDERED } from '../../rule';
import { portInterval, type PortInterval, protocolNumber } from '../../sets';
import { type Block, isUnknown, type Resource, type UnknownValue, unreadable } from '../../terraform';
import { attributeNotEvaluated, blockNotEvaluated, NO_RULES, type ReadResult } from '../peers';
import { type HostForm, hostPeers, withSubdomains } from './host-peers';

const LIST = 'google_network_security_url_lists';
const POLICY = 'google_network_security_gateway_security_policy';
const MATCHER =
  /^inUrlList\(host\(\), ?(["'])(.+)\1\)(?: && destination\.port (?:== (\d+)|>= (\d+) && destination\.port <= (\d+)))?$/;
const TCP = protocolNumber('tcp')!;
/** Rules that may allow and that may deny. */
const DECIDES: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };

/** The policies and URL lists of a Secure Web Proxy in a configuration, by everything that rules call them. */
export class WebProxyNames {
  private readonly lists = new Map<string, Block>();
  private readonly policies = new Map<string, string>();

  constructor(resources: readonly Resource[]) {
    for (const { type, block } of resources) {
      if (type !== LIST && type !== POLICY) continue;
      const { address } = block;
      const names = [address, block.value('id'), block.value('self_link')];
      for (const name of names.filter((one) => typeof one === 'string')) {
        if (type === LIST) this.lists.set(name, block);
        else this.policies.set(name, textOf(block, 'name') ?? address);
      }
    }
  }

  /** Returns the URL list that an id or an expression refers to. */
  public list(reference: string): Block | undefined {
    const [, expression] = /^\$\{([^{}]+)\.id\}$/.exec(reference) ?? [];
    return this.lists.get(expression ?? reference);
  }

  /** Returns the machines behind the proxy that has a policy, by the project, region and name of the policy. */
  public machinesOf(rule: Block): EndName | undefined {
    const policy = rule.text('gateway_security_policy');
    if (policy === undefined || (isUnknown(policy) && policy.expression === undefined)) return undefined;
    const text = isUnknown(policy) ? policy.expression!.replace(/\.(?:name|id)$/, '') : policy.replace(/^.*\//, '');
    const name = this.policies.get(text) ?? text;
    const [project, location] = [textOf(rule, 'project'), textOf(rule, 'location')];
    return `machines:${[project, location, name].filter((part) => part !== undefined).join('/')}`;
  }
}

function textOf(block: Block, name: string): string | undefined {
  const value = block.value(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads a `google_network_security_gateway_security_policy_rule` that allows the hostnames of a URL list. */
export function readWebProxyRule(block: Block, names: WebProxyNames): ReadResult {
  const [enabled, profile] = [block.flag('enabled'), block.text('basic_profile')];
  if (enabled === false) return NO_RULES;
  const machines = names.machinesOf(block);
  const precedence = precedenceOf(block);
  const possible = (match: Pick<PossibleRule, 'peers' | 'ports'> = {}): PossibleRule[] =>
    actionsOf(profile).map((action) => ({
      ...match,
      action,
      direction: 'egress',
      groups: machines && [machines],
      precedence,
    }));
  const refused = (missing: NotEvaluated): ReadResult => ({
    rules: [],
    notEvaluated: [{ stops: DECIDES, possible: possible(), ...missing }],
  });
  if (isUnknown(enabled)) return refused(attributeNotEvaluated(block, 'enabled', enabled));
  if (isUnknown(profile)) return refused(attributeNotEvaluated(block, 'basic_profile', profile));
  const application = block.text('application_matcher');
  if (application !== undefined && application !== '') {
    return refused(blockNotEvaluated(block, 'application_matcher is not evaluated'));
  }
  const matcher = matcherOf(block);
  if ('reason' in matcher) return refused(blockNotEvaluated(block, matcher.reason));
  const list = names.list(matcher.list);
  if (list === undefined) return refused(blockNotEvaluated(block, `the URL list ${matcher.list} is not in this file`));
  const { peers, notEvaluated } = hostPeers(list, 'values', FORM);
  const known = { action: profile === 'ALLOW' ? 'allow' : 'deny', direction: 'egress', peers } as const;
  if (profile !== 'ALLOW') {
    const match = { ports: [matcher.ports], ...(notEvaluated.length === 0 && { peers }) };
    const denied = blockNotEvaluated(block, `basic_profile is ${shown(profile)}`);
    return refused({ ...denied, known, possible: possible(match) });
  }
  if (machines === undefined) {
    return refused({ ...blockNotEvaluated(block, 'gateway_security_policy is known after apply'), known });
  }
  const missing = notEvaluated.map((one) => ({ ...one, known }));
  if (peers.length === 0) return { rules: [], notEvaluated: missing };
  const rule = allowing(block, { machines, peers, ports: matcher.ports, precedence });
  return { rules: [rule], notEvaluated: missing };
}

/** What a rule that allows matches, and where it is evaluated. */
interface Allowed {
  readonly machines: EndName;
  readonly peers: readonly RulePeer[];
  readonly ports: PortInterval;
  readonly precedence?: Precedence;
}

function allowing(block: Block, { machines, peers, ports, precedence = UNORDERED }: Allowed): Rule {
  const { address, file } = block;
  const description = block.text('description');
  return {
    address,
    file,
    direction: 'egress',
    network: '',
    groups: [machines],
    peers,
    ports: [ports],
    action: 'allow',
    precedence,
    description: isUnknown(description) ? undefined : description,
  };
}

/** Returns what a rule with a profile does; one with an unknown profile may do both. */
function actionsOf(profile: string | UnknownValue | undefined): readonly ('allow' | 'deny')[] {
  if (isUnknown(profile)) return ['allow', 'deny'];
  return [profile === 'ALLOW' ? 'allow' : 'deny'];
}

/** Returns where a rule is evaluated: the lowest number first. Nothing if it is not known. */
function precedenceOf(block: Block): Precedence | undefined {
  const priority = block.integer('priority');
  return priority === undefined || isUnknown(priority) ? undefined : { ...UNORDERED, priority };
}

/**
 * `*.docker.com` matches the names below docker.com, and `*docker.com` also docker.com itself. Where only the host is matched, the path
 * of an entry has no meaning.
 */
const FORM: HostForm = {
  hostsIn: (text) => {
    const host = text.replace(/\/.*$/, '');
    return /^\*[^.]/.test(host) ? withSubdomains(host.slice(1)) : [host];
  },
};

/** What the matcher of a rule matches: the reference to a URL list, and ports. */
interface Matcher {
  readonly list: string;
  readonly ports: PortInterval;
}

function matcherOf(block: Block): Matcher | { readonly reason: string } {
  const value = block.text('session_matcher');
  const text = isUnknown(value) ? value.expression : value;
  const found = MATCHER.exec(text ?? '');
  if (found === null) {
    return { reason: `session_matcher is ${isUnknown(value) ? value.reason : shown(value)}, which is not evaluated` };
  }
  const [, , list, port, first = port ?? '0', last = port ?? '65535'] = found;
  if (Number(first) > Number(last) || Number(last) > 65_535) {
    throw unreadable('a port must be 0 to 65535', `${first}-${last}`);
  }
  return { list, ports: portInterval(TCP, Number(first), Number(last)) };
}
