import { addTo } from '../../../input';
import type { NetworkAcl, Subnet, Subnets } from '../../network-acl';
import type { EndName } from '../../rule';
import { type AddressRange, parseRange } from '../../sets';
import { isUnknown, type Resource } from '../../terraform';
import type { AwsNames } from '../aws-names';
import { ACLS, networkAcls } from './acls';
import { readOr, ResourceNames, textsIn } from './resource-names';

const SUBNETS = ['aws_subnet', 'aws_default_subnet'];
const NETWORKS = ['aws_vpc', 'aws_default_vpc'];
const ASSOCIATION = 'aws_network_acl_association';

/** The attributes in which machines have their security groups and their subnets. */
const GROUPS_OF_MACHINES = ['vpc_security_group_ids', 'security_groups', 'security_group_ids', 'security_group_id'];
const SUBNETS_OF_MACHINES = ['subnet_id', 'subnet_ids', 'subnets'];
/** Blocks that have both. */
const BLOCKS_OF_MACHINES = ['vpc_config', 'network_configuration', 'vpc_options'];
/** Resources with these attributes that are not machines. */
const NO_MACHINES = /^aws_(?:default_)?(?:vpc_)?security_group/;

/** The network ACL of each subnet, as far as it is known. */
interface Associations {
  readonly bySubnet: ReadonlyMap<string, NetworkAcl>;
  readonly anywhere: readonly NetworkAcl[];
}

/** Reads the subnets of a configuration, their network ACLs, and which machines are in them. Nothing if there are neither. */
export function subnetsIn(resources: readonly Resource[], names: AwsNames): Subnets | undefined {
  const aclNames = new ResourceNames(resources, ACLS);
  const acls = networkAcls(resources, aclNames);
  const created = resources.filter(({ type }) => SUBNETS.includes(type));
  if (acls.size + created.length === 0) return undefined;
  const subnetNames = new ResourceNames(resources, SUBNETS);
  const { bySubnet, anywhere } = associations(resources, acls, { aclNames, subnetNames });
  const defaults = defaultAcls(resources, acls);
  const networks = new ResourceNames(resources, NETWORKS);
  const known = created.map(({ block }): Subnet => {
    const { file, address: name } = block;
    const [network = ''] = networks.namesIn(block, 'vpc_id');
    const acl = bySubnet.get(name) ?? defaults.get(network);
    const ranges = ['cidr_block', 'ipv6_cidr_block'].flatMap((attribute) => rangeOf(block.value(attribute)) ?? []);
    return { file, name, ranges, ...(acl && { acl }) };
  });
  const createdNames = new Set(known.map(({ name }) => name));
  const elsewhere = [...bySubnet].flatMap(([name, acl]): Subnet[] =>
    createdNames.has(name) ? [] : [{ file: acl.file, name, ranges: [], acl }],
  );
  const all = [...known, ...elsewhere];
  return { all, anywhere, ...machinesIn(resources, all, { subnetNames, names }) };
}

function rangeOf(value: unknown): AddressRange | undefined {
  const range = typeof value === 'string' && value !== '' ? parseRange(value) : undefined;
  return range === undefined || 'problem' in range ? undefined : range;
}

/** Returns which subnets have which network ACL. */
function associations(
  resources: readonly Resource[],
  acls: ReturnType<typeof networkAcls>,
  { aclNames, subnetNames }: { readonly aclNames: ResourceNames; readonly subnetNames: ResourceNames },
): Associations {
  const bySubnet = new Map<string, NetworkAcl>();
  const anywhere = new Set<NetworkAcl>();
  const associate = (acl: NetworkAcl, subnets: readonly (string | undefined)[]): void => {
    for (const subnet of subnets) {
      if (subnet === undefined) anywhere.add(acl);
      else bySubnet.set(subnet, acl);
    }
  };
  for (const acl of acls.values()) {
    if (acl.resource === undefined) anywhere.add(acl);
    else associate(acl, subnetNames.namesIn(acl.resource.block, 'subnet_ids'));
  }
  for (const { type, block } of resources) {
    if (type !== ASSOCIATION) continue;
    const [name] = aclNames.namesIn(block, 'network_acl_id');
    const acl = acls.get(name ?? '');
    if (acl !== undefined) associate(acl, subnetNames.namesIn(block, 'subnet_id'));
  }
  return { bySubnet, anywhere: [...anywhere] };
}

/** Returns the default network ACLs that a configuration manages, by the name of their network. */
function defaultAcls(
  resources: readonly Resource[],
  acls: ReturnType<typeof networkAcls>,
): ReadonlyMap<string, NetworkAcl> {
  const networkOf = new Map<string, string>();
  for (const { type, block } of resources) {
    if (!NETWORKS.includes(type)) continue;
    networkOf.set(`${block.address}.default_network_acl_id`, block.address);
    const id = block.value('default_network_acl_id');
    if (typeof id === 'string') networkOf.set(id, block.address);
  }
  const found = new Map<string, NetworkAcl>();
  for (const acl of acls.values()) {
    if (acl.resource?.type !== 'aws_default_network_acl') continue;
    const id = acl.resource.block.value('default_network_acl_id');
    const network = networkOf.get(String(isUnknown(id) ? id.expression : id));
    if (network !== undefined) found.set(network, acl);
  }
  return found;
}

/** Returns the subnets of the machines of security groups, and the groups of machines whose subnets are not known. */
function machinesIn(
  resources: readonly Resource[],
  subnets: readonly Subnet[],
  { subnetNames, names }: { readonly subnetNames: ResourceNames; readonly names: AwsNames },
): Pick<Subnets, 'ofGroups' | 'unplaced'> {
  const byName = new Map(subnets.map((subnet) => [subnet.name, subnet]));
  const ofGroups = new Map<EndName, Subnet[]>();
  const unplaced = new Set<EndName>();
  for (const { type, block, place } of resources) {
    if (NO_MACHINES.test(type) || !type.startsWith('aws_')) continue;
    const nested = BLOCKS_OF_MACHINES.flatMap((name) => {
      const blocks = readOr([], () => block.blocks(name));
      return isUnknown(blocks) ? [] : blocks;
    });
    for (const one of [block, ...nested]) {
      const ids = GROUPS_OF_MACHINES.flatMap((attribute) => textsIn(one, attribute));
      const groups = ids.flatMap((id) => names.group(id, place) ?? []);
      if (groups.length === 0) continue;
      const placed = SUBNETS_OF_MACHINES.flatMap((attribute) => subnetNames.namesIn(one, attribute));
      const found = placed.flatMap((name) => byName.get(name ?? '') ?? []);
      for (const group of groups) {
        found.forEach((subnet) => addTo(ofGroups, group, subnet));
        if (found.length === 0 || found.length < placed.length) unplaced.add(group);
      }
    }
  }
  return { ofGroups, unplaced };
}
