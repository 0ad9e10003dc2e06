/** Meaning of a coloured text. The text must say the same without its colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'faint' | 'strong';

/** The terminal, to which commands write all their output. */
export interface Terminal {
  /** Writes lines of results to standard output. */
  out(...lines: readonly string[]): void;
  /** Writes lines of messages to standard error. */
  err(...lines: readonly string[]): void;
  /** Shows progress: on a terminal one line that is erased later, in CI one line for each phase, elsewhere nothing. */
  progress(phase: string, detail?: string): void;
  /** Colours a text for standard output if colours are on. */
  tone(tone: Tone, text: string): string;
  /** Number of characters that fit on a line. */
  readonly columns: number;
}

/** The surroundings in which a command runs. */
export interface Surroundings {
  /** Folder that contains `environments/`. */
  readonly project: string;
  /** Folder to which paths on the command line are relative. */
  readonly cwd: string;
  /** Current day, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves on SIGINT or SIGTERM. Once this was called, these signals no longer end the process by themselves. */
  interrupted(): Promise<void>;
}
