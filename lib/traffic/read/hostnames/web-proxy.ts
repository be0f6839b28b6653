import { shown } from '../../../input';
import type { NotEvaluated, PossibleRule, SharedList, Stops } from '../../configuration';
import { type EndName, type Precedence, type Rule, type RulePeer, UNORDERED } from '../../rule';
import { portInterval, type PortInterval, protocolNumber } from '../../sets';
import { type Block, isUnknown, type Resource, type UnknownValue, Unreadable, unreadable } from '../../terraform';
import { attributeNotEvaluated, blockNotEvaluated, NO_RULES, type ReadResult } from '../peers';
import { type HostForm, hostPeers, withSubdomains } from './host-peers';

const LIST = 'google_network_security_url_lists';
const POLICY = 'google_network_security_gateway_security_policy';
const RULE = 'google_network_security_gateway_security_policy_rule';
/** The link of a URL list, or a URL that ends with it. */
const LINK = /^(?:(?:https?:)?\/\/.*\/)?projects\/([^/]+)\/locations\/([^/]+)\/urlLists\/([^/]+)$/;
const MATCHER =
  /^inUrlList\(host\(\), ?(["'])(.+)\1\)(?: && destination\.port (?:== (\d+)|>= (\d+) && destination\.port <= (\d+)))?$/;
const TCP = protocolNumber('tcp')!;
/** Rules that may allow and that may deny. */
const DECIDES: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };

/** The policies and URL lists of a Secure Web Proxy in a configuration, by everything that rules call them. */
export class WebProxyNames {
  private readonly lists: readonly Resource[];
  private readonly listsByName = new Map<string, Resource>();
  private readonly policies = new Map<string, string>();

  /** @param impliedProject the project of resources that do not name one */
  constructor(
    resources: readonly Resource[],
    private readonly impliedProject?: string,
  ) {
    this.lists = resources.filter(({ type }) => type === LIST);
    for (const resource of resources) {
      const { type, block } = resource;
      if (type !== LIST && type !== POLICY) continue;
      for (const name of namesOf(block)) {
        if (type === LIST) this.listsByName.set(name, resource);
        else this.policies.set(name, textOf(block, 'name') ?? block.address);
      }
    }
  }

  /** Returns the URL list that a link, an id or an expression refers to, or why it is not one of these. */
  public list(reference: string): Block | { readonly reason: string } {
    const [, expression] = /^\$\{([^{}]+)\.id\}$/.exec(reference) ?? [];
    const named = this.listsByName.get(expression ?? reference);
    if (named !== undefined) return named.block;
    const parts = LINK.exec(reference)?.slice(1) ?? [];
    const isPart = (own: string | undefined, part: string): boolean =>
      own === undefined || part.includes('${') || own === part;
    const possible = this.lists.find(({ block }) => {
      const own = this.partsOf(block);
      return parts.length > 0 && parts.every((part, at) => isPart(own[at], part));
    });
    if (possible === undefined) return { reason: `the URL list ${reference} is not in this file` };
    const own = this.partsOf(possible.block);
    if (parts.every((part, at) => own[at] === part)) return possible.block;
    const at = own.findIndex((part) => part === undefined);
    const unknown = at < 0 ? `${reference} is not known` : `the ${PARTS[at]} of that is not known`;
    return {
      reason: `it is not known whether the URL list ${reference} is ${possible.block.address}, because ${unknown}`,
    };
  }

  /** Returns the URL lists by Terraform address: rules that are in a different configuration may use them. */
  public sharedLists(resources: readonly Resource[], { rules, notEvaluated }: ReadResult): Map<string, SharedList> {
    if (this.lists.length === 0) return new Map();
    const missing = new Set(notEvaluated.map(({ address }) => address));
    const evaluated = new Set(rules.map(({ address }) => address).filter((address) => !missing.has(address)));
    const using = resources.filter(
      ({ type, block }) => type === RULE && ![false, 'false'].includes(block.value('enabled') as boolean),
    );
    return new Map(
      this.lists.map((list): [string, SharedList] => {
        const { file, address } = list.block;
        const users = using.filter(({ block }) => this.mayUse(block, list.block));
        const isShown = users.every(({ block }) => evaluated.has(block.address));
        return [
          address,
          {
            file,
            address,
            ...contentOf(list),
            users: isShown ? users.map(({ block }) => block.address) : [],
          },
        ];
      }),
    );
  }

  /** Whether a rule uses a URL list, as far as it is known. */
  private mayUse(rule: Block, list: Block): boolean {
    const used = onlyListOf(rule);
    if (used !== undefined) return this.list(used) === list;
    const parts = this.partsOf(list);
    const names = [...namesOf(list), `urlLists/${parts[2] ?? ''}`];
    return ['session_matcher', 'application_matcher'].some((attribute) => {
      const value = rule.value(attribute);
      const text = isUnknown(value) ? value.expression : value;
      return typeof text !== 'string' ? isUnknown(value) : names.some((name) => text.includes(name));
    });
  }

  /** Returns what the link of a URL list consists of, as far as it is known. */
  private partsOf(list: Block): (string | undefined)[] {
    return PARTS.map((part) => textOf(list, part) ?? (part === 'project' ? this.impliedProject : undefined));
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

const PARTS = ['project', 'location', 'name'] as const;

/** Returns the URL list that a rule uses if it uses only one, in a matcher that is evaluated. */
function onlyListOf(rule: Block): string | undefined {
  const [session, other] = [rule.value('session_matcher'), rule.value('application_matcher')];
  if (other !== undefined && other !== '') return undefined;
  const text = isUnknown(session) ? session.expression : session;
  return typeof text === 'string' ? MATCHER.exec(text)?.[2] : undefined;
}

/** Returns everything that a configuration calls a resource. */
function namesOf(block: Block): string[] {
  return [block.address, block.value('id'), block.value('self_link')].filter((one) => typeof one === 'string');
}

/** Returns the hostnames of a URL list; none if one of them cannot be evaluated. */
function contentOf(list: Resource): Pick<SharedList, 'peers' | 'isKnown' | 'content'> {
  const content = list.contentOf(['values']);
  try {
    const { peers, notEvaluated } = hostPeers(list.block, 'values', FORM);
    return { peers, isKnown: notEvaluated.length === 0, content };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { peers: [], isKnown: false, content };
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
  if ('reason' in list) return refused(blockNotEvaluated(block, list.reason));
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
