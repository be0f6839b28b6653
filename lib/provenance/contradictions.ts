import { AddressFamily, parseCidr, publicSize, rangesOf } from '../net';
import { ALL_INSTANCES_LABEL, isOnlyGroup, joinedLabels, LABEL_KIND, namesOnlyRanges } from './machine-names';
import {
  isListOfRanges,
  type FlowJson,
  type HostGroupJson,
  type OmittedHostnameJson,
  type OmittedJson,
  type PeerJson,
  type ProvenanceJson,
  type RangesJson,
  type SelectorJson,
  type UnknownRangeJson,
} from './provenance-json';
import { FILTER_LABELS, gcpNetworkTitle, gcpPolicyTitle } from './written-names';

/** Something that a provenance says and its own file contradicts. */
interface Contradiction {
  /** The place in the provenance: `peers[1].label`. */
  readonly place: string;
  readonly said: string;
  /** What the file has instead; absent if it has nothing of the kind. */
  readonly found?: string;
}

/** A provenance with what its file has in place of what its file contradicts. */
interface CheckedProvenance {
  readonly provenance: ProvenanceJson;
  readonly contradictions: readonly Contradiction[];
}

/**
 * Compares what a provenance says about the ends of flows with how rules select them, and with the resources of its file: labels, clouds,
 * networks, references, reasons, filters. Names that a user is free to choose stay as they are.
 */
export function withoutContradictions(provenance: ProvenanceJson, file: unknown): CheckedProvenance {
  const check = new FileCheck(provenance, file);
  const peers = provenance.peers.map((peer, at) => check.peer(peer, at));
  const hostnames = provenance.hostnames?.map((hostname, at) => check.hostname(hostname, `hostnames[${at}]`));
  const omitted = check.omitted(provenance);
  const omittedHostnames = check.omittedHostnames(provenance);
  const { contradictions } = check;
  if (contradictions.length === 0) return { provenance, contradictions };
  return {
    provenance: {
      ...provenance,
      peers,
      ...(hostnames && { hostnames }),
      ...(omitted && { omitted }),
      ...(omittedHostnames && { omittedHostnames }),
    },
    contradictions,
  };
}

/** A value of a provenance. */
type Said = string | number | boolean | undefined;

type Members = Readonly<Record<string, unknown>>;

const CLOUDS: Readonly<Record<SelectorJson['kind'], string>> = {
  sg: 'aws',
  'prefix-list': 'aws',
  'address-group': 'gcp',
  tag: 'gcp',
  account: 'gcp',
  'secure-tag': 'gcp',
  'all-instances': 'gcp',
  pods: 'kubernetes',
};
const LABELS: Readonly<Record<Exclude<SelectorJson['kind'], 'all-instances'>, string>> = {
  sg: 'security group',
  'prefix-list': 'prefix list',
  'address-group': 'address group',
  tag: 'network tag',
  account: 'service account',
  'secure-tag': 'secure tag',
  pods: 'pods',
};
/** The labels of peers whose id was not known when they got it. */
const NOT_KNOWN =
  /^(?:network tag|service account|secure tag|security group|prefix list|address group) known after apply$/;
const OTHER_ACCOUNT = 'security group of a different account';
const MORE = / and \d+ more$/;
const ANY_ADDRESS = /^any (IPv[46]) address$/;
const EXPRESSION = /^\$\{([^{}]+)\}$/;
const RESOURCE_ID = /^(data\.)?([a-z][a-z0-9]*_\w+)\.([\w-]+)/;
/** An id of AWS, with or without its account in front. */
const AWS_ID = /^(?:\d{12}\/)?(?:sg|pl)-[0-9a-f]+$/;

const SECURITY_GROUP_RULES = ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'];

/** Returns the provider of a resource, if it has an alias: `aws.ireland`. */
function providerWithAlias({ provider }: Members): string | undefined {
  const text = typeof provider === 'string' ? provider.replace(/^\$\{\s*(.*?)\s*\}$/s, '$1') : '';
  return text.includes('.') ? text : undefined;
}

