import { checkObject, checkPropNames, type ErrorCode, nearestName, type PropNames, refusal, shown } from '../input';
import {
  checkClaims,
  type Claims,
  doubtText,
  FlowJudge,
  type JsonObject,
  type MovedRow,
  movedRows,
  movedText,
  proof,
  provenanceIn,
  readTerraform,
  terraformKind,
} from '../traffic';
import { CLOSED, type Comparison, notCompared } from './comparison';
import type { DocumentsOptions } from './rows';
import type { Subject } from './subject';

/** Compares what the rules of a stack allow with the documents of its constructs. Only the named rows may be moved or disabled. */
export function comparedWithDocuments({ json, file }: Subject, options: DocumentsOptions, place: string): Comparison {
  const { moved: namedMoved, disabled: namedDisabled } = namedRows(options, place);
  if (terraformKind(json, file) === 'synthesized' && !provenanceIn(json as JsonObject, file)) {
    const need = 'the stack must come with its provenance, which Testing.synth leaves out';
    const fix = 'the stack itself, or the path of its cdk.tf.json';
    throw refusal(file, 'provenance-missing', need, 'none', fix);
  }
  const { missing, extra, notEvaluated } = proof(json, file);
  const configuration = readTerraform(json, file);
  const moved = movedRows(configuration);
  const claims = checkClaims(json, file, new FlowJudge(configuration));
  const disabled = disabledFlows(json, file, claims);
  checkNamed(namedMoved, moved, { place, code: 'row-not-moved', need: 'moved must name rows that are moved' });
  const need = 'disabled must name rows that are closed because their firewall is disabled';
  checkNamed(namedDisabled, disabled, { place, code: 'row-not-disabled', need });
  const lists = [
    { title: 'Moved to a different port, and not named in moved', lines: unnamed(moved, namedMoved, movedText) },
    {
      title: 'Disabled, and not named in disabled',
      lines: unnamed(disabled, namedDisabled, () => 'its firewall is disabled'),
    },
    { title: 'False: the provenance says so, and it does not hold', lines: falseClaims(json, file, claims) },
    { title: CLOSED, lines: closedFlows(json, file, claims) },
    { title: 'Not known to be open', lines: notKnownFlows(json, file, claims) },
  ];
  return {
    missing: { title: 'Missing: in the documents, and not permitted', rows: missing },
    extra: { title: 'Extra: permitted to the same machines, and in no document', rows: extra },
    lists,
    notEvaluated: notCompared({ notEvaluated }),
  };
}

const OPTION_NAMES: PropNames<DocumentsOptions> = { moved: true, disabled: true };

function namedRows(options: DocumentsOptions, place: string): Required<DocumentsOptions> {
  checkObject(options, 'options', "{ moved: ['kubelet'] }", place);
  checkPropNames(options, OPTION_NAMES, place);
  const { moved = [], disabled = [] } = options;
  for (const [name, rows] of Object.entries({ moved, disabled })) {
    if (Array.isArray(rows) && rows.every((row) => typeof row === 'string')) continue;
    throw refusal(
      place,
      'row-names-invalid',
      `${name} must be a list of row names`,
      shown(rows),
      `${name}: ['kubelet']`,
    );
  }
  return { moved, disabled };
}

/** A row by its key among all documents. */
type KeyedRow = Pick<MovedRow, 'row'>;

/** The names of a row: `kubelet` and `control-plane>worker/kubelet`. */
function namesOf({ row }: KeyedRow): string[] {
  const [, source, destination, name] = /\/([^/]+?)-to-([^/]+)\/([^/]+)$/.exec(row) ?? [];
  return [name, `${source}>${destination}/${name}`];
}

interface NamedRowsError {
  readonly place: string;
  readonly code: ErrorCode;
  readonly need: string;
}

/** Throws if one of the names is of none of the rows. */
function checkNamed(named: readonly string[], rows: readonly KeyedRow[], { place, code, need }: NamedRowsError): void {
  const known = [...new Set(rows.flatMap(namesOf))];
  const unknown = named.find((row) => !known.includes(row));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const list = known.length === 0 ? 'there are none' : known.join(', ');
  throw refusal(place, code, `${need} (${list})`, shown(unknown), nearest && shown(nearest));
}

function unnamed<T extends KeyedRow>(rows: readonly T[], named: readonly string[], text: (row: T) => string): string[] {
  const others = rows.filter((row) => !namesOf(row).some((name) => named.includes(name)));
  return [...new Set(others.map((row) => `${namesOf(row)[1]}: ${text(row)}`))];
}

function disabledFlows(json: unknown, file: string, { flows: doubts }: Claims): KeyedRow[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  return flows.filter((_, at) => doubts[at]?.isDisabled === true);
}

function closedFlows(json: unknown, file: string, { closedAtSource: reasons }: Claims): string[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  const texts = flows.flatMap(({ row }, at) => {
    const closed = reasons[at];
    // a group without outbound rules may get them from a configuration that is not tested
    return closed === undefined || closed.isWithoutRules ? [] : [`${row}: ${closed.reason}`];
  });
  return [...new Set(texts)];
}

/** Leaves out flows that depend on the IP addresses of machines: the rules are as the documents say. */
function notKnownFlows(json: unknown, file: string, { notKnown: { flows: reasons } }: Claims): string[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  const texts = flows.flatMap(({ row }, at) => {
    const reason = reasons[at];
    return reason === undefined || reason.isOfAddresses ? [] : [`${row}: ${reason.text}`];
  });
  return [...new Set(texts)];
}

function falseClaims(json: unknown, file: string, { flows, hostnames }: Claims): string[] {
  const provenance = provenanceIn(json as JsonObject, file)!;
  const doubts = [
    ...provenance.flows.map(({ row }, at) => ({ row, doubt: flows[at] })),
    ...(provenance.hostnames ?? []).map(({ document, row }, at) => ({
      row: `${document}/${row}`,
      doubt: hostnames[at],
    })),
  ];
  return doubts.flatMap(({ row, doubt }) =>
    doubt === undefined || doubt.isDisabled ? [] : [`${row}: ${doubtText(doubt)}`],
  );
}
