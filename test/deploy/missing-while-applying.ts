import type { Ec2Api } from './ec2-api';

const POLL_EVERY = 200;

/** Applies, and returns the given rules that were missing at any moment during or after the apply. */
export async function missingWhileApplying(
  api: Ec2Api,
  apply: () => Promise<void>,
  rules: readonly string[],
): Promise<string[]> {
  const missing = new Set<string>();
  let isDone = false;
  const look = async (): Promise<void> => {
    const present = new Set(await api.rules());
    for (const rule of rules) if (!present.has(rule)) missing.add(rule);
  };
  const poll = async (): Promise<void> => {
    while (!isDone) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
    }
    await look();
  };
  const polling = poll();
  try {
    await apply();
  } finally {
    isDone = true;
    await polling;
  }
  return [...missing].sort();
}