class FileCheck {
  public readonly contradictions: Contradiction[] = [];
  private readonly file: Members;
  private readonly stack: string;
  /** The labels of host groups that no user can choose. */
  private readonly groupLabels: ReadonlySet<string>;

  constructor({ peers, flows, omitted = [] }: ProvenanceJson, file: unknown) {
    this.file = membersOf(file);
    this.stack = String(membersOf(membersOf(this.file['//']).metadata).stackName);
    this.groupLabels = new Set(
      peers.flatMap(({ hostGroups }) => hostGroups.flatMap((group) => this.ownLabel(group) ?? [])),
    );
    this.destinations = new Set([...flows, ...omitted].map(({ destination }) => destination));
  }

  private readonly destinations: ReadonlySet<number>;

  public peer(peer: PeerJson, at: number): PeerJson {
    const place = `peers[${at}]`;
    const hostGroups = peer.hostGroups.map((group, index) => this.group(group, `${place}.hostGroups[${index}]`));
    const checked = { ...peer, hostGroups, ...this.ranges(peer, place) };
    const external = this.isExternal(checked, at);
    return {
      ...checked,
      label: this.same(`${place}.label`, peer.label, this.peerLabel(checked)),
      external: this.same(`${place}.external`, peer.external, external) === true ? true : undefined,
      openToTheWorld: this.kept(`${place}.openToTheWorld`, peer.openToTheWorld, (text) => isReasonFor(checked, text)),
    };
  }

  /** Leaves out hostnames that their construct allows. */
  public omittedHostnames({
    omittedHostnames,
    hostnames = [],
  }: ProvenanceJson): readonly OmittedHostnameJson[] | undefined {
    const allowed = new Set(hostnames.map(hostnameOfConstruct));
    return omittedHostnames?.flatMap((hostname, at) => {
      const place = `omittedHostnames[${at}]`;
      if (!allowed.has(hostnameOfConstruct(hostname))) return [this.hostname(hostname, place)];
      const said = `${hostname.construct} omits ${hostname.document}/${hostname.row}`;
      this.add(place, said, 'a hostname of this construct that allows it');
      return [];
    });
  }

  public hostname<T extends OmittedHostnameJson>(hostname: T, place: string): T {
    const { filter, through, clients } = hostname;
    if (filter === undefined) return hostname;
    // only this filter names the machines behind it
    const known = filter.kind === 'domain-list' ? clients : undefined;
    return {
      ...hostname,
      through: this.same(`${place}.through`, through, FILTER_LABELS[filter.kind]),
      clients: this.same(`${place}.clients`, clients, known),
    };
  }

  /** Leaves out rows that their construct opens between the same peers, and those with peers that it does not have in these roles. */
  public omitted({ omitted, flows, rows, peers }: ProvenanceJson): readonly OmittedJson[] | undefined {
    if (omitted === undefined) return undefined;
    const opened = new Set(flows.map(rowBetweenPeers));
    const roles = new RolesOfConstructs(flows, rows, peers);
    return omitted.filter((each, at) => {
      const other = roles.otherPeers(each);
      if (other !== undefined) {
        const labels = joinedLabels(other.known.map((index) => peers[index].label));
        this.add(`omitted[${at}].${other.end}`, peers[each[other.end]].label, labels);
        return false;
      }
      if (!opened.has(rowBetweenPeers(each))) return true;
      this.add(`omitted[${at}]`, `${each.construct} omits ${each.row}`, 'a flow of this construct that opens it');
      return false;
    });
  }

  private group(group: HostGroupJson, place: string): HostGroupJson {
    const { cloud, label, network, ipRanges } = group;
    const selector = selectorOf(group);
    const checked = {
      ...group,
      ...(ipRanges && { ipRanges: { ...ipRanges, ...this.ranges(ipRanges, `${place}.ipRanges`) } }),
    };
    if (selector === undefined) return checked;
    return {
      ...checked,
      cloud: this.same(`${place}.cloud`, cloud, CLOUDS[selector.kind]),
      label: this.same(`${place}.label`, label, this.groupLabel(group, selector)),
      network: this.same(`${place}.network`, network, this.networkOf(group, selector)),
      selectedBy: {
        ...selector,
        provider: this.same(`${place}.selectedBy.provider`, selector.provider, this.providerOf(selector)),
      },
    };
  }

