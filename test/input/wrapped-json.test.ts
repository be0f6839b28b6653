import { parseJson } from '../../lib/input';
import { expectRefusal } from '../support/refusals';

const PLAN = '{"format_version":"1.2","planned_values":{"root_module":{}}}';

test.each([
  ['make', `terraform show -json plan.out\n${PLAN}\nmake[1]: Leaving directory '/src'\n`],
  ['npm', `\n> app@1.0.0 plan\n> terraform show -json plan.out\n\n${PLAN}\n`],
  ['Terragrunt', `14:02:01.123 STDOUT terraform: ${PLAN}\n14:02:01.124 INFO done\n`],
  ['the wrapper of GitHub', `[command]terraform show\n${PLAN}\n::debug::exitcode: 0\n::debug::stdout: ${PLAN}%0A\n`],
  ['a log in JSON', `{"level":"info","text":"show"}\n${PLAN}\n{"level":"info","text":"done"}\n`],
])('finds the only Terraform JSON in the output of %s', (_name, text) => {
  expect(parseJson(text, 'the text')).toEqual(JSON.parse(PLAN));
});

test.each([
  ['two plans', `${PLAN}\n${PLAN}\n`],
  ['two plans in a line', `${PLAN}${PLAN}`],
  ['a plan in a plan that is not complete', `{"format_version":"1.2",\n${PLAN}\n`],
  ['JSON of a different tool', 'made {"a":1}\n'],
  ['a plan that ends within a text', `done\n${PLAN.slice(0, 10)}`],
])('fails for %s', (_what, text) => {
  expectRefusal(() => parseJson(text, 'the text'), 'json-invalid');
});

test('fails for a text of a million quotes that has no end', () => {
  expectRefusal(() => parseJson(`{\n"${'\\"'.repeat(1_000_000)}`, 'the text'), 'json-invalid');
});
