import type * as Viz from '@viz-js/viz';

/** Draws a diagram that is written for Graphviz. The same text gives the same picture, on every machine. */
export async function drawSvg(dot: string): Promise<string> {
  // loaded here: the library that the main entry needs has no dependency for it, and it is large
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { instance } = require('@viz-js/viz') as typeof Viz;
  const svg = (await instance()).renderString(dot, { format: 'svg' });
  return svg.replaceAll('font-family="Verdana"', 'font-family="Verdana,DejaVu Sans,Geneva,sans-serif"');
}
