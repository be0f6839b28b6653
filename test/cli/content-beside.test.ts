import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const ruleOf = (cidr: string): object => ({
  resource: {
    aws_vpc_security_group_ingress_rule: {
      a: { security_group_id: 'sg-01234567', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: cidr },
    },
  },
});

/** Writes a stack with files beside it, and returns its directory. */
function stack(name: string, json: object, beside: Record<string, string>): string {
  const directory = join(path, name);
  for (const [file, text] of Object.entries({ 'cdk.tf.json': JSON.stringify(json), ...beside })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return directory;
}

let count = 0;
async function firstGate(json: object, before: Record<string, string>, after: Record<string, string>): Promise<string> {
  count++;
  const sides = [stack(`${count}/before`, json, before), stack(`${count}/after`, json, after)];
  for (const gate of ['world', 'opened', 'widened', 'any']) {
    const { code, stderr } = await cli(['diff', ...sides, '--fail-on', gate]);
    expect(stderr).toBe('');
    if (code === 1) return gate;
  }
  return 'none';
}

const OFFICE = { 'office.txt': '10.0.0.0/8' };
const WORLD = { 'office.txt': '0.0.0.0/0' };

describe.each([
  '${file("office.txt")}',
  '${trimspace(file("${path.module}/office.txt"))}',
  '${trimspace( file ( "./office.txt" ) )}',
  '${filebase64("office.txt")}',
  '${templatefile("office.txt", {})}',
  '${jsondecode(file("office.txt")).range}',
])('the range %s', (range) => {
  test('is the same while the content of the file is the same', async () => {
    expect(await firstGate(ruleOf(range), OFFICE, OFFICE)).toBe('none');
  });

  test('may be wider if the content changes, or comes', async () => {
    expect(await firstGate(ruleOf(range), OFFICE, WORLD)).toBe('widened');
    expect(await firstGate(ruleOf(range), {}, WORLD)).toBe('widened');
  });

  test('is the same if there is no file, because Terraform can apply neither', async () => {
    expect(await firstGate(ruleOf(range), {}, {})).toBe('none');
  });
});

test('a local value passes the content on', async () => {
  const json = { ...ruleOf('${lower(local.office)}'), locals: { office: '${file("office.txt")}' } };
  expect(await firstGate(json, OFFICE, OFFICE)).toBe('none');
  expect(await firstGate(json, OFFICE, WORLD)).toBe('widened');
});

test.each([
  '${file("/etc/office.txt")}',
  '${templatefile("loop.tpl", { name = "a" })}',
  '${timestamp()}',
  '${uuid()}',
  '${file(local.name)}',
  '${file("${path.root}/${var.name}.txt")}',
])('the range %s is never known to be the same', async (range) => {
  const files = { ...OFFICE, 'loop.tpl': '%{ for x in [name] }${file(x)}%{ endfor }' };
  expect(await firstGate({ ...ruleOf(range), locals: { name: 'office.txt' } }, files, files)).toBe('widened');
});

describe('a local module', () => {
  const json = { module: { web: { source: './modules/web' } } };
  const content = (text: string): Record<string, string> => ({ 'modules/web/main.tf': text, 'modules/web/x/a.tf': '' });

  test('is the same while the content of its directory is the same', async () => {
    expect(await firstGate(json, content('a'), content('a'))).toBe('none');
  });

  test('may open something if a file in its directory changes, comes or goes', async () => {
    expect(await firstGate(json, content('a'), content('b'))).toBe('any');
    expect(await firstGate(json, content('a'), { ...content('a'), 'modules/web/b.tf': '' })).toBe('any');
  });

  test.each(['/srv/modules/web', 'file:///srv/modules/web', 'C:\\modules\\web'])(
    'is never known to be the same at %s, where both sides would find it',
    async (source) => {
      expect(await firstGate({ module: { web: { source } } }, {}, {})).toBe('any');
    },
  );

  test('is never known to be the same if its directory has a link', async () => {
    const sides = ['linked/before', 'linked/after'].map((name) => stack(name, json, content('a')));
    sides.forEach((side) => symlinkSync('/dev/zero', join(side, 'modules/web/link.tf')));
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(1);
  });
});

test('a check with a data source that runs a program may open anything', async () => {
  const json = (data: object): object => ({ check: { health: { data, assert: [{ condition: true }] } } });
  const before = stack('check/before', json({}), {});
  const after = stack('check/after', json({ external: { run: { program: ['./open.sh'] } } }), {});
  expect((await cli(['diff', before, after, '--fail-on', 'opened'])).code).toBe(1);
  expect((await cli(['show', after])).stdout).toContain('data.external.run');
});

describe('a change of a file further away stops', () => {
  const range = (text: string): object => ruleOf(text);
  const modules = (deep: string): Record<string, string> => ({
    'm/main.tf': 'module "d" {\n  source = "../deep"\n}',
    'deep/main.tf': 'module "e" {\n  source = "../deeper/"\n}',
    'deeper/main.tf': deep,
  });
  const command = (body: object): object => ({
    resource: { terraform_data: { x: { provisioner: [{ 'local-exec': body }] } } },
  });
  const data = (type: string, body: object, attribute: string): object => ({
    ...range(`\${data.${type}.x.${attribute}}`),
    data: { [type]: { x: body } },
  });

  test.each<[string, object, (text: string) => Record<string, string>]>([
    ['a module of a module', { module: { m: { source: './m' } } }, modules],
    [
      'a module of a module in JSON',
      { module: { m: { source: './m' } } },
      (text) => ({ 'm/main.tf.json': '{"module":{"d":{"source":"../deep"}}}', 'deep/main.tf': text }),
    ],
    [
      'a file that a module reads',
      { module: { m: { source: './m' } } },
      (text) => ({ 'm/main.tf': 'locals { a = file("${path.module}/../office.txt") }', 'office.txt': text }),
    ],
    [
      'a file of the root that a module reads',
      { module: { m: { source: './m' } } },
      (text) => ({ 'm/main.tf': 'locals { a = file("${path.root}/lists/office.txt") }', 'lists/office.txt': text }),
    ],
    ['a script of a command', command({ command: 'sh ./open.sh' }), (text) => ({ 'open.sh': text })],
    [
      'a script of a command in the directory of the stack',
      command({ command: 'bash "${path.module}/bin/open.sh" --now' }),
      (text) => ({ 'bin/open.sh': text }),
    ],
    ['a script that a script runs', command({ command: './a.sh' }), (text) => ({ 'a.sh': '. ./b.sh', 'b.sh': text })],
    [
      'a program of a data source',
      { data: { external: { x: { program: ['python3', 'open.py'] } } } },
      (text) => ({ 'open.py': text }),
    ],
    ['a local file', data('local_file', { filename: 'r.txt' }, 'content'), (text) => ({ 'r.txt': text })],
    [
      'a sensitive local file',
      data('local_sensitive_file', { filename: '${path.module}/r.txt' }, 'content'),
      (text) => ({ 'r.txt': text }),
    ],
    [
      'a local state',
      data('terraform_remote_state', { backend: 'local', config: { path: './r.tfstate' } }, 'outputs.office'),
      (text) => ({ 'r.tfstate': text }),
    ],
    [
      'a local state at its default path',
      data('terraform_remote_state', { backend: 'local' }, 'outputs.office'),
      (text) => ({ 'terraform.tfstate': text }),
    ],
    [
      'the template of a stack of CloudFormation',
      { resource: { aws_cloudformation_stack: { x: { template_body: '${file("t.json")}', tags: { a: 'b' } } } } },
      (text) => ({ 't.json': text }),
    ],
    [
      'a file that a template reads',
      range('${templatefile("${path.module}/a.tpl", {})}'),
      (text) => ({ 'a.tpl': '${file("b.txt")}', 'b.txt': text }),
    ],
    [
      'a template that a template reads',
      range('${templatefile("t/a", {})}'),
      (text) => ({ 't/a': 'x ${ templatefile ( "t/b", {} ) }', 't/b': '${file("${path.root}/c")}', c: text }),
    ],
    ['a file with an escape in its path', range('${file("a\\u002etxt")}'), (text) => ({ 'a.txt': text })],
    [
      'files by a pattern',
      data('kubectl_path_documents', { pattern: './m/*.yaml' }, 'manifests'),
      (text) => ({ 'm/a.yaml': text }),
    ],
    [
      'files by a pattern in the directory of the stack',
      data('kubectl_path_documents', { pattern: '${path.module}/*.yaml' }, 'manifests'),
      (text) => ({ 'a.yaml': text }),
    ],
    [
      'a playbook',
      { resource: { ansible_playbook: { x: { playbook: 'play.yml' } } } },
      (text) => ({ 'play.yml': text }),
    ],
  ])('%s', async (_what, json, files) => {
    expect(await firstGate(json, files('a'), files('a'))).toBe('none');
    expect(await firstGate(json, files('a'), files('b'))).not.toBe('none');
    expect(await firstGate(json, {}, files('a'))).not.toBe('none');
  });
});

test('modules that use each other are read once', async () => {
  const json = { module: { m: { source: './m' } } };
  const files = { 'm/main.tf': 'source = "../n"', 'n/main.tf': 'source = "../m"' };
  expect(await firstGate(json, files, files)).toBe('none');
});

describe('a file to which both sides lead', () => {
  const ofFile = ruleOf('${file("../shared.txt")}');
  const write = (name: string, text: string): string => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
    return join(path, name);
  };

  test('is never known to be the same, and is named', async () => {
    const sides = ['beside/before', 'beside/after'].map((name) => stack(name, ofFile, {}));
    write('beside/shared.txt', '10.0.0.0/8');
    const { code, stdout } = await cli(['diff', ...sides, '--fail-on', 'widened']);
    expect(code).toBe(1);
    expect(stdout).toContain('both sides lead to this one file, so that its content before the change is not known');
    expect((await cli(['diff', sides[0], sides[0], '--fail-on', 'any'])).code).toBe(0);
  });

  test('may be named by a module of each side', async () => {
    const json = { module: { web: { source: './web' } } };
    const files = { 'web/main.tf': 'locals {\n  a = file("../../shared.txt")\n}' };
    const sides = ['named/before', 'named/after'].map((name) => stack(name, json, files));
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(0);
    write('named/shared.txt', '10.0.0.0/8');
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(1);
  });

  test('may be a link on each side', async () => {
    const json = ruleOf('${file("./a.txt")}');
    const sides = ['links/before', 'links/after'].map((name) => stack(name, json, {}));
    const target = write('links/shared.txt', '10.0.0.0/8');
    sides.forEach((side) => symlinkSync(target, join(side, 'a.txt')));
    expect((await cli(['diff', ...sides, '--fail-on', 'widened'])).code).toBe(1);
  });

  test('is beside two configurations in one directory', async () => {
    const json = JSON.stringify(ruleOf('${file("a.txt")}'));
    const sides = ['one/before.tf.json', 'one/after.tf.json'].map((name) => write(name, json));
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(0);
    write('one/a.txt', '10.0.0.0/8');
    expect((await cli(['diff', ...sides, '--fail-on', 'widened'])).code).toBe(1);
  });

  test('is not one that each of two checkouts has', async () => {
    const sides = ['main/out/stacks/a', 'branch/out/stacks/a'].map((name) =>
      stack(name, ruleOf('${file("../../../shared.txt")}'), {}),
    );
    write('main/shared.txt', '10.0.0.0/8');
    write('branch/shared.txt', '10.0.0.0/8');
    const outputs = ['main/out', 'branch/out'].map((name) => join(path, name));
    expect((await cli(['diff', ...outputs, '--fail-on', 'any'])).code).toBe(0);
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(0);
    write('branch/shared.txt', '0.0.0.0/0');
    expect((await cli(['diff', ...outputs, '--fail-on', 'widened'])).code).toBe(1);
  });

  test('is not a word that is the name of a file by chance', async () => {
    const json = JSON.stringify({ resource: { aws_emr_cluster: { x: { name: 'web' } } } });
    const sides = ['word/before.tf.json', 'word/after.tf.json'].map((name) => write(name, json));
    write('word/web', 'a');
    expect((await cli(['diff', ...sides, '--fail-on', 'any'])).code).toBe(0);
  });
});
