import { validated } from './kubernetes-validate';
import { brokenPolicies, type CheckedPolicy, policiesOf, stacksWithPolicies } from './policies';

/** The first version in which ports of policies have ranges without a feature gate, and the newest one that the package has. */
const VERSIONS = ['1.25', '1.37'];

const all = Object.entries(stacksWithPolicies(12)).flatMap(([place, json]) => policiesOf(place, json));

/** Policies with members that the API does not have, which it would ignore: the policy would then allow more, or less. */
function misspelled({ policy }: CheckedPolicy): Record<string, object> {
  const spec = policy.spec as object;
  return {
    'a misspelled direction': { ...policy, spec: { ...spec, ingres: [] } },
    'a misspelled far end': { ...policy, spec: { ...spec, ingress: [{ form: [] }] } },
    'an attribute of Terraform': { ...policy, spec: { ...spec, pod_selector: {} } },
    'a policy without a spec member': { ...policy, specification: {} },
  };
}

test.each(VERSIONS)('the strict schema of Kubernetes %s accepts every manifest and every resource', (version) => {
  const said = validated(
    all.map(({ policy }) => policy),
    version,
  );
  expect(all.length).toBeGreaterThan(100);
  expect(all.map(({ place }, at) => `${place}: ${said[at]}`).filter((line) => !line.endsWith(': valid'))).toEqual([]);
});

test.each(VERSIONS)('fails for policies that the schema of Kubernetes %s refuses', (version) => {
  const broken = { ...brokenPolicies(all[0]), ...misspelled(all[0]) };
  const said = validated(Object.values(broken), version);
  expect(Object.keys(broken).filter((_, at) => said[at] === 'valid')).toEqual([]);
});
