import { validated } from './kubernetes-models';
import { brokenPolicies, policiesOf, stacksWithPolicies } from './policies';

const stacks = stacksWithPolicies(12);
const all = Object.entries(stacks).flatMap(([place, json]) => policiesOf(place, json));

test('the schema of kubernetes-models accepts every manifest and every resource of the examples, all tables and random apps', () => {
  const said = validated(all.map(({ policy }) => policy));
  expect(all.map(({ place }, at) => `${place}: ${said[at]}`).filter((line) => !line.endsWith(': valid'))).toEqual([]);
  const from = (beginning: string): number => all.filter(({ place }) => place.startsWith(beginning)).length;
  const kinds = [
    'examples/vcluster-platform-network-policies',
    'table',
    'manifests of table',
    'every form',
    'random app',
  ];
  expect(kinds.filter((kind) => from(kind) === 0)).toEqual([]);
});

test('fails for policies that it refuses', () => {
  const broken = brokenPolicies(all[0]);
  const said = validated(Object.values(broken));
  expect(Object.keys(broken).filter((_, at) => said[at] === 'valid')).toEqual([]);
});
