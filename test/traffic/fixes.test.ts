import { readTerraform } from '../../lib/traffic/read/read-terraform';
import type { ErrorCode } from '../../lib/input';
import { testFixes } from '../support/fixes';

const stack = (clusterPorts: object): unknown => ({ '//': { metadata: { stackName: 'dev', clusterPorts } } });

/** As in `testFixes`, with the JSON that is read. */
const FIXES: [what: string, code: ErrorCode, wrong: unknown, suggestion: string, right: unknown][] = [
  [
    'a raw state file, shown by terraform show -json',
    'raw-state-file',
    { lineage: 'x', serial: 1 },
    '"terraform show -json > state.json"',
    { format_version: '1.0', values: { root_module: {} } },
  ],
  [
    'provenance that was edited, synthesized again',
    'json-altered',
    stack({ version: 1, documents: {}, rows: {}, peers: [] }),
    'to synthesize the stack again',
    stack({ version: 1, documents: {}, rows: {}, peers: [], flows: [] }),
  ],
];

const read = (json: unknown) => (): unknown => readTerraform(json, 'cdk.tf.json');

testFixes(FIXES.map(([what, code, wrong, suggestion, right]) => [what, code, read(wrong), suggestion, read(right)]));

test('evaluates everything in the JSON with the fixes', () => {
  for (const [, , , , right] of FIXES) expect(read(right)()).toMatchObject({ file: 'cdk.tf.json', notEvaluated: [] });
});
