import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project';

const ROOT = join(__dirname, '../..');

/**
 * Gives a project a provider package of CDK Terrain that no registry here has. It is made from the package for cdktf, as its maintainers do
 * it: the same classes, generated for the other framework. It has only the modules that this library and its examples use.
 */
export function addStandIn(project: Project, provider: 'google' | 'kubernetes'): void {
  const from = join(ROOT, 'node_modules/@cdktf', `provider-${provider}`);
  const to = project.path('node_modules/@cdktn', `provider-${provider}`);
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'package.json'), JSON.stringify({ name: `@cdktn/provider-${provider}`, version }));
  for (const module of modulesOf(provider)) {
    cpSync(join(from, 'lib', module), join(to, 'lib', module), { recursive: true });
    for (const file of readdirSync(join(to, 'lib', module)).filter((name) => name.endsWith('.js'))) {
      const path = join(to, 'lib', module, file);
      writeFileSync(path, forTerrain(readFileSync(path, 'utf8')));
    }
  }
}

function modulesOf(provider: string): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.ts'));
  const files = ['lib/framework/providers.ts', ...examples.map((file) => `examples/${file}`)];
  const module = new RegExp(String.raw`@cdktf/provider-${provider}/lib/([\w-]+)`, 'g');
  const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(module)].map(([, name]) => name)))];
}

function forTerrain(text: string): string {
  return text
    .replaceAll(/require\((["'])cdktf\1\)/g, 'require("cdktn")')
    .replaceAll('@cdktf/provider-', '@cdktn/provider-');
}
