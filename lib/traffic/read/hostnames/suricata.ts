/** A rule that drops whatever reaches it: `drop tcp any any -> any any (flow:established; sid:1;)`. */
const DROPS_ALL =
  /^\s*(?:drop|reject)\s+(?:ip|tcp)\s+(?:any|\$HOME_NET)\s+any\s+->\s+(?:any|\$EXTERNAL_NET)\s+any\s*\((?![^\n]*(?:content|pcre)\s*:)/m;
const DENIES = /^\s*(?:drop|reject)/;

/** Whether one of the rules in the form of Suricata drops everything that its policy has not passed before. */
export function dropsEverythingInSuricata(rules: string): boolean {
  return DROPS_ALL.test(rules);
}

/** Whether one of the rules may deny something that an allow-list passes. One that drops everything is evaluated after allow-lists. */
export function mayDenyInSuricata(rules: string): boolean {
  return rules.split('\n').some((line) => DENIES.test(line) && !DROPS_ALL.test(line));
}
