import type { NetworkfirewallRuleGroupConfig } from '@cdktf/provider-aws/lib/networkfirewall-rule-group';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import {
  peerCallFor,
  Cloud,
  describeHostnames,
  type HostnameRequest,
  type HostnamesAtPort,
  hostnamesByPort,
  type IHostnameFilter,
  type IPeer,
  isPeer,
  plannedResource,
  type PlannedRule,
  type ResolvedEnd,
  sharedOwnership,
} from '../../access';
import {
  attributeList,
  awsHostnameProvider,
  checkProvider,
  checkProviderStack,
  checkTokens,
  rangePrecondition,
  resolvedEnd,
  stackOf,
  textOf,
} from '../../framework';
import {
  checkMember,
  checkOnlyProps,
  hasForm,
  holdsToken,
  literal,
  type PropsForm,
  readOnly,
  refusal,
  shown,
} from '../../input';
import { withLeadingDot } from '../../net';
import { FILTER_LABELS, type HostnameFilterJson } from '../../provenance';
import { idOfResource } from './resource-key';
import { checkedTags, checkOwnershipTags, literalTags, ownershipTags, type Tags } from './tags';

/**
 * The order in which a firewall policy of AWS Network Firewall evaluates rules. A rule group must have the order of its policy.
 */
export enum AwsRuleOrder {
  /** Pass rules of all rule groups come before drop rules, so a policy can have several allow-lists. */
  ACTION = 'DEFAULT_ACTION_ORDER',
  /** Rule groups are evaluated by the priority that the policy gives them. */
  STRICT = 'STRICT_ORDER',
}

/** How AWS encrypts a resource that it stores. */
export interface AwsEncryptionConfiguration {
  /**
   * The key of the Key Management Service: its id, its ARN, `alias/` and its alias, or the `arn` of a resource. A key of a different
   * account needs its ARN. AWS documents the forms under "KeyId" of its Network Firewall API.
   */
  readonly keyId: string;
}

/** The properties that the rule groups of one firewall policy have in common. */
export interface AwsNetworkFirewallRuleGroupProps {
  /**
   * How many hostnames each rule group has room for. Allow for growth: a different capacity replaces the rule group, which AWS rejects
   * while a policy uses the old one.
   * @default 100
   */
  readonly capacity?: number;
  /**
   * The IP ranges of the machines behind the firewall (HOME_NET), if they are not those of its own VPC.
   * @default - the IP ranges of the VPC of the firewall
   */
  readonly clients?: IPeer;
  /**
   * The order of evaluation of the firewall policy. AWS cannot change it later.
   * @default AwsRuleOrder.ACTION, the default of AWS
   */
  readonly ruleOrder?: AwsRuleOrder;
  /**
   * The beginning of the names of all rule groups: at most 40 letters, digits and hyphens. It is part of their Terraform addresses.
   * @default - no prefix
   */
  readonly namePrefix?: string;
  /**
   * The tags of the rule groups. Terraform does not evaluate templates in them.
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
  /**
   * Whether the rule groups get the tags `Owner`, `Ticket` and `Expires` from the `ownership` of the construct. A rule group for hostnames of
   * several owners has all of them, and the last of their days; it has no `Expires` if a hostname has no day.
   * @default false
   */
  readonly ownershipTags?: boolean;
  /**
   * The key with which AWS encrypts the rule groups. It can change in place. The key policy must allow Network Firewall to use the key.
   * Throws `kms-key-invalid` if the key has none of the forms.
   * @default - a key that AWS owns and manages
   */
  readonly encryptionConfiguration?: AwsEncryptionConfiguration;
  /**
   * The provider instance with an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/** The protocol in which the firewall looks for hostnames, by the documented port. */
const TARGET_TYPES: Readonly<Record<string, string>> = { '443/tcp': 'TLS_SNI', '80/tcp': 'HTTP_HOST' };

/**
 * Rule groups of AWS Network Firewall that allow outbound traffic by hostname: an allow-list for TLS, and one for HTTP if hostnames
 * need 80/tcp.
 *
 * `*.docker.com` becomes `.docker.com`, which also matches docker.com itself: AWS has no narrower form. The firewall looks for hostnames
 * in TLS and HTTP on every port. An allow-list denies only other hostnames in its own protocol, so the firewall policy must drop the
 * rest. You create the policy, the firewall and the routes to it. The `ids` of `DocumentedHostnameRules` go into the policy.
 */
export class AwsNetworkFirewallRuleGroup implements IHostnameFilter {
  /** Always `aws`. */
  public readonly cloud: Cloud = Cloud.AWS;
  /** The name of the filter in errors and documents. */
  public readonly label: string;
  /** Always true: a wildcard also matches the domain itself. */
  public readonly supportsWildcards = true;
  /** @internal */
  public readonly _settings: AwsNetworkFirewallRuleGroupProps;

  constructor(props: AwsNetworkFirewallRuleGroupProps = {}) {
    this._settings = checkedProps(props);
    this.label = FILTER_LABELS['domain-list'];
    readOnly(this);
  }

  /** @internal */
  public get _clients(): IPeer | undefined {
    return this._settings.clients;
  }

