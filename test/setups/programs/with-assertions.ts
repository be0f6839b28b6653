// Tests like those of users, for runners without a global expect: node:test, Mocha, and Vitest without globals.
import assert from 'node:assert/strict';
import {
  assertMatchesDocuments,
  assertPermits,
  assertPermitsExactly,
  assertPermitsNone,
  permittedTraffic,
} from 'cdktf-cluster-ports/assertions';
import { CLOSED, type Declare, ownStack, ROW } from './own-stack';

export function declareTests(test: Declare): void {
  test('the stack permits its row, and what the document says', () => {
    assertPermitsExactly(ownStack(), [ROW]);
    assertPermits(ownStack(), ROW);
    assertPermitsNone(ownStack(), CLOSED);
    assertMatchesDocuments(ownStack());
    assert.equal(permittedTraffic(ownStack()).text, 'ingress 9090/tcp from 10.0.0.0/8 to tag:prometheus on prod');
  });

  test('a failed assertion has the tables of what differs', () => {
    assert.throws(() => assertPermitsExactly(ownStack(), [CLOSED]), {
      name: 'AssertionError',
      message: /^assertPermitsExactly\(configuration, rows\)\n\nMissing.*22\/tcp.*Extra.*9090\/tcp/s,
    });
  });
}
