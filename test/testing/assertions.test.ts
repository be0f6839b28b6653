import { AssertionError } from 'node:assert';
import {
  assertMatchesDocuments,
  assertPermits,
  assertPermitsExactly,
  assertPermitsNone,
  permittedTraffic,
} from 'cdktf-cluster-ports/assertions';
import type { TerraformStack } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { newStack } from '../support/clouds';
import { errorOf, expectRefusal } from '../support/refusals';

const ROW = { port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' };
const CLOSED = { port: '22/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' };

function metrics(): TerraformStack {
  const stack = newStack();
  const prometheus = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  return stack;
}

/** The message of a failed assertion. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return (error as AssertionError).message;
  }
  throw new Error('the assertion passed, and should have failed');
}

test('assertions pass for what a stack permits', () => {
  assertPermitsExactly(metrics(), [ROW]);
  assertPermits(metrics(), ROW);
  assertPermitsNone(metrics(), [CLOSED]);
  assertMatchesDocuments(metrics());
  expect(permittedTraffic(metrics()).text).toBe('ingress 9090/tcp from 10.0.0.0/8 to tag:prometheus on prod');
});

test('assertions fail with the tables of the matchers, and name the call', () => {
  const exactly = failure(() => assertPermitsExactly(metrics(), [CLOSED]));
  expect(exactly).toMatch(/^assertPermitsExactly\(configuration, rows\)\n\nMissing.*22\/tcp.*Extra.*9090\/tcp/s);
  expect(failure(() => assertPermits(metrics(), [ROW, CLOSED]))).toMatch(/^assertPermits\(.*\n\nMissing.*22\/tcp/s);
  expect(failure(() => assertPermitsNone(metrics(), [ROW, CLOSED]))).toMatch(
    /^assertPermitsNone\(.*\n\nPermitted.*9090/s,
  );
});

test('assertions fail for traffic that no document has', () => {
  const stack = metrics();
  stack.addOverride('resource.google_compute_firewall.own', {
    network: 'prod',
    allow: [{ protocol: 'tcp', ports: ['22'] }],
    source_ranges: ['10.0.0.0/8'],
    target_tags: ['prometheus'],
  });
  expect(failure(() => assertMatchesDocuments(stack))).toMatch(
    /^assertMatchesDocuments\(configuration\)\n\nExtra.*22\/tcp/s,
  );
});

test('errors of assertions have the name of the assertion', () => {
  const act = (): void => assertPermitsExactly(metrics(), [{ ...ROW, port: '9090' }]);
  expectRefusal(act, 'port-invalid');
  expect(errorOf(act).message).toMatch(/^assertPermitsExactly, rows\[0\], port: /);
  expectRefusal(() => assertMatchesDocuments(metrics(), { moved: ['metrics'] }), 'row-not-moved');
});
