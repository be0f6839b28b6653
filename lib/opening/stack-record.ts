import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { checkedImports, coreOf, type ImportBlock, importHcl, importJson, verbatim } from '../framework';
import { refusal } from '../input';
import { Provenance } from './provenance';

const ID = 'cdktf-cluster-ports';
/** Marks the hidden construct, also for other copies of this package. */
const RULES = Symbol.for('cdktf-cluster-ports/ClusterPortsRules');
const records = new WeakMap<IConstruct, StackRecord>();

/** The resources of this library in one stack, and their provenance. The parent of the resources is a hidden construct. */
export class StackRecord {
  /** Returns the record of a stack, and creates it on first use. */
  public static of(stack: Construct): StackRecord {
    const record = records.get(stack) ?? new StackRecord(stack);
    records.set(stack, record);
    return record;
  }

  /** Returns the record of a stack if it exists. Creates nothing. */
  public static find(stack: Construct): StackRecord | undefined {
    return records.get(stack);
  }

  /** The parent of the resources of this library. */
  public readonly parent: Construct;
  /** The record of why every port of the stack is open. */
  public readonly provenance = new Provenance();
  private readonly byAddress = new Map<string, IConstruct>();
  private readonly imports: (() => readonly ImportBlock[])[] = [];
  private readonly checks: (() => void)[] = [];
  private readonly stack: Construct;

  private constructor(stack: Construct) {
    this.stack = stack;
    checkIdIsFree(stack);
    this.parent = this.hiddenElement();
  }

  /** Returns the resource of this library at a Terraform address. */
  public at(address: string): IConstruct | undefined {
    return this.byAddress.get(address);
  }

  /** Records a resource of this library. */
  public add(address: string, resource: IConstruct): void {
    this.byAddress.set(address, resource);
  }

  /** Adds import blocks. `blocks` is called during synthesis, when all rules exist. */
  public addImports(blocks: () => readonly ImportBlock[]): void {
    this.imports.push(blocks);
  }

  /**
   * Adds a check of the whole app. It is called during synthesis, when all resources exist, and before the framework collects the warnings
   * of constructs. It may be called again.
   */
  public addCheck(check: () => void): void {
    this.checks.push(check);
  }

  /**
   * Creates the hidden construct. It is an element, because the framework collects metadata from elements, once per synthesis.
   */
  private hiddenElement(): Construct {
    const { TerraformElement } = coreOf(this.stack);
    const toMetadata = (): object => {
      this.checkAddresses();
      this.checkOtherResources();
      this.runChecks();
      return { clusterPorts: verbatim(this.provenance.toJson()) };
    };
    const blocks = (): ImportBlock[] => this.imports.flatMap((importBlocks) => importBlocks());
    const imports = (): readonly ImportBlock[] => checkedImports(blocks(), `stack "${this.stack.node.path}"`);
    const element = new (class ClusterPortsRules extends TerraformElement {
      public readonly [RULES] = true;
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
    // validations may be left out, and come before the framework collects warnings; metadata comes after that
    element.node.addValidation({
      validate: () => {
        this.runChecks();
        return [];
      },
    });
    return element;
  }

  private runChecks(): void {
    for (const check of this.checks) check();
  }

  /** Throws if a resource no longer has the Terraform address that provenance and `dependables` contain. */
  private checkAddresses(): void {
    const { TerraformResource } = coreOf(this.stack);
    for (const [address, element] of this.byAddress) {
      if (!TerraformResource.isTerraformResource(element) || addressOf(element) === address) continue;
      const need = `the rule ${address} of cdktf-cluster-ports must keep its Terraform address`;
      const got = addressOf(element);
      const fix = `stack.addOverride("moved", [{ from: "${got}", to: "${address}" }])`;
      throw refusal(`stack "${this.stack.node.path}"`, 'rule-moved', need, got, fix);
    }
  }

  /** Throws if a resource of the user has the Terraform address of a rule: the framework would merge the two silently. */
  private checkOtherResources(): void {
    const { TerraformResource } = coreOf(this.stack);
    for (const element of this.stack.node.findAll()) {
      if (!TerraformResource.isTerraformResource(element) || element.cdktfStack !== this.stack) continue;
      const address = addressOf(element);
      const rule = this.byAddress.get(address);
      if (rule && rule !== element) {
        throw refusal(
          element.node.path,
          'rule-address-taken',
          `the Terraform address ${address} belongs to a rule of cdktf-cluster-ports`,
          'a second resource with that address',
          'a different id',
        );
      }
    }
  }
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

function checkIdIsFree(stack: Construct): void {
  const child = stack.node.tryFindChild(ID);
  if (child === undefined) return;
  const place = `stack "${stack.node.path}"`;
  if (RULES in child) {
    const need = 'one copy of this package must open all ports of a stack, because each copy checks only its own rules';
    throw refusal(place, 'package-loaded-twice', need, 'rules of another copy', 'npm dedupe');
  }
  throw refusal(
    place,
    'construct-id-taken',
    `the id ${ID} must be free, because the rules of this library use it`,
    'a construct with that id',
    'a different id',
  );
}
