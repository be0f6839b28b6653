import { apiReference } from '../../scripts/api-reference';
import { type AssemblyType, type InterfaceType, PackageAssembly, type Property } from '../../scripts/jsii-assembly';

const fqn = (name: string): { fqn: string } => ({ fqn: `firewalls.${name}` });
const struct = (name: string, ...properties: readonly Property[]): AssemblyType => ({
  kind: 'interface',
  datatype: true,
  name,
  docs: { summary: `About ${name}.` },
  properties,
});
const property = (name: string): Property => ({ name, type: { primitive: 'string' } });

const COMMON = struct('CommonProps', { ...property('omit'), optional: true, docs: { default: '- every row' } });
const PROPS: AssemblyType = {
  ...struct('RulesProps', { ...property('workers'), docs: { summary: 'The workers | of `Flow`.' } }),
  interfaces: ['firewalls.CommonProps'],
} as InterfaceType;
const RULES: AssemblyType = {
  kind: 'class',
  name: 'Rules',
  docs: { summary: 'Opens ports;', remarks: 'closes none.', example: 'new Rules({ workers });' },
  initializer: { parameters: [{ name: 'props', type: fqn('RulesProps') }] },
  properties: [{ name: 'flow', type: fqn('Flow') }],
  methods: [{ name: 'toString' }],
};
const FLOW = struct('Flow', property('key'));

function reference(listed: string[], types: readonly AssemblyType[] = [RULES, PROPS, COMMON, FLOW]): string {
  return apiReference(new PackageAssembly('firewalls', types), [{ title: 'Open ports', about: 'All.', types: listed }]);
}

test('shows the props of a construct, and what they inherit, below the construct', () => {
  const text = reference(['Rules', 'Flow']);
  expect(text.slice(text.indexOf('### Rules'))).toMatchInlineSnapshot(`
   "### Rules

   Opens ports; closes none.

   \`new Rules(props)\`

   \`props\` (\`RulesProps\`):

   | name | type | default | meaning |
   | --- | --- | --- | --- |
   | \`workers\` | string | **required** | The workers \\| of [\`Flow\`](#flow). |
   | \`omit\` | string | every row |  |

   - \`flow\`: [Flow](#flow).

   \`\`\`ts
   new Rules({ workers });
   \`\`\`

   ### Flow

   About Flow.

   | name | type | meaning |
   | --- | --- | --- |
   | \`key\` | string |  |
   "
  `);
});

test('fails for an exported type that is in no group', () => {
  expect(() => reference(['Rules'])).toThrow(
    'Flow must be listed, got no line; did you mean a line in the group that it serves?',
  );
});

test('fails for a listed name that is not exported', () => {
  expect(() => reference(['Rules', 'Flow', 'Gone'])).toThrow('Gone must be exported, got no such type');
});

test('fails for listed props, which their construct shows', () => {
  expect(() => reference(['Rules', 'Flow', 'RulesProps'])).toThrow('RulesProps must be left out');
});

test('fails for a type that is listed twice', () => {
  expect(() => reference(['Rules', 'Flow', 'Flow'])).toThrow('Flow must be listed once');
});

test('every link leads to a heading', () => {
  const text = apiReference();
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const [, link] of text.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(link);
});