  /** @internal */
  public _describedIn(): HostnameFilterJson {
    return { kind: 'domain-list' };
  }

  /** @internal */
  public _allowOutbound(request: HostnameRequest): PlannedRule[] {
    const lists = hostnamesByPort(request.hostnames.map(({ row }) => row));
    const other = lists.find(({ port }) => !(String(port) in TARGET_TYPES));
    if (other !== undefined) {
      throw refusal(
        request.place,
        'port-not-filterable',
        `${this.label} finds hostnames only in TLS (443/tcp) and HTTP (80/tcp)`,
        `${other.hostnames[0]} at ${String(other.port)}`,
        'Port.tcp(443), which allows TLS on every port',
      );
    }
    return lists.map((list) => planRuleGroup(this._settings, request, list, TARGET_TYPES[String(list.port)]));
  }
}

const FORM: PropsForm<AwsNetworkFirewallRuleGroupProps> = {
  needed: 'the properties of rule groups',
  example: '{ capacity: 100 }',
  names: {
    capacity: true,
    clients: true,
    ruleOrder: true,
    namePrefix: true,
    tags: true,
    ownershipTags: true,
    encryptionConfiguration: true,
    provider: true,
  },
};
const ENCRYPTION: PropsForm<AwsEncryptionConfiguration> = {
  needed: 'the encryption of rule groups',
  example: "{ keyId: 'alias/firewall' }",
  names: { keyId: true },
};
/** An id, the ARN of a key or an alias, or an alias. */
const KMS_KEY =
  /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/)?(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$|^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:)?alias\/[\w/-]{1,250}$/;
const NAME_PREFIX = /^[A-Za-z0-9][-A-Za-z0-9]{0,39}$/;
/** The limit of AWS for one rule group. */
const MAX_CAPACITY = 30_000;
const DEFAULT_CAPACITY = 100;

/** Returns a copy of the props. Throws if one of them is invalid. */
function checkedProps(props: AwsNetworkFirewallRuleGroupProps): AwsNetworkFirewallRuleGroupProps {
  const place = 'AwsNetworkFirewallRuleGroup';
  checkOnlyProps(props, FORM, place);
  const { capacity, clients, ruleOrder, namePrefix, provider } = props;
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= MAX_CAPACITY)) {
    throw refusal(
      place,
      'capacity-invalid',
      `capacity must be a whole number from 1 to ${MAX_CAPACITY}`,
      shown(capacity),
    );
  }
  if (clients !== undefined) checkClients(clients, place);
  if (ruleOrder !== undefined) {
    const order = {
      members: AwsRuleOrder,
      name: 'AwsRuleOrder',
      prop: 'ruleOrder',
      code: 'rule-order-invalid',
    } as const;
    checkMember(ruleOrder, order, place);
  }
  if (namePrefix !== undefined && !(typeof namePrefix === 'string' && NAME_PREFIX.test(namePrefix))) {
    throw refusal(
      place,
      'name-prefix-invalid',
      'namePrefix must be at most 40 letters, digits and hyphens',
      shown(namePrefix),
    );
  }
  checkProvider(provider, place, 'aws');
  const tags = checkedTags(props.tags, place);
  checkOwnershipTags(props.ownershipTags, tags, place);
  return readOnly({
    capacity,
    clients,
    ruleOrder,
    namePrefix,
    provider,
    tags,
    ownershipTags: props.ownershipTags,
    encryptionConfiguration: checkedEncryption(props.encryptionConfiguration, place),
  });
}

function checkedEncryption(
  given: AwsEncryptionConfiguration | undefined,
  place: string,
): AwsEncryptionConfiguration | undefined {
  if (given === undefined) return undefined;
  checkOnlyProps(given, ENCRYPTION, place);
  checkKmsKey(given.keyId, place);
  return readOnly({ keyId: given.keyId });
}

function checkKmsKey(keyId: unknown, place: string): void {
  checkTokens(keyId, place);
  if (hasForm(keyId, KMS_KEY)) return;
  const fix = idOfResource(keyId, /^aws_kms_(key|alias|external_key|replica_key)$/, () => 'keyId: resource.arn');
  const need = 'keyId must be the id or the ARN of a KMS key, "alias/" and an alias, or the arn of a resource';
  throw refusal(place, 'kms-key-invalid', need, shown(keyId), fix);
}

function checkClients(clients: IPeer, place: string): void {
  if (!isPeer(clients)) {
    throw refusal(place, 'peer-required', 'clients must be a peer', shown(clients), peerCallFor(clients));
  }
  const { hostGroups, worldReasons } = clients._farEnd;
  if (hostGroups.length > 0) {
    throw refusal(
      place,
      'ip-ranges-required',
      'clients must be IP ranges',
      clients.label,
      'Peer.cidr(...) with the IP ranges of these machines',
    );
  }
  if (worldReasons.length > 0) {
    throw refusal(
      place,
      'world-not-allowed',
      'clients must be the IP ranges of the machines behind the firewall',
      clients.label,
      'Peer.cidr(...) with their IP ranges',
    );
  }
}