  /** Returns the provider that has an alias: of a security group that of its resource or rules, else the given one if the file has it. */
  private providerOf({ kind, value, stack, provider }: SelectorJson): string | undefined {
    if (typeof provider !== 'string' || this.isForeign(stack)) return undefined;
    if (kind === 'pods') return this.hasProvider(provider) ? provider : undefined;
    if (kind !== 'sg') return undefined;
    const [, expression] = EXPRESSION.exec(value) ?? [];
    const resource = expression === undefined ? undefined : this.resourceIn(expression);
    if (resource !== undefined) return providerWithAlias(resource);
    const ofRules = [...new Set(this.rulesOf(value).map(providerWithAlias))];
    if (ofRules.length > 0) return ofRules.includes(provider) ? provider : ofRules[0];
    return this.hasProvider(provider) ? provider : undefined;
  }

  /** Whether the file has a provider with this alias: `aws.ireland`. */
  private hasProvider(provider: string): boolean {
    const [name, alias] = provider.split('.');
    const instances = [membersOf(this.file.provider)[name]].flat().map(membersOf);
    return alias !== undefined && instances.some((instance) => instance.alias === alias);
  }

  /** Returns the rules of a security group. */
  private rulesOf(id: string): Members[] {
    const types = membersOf(this.file.resource);
    return SECURITY_GROUP_RULES.flatMap((type) => Object.values(membersOf(types[type])).map(membersOf)).filter(
      ({ security_group_id: group }) => group === id,
    );
  }

  /** Returns the label of machines: what rules select, or a name that the user may have given to it. */
  private groupLabel({ label }: HostGroupJson, selector: SelectorJson): string {
    const own = this.ownLabel({ selectedBy: selector });
    if (own !== undefined) return own;
    const { kind, value } = selector;
    const prefix = `${LABELS[kind as keyof typeof LABELS]} `;
    const selected = `${prefix}${EXPRESSION.exec(value)?.[1] ?? value}`;
    const name = label.startsWith(prefix) ? label.slice(prefix.length) : undefined;
    const isChosen =
      name !== undefined && !AWS_ID.test(name) && !RESOURCE_ID.test(name) && !this.groupLabels.has(label);
    return isChosen ? label : selected;
  }

  /** Returns the label of machines that the user cannot choose; nothing if they may have one of several. */
  private ownLabel(group: Pick<HostGroupJson, 'selectedBy'>): string | undefined {
    const selector = selectorOf(group);
    if (selector === undefined) return undefined;
    const { kind, value } = selector;
    if (kind === 'all-instances') return ALL_INSTANCES_LABEL;
    if (kind === 'tag' || kind === 'account' || kind === 'secure-tag') {
      return `${LABELS[kind]} ${EXPRESSION.exec(value)?.[1] ?? value}`;
    }
    const name = this.nameOfNew(selector);
    return name === undefined ? undefined : `${LABELS[kind]} ${name}`;
  }

  /** Returns the name of a security group or prefix list that this library creates; nothing for every other. */
  private nameOfNew({ kind, value }: SelectorJson): string | undefined {
    const prefix = kind === 'sg' ? 'aws_security_group.group_' : 'aws_ec2_managed_prefix_list.prefix_list_';
    const [, expression = ''] = EXPRESSION.exec(value) ?? [];
    if (!expression.startsWith(prefix) || !expression.endsWith('.id')) return undefined;
    const id = expression.slice(prefix.length, -'.id'.length);
    return kind === 'sg' ? id : id.replace(/-ipv6$/, '');
  }

