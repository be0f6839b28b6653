// The forms are those of https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set, read on
// 2026-11-28.
const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_SUBDOMAIN = 253;

/** Whether a text is a key of a label of Kubernetes: a name, which may follow a DNS name and a slash. */
export function isLabelKey(key: string): boolean {
  const [name, prefix, ...more] = key.split('/').reverse();
  if (more.length > 0 || !NAME.test(name)) return false;
  return prefix === undefined || (prefix.length <= LONGEST_SUBDOMAIN && DNS_SUBDOMAIN.test(prefix));
}

/** Whether a text is a value of a label of Kubernetes, which may be empty. */
export function isLabelValue(text: string): boolean {
  return text === '' || NAME.test(text);
}
