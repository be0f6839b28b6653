import type * as Viz from '@viz-js/viz';

/** Draws a Graphviz diagram as SVG. The same text gives the same picture on every machine. */
export async function drawSvg(dot: string): Promise<string> {
  // loaded here, because it is large and the main entry of the package must not depend on it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { instance } = require('@viz-js/viz') as typeof Viz;
  const svg = (await instance()).renderString(dot, { format: 'svg' });
  return svg.replaceAll('font-family="Verdana"', 'font-family="Verdana,DejaVu Sans,Geneva,sans-serif"');
}
