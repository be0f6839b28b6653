import { basename } from 'node:path';
import type { Pages } from './pages';

/** An entry of the sidebar, as VitePress has it. */
interface Entry {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Entry[];
}

const GUIDES: Readonly<Record<string, readonly string[]>> = {
  'Start here': ['index', 'docs/install', 'docs/constructs', 'docs/own-port-tables'],
  'Open ports': ['docs/gcp', 'docs/aws', 'docs/kubernetes', 'docs/on-premises', 'docs/load-balancers', 'docs/outbound'],
  'Other languages': ['docs/python', 'docs/testing-python', 'docs/testing-go', 'docs/testing-java'],
  'With other people': ['docs/firewall-team', 'docs/report', 'docs/ownership', 'docs/pull-requests', 'docs/adopting'],
};
/** Pages that stand in no group because the header has them, or because only maintainers read them. */
const ELSEWHERE = ['API', 'docs/mutation-survivors'];

/** Returns the sidebar. Every page is in it, or the site does not build. */
export function sidebar(pages: Pages): Entry[] {
  const listed = new Set([...Object.values(GUIDES).flat(), ...ELSEWHERE]);
  const paths = Object.keys(pages).map((file) => file.replace(/\.md$/, ''));
  const missing = [...listed].filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`The sidebar must list pages that exist, got ${missing.join(' and ')}`);
  const of = (folder: string): Entry[] =>
    withDistinctTexts(
      paths
        .filter((path) => path.startsWith(`${folder}/`) && basename(path) !== 'index')
        .map((path) => entry(path, pages)),
    );
  const others = paths.filter((path) => !listed.has(path) && /^(?:docs\/)?[^/]+$/.test(path));
  return [
    ...Object.entries(GUIDES).map(([text, guides]) => ({ text, items: guides.map((path) => entry(path, pages)) })),
    { text: 'Ports of products', link: '/docs/ports', collapsed: true, items: of('docs/ports') },
    { text: 'Commands', link: '/commands/', collapsed: true, items: of('commands') },
    { text: 'Reference', items: [...others.map((path) => entry(path, pages)), { text: 'API', link: '/API' }] },
    { text: 'Examples', collapsed: true, items: of('examples') },
    { text: 'Decisions', collapsed: true, items: of('docs/decisions') },
  ];
}

function entry(path: string, pages: Pages): Entry {
  const title = /^# (.*)$/m.exec(pages[`${path}.md`])?.[1] ?? path;
  return {
    text: title.replace(/^Ports of |^cluster-ports (?=\S)|^Hostnames of /, '').replaceAll('`', ''),
    link: `/${path === 'index' ? '' : path}`,
  };
}

/** Adds the name of the page to entries that have the same text, such as those of a product with several tables. */
function withDistinctTexts(entries: readonly Entry[]): Entry[] {
  return entries.map(({ text, link, ...rest }) => {
    const isUnique = entries.filter((other) => other.text === text).length === 1;
    return { text: isUnique ? text : `${text}: ${basename(link!)}`, link, ...rest };
  });
}
