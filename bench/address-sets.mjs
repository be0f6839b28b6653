// Compares the IP range sets of this library with a public library. Both must give the same answers.
import { createRequire } from 'node:module';
import { excludeCidr, mergeCidr } from 'cidr-tools';
import { summary } from './statistics.mjs';

const require = createRequire(import.meta.url);
const { parseRange, rangesIn, rangeText } = require('../dist/traffic/sets/address-space.js');
const { boundsOf, difference } = require('../dist/traffic/sets/bounds.js');

const setOf = (texts) => boundsOf(texts.flatMap((text) => parseRange(text).bounds));
const textsOf = (set) => rangesIn(set).map((range) => rangeText('ipv4', range));
const THIS_LIBRARY = {
  union: (texts) => textsOf(setOf(texts)),
  difference: (texts, removed) => textsOf(difference(setOf(texts), setOf(removed))),
};
const CIDR_TOOLS = { union: mergeCidr, difference: excludeCidr };

/** Returns the milliseconds of both libraries and their ratio for each question. Throws if the answers differ. */
export function compareAddressSets(count, rounds) {
  const [texts, removed] = [ranges(count, 7919), ranges(count / 10, 104_729)];
  return Object.keys(THIS_LIBRARY).map((question) => {
    const [times, otherTimes] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const [own, ownTime] = timed(() => THIS_LIBRARY[question](texts, removed));
      const [other, otherTime] = timed(() => CIDR_TOOLS[question](texts, removed));
      if (own.join() !== other.join()) throw new Error(`${question} of ${count} ranges: the answers differ`);
      times.push(ownTime);
      otherTimes.push(otherTime);
    }
    const ratios = times.map((time, round) => time / otherTimes[round]);
    return { question, count, times: summary(times), otherTimes: summary(otherTimes), ratio: summary(ratios) };
  });
}

/** Returns IPv4 ranges of several lengths, the same in every run. */
function ranges(count, step) {
  return Array.from({ length: count }, (_, index) => {
    const length = 16 + (index % 17);
    const address = (index * step * 65_537) % 2 ** 32;
    const first = address - (address % 2 ** (32 - length));
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
  });
}

function timed(act) {
  const start = performance.now();
  const result = act();
  return [result, performance.now() - start];
}
