import { withAddresses } from '../../lib/model/given-addresses';
import { missingAddresses } from '../../lib/renderers/request-blocks';
import { requestText } from '../../lib/renderers/request-text';
import { expectRefusal } from '../support/refusals';
import { flow, peer } from '../support/traced';

const label = 'security group workers';
const flows = [flow({ source: { ...peer(label), hostGroups: [{ cloud: 'aws', label }] } }), flow()];

test('addresses that are given after synthesis make a request that can be acted on', () => {
  expect(missingAddresses(flows)).toEqual([label]);
  const filled = withAddresses(flows, { [label]: ['10.20.2.0/24', '10.20.1.0/24'] }, 'request');
  expect(missingAddresses(filled)).toEqual([]);
  expect(requestText(filled)).toContain(`SOURCE:\n${label}\n10.20.1.0/24\n10.20.2.0/24\nDESTINATION:\n`);
  expect(missingAddresses(flows)).toEqual([label]);
  expect(filled[1]).toEqual(flows[1]);
});

test('ranges that Terraform alone knows may be given too', () => {
  const known = [flow({ source: { ...peer('office'), references: ['var.office'] } })];
  expect(missingAddresses(known)).toEqual(['office']);
  const filled = withAddresses(known, { office: ['10.9.0.0/16'] }, 'request');
  expect(missingAddresses(filled)).toEqual([]);
  expect(requestText(filled)).toContain('SOURCE:\noffice\n10.9.0.0/16\nDESTINATION:\n');
});

test('of machines with several groups those are filled in that are given, and known ranges stay', () => {
  const machines = { ...peer('machines'), hostGroups: ['a', 'b'].map((name) => ({ cloud: 'aws', label: name })) };
  const mixed = [flow({ source: machines }), flow({ source: { ...peer('office'), ranges: peer('x').ranges } })];
  const [first, second] = withAddresses(mixed, { b: ['10.9.0.0/16'] }, 'request');
  expect(first.source.hostGroups.map(({ ipRanges }) => ipRanges?.ranges.map(String))).toEqual([
    undefined,
    ['10.9.0.0/16'],
  ]);
  expect(second).toEqual(mixed[1]);
});

test('ranges that Terraform alone knows beside a group are not filled in for it', () => {
  const both = { ...peer('both'), references: ['var.office'], hostGroups: [{ cloud: 'aws', label: 'group' }] };
  const [filled] = withAddresses([flow({ source: both })], { both: ['10.9.0.0/16'] }, 'request');
  expect(filled.source).toEqual(both);
});

test('fails for anybody where all addresses are known, and names everybody else in order', () => {
  const need = 'request: addresses must be those of somebody whose addresses are not all known: ';
  expectRefusal(() => withAddresses([flow()], { zzz: ['10.9.0.0/16'] }, 'request'), `${need}there is none, got "zzz"`);
  const two = ['workers', 'nodes'].map((name) => flow({ source: { ...peer(name), references: [`var.${name}`] } }));
  expectRefusal(() => withAddresses(two, { x: ['10.9.0.0/16'] }, 'request'), `${need}nodes, workers, got "x"`);
});

test.each([
  [
    { 'security group worker': ['10.0.0.0/8'] },
    `addresses must be those of somebody whose addresses are not all known: ${label}, got "security group worker"; did you mean "${label}"?`,
  ],
  [{ [label]: [] }, `${label} must have at least one range, got none`],
  [
    { [label]: ['10.0.0.1/8'] },
    'a range must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?',
  ],
])('fails when they are not addresses of a host group: %j', (given, sentence) => {
  expectRefusal(() => withAddresses(flows, given, 'request'), `request: ${sentence}`);
});
