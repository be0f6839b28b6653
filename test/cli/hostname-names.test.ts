import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../lib/testing';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ApinizerInstallationHostnames, GcpSecureWebProxy } from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const LIST = 'google_network_security_url_lists';

/** Writes a stack whose machines connect through a proxy in each location, and a change of its resources. */
function written(locations: readonly string[], change: (resources: Json) => void = () => undefined): string {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), 'stack');
  new GoogleProvider(stack, 'google', { project: 'p-one' });
  for (const location of locations) {
    const through = new GcpSecureWebProxy({ location, policy: `proxy-${location}`, namePrefix: location });
    new ApinizerInstallationHostnames(stack, location, { through });
  }
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  change(json.resource);
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

const listFor443 = (resources: Json): Json =>
  Object.entries<Json>(resources[LIST]).find(([name]) => name.endsWith('-443'))![1];

/** The sources and destinations that the matrix prints, and whether it says that they are open. */
async function printed(file: string): Promise<{ from: string; to: string; port: string; isOpen: boolean }[]> {
  const { hostnames, undocumented } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout);
  return [
    ...hostnames.flatMap(({ through, allowed, notKnownToBeOpen, notDocumented, closed }: Json) =>
      allowed.flatMap(({ port, names }: Json) =>
        names.map((to: string) => ({
          from: `machines behind ${through}`,
          to,
          port,
          isOpen: (notKnownToBeOpen ?? notDocumented ?? closed) === undefined,
        })),
      ),
    ),
    ...undocumented.map(({ source, destination, port, notKnownToBeOpen }: Json) => ({
      from: source.label,
      to: destination.label,
      port,
      isOpen: notKnownToBeOpen === undefined,
    })),
  ];
}

async function verdictOn(file: string, from: string, to: string, port: string): Promise<string> {
  const asked = ['explain', file, '--from', from, '--to', to, '--port', port, '--format', 'json'];
  const { stdout, stderr } = await cli(asked);
  return stdout === '' ? stderr : JSON.parse(stdout).verdict;
}

test.each<[string, (resources: Json) => void]>([
  ['as they are', () => undefined],
  ['with a hostname that no row has', (resources) => listFor443(resources).values.push('evil.example')],
  ['with a URL that is no hostname', (resources) => listFor443(resources).values.push('*')],
  ['with a list that is not known', (resources) => (listFor443(resources).values = '${var.x}')],
])('explain takes every name of the matrix and says the same: rules %s', async (_what, change) => {
  const file = written(['europe-west3'], change);
  for (const { from, to, port, isOpen } of await printed(file)) {
    expect({ from, to, port, verdict: await verdictOn(file, from, to, port) }).toEqual({
      from,
      to,
      port,
      verdict: isOpen ? 'passes' : 'not known',
    });
    if (isOpen) expect(file).toPermit({ from, to, port });
  }
});

test('machines behind two filters that are called the same are an error, and the suggested names work', async () => {
  const file = written(['europe-west3', 'europe-west4']);
  const [{ from, to, port }] = await printed(file);
  const asked = ['explain', file, '--to', to, '--port', port, '--from'];
  const sentence = await expectBadInput([...asked, from], 'group-ambiguous');
  const names = [...sentence.matchAll(/"(machines behind Secure Web Proxy \([^"]*\))"/g)].map(([, name]) => name);
  expect(names).toEqual(
    ['europe-west3', 'europe-west4'].map(
      (location) => `machines behind Secure Web Proxy (p-one/${location}/proxy-${location})`,
    ),
  );
  for (const name of names) expect(await verdictOn(file, name, to, port)).toBe('passes');
  expect(() => {
    expect(file).toPermit({ from, to, port });
  }).toThrow('by a name that only one of them has');
  for (const name of names) expect(file).toPermit({ from: name, to, port });
});
