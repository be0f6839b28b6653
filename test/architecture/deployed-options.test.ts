import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { Egress } from '../../lib';

const ROOT = join(__dirname, '../..');
const DEPLOYED = ['every-option.ts', 'more-options.ts'].map((file) => join(ROOT, 'test/deploy', file));
const FOLDERS = ['clouds/aws', 'constructs', 'opening', 'products'].map((folder) => join(ROOT, 'lib', folder));
/** All sources but constructs that are generated from tables, which differ only in their tables: test/products/ has what they open. */
const SOURCES = FOLDERS.flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .filter((file) => !readFileSync(file, 'utf8').startsWith('// Generated from ')),
);

/** What creates nothing, constructs that the simulated EC2 cannot deploy, and those that have deployment tests of their own. */
const ELSEWHERE =
  /^(?:FindPort|DocumentedHostname|ApinizerInstallationHostnames|Reachability|AwsNetworkFirewall|AwsRuleImports)/;

function visit(files: readonly string[], look: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, walk);
  };
  for (const file of files) walk(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
}

/** Returns the options of all constructs on AWS, such as `AwsSecurityGroupProps.egress`. */
function options(): string[] {
  const found: string[] = [];
  visit(SOURCES, (node) => {
    if (!ts.isInterfaceDeclaration(node) || !isExported(node)) return;
    if (!/(?:Props|Options|Service|Gateway)$/.test(node.name.text) || ELSEWHERE.test(node.name.text)) return;
    for (const member of node.members) found.push(`${node.name.text}.${member.name!.getText()}`);
  });
  return found;
}

function isExported(node: ts.InterfaceDeclaration): boolean {
  return (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** The interfaces of options whose name is not the name of the class followed by "Props". */
const OF_CLASS: Record<string, string[]> = {
  'AwsSecurityGroup.fromId': ['ExistingSecurityGroupOptions'],
  'AwsPrefixList.fromId': ['ExistingPrefixListOptions'],
  'AwsPeer.securityGroup': ['PeerSecurityGroupOptions'],
  ApinizerNodePorts: ['ApinizerNodePortsProps', 'ApinizerService', 'ApinizerGateway'],
};
const OF_ALL = ['DocumentedRulesProps', 'EditionedRulesProps'];

/** Returns the options that the deployment uses, in the same form. */
function deployed(): Set<string> {
  const found = new Set<string>();
  visit(DEPLOYED, (node) => {
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
    const called = node.expression.getText();
    const interfaces = [...(OF_CLASS[called] ?? [`${called}Props`]), ...OF_ALL];
    const walk = (inner: ts.Node): void => {
      if (ts.isPropertyAssignment(inner) || ts.isShorthandPropertyAssignment(inner)) {
        for (const each of interfaces) found.add(`${each}.${inner.name.getText()}`);
      }
      ts.forEachChild(inner, walk);
    };
    node.arguments?.forEach(walk);
  });
  return found;
}

test('the deployment uses every value of Egress', () => {
  const code = DEPLOYED.map((file) => readFileSync(file, 'utf8')).join('\n');
  expect(Object.keys(Egress).filter((value) => !code.includes(`Egress.${value}`))).toEqual([]);
});

test('the deployment uses every construct and every option on AWS', () => {
  const given = deployed();
  expect(options().length).toBeGreaterThan(40);
  expect(options().filter((option) => !given.has(option))).toEqual([]);
});
