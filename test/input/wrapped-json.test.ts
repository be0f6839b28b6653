import { parseJson } from '../../lib/input';
import { errorOf, expectRefusal } from '../support/refusals';

const PLAN = '{"format_version":"1.2","planned_values":{"root_module":{}}}';

const PRETTY = JSON.stringify(JSON.parse(PLAN), undefined, 2);
const PRETTY_LINES = 6;

/** The lines that each wrapper prints around the JSON, as it prints them. */
const WRAPPERS: readonly (readonly [name: string, before: string, after: string])[] = [
  // https://github.com/hashicorp/setup-terraform/blob/5aa9444145a940d669e4b92ef8a1821f0f4749da/wrapper/terraform.js
  [
    'the wrapper of setup-terraform before its version 3',
    '[command]D:\\a\\_temp\\8c0cd7ea-4d5f-4a5c-a6cd-3d9d5a8f3c3e\\terraform-bin.exe show -json plan.out\n',
    '\n::debug::Terraform exited with code 0.\n' +
      `::debug::stdout: ${PLAN}%0A\n::debug::stderr: \n::debug::exitcode: 0\n` +
      `\n::set-output name=stdout::${PLAN}%0A\n\n::set-output name=stderr::\n\n::set-output name=exitcode::0\n`,
  ],
  [
    'the wrapper of setup-terraform without a line break',
    '[command]/tools/terraform-bin show\n',
    '::debug::exitcode: 0\n',
  ],
  ['a runner of Azure', '##[section]Starting: plan\n##[command]/usr/bin/terraform show -json plan.out\n', '\n'],
  [
    'make in a directory',
    "make[1]: Entering directory '/src'\nterraform show -json plan.out\n",
    "\nmake[1]: Leaving directory '/src'\n",
  ],
  ['make with a recipe of two commands', 'cd infra && terraform -chdir=prod show -json plan.out\n', '\n'],
  ['npm', '\n> app@1.0.0 plan\n> terraform show -json plan.out\n\n', '\n'],
  ['pnpm', '\n> app@1.0.0 plan /src\n> terraform show -json plan.out\n\n', '\n'],
  ['yarn', 'yarn run v1.22.22\n$ terraform show -json plan.out\n', '\nDone in 0.42s.\n'],
  ['yarn in a terminal', 'yarn run v1.22.22\n$ tofu show -json plan.out\n', '\n✨  Done in 0.42s.\n'],
  ['a shell that traces', '+ cd infra\n++ pwd\n+ terraform show -json plan.out\n', '\n+ exit 0\n'],
  ['Task', 'task: [plan] terraform show -json plan.out\n', '\n'],
  ['direnv', 'direnv: loading ~/app/.envrc\ndirenv: export +AWS_PROFILE\n', '\n'],
  // https://github.com/gruntwork-io/terragrunt/blob/286a33cb8f79d5ef9177d835561e94fe3cc3caf0/pkg/log/format/format.go
  [
    'Terragrunt',
    '14:02:01.123 INFO   Downloading source\n14:02:01.123 STDOUT terraform: ',
    '\n14:02:01.124 INFO   done\n',
  ],
  ['Terragrunt with several units', '14:02:01.123 STDOUT [prod/vpc] tofu: ', '\n'],
  [
    'Terragrunt in colours',
    '\u001b[90m14:02:01.123\u001b[0m \u001b[32mINFO  \u001b[0m reading {"a": 1}\r\n' +
      '\u001b[90m14:02:01.124\u001b[0m \u001b[37mSTDOUT\u001b[0m \u001b[36mterraform: \u001b[0m',
    '\r\n',
  ],
  ['Terragrunt in its bare format', 'INFO[0000] Downloading source\t prefix=[vpc] \nSTDO[0001] ', '\n'],
  ['Terragrunt in keys and values', 'time=2026-11-29T14:02:01Z level=info prefix=vpc msg=Downloading source\n', '\n'],
  [
    'Terragrunt in JSON',
    '{"time":"2026-11-29T14:02:01Z", "level":"info", "working-dir":"vpc", "msg":"Downloading source"}\n',
    '\n{"time":"2026-11-29T14:02:02Z", "level":"debug", "working-dir":"vpc", "msg":"done"}\n',
  ],
  // https://github.com/gruntwork-io/terragrunt/issues/3102
  ['Terragrunt with the prefix of a unit', '[/src/prod/vpc] ', '\n'],
  ['pino', '{"level":30,"time":1796000000000,"msg":"show"}\n', '\n{"level":30,"time":1796000000001,"msg":"done"}\n'],
  ['two byte order marks', '\ufeff\ufeff', '\n'],
];

