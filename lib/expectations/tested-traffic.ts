import { oneLine } from '../input';
import {
  allowedBy,
  type Configuration,
  permittedBy,
  readTerraform,
  rowText,
  type TrafficRow,
  trafficRows,
} from '../traffic';
import { differencesIn, notCompared, reasonText, permittedRow } from './comparison';
import { comparedWithDocuments } from './document-comparison';
import { comparedExactly, missingRows, unwantedRows } from './row-comparisons';
import type { DocumentsOptions, ExpectedRow, PermittedRow, TrafficDifferences } from './rows';
import type { Subject } from './subject';

export { subjectOf, subjectOfFile, subjectOfStack, subjectOfText } from './subject';

/** Terraform JSON that was read, and its traffic. */
export class TestedTraffic {
  private readonly configuration: Configuration;

  public constructor(private readonly subject: Subject) {
    this.configuration = readTerraform(subject.json, subject.file);
  }

  public get rows(): PermittedRow[] {
    return permittedRows(this.configuration).map(permittedRow);
  }

  public get notEvaluated(): string[] {
    return notCompared(this.configuration).map(reasonText);
  }

  public get text(): string {
    const lines = [
      ...permittedRows(this.configuration).map((row) => oneLine(rowText(row))),
      ...this.notEvaluated.map((reason) => `not evaluated: ${reason}`),
    ];
    return lines.length === 0 ? 'nothing is permitted' : lines.join('\n');
  }

  /** Compares with rows. `place` is the call of the user, for errors. */
  public compared(kind: keyof typeof ROW_COMPARISONS, rows: readonly ExpectedRow[], place: string): TrafficDifferences {
    return differencesIn(ROW_COMPARISONS[kind](this.configuration, rows, place));
  }

  /** Compares with the documents of the stack's constructs. */
  public comparedWithDocuments(options: DocumentsOptions, place: string): TrafficDifferences {
    return differencesIn(comparedWithDocuments(this.subject, options, place));
  }
}

const ROW_COMPARISONS = { differences: comparedExactly, missing: missingRows, unwanted: unwantedRows };

/** Includes the outbound traffic that networks allow by default only if a rule denies a part of it. */
function permittedRows({ rules }: Configuration): TrafficRow[] {
  const deniesEgress = rules.some(({ direction, action }) => direction === 'egress' && action !== 'allow');
  return trafficRows(deniesEgress ? permittedBy(rules) : allowedBy(rules));
}
