// The same questions about sets of addresses put to ours and to a public library, which must give the same answers.
import { createRequire } from 'node:module';
import { excludeCidr, mergeCidr } from 'cidr-tools';
import { summary } from './statistics.mjs';

const require = createRequire(import.meta.url);
const { parseRange, rangeTexts } = require('../dist/traffic/address-space.js');
const { boundsOf, difference } = require('../dist/traffic/bounds.js');

const setOf = (texts) => boundsOf(texts.flatMap((text) => parseRange(text).bounds));
const OURS = {
  union: (texts) => rangeTexts('ipv4', setOf(texts)),
  difference: (texts, others) => rangeTexts('ipv4', difference(setOf(texts), setOf(others))),
};
const THEIRS = { union: mergeCidr, difference: excludeCidr };

/** Milliseconds of both, and ours to theirs, for each question. Throws where an answer is another. */
export function compareAddressSets(count, rounds) {
  const [texts, others] = [ranges(count, 7919), ranges(count / 10, 104_729)];
  return Object.keys(OURS).map((question) => {
    const [ours, theirs] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const [own, took] = timed(() => OURS[question](texts, others));
      const [other, took2] = timed(() => THEIRS[question](texts, others));
      if (own.join() !== other.join()) throw new Error(`${question} of ${count} ranges: other answers`);
      ours.push(took);
      theirs.push(took2);
    }
    const ratios = ours.map((took, round) => took / theirs[round]);
    return { question, count, ours: summary(ours), theirs: summary(theirs), ratio: summary(ratios) };
  });
}

/** Ranges of several lengths all over IPv4, the same in every run. */
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
