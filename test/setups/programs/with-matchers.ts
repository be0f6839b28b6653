// Tests like those of users, for runners with an expect that the matchers extend: Jest, and Vitest.
import type {} from 'cdktf-cluster-ports/testing';
import { CLOSED, type Declare, ownStack, ROW } from './own-stack';

export function declareTests(test: Declare, expect: jest.Expect): void {
  test('the stack permits its row, and what the document says', () => {
    expect(ownStack()).toPermitExactly([ROW]);
    expect(ownStack()).toMatchDocuments();
    expect(ownStack()).not.toPermit(CLOSED);
  });

  test('a failed matcher has the tables of what differs', () => {
    expect(() => expect(ownStack()).toPermitExactly([CLOSED])).toThrow(/Missing.*22\/tcp.*Extra.*9090\/tcp/s);
  });
}
