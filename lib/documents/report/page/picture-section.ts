import type { ReportData, ReportPicture } from '../data';
import { html, type Markup, trusted } from './markup';
import type { PageSection } from './section';

/** A wider picture can hardly be read if it is made as narrow as the page, so that it can also be shown in full size. In points. */
const MAX_FITTED_WIDTH = 900;

/** Renders who talks to whom in each stack. */
export function pictureSection({ pictures }: ReportData): PageSection {
  const content =
    pictures.length === 0
      ? html`<p class="nothing">No port is opened.</p>`
      : html`<p class="about">
            Each arrow has its ports and what they are for. <a href="#ports">All ports</a> has the rows as a table.
          </p>
          ${pictures.map(figure)}`;
  return { id: 'picture', title: 'Picture', content };
}

function figure({ stack, svg, arrows }: ReportPicture): Markup {
  const title = `Who talks to whom in ${stack}`;
  if (svg === undefined) {
    const how = `${arrows} arrows are too many to read; "cluster-ports diagram --format svg --stack ${stack}" draws them.`;
    return html`<figure>
      <figcaption>${title}</figcaption>
      <p class="nothing">${how}</p>
    </figure>`;
  }
  const isWide = widthOf(svg) > MAX_FITTED_WIDTH;
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${isWide ? html`<label class="zoom"><input type="checkbox" autocomplete="off" /> Full size</label>` : undefined}
    <div class="picture" tabindex="0" role="region" aria-label="${title}">${drawing(svg, title)}</div>
  </figure>`;
}

/** Several pictures in one page must not share ids, and Graphviz titles its parts with names that mean nothing. */
function drawing(svg: string, title: string): Markup {
  const only = svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replace(/<title>[^<]*<\/title>\s*/g, '')
    .replace(/<(g|svg|a) id="[^"]*"/g, '<$1');
  return html`${trusted('<svg role="img" aria-label="')}${title}${trusted(only.replace(/^<svg/, '"'))}`;
}

function widthOf(svg: string): number {
  const [, width = '0'] = /<svg width="(\d+)/.exec(svg) ?? [];
  return Number(width);
}
