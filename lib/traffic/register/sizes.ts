import { influenceOf } from './influence-of';

/** Attributes that say how large machines and their disks are, wherever they are in a resource. */
const SIZES = new Set([
  'instance_type',
  'instance_class',
  'machine_type',
  'node_type',
  'server_type',
  'vm_size',
  'size',
  'shape',
  'plan',
  'tier',
  'flavor',
  'flavor_id',
  'flavor_name',
  'bundle_id',
  'compute_type',
  'ebs_optimized',
  'min_cpu_platform',
  'cpu',
  'cpu_count',
  'cores',
  'core_count',
  'core_fraction',
  'cpus',
  'num_cpus',
  'ocpus',
  'sockets',
  'threads_per_core',
  'vcpus',
  'memory',
  'memory_size',
  'memory_size_gb',
  'memory_in_gbs',
  'ram',
  'allocated_storage',
  'max_allocated_storage',
  'storage_capacity',
  'storage_mb',
  'storage_throughput',
  'storage_type',
  'disk_autoresize',
  'disk_autoresize_limit',
  'disk_size',
  'disk_size_gb',
  'disk_type',
  'os_disk_size_gb',
  'volume_size',
  'volume_type',
  'iops',
  'throughput',
  'throughput_capacity',
]);
/** Attributes whose members have names that their author chose. */
const NAMED_BY_AUTHORS = new Set([
  'annotations',
  'environment',
  'labels',
  'metadata',
  'resource_labels',
  'resource_manager_tags',
  'selector',
  'tags',
]);

type Attributes = Readonly<Record<string, unknown>>;

/** Returns the attributes of a resource without the sizes of machines, if it decides where rules apply. */
export function withoutSizes(type: string, attributes: Attributes): Attributes {
  // labels of Kubernetes have any name
  const isMachine = influenceOf(type)?.kind === 'circumstance' && !type.startsWith('kubernetes_');
  return isMachine ? (sizeless(attributes) as Attributes) : attributes;
}

function sizeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sizeless);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => !SIZES.has(name) || holdsObject(member));
  return Object.fromEntries(
    members.map(([name, member]) => [name, NAMED_BY_AUTHORS.has(name) ? (member as unknown) : sizeless(member)]),
  );
}

function holdsObject(value: unknown): boolean {
  return [value].flat().some((member) => typeof member === 'object' && member !== null);
}
