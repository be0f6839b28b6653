import { cli, expectUsageError } from '../support/cli';

/** The options of which every value is used. */
const REPEATABLE: Readonly<Record<string, readonly string[]>> = {
  commands: ['--state', '--ip-ranges'],
  cover: ['--product', '--role', '--fail-on', '--why'],
  diagram: ['--stack', '--state', '--ip-ranges'],
  diff: ['--fail-on', '--why'],
  explain: ['--why'],
  'host-rules': ['--ssh-port', '--state', '--ip-ranges'],
  lint: ['--fail-on', '--only', '--ignore', '--why'],
  matrix: ['--state', '--ip-ranges'],
  report: ['--state', '--ip-ranges'],
  request: ['--state', '--ip-ranges'],
  verify: ['--hosts', '--state', '--ip-ranges'],
};

/** A value that the option accepts, where any text is not one. */
const VALUES: Readonly<Record<string, string>> = {
  '--format': 'table',
  'diagram --format': 'mermaid',
  'request --format': 'text',
  'verify --format': 'text',
  '--for': 'nftables',
  'verify --for': 'script',
  '--accept': 'refused',
  '--today': '2027-03-31',
  '--world-wider-than': '/8',
  '--max-length': '20000',
  '--max-rules': '60',
  '--timeout': '4',
  '--interval': '4',
  '--give-up-after': '4',
  '--labels': 'app=web',
  '--pods': '10.42.0.0/16',
};

async function commandNames(): Promise<string[]> {
  const { stdout } = await cli(['--help']);
  const [, list] = stdout.split('\nCommands:\n');
  return [...list.matchAll(/^ {2}([a-z][-a-z]+) /gm)].map(([, name]) => name);
}

/** Returns the options of a command that take a value, as its help shows them. */
async function optionsWithValue(command: string): Promise<{ readonly flags: string; readonly flag: string }[]> {
  const { stdout } = await cli([command, '--help']);
  const all = stdout.matchAll(/^ {2}((?:-\w, |--\w+, )?(--[-a-z]+) <[^>]+>)/gm);
  return [...all].map(([, flags, flag]) => ({ flags, flag }));
}

test('an option whose last value would win must be given once, in every command', async () => {
  const commands = await commandNames();
  expect(commands).toHaveLength(16);
  for (const command of commands) {
    const options = await optionsWithValue(command);
    expect(options).not.toEqual([]);
    for (const { flags, flag } of options) {
      if (REPEATABLE[command]?.includes(flag)) continue;
      const value = VALUES[`${command} ${flag}`] ?? VALUES[flag] ?? 'text';
      const table = command === 'ports' ? ['rke2'] : [];
      const sentence = `cluster-ports ${command}: option '${flags}' must be given once`;
      await expectUsageError([command, ...table, flag, value, flag, value], sentence);
    }
  }
});

test('the options that may be given again are those of the commands', async () => {
  for (const [command, flags] of Object.entries(REPEATABLE)) {
    const known = (await optionsWithValue(command)).map(({ flag }) => flag);
    expect(known).toEqual(expect.arrayContaining([...flags]));
  }
});

test('a label has one value', async () => {
  const call = ['verify', '--as', 'worker', '--for', 'job', '--labels', 'app=web,tier=front,app=api'];
  const { code, stderr } = await cli(call);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      '--labels: each label must have the form <name>=<value>, and a name of its own, got "app=api" [option-value-unknown]\n',
  });
});

test.each([
  ['ports', 'rke2', '--cni', 'cilium', '--cni', 'canal'],
  ['ports', 'rke2', '--edition', '2025-11', '--edition=2025-12'],
])('an option of a table must be given once: %s %s %s %s %s', async (...argv) => {
  const { code, stderr } = await cli(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^cluster-ports ports: option '--(?:cni|edition <edition>)' must be given once\n$/);
});
