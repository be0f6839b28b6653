/** How many rows of a long table are shown at first: laying out more of them at each key would take seconds. */
const MOST_ROWS = 500;

/** Runs before anything is laid out. The other script ends this at the end of the page. */
export const HEAD_SCRIPT = `document.documentElement.classList.add('starting');`;

/** While a long page is loaded, a browser would lay out all that it has again and again, and rows that are hidden later. */
export const STARTING_STYLE = `.starting .home tbody tr:nth-child(n + ${MOST_ROWS + 1}), .starting .large section ~ section { display: none; }`;

/**
 * The script of the page: filters tables, copies text, and unfolds everything on paper. The page can be read without it. It only reads
 * text and sets `hidden`, `open` and texts that it made, so it turns nothing into HTML.
 */
export const PAGE_SCRIPT = `'use strict';
const MOST_ROWS = ${MOST_ROWS};
const limits = new Map();
// an IP address as a number and its bits; nothing for other text
const addressOf = (text) => {
  if (/^\\d{1,3}(\\.\\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number);
    return bytes.some((byte) => byte > 255) ? undefined : { bits: 32, value: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) };
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*$/.test(text)) return undefined;
  const halves = text.split('::').map((half) => half.split(':').filter(Boolean));
  const missing = 8 - halves.flat().length;
  if (halves.length > 2 || (halves.length === 1 ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...halves[0], ...Array(missing).fill('0'), ...(halves[1] ?? [])];
  if (groups.some((group) => group.length > 4)) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65536n + BigInt('0x' + group), 0n) };
};
const rangesOf = (row) =>
  [...row.querySelectorAll('.whole')].flatMap(({ textContent }) =>
    (textContent.toLowerCase().match(/[0-9a-f.:]+\\/\\d+/g) ?? []).flatMap((text) => {
      const [first, length] = text.split('/');
      const address = addressOf(first);
      return address === undefined || Number(length) > address.bits ? [] : [{ ...address, rest: BigInt(address.bits - Number(length)) }];
    }),
  );
for (const form of document.querySelectorAll('form.filter')) {
  const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows].map((row) => ({ row, data: row.dataset }));
  const textOf = (one) => (one.text ??= one.row.textContent.toLowerCase());
  const contains = (one, address) =>
    address !== undefined &&
    (one.ranges ??= rangesOf(one.row)).some(({ bits, value, rest }) => bits === address.bits && value >> rest === address.value >> rest);
  const output = form.querySelector('output');
  const more = form.querySelector('button[name=more]');
  const selects = [...form.querySelectorAll('select')];
  let limit = MOST_ROWS;
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean).map((word) => ({ word, address: addressOf(word) }));
    const wanted = selects.filter(({ value }) => value !== '');
    const has = (one, { name, value }) => (name === 'what' ? one.data.what.split('|').includes(value) : one.data[name] === value);
    let count = 0;
    for (const one of rows) {
      const isFound = wanted.every((select) => has(one, select)) && words.every(({ word, address }) => textOf(one).includes(word) || contains(one, address));
      if (isFound) count++;
      const isHidden = !isFound || count > limit;
      if (one.row.hidden !== isHidden) one.row.hidden = isHidden;
    }
    output.value = count + ' of ' + rows.length + ' rows' + (count > limit ? ', the first ' + limit + ' are shown' : '');
    more.hidden = count <= limit;
  };
  limits.set(form, (most) => {
    limit = most;
    apply();
  });
  more.addEventListener('click', () => limits.get(form)(Infinity));
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  // a browser empties the fields only after this event
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    for (const field of [form.elements.search, ...selects]) field.value = '';
    apply();
  });
  form.hidden = false;
  apply();
}
document.documentElement.classList.remove('starting');
// a link to a row must show it, whatever is filtered
const showTarget = () => {
  const target = document.getElementById(location.hash.slice(1));
  const table = target?.closest('table');
  if (!target?.hidden || !table) return;
  const form = document.querySelector('form.filter[data-table="' + table.id + '"]');
  form.reset();
  limits.get(form)(Infinity);
  setTimeout(() => target.scrollIntoView());
};
addEventListener('hashchange', showTarget);
showTarget();
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector('#' + button.dataset.copy + ' pre').textContent);
    button.textContent = 'Copied';
  });
}
// on a narrow screen the contents would hide the page
if (matchMedia('(max-width: 48rem)').matches) document.querySelector('nav details').open = false;
// a wide picture would start with its empty corner
for (const picture of document.querySelectorAll('.picture')) {
  const nodes = [...picture.querySelectorAll('.node')].map((node) => node.getBoundingClientRect());
  if (nodes.length === 0 || picture.scrollWidth <= picture.clientWidth) continue;
  const first = nodes.reduce((best, one) => (one.top < best.top ? one : best));
  picture.scrollLeft += first.left - picture.getBoundingClientRect().left - Math.max(8, (picture.clientWidth - first.width) / 2);
}
let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const one of folded) one.open = true;
  for (const setLimit of limits.values()) setLimit(Infinity);
});
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false;
  for (const setLimit of limits.values()) setLimit(MOST_ROWS);
});
`;
