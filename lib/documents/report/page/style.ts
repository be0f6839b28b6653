import { STARTING_STYLE } from './script';

/** The style of the page: light and dark, cards on narrow screens, and paper. Colours never carry meaning that the text does not have. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #fff; --soft: #f3f6f9; --line: #d0d7de; --ink: #1f2933; --faint: #52606d; --link: #0b57a8;
  --concern: #9a3412; --concern-soft: #fff4ed; --good: #14613a; --mark: #fff3bf; }
@media (prefers-color-scheme: dark) {
  :root { --page: #10151b; --soft: #1a2129; --line: #3a4653; --ink: #e4e9ee; --faint: #a9b5c1; --link: #7db7f5;
    --concern: #ffb38a; --concern-soft: #33211a; --good: #7fd6a4; --mark: #4a3d00; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
code, pre, .port, .range { font-family: ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; font-size: 0.9em; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 0.5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
.none h2 { font-size: 1rem; margin-top: 1.25rem; }
@media (min-width: 48rem) {
  .none { display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 1rem; align-items: end; border-top: 1px solid var(--line); margin-top: 0.75rem; padding-top: 0.25rem; }
  .none h2 { border: 0; margin: 0.25rem 0; padding: 0; }
  .none .nothing { margin: 0.25rem 0; }
}
.on-paper { display: none; }
header, .columns { max-width: 90rem; margin: 0 auto; padding: 0 1.25rem; }
main { min-width: 0; padding-bottom: 4rem; }
main:focus { outline: none; }
section:first-child h2 { border: 0; margin-top: 0; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.25rem 0.5rem; }
.permalink { color: var(--faint); text-decoration: none; font-weight: normal; visibility: hidden; }
h2:hover .permalink, .permalink:focus { visibility: visible; }
.about, .nothing { color: var(--faint); max-width: 60rem; margin: 0.25rem 0 0.75rem; }
nav { font-size: 0.9rem; }
nav summary { font-weight: 600; cursor: pointer; }
nav ul { list-style: none; margin: 0.5rem 0; padding: 0; }
nav li { padding: 0.15rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav .empty a, .count { color: var(--faint); }
@media (min-width: 68rem) {
  .columns { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1rem 0; }
}
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 0.75rem; list-style: none; padding: 0; }
.figures li { border: 1px solid var(--line); border-radius: 6px; background: var(--soft); }
.figures a { display: block; padding: 0.6rem 0.8rem; color: inherit; text-decoration: none; line-height: 1.3; }
.figures a:hover { text-decoration: underline; }
.figures b { display: block; font-size: 1.5rem; }
.figures .concern { border-color: var(--concern); background: var(--concern-soft); }
.figures .concern b { color: var(--concern); }
dl { margin: 0.5rem 0; }
.about-page, .words { display: grid; grid-template-columns: minmax(0, max-content) minmax(12rem, 1fr); gap: 0.15rem 1rem; }
.about-page > div, .words > div { display: contents; }
.about-page dt, .words dt { font-weight: 600; }
.ends { display: flex; flex-wrap: wrap; gap: 0.5rem 3rem; }
.ends > div { min-width: 12rem; }
.ends dt { color: var(--faint); font-size: 0.8rem; font-weight: 600; }
.ends .end { display: block; font-weight: 600; }
.ends small { font-weight: normal; }
dd { margin: 0; }
small { display: block; color: var(--faint); font-size: 0.85em; font-weight: normal; line-height: 1.4; }
.rows { width: 100%; border-collapse: collapse; font-size: 0.88rem; }
.rows caption { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
.rows th, .rows td { text-align: left; vertical-align: top; padding: 0.45rem 0.6rem 0.45rem 0; border-bottom: 1px solid var(--line); }
.rows thead th { color: var(--faint); font-weight: 600; border-bottom-width: 2px; white-space: nowrap; }
.rows tbody th { font-weight: 600; min-width: 6.5rem; }
.home { table-layout: fixed; }
.home th[data-column="Port"] { width: 13%; }
.home th[data-column="From"], .home th[data-column="To"] { width: 14%; }
.home th[data-column="Document"] { width: 14%; }
.home thead th { white-space: normal; }
.home th[data-column="Opened by"] { width: 10%; }
.home th[data-column="Owner"] { width: 13%; }
.home th[data-column="Stack"] { width: 8%; }
${STARTING_STYLE}
.rows td { min-width: 5.5rem; }
.rows td[data-column="From"], .rows td[data-column="To"], .rows td[data-column="At"] { min-width: 9rem; }
.rows tr[hidden] { display: none; }
.rows tr:target { background: var(--mark); }
.line, .reason { display: block; }
.whole, .port { white-space: nowrap; }
.port.long { white-space: normal; }
.day { display: inline-block; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1em; padding: 0 0.55em; font: 600 0.72rem/1.5 system-ui, "DejaVu Sans", sans-serif; color: var(--faint); }
.badge.open-to-the-world, .badge.not-documented, .badge.not-open, .badge.error, .badge.failed, .badge.warning, .badge.not-known-to-be-open, .badge.expired, .badge.expires-soon { color: var(--concern); background: var(--concern-soft); }
.badge.passed { color: var(--good); }
.badge.error, .badge.failed { border-width: 2px; }
details summary { cursor: pointer; }
td details summary { color: var(--link); }
td details dl { font-size: 0.9em; }
td details dt { font-weight: 600; margin-top: 0.3rem; }
.entry { border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; margin: 0.75rem 0; break-inside: avoid; }
.large .entry { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.large .rows { table-layout: fixed; }
.entry .rows tbody tr:last-child > * { border-bottom: 0; }
.notes, .checks { padding-left: 1.25rem; }
.checks { list-style: none; padding-left: 0; }
.alert { border-left: 4px solid var(--concern); background: var(--concern-soft); padding: 0.5rem 0.75rem; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow-x: auto; overflow-wrap: normal; }
.findings { list-style: none; padding: 0; }
.findings li { border-bottom: 1px solid var(--line); padding: 0.6rem 0; }
.findings p { margin: 0.25rem 0; }
.fix, .related { color: var(--faint); font-size: 0.9em; }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; margin-bottom: 0.5rem; }
.picture { overflow: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--page); }
.picture svg { display: block; margin: 0 auto; }
.zoom { display: none; font-size: 0.85rem; margin-bottom: 0.5rem; }
@media (min-width: 48rem) {
  .zoom { display: inline-block; }
  .picture svg { max-width: 100%; height: auto; }
  .zoom:has(:checked) + .picture svg { max-width: none; }
}
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: end; margin: 0.75rem 0; padding: 0.75rem; background: var(--soft); border-radius: 6px; }
.filter[hidden] { display: none; }
.filter label { display: flex; flex-direction: column; font-size: 0.8rem; font-weight: 600; min-width: 0; }
.filter .search { flex: 1 1 14rem; }
.filter select { max-width: 14rem; }
input, select, button { font: inherit; color: var(--ink); background: var(--page); border: 1px solid var(--faint); border-radius: 4px; padding: 0.3rem 0.5rem; }
.filter label input, .filter label select { font-size: 0.9rem; font-weight: normal; width: 100%; }
.filter output { font-size: 0.85rem; color: var(--faint); padding: 0.35rem 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
/* the colours of Graphviz, for a dark page */
@media screen and (prefers-color-scheme: dark) {
  .picture [fill="#1d5fa8"] { fill: #7db7f5; } .picture [stroke="#1d5fa8"] { stroke: #7db7f5; }
  .picture [fill="#b04a00"] { fill: #ffb38a; } .picture [stroke="#b04a00"] { stroke: #ffb38a; }
  .picture [fill="#6b3fa0"] { fill: #c9a6f5; } .picture [stroke="#6b3fa0"] { stroke: #c9a6f5; }
  .picture [fill="#8a6d00"] { fill: #e0c060; } .picture [stroke="#8a6d00"] { stroke: #e0c060; }
  .picture [fill="#b3261e"] { fill: #ff9c94; } .picture [stroke="#b3261e"] { stroke: #ff9c94; }
  .picture [fill="#8e0038"] { fill: #ff9ec0; } .picture [stroke="#8e0038"] { stroke: #ff9ec0; }
  .picture [fill="#9fb3c8"] { fill: #4a5a6a; } .picture [stroke="#9fb3c8"] { stroke: #4a5a6a; }
  .picture [fill="#1f2933"] { fill: #e4e9ee; } .picture [stroke="#1f2933"] { stroke: #e4e9ee; }
  .picture [fill="#52606d"] { fill: #a9b5c1; } .picture [stroke="#52606d"] { stroke: #a9b5c1; }
  .picture [fill="#f3f6f9"] { fill: #1a2129; } .picture [stroke="#f3f6f9"] { stroke: #1a2129; }
  .picture [fill="#fdecea"] { fill: #33211a; } .picture [stroke="#fdecea"] { stroke: #33211a; }
  .picture [fill="white"] { fill: #10151b; } .picture [stroke="white"] { stroke: #10151b; }
}
@media (max-width: 48rem) {
  .rows, .rows tbody, .rows tr, .rows th, .rows td { display: block; }
  .rows thead { position: absolute; left: -100vw; }
  .home { table-layout: auto; }
  .home th[data-column] { width: auto; }
  .rows tr { border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; margin-bottom: 0.75rem; }
  .rows th, .rows td, .rows thead th { border: 0; padding: 0.15rem 0; }
  .rows td[data-column] { display: grid; grid-template-columns: 6rem minmax(0, 1fr); }
  .rows td[data-column]::before { content: attr(data-column); color: var(--faint); font-weight: 600; grid-row: 1 / span 20; }
  .rows td > * { grid-column: 2; }
  .filter label, .filter select { flex: 1 1 100%; max-width: none; }
  h1 { font-size: 1.35rem; }
}
@media print {
  :root { font-size: 7.5pt; --page: #fff; --soft: #fff; --line: #b8c2cc; --ink: #000; --faint: #3a4653; --link: #000; --concern: #7a2a0c; --concern-soft: #fff; --good: #000; --mark: #fff; color-scheme: light; }
  @page { size: A4 landscape; margin: 9mm; }
  body { font-size: 1rem; line-height: 1.3; }
  header, .columns { max-width: none; padding: 0; display: block; }
  nav, .filter, .skip, .permalink, button, .as-text, .zoom, td details summary { display: none !important; }
  main { padding: 0; }
  h1 { font-size: 13pt; margin: 0 0 1mm; }
  h2 { font-size: 10pt; margin: 3mm 0 1mm; padding-top: 1mm; }
  h3 { font-size: 8pt; margin: 2mm 0 1mm; }
  .none { display: flex; align-items: baseline; gap: 2mm; border-top: 1px solid var(--line); margin-top: 1mm; padding-top: 0.3mm; }
  .none { break-inside: avoid; }
  .none h2 { font-size: 7.5pt; margin: 0; padding: 0; border: 0; white-space: nowrap; }
  .about, .nothing, dl, figure, .figures, .findings p { margin: 0 0 1mm; }
  .about, .nothing { max-width: none; }
  .figures { gap: 1.5mm; grid-template-columns: repeat(auto-fill, minmax(24mm, 1fr)); }
  .figures a { padding: 1mm 1.5mm; }
  .figures b { font-size: 11pt; display: inline; }
  .about-page { display: flex; flex-wrap: wrap; gap: 0 5mm; }
  .about-page > div { display: flex; gap: 1.5mm; }
  .about-page dt { white-space: nowrap; }
  .rows { font-size: 7pt; line-height: 1.25; }
  .rows th, .rows td { padding: 0.8mm 2mm 0.8mm 0; }
  .home th[data-column="Port"], .home th[data-column="Opened by"] { width: 9%; }
  .home th[data-column="From"], .home th[data-column="To"] { width: 12%; }
  .home th[data-column="Document"], .home th[data-column="Owner"] { width: 11%; }
  small { line-height: 1.25; }
  thead { display: table-header-group; }
  .large .entry { content-visibility: visible; }
  /* the rows of the request are among all ports */
  .on-paper { display: block; }
  .entry { display: flex; flex-wrap: wrap; gap: 0 4mm; padding: 0.8mm 1.5mm; margin: 0.8mm 0; }
  .entry .rows, #request > .rows { display: none; }
  .entry .ends { gap: 0 6mm; margin: 0; }
  .entry .notes, .notes, .checks, .findings { margin: 0; }
  .findings li { padding: 0.8mm 0; }
  tr, .findings li, figure { break-inside: avoid; }
  h2, h3, .about, figcaption { break-after: avoid; }
  .picture { overflow: visible; max-height: none; border: 0; }
  .picture svg { max-width: 100%; max-height: 78mm; height: auto; }
  details::details-content { display: block; content-visibility: visible; }
  td details dl { margin: 0.5mm 0 0; font-size: 6.5pt; }
  td details dl > div, td details dt, td details dd { display: inline; margin: 0; }
  td details dt::after { content: ": "; }
  td details dd + dd::before, td details dl > div:not(.of-document) ~ div:not(.of-document)::before { content: " · "; }
  .of-document { display: none !important; }
  #documents a, #supplements a { text-decoration: none; }
  pre { white-space: pre-wrap; }
  .words { display: block; columns: 2; font-size: 7pt; }
  .words > div { display: block; break-inside: avoid; }
  .words dt { float: left; margin-right: 1.5mm; }
  .words dt::after { content: ":"; }
  #documents a[href^="http"]::after, #supplements a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.8em; }
}
`;

/** Returns the style of the title and the page number of each printed page. Older browsers print neither. */
export function paperStyle(title: string): string {
  // an escape for each other character, so that no text ends the string or the element
  const text = title.replace(/[^A-Za-z0-9]/gu, (character) => `\\${character.codePointAt(0)!.toString(16)} `);
  const font = 'font: 7pt system-ui, "DejaVu Sans", sans-serif; color: #3a4653;';
  return `@page { @top-left { content: "${text}"; ${font} } @bottom-right { content: "Page " counter(page) " of " counter(pages); ${font} } }`;
}