  /** Returns the network of machines: that of their selector on GCP, and the VPC of their security group in the file. */
  private networkOf({ network }: HostGroupJson, selector: SelectorJson): string | undefined {
    const { kind, value } = selector;
    if (selector.policy !== undefined) {
      const { policy, project, region } = selector;
      return network === undefined ? undefined : gcpPolicyTitle({ policy, project, region });
    }
    if (kind === 'tag' || kind === 'account' || kind === 'all-instances') {
      if (selector.network === undefined || network === undefined) return undefined;
      return gcpNetworkTitle(selector.network, selector.project);
    }
    const [, expression] = EXPRESSION.exec(value) ?? [];
    if (isListOfRanges(kind) || expression === undefined || network === undefined) return undefined;
    if (this.isForeign(selector.stack)) {
      return /^VPC (?:\$\{[^{}]+\}|vpc-[0-9a-f]+)$/.test(network) ? network : undefined;
    }
    const vpc = this.resourceIn(expression)?.vpc_id;
    return typeof vpc === 'string' ? `VPC ${vpc}` : undefined;
  }

  private peerLabel(peer: PeerJson): string {
    const { label, hostGroups, ranges } = peer;
    const labels = hostGroups.map((group) => group.label);
    if (isOnlyGroup(peer)) return NOT_KNOWN.test(label) || label === OTHER_ACCOUNT ? label : labels[0];
    const written = joinedLabels([...labels, ...ranges, ...peer.references]);
    if (hostGroups.length > 0) {
      const named = label.split(', ').map((part) => part.replace(MORE, ''));
      const isOther = (name: string): boolean =>
        (LABEL_KIND.test(name) || name === ALL_INSTANCES_LABEL) && !labels.includes(name) && !NOT_KNOWN.test(name);
      return named.some(isOther) ? written : label;
    }
    if (this.groupLabels.has(label)) return written;
    const [, family] = ANY_ADDRESS.exec(label) ?? [];
    if (family !== undefined) return ranges.includes(family === 'IPv4' ? '0.0.0.0/0' : '::/0') ? label : written;
    return namesOnlyRanges(label) && !hasRanges(label, ranges) ? written : label;
  }

  /** Machines that rules select have no firewall team; any other destination has one. */
  private isExternal({ external, hostGroups }: PeerJson, at: number): true | undefined {
    if (hostGroups.some(({ selectedBy }) => selectedBy !== undefined && !isListOfRanges(selectedBy.kind))) {
      return undefined;
    }
    return hostGroups.length === 0 && this.destinations.has(at) ? true : external;
  }

  /** Leaves out references that do not belong to a range of the peer, and those to resources that the file does not have. */
  private ranges(
    { references, unknownRanges = [] }: RangesJson,
    place: string,
  ): Pick<RangesJson, 'references' | 'unknownRanges'> {
    const known = unknownRanges.filter((range) => this.exists(range));
    const values = new Set(known.map(({ value }) => value));
    const kept = this.kept(`${place}.references`, references, (text) =>
      values.has(text.includes('${') ? text : `\${${text}}`),
    );
    return { references: kept, unknownRanges: known.length > 0 ? known : undefined };
  }

  private exists({ value, stack }: UnknownRangeJson): boolean {
    if (this.isForeign(stack)) return true;
    const expressions = [...value.matchAll(/\$\{([^{}]+)\}/g)].map(([, expression]) => expression);
    return expressions.every(
      (expression) => !RESOURCE_ID.test(expression) || this.resourceIn(expression) !== undefined,
    );
  }

  private resourceIn(expression: string): Members | undefined {
    const [, data, type, name] = RESOURCE_ID.exec(expression) ?? [];
    if (type === undefined) return undefined;
    const found = membersOf(membersOf(this.file[data === undefined ? 'resource' : 'data'])[type])[name];
    return found === undefined ? undefined : membersOf(found);
  }

  private isForeign(owner: string | undefined): boolean {
    return owner !== undefined && owner !== this.stack && !owner.endsWith(`/${this.stack}`);
  }

