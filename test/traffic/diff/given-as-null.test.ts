import type { Configuration } from '../../../lib/traffic/configuration';
import { permittedBy, rowText, trafficRows } from '../../../lib/traffic/permitted';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

// Plans mark an optional attribute that the cloud computes as unknown if it was given as null.

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);

interface Given {
  readonly sourceRanges: object;
  readonly tags?: readonly string[];
  readonly loop?: object;
  readonly argument?: object;
}

/** A plan of a firewall in a module, whose source_ranges are unknown. */
function plan({ sourceRanges, tags, loop, argument = { constant_value: [] } }: Given): Configuration {
  const address = 'module.fw.google_compute_firewall.f';
  const values = {
    name: 'f',
    project: 'p',
    network: 'prod',
    direction: 'INGRESS',
    priority: 1000,
    allow: [{ protocol: 'tcp', ports: ['22'] }],
    ...(tags && { source_tags: tags }),
  };
  const resource = {
    address: 'google_compute_firewall.f',
    expressions: { source_ranges: sourceRanges },
    for_each_expression: loop,
  };
  return readTerraform(
    {
      format_version: '1.2',
      planned_values: {
        root_module: {
          child_modules: [{ address: 'module.fw', resources: [{ address, type: 'google_compute_firewall', values }] }],
        },
      },
      resource_changes: [
        {
          address,
          type: 'google_compute_firewall',
          change: { actions: ['create'], before: null, after: values, after_unknown: { source_ranges: true } },
        },
      ],
      configuration: {
        root_module: {
          module_calls: {
            fw: { expressions: { rules: argument }, module: { resources: [resource], variables: { rules: {} } } },
          },
        },
      },
    },
    'plan.json',
  );
}

const OF_VARIABLE = { references: ['var.rules'] };
const OF_LOOP = { references: ['each.value.source_ranges', 'each.value'] };

test.each<[string, Given]>([
  ['of a loop over constants', { sourceRanges: OF_LOOP, loop: OF_VARIABLE }],
  ['of a variable with a constant', { sourceRanges: OF_VARIABLE }],
  ['of a variable of the root module', { sourceRanges: OF_VARIABLE, argument: { references: ['var.rules'] } }],
  ['of a variable with its default', { sourceRanges: { references: ['var.ranges'] } }],
])('ranges that refer only to known values were given as null: %s', (_what, given) => {
  const ofTag = plan({ ...given, tags: ['web'] });
  expect(lines(ofTag)).toEqual(['ingress 22/tcp from tag:web to all-instances on p/prod']);
  expect(ofTag.notEvaluated).toEqual([]);
  expect(lines(plan(given))).toEqual(['ingress 22/tcp from 0.0.0.0/0 to all-instances on p/prod']);
});

test.each<[string, Given]>([
  ['a resource', { sourceRanges: { references: ['google_compute_address.a.address', 'google_compute_address.a'] } }],
  ['a local value', { sourceRanges: { references: ['local.ranges'] } }],
  [
    'a module argument of a resource',
    { sourceRanges: OF_VARIABLE, argument: { references: ['google_compute_subnetwork.s.ip_cidr_range'] } },
  ],
  ['a loop over a data source', { sourceRanges: OF_LOOP, loop: { references: ['data.http.ranges'] } }],
  ['a known value or a resource', { sourceRanges: { references: ['var.rules', 'google_compute_address.a.address'] } }],
])('ranges that may be anything are not evaluated: %s', (_what, given) => {
  const found = plan({ ...given, tags: ['web'] });
  expect(found.notEvaluated.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('source_ranges is known after apply'),
  ]);
});
