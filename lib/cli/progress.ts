import type { CliIo } from './cli-io';

const FEW = 100;
const CLEAR_LINE = '\r\u001b[K';

/** One line on a terminal that says how far a command is; nothing in a pipe, and nothing where there is little to do. */
export class Progress {
  private readonly isShown: boolean;
  private percent = -1;

  public constructor(
    private readonly io: CliIo,
    private readonly what: string,
    private readonly all: number,
  ) {
    this.isShown = io.stderr.isTTY && all >= FEW;
  }

  public at(done: number): void {
    const percent = Math.floor((100 * done) / this.all);
    if (!this.isShown || percent === this.percent) return;
    this.percent = percent;
    this.io.stderr.write(`${CLEAR_LINE}${this.what} ${done} of ${this.all}`);
  }

  public end(): void {
    if (this.isShown) this.io.stderr.write(CLEAR_LINE);
  }
}
