import type { EndName } from './names';
import type { Resource } from './resource';
import { isUnknown, type UnknownValue } from './unknown-value';

const GROUP = 'aws_security_group';
const LIST = 'aws_ec2_managed_prefix_list';

/** Security groups and prefix lists under the one name that they have however rules refer to them. */
export class AwsNames {
  /** The security groups that a configuration makes, with what people call them. */
  public readonly groups: ReadonlyMap<EndName, readonly string[]>;
  private readonly addresses = new Map<string, string>();

  constructor(resources: readonly Resource[]) {
    const groups = new Map<EndName, readonly string[]>();
    for (const { type, block } of resources) {
      if (type !== GROUP && type !== LIST) continue;
      this.addresses.set(block.address, block.address);
      const id = block.value('id');
      if (typeof id === 'string') this.addresses.set(id, block.address);
      if (type === GROUP) groups.set(`sg:${block.address}`, calledOf(block.value('name'), block.value('name_prefix')));
    }
    this.groups = groups;
  }

  /** The name of a security group; nothing where not even an expression says which one it is. */
  public group(id: string | UnknownValue): EndName | undefined {
    const name = this.nameOf(id);
    return name === undefined ? undefined : `sg:${name}`;
  }

  /** The address or id of a prefix list; nothing where not even an expression says which one it is. */
  public list(id: string | UnknownValue): string | undefined {
    return this.nameOf(id);
  }

  private nameOf(id: string | UnknownValue): string | undefined {
    if (isUnknown(id)) {
      if (id.expression === undefined) return undefined;
      const address = id.expression.replace(/\.id$/, '');
      return this.addresses.get(address) ?? id.expression;
    }
    return this.addresses.get(id) ?? this.addresses.get(id.replace(/^\d{12}\//, '')) ?? id;
  }
}

function calledOf(name: unknown, prefix: unknown): string[] {
  const texts = [name, typeof prefix === 'string' ? prefix.replace(/-$/, '') : undefined];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}
