import { givenRanges, withRanges as accessWithRanges } from '../../lib/cli/given-ranges';
import { missingRanges } from '../../lib/documents/request/request-blocks';
import type { ErrorCode } from '../../lib/input';
import { machineNames } from '../../lib/provenance/machine-names';
import type { TracedFlow } from '../../lib/provenance/traced-flow';
import { expectRefusal } from '../support/refusals';
import { flow, peer } from '../support/traced';
import { requestText } from '../support/plain-request';

function withRanges(
  flows: readonly TracedFlow[],
  given: Record<string, string[]>,
  place: string,
): readonly TracedFlow[] {
  const access = { flows, hostnames: [], omitted: [], undocumented: [] };
  return accessWithRanges(access, givenRanges(access, given, { place, areAllKnown: true })).flows;
}

const label = 'security group workers';
const flows = [flow({ source: { ...peer(label), hostGroups: [{ cloud: 'aws', label }] } }), flow()];

test('completes a request with IP ranges that are given after synthesis', () => {
  expect(missingRanges(flows)).toEqual([label]);
  const filled = withRanges(flows, { [label]: ['10.20.2.0/24', '10.20.1.0/24'] }, 'request');
  expect(missingRanges(filled)).toEqual([]);
  expect(requestText(filled)).toContain(`SOURCE:\n${label}\n10.20.1.0/24\n10.20.2.0/24\nDESTINATION:\n`);
  expect(missingRanges(flows)).toEqual([label]);
  expect(filled[1]).toEqual(flows[1]);
});

/** A flow from machines of a stack, as it is read from the stack. */
function fromGroup(stack: string, value: string): TracedFlow {
  const names = machineNames(label, { kind: 'sg', value });
  return flow({ stack, source: { ...peer(label), stack, hostGroups: [{ cloud: 'aws', label, names }] } });
}

const rangesOf = ({ source }: TracedFlow): string[] | undefined => source.hostGroups[0].ipRanges?.ranges.map(String);

test.each([label, 'workers', 'sg:aws_security_group.w', 'aws_security_group.w', 'dev/workers'])(
  'takes IP ranges by each name of a host group: %s',
  (name) => {
    const [filled] = withRanges(
      [fromGroup('dev', '${aws_security_group.w.id}')],
      { [name]: ['10.9.0.0/16'] },
      'request',
    );
    expect(rangesOf(filled)).toEqual(['10.9.0.0/16']);
  },
);

test('asks for the stack of a name that several stacks have, unless an id says that it is one group', () => {
  const both = ['dev', 'live'].map((stack) => fromGroup(stack, '${aws_security_group.w.id}'));
  expectRefusal(() => withRanges(both, { workers: ['10.9.0.0/16'] }, 'request'), 'group-ambiguous');
  const filled = withRanges(both, { 'live/workers': ['10.9.0.0/16'] }, 'request');
  expect(filled.map(rangesOf)).toEqual([undefined, ['10.9.0.0/16']]);
  const one = ['dev', 'live'].map((stack) => fromGroup(stack, 'sg-0123456789abcdef0'));
  const filledBoth = withRanges(one, { workers: ['10.9.0.0/16'] }, 'request');
  expect(filledBoth.map(rangesOf)).toEqual([['10.9.0.0/16'], ['10.9.0.0/16']]);
});

test('takes IP ranges for a peer whose ranges are known after apply', () => {
  const known = [flow({ source: { ...peer('office'), references: ['var.office'] } })];
  expect(missingRanges(known)).toEqual(['office']);
  const filled = withRanges(known, { office: ['10.9.0.0/16'] }, 'request');
  expect(missingRanges(filled)).toEqual([]);
  expect(requestText(filled)).toContain('SOURCE:\noffice\n10.9.0.0/16\nDESTINATION:\n');
});

test('fills in the given groups of machines with several groups, and keeps known ranges', () => {
  const machines = { ...peer('machines'), hostGroups: ['a', 'b'].map((name) => ({ cloud: 'aws', label: name })) };
  const mixed = [flow({ source: machines }), flow({ source: { ...peer('office'), ranges: peer('x').ranges } })];
  const [first, second] = withRanges(mixed, { b: ['10.9.0.0/16'] }, 'request');
  expect(first.source.hostGroups.map(({ ipRanges }) => ipRanges?.ranges.map(String))).toEqual([
    undefined,
    ['10.9.0.0/16'],
  ]);
  expect(second).toEqual(mixed[1]);
});

test('does not fill in ranges of a peer that has a host group in addition', () => {
  const both = { ...peer('both'), references: ['var.office'], hostGroups: [{ cloud: 'aws', label: 'group' }] };
  const [filled] = withRanges([flow({ source: both })], { both: ['10.9.0.0/16'] }, 'request');
  expect(filled.source).toEqual(both);
});

test('fails for an unknown name, and lists the known names in order', () => {
  expectRefusal(() => withRanges([flow()], { zzz: ['10.9.0.0/16'] }, 'request'), 'ip-ranges-name-unknown');
  const two = ['workers', 'nodes'].map((name) => flow({ source: { ...peer(name), references: [`var.${name}`] } }));
  expectRefusal(() => withRanges(two, { x: ['10.9.0.0/16'] }, 'request'), 'ip-ranges-name-unknown');
});

test.each<[Record<string, string[]>, ErrorCode]>([
  [{ 'security group worker': ['10.0.0.0/8'] }, 'ip-ranges-name-unknown'],
  [{ [label]: [] }, 'ranges-missing'],
  [{ [label]: ['10.0.0.1/8'] }, 'range-with-host-bits'],
])('fails unless a host group gets IP ranges: %j', (given, code) => {
  expectRefusal(() => withRanges(flows, given, 'request'), code);
});
