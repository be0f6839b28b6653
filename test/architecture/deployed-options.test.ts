import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');
const DEPLOYED = ['every-option.ts', 'more-options.ts'].map((file) => join(ROOT, 'test/deploy', file));
const FOLDERS = ['constructs', 'aws'].map((folder) => join(ROOT, 'lib', folder));
const SOURCES = FOLDERS.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));

/** What EC2 has no part in: names for a network firewall and questions to an analyzer, which have tests of their own. */
const ELSEWHERE =
  /^(?:DocumentedHostname|ApinizerInstallationHostnames|Reachability|AwsNetworkFirewall|AwsRuleImports)/;

function visit(files: readonly string[], look: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, walk);
  };
  for (const file of files) walk(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
}

/** The options that users can give, as `AwsSecurityGroupProps.egress`, of exported interfaces of options. */
function options(): string[] {
  const found: string[] = [];
  visit(SOURCES, (node) => {
    if (!ts.isInterfaceDeclaration(node) || !/(?:Props|Options|Service|Gateway)$/.test(node.name.text)) return;
    if (ELSEWHERE.test(node.name.text)) return;
    for (const member of node.members) found.push(`${node.name.text}.${member.name!.getText()}`);
  });
  return found;
}

/** The names of the interfaces that the calls of the deployment take, by class. */
const OF_CLASS: Record<string, string[]> = {
  'AwsSecurityGroup.fromId': ['ExistingSecurityGroupOptions'],
  'AwsPrefixList.fromId': ['ExistingPrefixListOptions'],
  ApinizerNodePorts: ['ApinizerNodePortsProps', 'ApinizerService', 'ApinizerGateway'],
};
const OF_ALL = ['DocumentedRulesProps', 'EditionedRulesProps'];

/** The options that the deployment gives, in the same form. */
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

test('every construct and each of its options on AWS stands in the deployment', () => {
  const given = deployed();
  expect(options().length).toBeGreaterThan(40);
  expect(options().filter((option) => !given.has(option))).toEqual([]);
});
