import type { IConstruct } from 'constructs';
import type { DocumentsOptions, ExpectedRow, ExpectedTraffic, PermittedRow, TrafficDifferences } from './rows';
import type * as Tested from './tested-traffic';

/**
 * The traffic that a stack permits, read back from its Terraform, for tests in every language and with every test framework. It has
 * no assertions: a test expects that the text of the differences is empty, and shows it otherwise.
 *
 * In Jest and Vitest, the matchers of `cdktf-cluster-ports/testing` do the same.
 * @example
 * const traffic = PermittedTraffic.ofStack(stack);
 * const rows = [{ port: '9090/tcp', from: '203.0.113.7', to: 'tag:prometheus' }];
 * console.log(traffic.differences(rows).text, traffic.differencesFromDocuments().text);
 */
export class PermittedTraffic {
  /**
   * Returns what a stack permits, as it is deployed: after the Aspects of the app.
   *
   * @param stack a `TerraformStack` of cdktf or of CDK Terrain
   * @throws ClusterPortsError `terraform-json-required` for anything else
   */
  public static ofStack(stack: IConstruct): PermittedTraffic {
    const tested = loaded();
    return new PermittedTraffic(new tested.TestedTraffic(tested.subjectOfStack(stack, 'PermittedTraffic.ofStack')));
  }

  /**
   * Returns what a file of Terraform JSON permits.
   *
   * @param path a `cdk.tf.json`, or what `terraform show -json` prints for a plan or a state
   * @throws ClusterPortsError `file-not-readable`, `json-invalid` or `terraform-json-required`
   */
  public static ofFile(path: string): PermittedTraffic {
    const tested = loaded();
    return new PermittedTraffic(new tested.TestedTraffic(tested.subjectOfFile(path)));
  }

  /**
   * Returns what the text of Terraform JSON permits.
   *
   * @param json what `Testing.synth` returns, or `terraform show -json` prints; the text of `Testing.synth` lacks the provenance, which
   * the comparison with the documents needs
   * @throws ClusterPortsError `json-invalid` or `terraform-json-required`
   */
  public static ofJson(json: string): PermittedTraffic {
    const tested = loaded();
    return new PermittedTraffic(new tested.TestedTraffic(tested.subjectOfText(json)));
  }

  /**
   * Reads a stack, synthesized text, a parsed object, or the path of a file.
   * @internal
   */
  public static _of(value: unknown, place: string): PermittedTraffic {
    const tested = loaded();
    return new PermittedTraffic(new tested.TestedTraffic(tested.subjectOf(value, place)));
  }

  private constructor(private readonly tested: Tested.TestedTraffic) {}

  /**
   * The permitted traffic, one row per port and far end. Outbound traffic that GCP allows by default is in it only if a rule denies a
   * part of it.
   */
  public get rows(): PermittedRow[] {
    return this.tested.rows;
  }

  /** What affects the traffic and could not be evaluated, one line each: the Terraform address and the reason. */
  public get notEvaluated(): string[] {
    return this.tested.notEvaluated;
  }

  /**
   * The rows and what could not be evaluated, one line each, for a snapshot: the order does not depend on how the Terraform is written.
   */
  public get text(): string {
    return this.tested.text;
  }

  /**
   * Returns how the permitted traffic differs from rows, in both directions. Outbound traffic that GCP allows by default needs no row.
   *
   * @param rows everything that must be permitted
   * @throws ClusterPortsError for a row that is not valid, or names what the Terraform does not have: `row-invalid`, `port-invalid`,
   * `range-invalid`, `group-unknown`, `group-ambiguous` and others
   */
  public differences(rows: ExpectedTraffic[]): TrafficDifferences {
    return this._compared('differences', rows, 'PermittedTraffic.differences');
  }

  /**
   * Returns which traffic in rows is not permitted. A row without a direction is judged at both ends: outbound rules of its source may
   * stop it too.
   *
   * @param rows what must be permitted, among other traffic
   * @throws ClusterPortsError as `differences`, and `rows-required` without rows
   */
  public missing(rows: ExpectedTraffic[]): TrafficDifferences {
    return this._compared('missing', rows, 'PermittedTraffic.missing');
  }

  /**
   * Returns which traffic in rows is permitted, even if it is only a part: the differences are `extra`.
   *
   * @param rows what must not be permitted
   * @throws ClusterPortsError as `differences`, and `rows-required` without rows
   */
  public unwanted(rows: ExpectedTraffic[]): TrafficDifferences {
    return this._compared('unwanted', rows, 'PermittedTraffic.unwanted');
  }

  /**
   * Returns how the permitted traffic differs from what the documents of the stack's constructs say. Rows that constructs leave closed
   * because of `omit` are no difference. What the tables of this package have is compared with the tables, whatever the provenance says.
   *
   * @param options the rows that may differ
   * @throws ClusterPortsError `provenance-missing` for a stack without constructs of this library and for the text of `Testing.synth`,
   * `row-not-moved` or `row-not-disabled` for a named row that does not differ
   */
  public differencesFromDocuments(options: DocumentsOptions = {}): TrafficDifferences {
    return this._comparedWithDocuments(options, 'PermittedTraffic.differencesFromDocuments');
  }

  /**
   * Compares with rows. `place` is the call of the user, for errors.
   * @internal
   */
  public _compared(
    kind: 'differences' | 'missing' | 'unwanted',
    rows: readonly ExpectedRow[],
    place: string,
  ): TrafficDifferences {
    return this.tested.compared(kind, rows, place);
  }

  /**
   * Compares with the documents. `place` is the call of the user, for errors.
   * @internal
   */
  public _comparedWithDocuments(options: DocumentsOptions, place: string): TrafficDifferences {
    return this.tested.comparedWithDocuments(options, place);
  }
}

/** Loads what reads Terraform back, on first use: apps need it only in tests. */
function loaded(): typeof Tested {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./tested-traffic') as typeof Tested;
}
