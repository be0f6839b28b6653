import { cli } from '../support/cli';

const COMMANDS = [
  'host-rules',
  'request',
  'matrix',
  'diagram',
  'report',
  'commands',
  'verify',
  'show',
  'diff',
  'explain',
  'lint',
  'cover',
  'products',
  'ports',
  'who',
];
/** Its options are those of a table, and the table refuses them. */
const WITH_OPTIONS_OF_A_TABLE = 'ports';

test('the help lists the commands, the exit codes and an example', async () => {
  const { code, stdout, stderr } = await cli(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchSnapshot();
});

test.each(COMMANDS)('the help of %s has an example that the command accepts', async (command) => {
  const { code, stdout, stderr } = await cli([command, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchSnapshot();
  const [, example] = /^Example:\n {2}\$ cluster-ports (.*)$/m.exec(stdout)!;
  const parsed = await cli([...example.split(' '), '--no-such-option']);
  const refused =
    command === WITH_OPTIONS_OF_A_TABLE
      ? /^ports: .*"no-such-option" \[option-unknown\]\n$/
      : new RegExp(`^cluster-ports ${command}: unknown option '--no-such-option'\n$`);
  expect(parsed.stderr).toMatch(refused);
});

test('shows the help and exits with code 2 without a command', async () => {
  const help = await cli(['--help']);
  expect(await cli([])).toEqual({ code: 2, stdout: '', stderr: help.stdout });
});

test('prints its version', async () => {
  expect(await cli(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});