  /** Returns the value of the file, and records the value of the provenance if it is a different one. */
  private same<T extends Said>(place: string, said: T, found: T): T {
    if (said !== found) this.add(place, said, found);
    return found;
  }

  private kept(place: string, texts: readonly string[], isTrue: (text: string) => boolean): string[] {
    return texts.filter((text, at) => {
      if (isTrue(text)) return true;
      this.add(`${place}[${at}]`, text);
      return false;
    });
  }

  private add(place: string, said: Said, found?: Said): void {
    const text = said === undefined ? 'nothing' : String(said);
    this.contradictions.push({ place, said: text, ...(found !== undefined && { found: String(found) }) });
  }
}

/** The peers that constructs have in the roles of their flows. */
class RolesOfConstructs {
  private readonly peers = new Map<string, Set<number>>();

  constructor(
    flows: ProvenanceJson['flows'],
    private readonly rows: ProvenanceJson['rows'],
    private readonly all: ProvenanceJson['peers'],
  ) {
    for (const flow of flows) {
      for (const end of ENDS) {
        const key = this.keyOf(flow, end);
        this.peers.set(key, (this.peers.get(key) ?? new Set()).add(flow[end]));
      }
    }
  }

  /** Returns an end at which flows of the construct have different peers in this role; nothing if there is none. */
  public otherPeers(
    omitted: OmittedJson,
  ): { readonly end: (typeof ENDS)[number]; readonly known: readonly number[] } | undefined {
    for (const end of ENDS) {
      const known = this.peers.get(this.keyOf(omitted, end));
      if (known === undefined || known.has(omitted[end])) continue;
      // several host groups are one source, and a destination each
      const parts = new Set([...known].flatMap((index) => partsOf(this.all[index])));
      const own = partsOf(this.all[omitted[end]]);
      if (own.length === 0 || !own.every((part) => parts.has(part))) return { end, known: [...known] };
    }
    return undefined;
  }

  private keyOf({ row, construct, environment }: FlowJson | OmittedJson, end: (typeof ENDS)[number]): string {
    return JSON.stringify([construct, environment, this.rows[row][end].role]);
  }
}

const ENDS = ['source', 'destination'] as const;

/** Returns the host groups and IP ranges of a peer, each as a text that is equal if they are the same. */
function partsOf({ hostGroups, ranges, references }: PeerJson): string[] {
  return [...hostGroups.map((group) => JSON.stringify(group)), ...ranges, ...references];
}

/** Returns what is equal if a construct allows and omits the same hostname. */
function hostnameOfConstruct({ document, row, construct }: OmittedHostnameJson): string {
  return JSON.stringify([document, row, construct]);
}

/** Returns what is equal if a construct opens and omits the same row of the same environment between the same peers. */
function rowBetweenPeers({ row, source, destination, environment, construct }: FlowJson | OmittedJson): string {
  return JSON.stringify([row, source, destination, environment, construct]);
}

/** Returns how rules select machines, if the provenance has it in the form of this version. */
function selectorOf({ selectedBy }: Pick<HostGroupJson, 'selectedBy'>): SelectorJson | undefined {
  const { kind, value } = membersOf(selectedBy);
  return typeof kind === 'string' && Object.hasOwn(CLOUDS, kind) && typeof value === 'string' ? selectedBy : undefined;
}

/** Whether a reason to be open to the world is about public ranges of the peer: `ipv4: public API`. */
function isReasonFor({ ranges, hostGroups }: PeerJson, text: string): boolean {
  const family = Object.values(AddressFamily).find((one) => text.startsWith(`${one}: `));
  if (family === undefined) return false;
  const all = [...ranges, ...hostGroups.flatMap(({ ipRanges }) => ipRanges?.ranges ?? [])];
  return (
    publicSize(
      family,
      rangesOf(
        family,
        all.map((range) => parseCidr(range, 'a range')),
      ),
    ) > 0n
  );
}

function hasRanges(label: string, ranges: readonly string[]): boolean {
  const written = label.match(/[\da-f.:]+\/\d+/gi) ?? [];
  return written.every((range) => ranges.includes(range));
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
