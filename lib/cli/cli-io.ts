/** Where a command writes, as a terminal or a pipe. */
export interface CliStream {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** What a command has of its process. */
export interface CliIo {
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0 nothing found, 1 a gate or a check found something, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;

/** How a command ends the program. */
export type ExitWith = (code: ExitCode) => void;
