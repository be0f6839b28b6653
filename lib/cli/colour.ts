import { styleText } from 'node:util';
import type { CliIo } from './cli-io';

/** The styles that commands use. Nothing is ever said by a colour alone. */
export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Gives text a style, or leaves it as it is. */
export type Painter = (style: Style, text: string) => string;

/** How text for a stream is styled: plain, but for a terminal whose user has not said NO_COLOR. */
export function painter({ stdout, env }: CliIo): Painter {
  const isPlain = !stdout.isTTY || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  // the stream was asked already, and styleText would ask that of this process
  return isPlain ? (_, text) => text : (style, text) => styleText(style, text, { validateStream: false });
}
