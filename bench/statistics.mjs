/** The median, the smallest and the largest value. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

/** A measure of all rounds. */
export function measured(reports, measure) {
  return summary(reports.map((report) => report[measure]));
}

/** A measure divided by that of the base program in the same round. */
export function ratio(reports, baseReports, measure) {
  return summary(reports.map((report, round) => report[measure] / baseReports[round][measure]));
}