const PROTOCOLS: Readonly<Record<string, string>> = { TLS_SNI: 'tls', HTTP_HOST: 'http' };

/** Plans the rule group for one port: an allow-list of hostnames. */
function planRuleGroup(
  settings: AwsNetworkFirewallRuleGroupProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
  targetType: string,
): PlannedRule {
  const { scope, place, table } = request;
  const { provider, namePrefix = '' } = settings;
  const stack = stackOf(scope, place);
  const { NetworkfirewallRuleGroup } = awsHostnameProvider(stack, place);
  checkProviderStack(provider, stack, place);
  checkCapacity(settings, list, place);
  const clients = settings.clients && resolvedEnd(settings.clients._farEnd, stack, place);
  const name = `${namePrefix}${table.id}-${PROTOCOLS[targetType]}`;
  const logicalId = `hosts_${name}`;
  const config: NetworkfirewallRuleGroupConfig = {
    name,
    description: literal(describeHostnames(request, list)),
    tags: tagsOf(settings, request, list),
    encryptionConfiguration: encryption(settings, stack, place),
    provider: provider as TerraformProvider | undefined,
    lifecycle: clients && preconditions(clients, stack),
    ...allowList(settings, list, targetType, clients, stack),
  };
  return plannedResource({
    address: `${NetworkfirewallRuleGroup.tfResourceType}.${logicalId}`,
    identity: `aws|rule-group|${provider?.node.path ?? stack.node.path}|${name}`,
    what: `the rule group ${name}`,
    advice: 'a second AwsNetworkFirewallRuleGroup with a namePrefix',
    hostnames: list.hostnames,
    make: (parent: Construct) => {
      const group = new NetworkfirewallRuleGroup(parent, logicalId, config);
      group.overrideLogicalId(logicalId);
      return group;
    },
  });
}

/** Returns the key as Terraform's block. If a token resolves to plain text, the text is checked like any other. */
function encryption(
  { encryptionConfiguration }: AwsNetworkFirewallRuleGroupProps,
  stack: Construct,
  place: string,
): NetworkfirewallRuleGroupConfig['encryptionConfiguration'] {
  if (encryptionConfiguration === undefined) return undefined;
  const { keyId } = encryptionConfiguration;
  const text = holdsToken(keyId) ? textOf(keyId, stack, place) : undefined;
  if (text !== undefined) checkKmsKey(text, place);
  return { type: 'CUSTOMER_KMS', keyId: text ?? keyId };
}

function tagsOf(
  { tags, ownershipTags: areTagged }: AwsNetworkFirewallRuleGroupProps,
  request: HostnameRequest,
  list: HostnamesAtPort,
): Tags | undefined {
  const listed = request.hostnames.filter(({ row }) => list.hostnames.includes(row.hostname));
  const own = areTagged === true ? ownershipTags(sharedOwnership(listed.map(({ ownership }) => ownership))) : {};
  return tags === undefined && Object.keys(own).length === 0 ? undefined : { ...literalTags(tags ?? {}), ...own };
}

/** Returns the attributes of the allow-list, with its hostnames sorted and without duplicates. */
function allowList(
  { capacity = DEFAULT_CAPACITY, ruleOrder = AwsRuleOrder.ACTION }: AwsNetworkFirewallRuleGroupProps,
  { hostnames }: HostnamesAtPort,
  targetType: string,
  clients: ResolvedEnd | undefined,
  stack: Construct,
): Pick<NetworkfirewallRuleGroupConfig, 'type' | 'capacity' | 'ruleGroup'> {
  const targets = [...new Set(hostnames.map(withLeadingDot))].sort();
  return {
    type: 'STATEFUL',
    capacity,
    ruleGroup: {
      ruleVariables: clients && homeNetwork(clients, stack),
      rulesSource: { rulesSourceList: { generatedRulesType: 'ALLOWLIST', targetTypes: [targetType], targets } },
      statefulRuleOptions: { ruleOrder },
    },
  };
}

function checkCapacity(
  { capacity = DEFAULT_CAPACITY }: AwsNetworkFirewallRuleGroupProps,
  list: HostnamesAtPort,
  place: string,
): void {
  const count = list.hostnames.length;
  if (count <= capacity) return;
  const need = `a rule group has room for ${capacity} hostnames`;
  const fix =
    count > MAX_CAPACITY
      ? 'several tables, each with an AwsNetworkFirewallRuleGroup that has a namePrefix of its own'
      : `capacity: ${Math.min(count * 2, MAX_CAPACITY)}`;
  throw refusal(place, 'capacity-exceeded', need, `${count} at ${String(list.port)}`, fix);
}

function homeNetwork({ ranges, references }: ResolvedEnd, stack: Construct): object {
  const definition = attributeList([...ranges.map(String), ...references.map(({ text }) => text)], stack);
  return { ipSets: [{ key: 'HOME_NET', ipSet: { definition } }] };
}

function preconditions({ references }: ResolvedEnd, stack: Construct): NetworkfirewallRuleGroupConfig['lifecycle'] {
  return references.length === 0
    ? undefined
    : { precondition: references.map((reference) => rangePrecondition(reference, stack)) };
}
