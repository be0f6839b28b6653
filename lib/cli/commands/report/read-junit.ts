import { SaxesParser } from 'saxes';
import type { ReportedResult, ReportVerification } from '../../../documents';
import { readFile, refusal } from '../../../input';

const MAX_MEGABYTES = 16;
const NEED = 'the file must be JUnit XML, such as "cluster-ports verify --format junit" writes';

/** An element whose text or children matter. */
interface TestCase {
  outcome: ReportedResult['outcome'];
  message: string;
  readonly name: string;
  readonly destination: string;
  readonly details: string[];
}

const OUTCOMES: ReadonlyMap<string, ReportedResult['outcome']> = new Map([
  ['failure', 'failed'],
  ['error', 'failed'],
  ['skipped', 'not tried'],
]);

/** Reads the results of `verify`. Throws if the file is no JUnit XML. */
export function readJunit(file: string): ReportVerification {
  const content = readFile(file, MAX_MEGABYTES * 2 ** 20);
  if (!('text' in content)) {
    const reason = content.cause === 'too-large' ? `more than ${MAX_MEGABYTES} MB` : content.reason;
    throw refusal(file, 'file-not-readable', NEED, reason);
  }
  const { cases, remarks, root } = parsed(content.text, file);
  if (root !== 'testsuites' && root !== 'testsuite') throw invalid(file, `<${root}>`);
  return { file, results: cases, remarks };
}

interface Parsed {
  /** The name of the outermost element. */
  root: string;
  readonly cases: TestCase[];
  readonly remarks: string[];
}

function parsed(xml: string, file: string): Parsed {
  const found: Parsed = { root: '', cases: [], remarks: [] };
  const parser = new SaxesParser();
  let current: TestCase | undefined;
  let text = '';
  parser.on('error', () => {
    // the message of the parser would quote a part of the file
    throw invalid(file, 'something else');
  });
  parser.on('opentag', ({ name, attributes }) => {
    found.root ||= name;
    text = '';
    if (name === 'testcase') {
      const { name: title = '', classname: destination = '' } = attributes;
      current = { outcome: 'passed', message: '', name: title, destination, details: [] };
      found.cases.push(current);
    }
    const outcome = OUTCOMES.get(name);
    if (current !== undefined && outcome !== undefined) {
      current.outcome = outcome;
      const { message = '' } = attributes;
      current.message = message;
    }
  });
  parser.on('text', (part) => (text += part));
  parser.on('cdata', (part) => (text += part));
  parser.on('closetag', ({ name }) => {
    const line = text.trim();
    text = '';
    if (name === 'testcase') current = undefined;
    else if (line !== '') (current?.details ?? found.remarks).push(line);
  });
  parser.write(xml).close();
  return found;
}

function invalid(file: string, got: string): Error {
  return refusal(
    file,
    'junit-invalid',
    NEED,
    got,
    '"cluster-ports verify --as worker --format junit --output verify.xml"',
  );
}
