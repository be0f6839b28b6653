import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { refusal } from '../model/refusal';
import { coreOf } from './framework';
import { checkImports, importHcl, importJson, type ImportBlock } from './import-blocks';
import { Provenance } from './provenance';

const ID = 'cdktf-cluster-ports';
const records = new WeakMap<IConstruct, StackRecord>();

/** The hidden place of a stack under which all of our resources stand, and what is known of them. */
export class StackRecord {
  /** The record of a stack. */
  public static of(stack: Construct): StackRecord {
    const record = records.get(stack) ?? new StackRecord(stack);
    records.set(stack, record);
    return record;
  }

  /** The record of a stack in which we have made something; looking leaves no trace. */
  public static find(stack: Construct): StackRecord | undefined {
    return records.get(stack);
  }

  /** The parent of our resources. */
  public readonly parent: Construct;
  /** Why every port of the stack is open. */
  public readonly provenance = new Provenance();
  private readonly ours = new Map<string, IConstruct>();
  private readonly imports: (() => readonly ImportBlock[])[] = [];
  private readonly stack: Construct;

  private constructor(stack: Construct) {
    this.stack = stack;
    if (stack.node.tryFindChild(ID)) {
      throw refusal(
        `stack "${stack.node.path}"`,
        `the id ${ID} is taken by the rules of this package`,
        'another construct of that id',
      );
    }
    this.parent = this.hiddenElement();
  }

  /** The resource of ours that has an address. */
  public at(address: string): IConstruct | undefined {
    return this.ours.get(address);
  }

  /** Notes a resource of ours. */
  public add(address: string, resource: IConstruct): void {
    this.ours.set(address, resource);
  }

  /** Takes things over that stand already. Which ones is asked when the stack is synthesized, after all rules were made. */
  public addImports(blocks: () => readonly ImportBlock[]): void {
    this.imports.push(blocks);
  }

  /** An element of the stack, because only elements are asked for metadata, and that exactly once in every way of synthesizing. */
  private hiddenElement(): Construct {
    const { TerraformElement } = coreOf(this.stack);
    const toMetadata = (): object => {
      this.refuseMoved();
      this.refuseForeigners();
      return { clusterPorts: this.provenance.toJson() };
    };
    const blocks = (): ImportBlock[] => this.imports.flatMap((those) => those());
    const imports = (): readonly ImportBlock[] => checkImports(blocks(), `stack "${this.stack.node.path}"`);
    return new (class ClusterPortsRules extends TerraformElement {
      public override toMetadata(): object {
        return toMetadata();
      }
      public override toTerraform(): object {
        return importJson(imports());
      }
      public override toHclTerraform(): object {
        return importHcl(imports());
      }
    })(this.stack, ID);
  }

  /** Provenance, `addresses` and the promise that no port closes rest on the addresses that were given. */
  private refuseMoved(): void {
    const { TerraformResource } = coreOf(this.stack);
    for (const [address, element] of this.ours) {
      if (!TerraformResource.isTerraformResource(element) || addressOf(element) === address) continue;
      const need = `the rule ${address} of cdktf-cluster-ports must keep its address`;
      const place = `stack "${this.stack.node.path}"`;
      throw refusal(place, need, addressOf(element), 'an override of "moved" from the old address');
    }
  }

  /** The framework merges two resources of one address without a word. */
  private refuseForeigners(): void {
    const { TerraformResource } = coreOf(this.stack);
    for (const element of this.stack.node.findAll()) {
      if (!TerraformResource.isTerraformResource(element) || element.cdktfStack !== this.stack) continue;
      const address = addressOf(element);
      const ours = this.ours.get(address);
      if (ours && ours !== element) {
        throw refusal(
          element.node.path,
          `the address ${address} belongs to a rule of cdktf-cluster-ports`,
          'a second resource of that address',
          'another id',
        );
      }
    }
  }
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