test.each(WRAPPERS)('finds the only Terraform JSON in the output of %s', (_name, before, after) => {
  expect(parseJson(`${before}${PLAN}${after}`, 'the text')).toEqual(JSON.parse(PLAN));
});

/** What is not the output of a known wrapper, and the line in which it begins. */
const OTHER_TEXT: readonly (readonly [what: string, text: string, line: number])[] = [
  ['a brace too many', `${PLAN}}`, 1],
  ['a brace too many in a line of its own', `${PRETTY}\n\n}\n`, PRETTY_LINES + 2],
  ['a bracket too many', `${PLAN}]`, 1],
  ['a comma', `${PLAN},\n`, 1],
  ['a word', `${PLAN} oops`, 1],
  ['an object of a different tool', `${PLAN}\n{"a":1}\n`, 2],
  ['a list', `${PLAN}\n[]\n`, 2],
  ['more of the object', `${PLAN}\n"resource_changes": []}\n`, 2],
  ['an end of a merge', `${PLAN}\n>>>>>>> branch\n`, 2],
  ['an error of make', `${PLAN}\nmake: *** [Makefile:2: plan] Error 1\n`, 2],
  ['an error of GitHub', `${PLAN}\n::error::Terraform exited with code 1.\n`, 2],
  ['an error of Terragrunt', `${PLAN}\n14:02:01.124 ERROR  exit status 1\n`, 2],
  ['an error in a log in JSON', `${PLAN}\n{"level":"error","msg":"exit status 1"}\n`, 2],
  ['a line between those of a wrapper', `${PLAN}\n::debug::exitcode: 0\nsecret\n::debug::done\n`, 3],
];

test.each(OTHER_TEXT)('fails for %s after the JSON, and says where', (_what, text, line) => {
  const { code, sentence } = errorOf(() => parseJson(text, 'the text'));
  expect(code).toBe('json-invalid');
  expect(sentence).toBe(
    `the text: must be valid JSON, got something after the JSON, in line ${line}, that no known wrapper prints; ` +
      'did you mean "terraform show -json plan.out > plan.json"?',
  );
});

test.each([
  ['a name', `plan = ${PLAN}`, 1],
  ['a line', `> show\n\nsecret\n${PLAN}\n`, 3],
  ['a brace that ends', `{}\n${PLAN}\n`, 1],
])('fails for %s before the JSON, and says where', (_what, text, line) => {
  const { code, sentence } = errorOf(() => parseJson(text, 'the text'));
  expect(code).toBe('json-invalid');
  expect(sentence).toContain(`got something before the JSON, in line ${line}, that no known wrapper prints; did`);
});

test.each([
  ['a brace too many', '{"version":1}}', 1],
  ['a word', '{"version":1}\n\nsecret', 3],
])('fails for %s after JSON that is not Terraform', (_what, text, line) => {
  const { code, sentence } = errorOf(() => parseJson(text, 'the text'));
  expect(code).toBe('json-invalid');
  expect(sentence).toContain(`got something after the JSON, in line ${line}, that no known wrapper prints; did`);
});

test.each([
  ['two plans', `${PLAN}\n${PLAN}\n`],
  ['two plans in a line', `${PLAN}${PLAN}`],
  ['a plan in a plan that is not complete', `{"format_version":"1.2",\n${PLAN}\n`],
  ['a brace before a plan', `{\n${PLAN}\n`],
  ['JSON of a different tool', 'made {"a":1}\n'],
  ['a plan that ends within a text', `done\n${PLAN.slice(0, 10)}`],
])('fails for %s', (_what, text) => {
  expectRefusal(() => parseJson(text, 'the text'), 'json-invalid');
});

test('fails for a text of a million quotes that has no end', () => {
  expectRefusal(() => parseJson(`{\n"${'\\"'.repeat(1_000_000)}`, 'the text'), 'json-invalid');
});
