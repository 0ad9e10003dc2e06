/** What a text means, so that colour never carries it alone. */
export type Tone = 'good' | 'bad' | 'warning' | 'faint' | 'strong';

/** Everything a command may touch of the world. */
export interface Terminal {
  /** Writes lines of results to standard output. */
  out(...lines: readonly string[]): void;
  /** Writes lines of talk to standard error. */
  err(...lines: readonly string[]): void;
  /** Says what is going on: on a terminal one line that is erased, in CI a line a phase without details, elsewhere nothing. */
  progress(phase: string, detail?: string): void;
  /** Colours a text for standard output, where colours are wanted. */
  tone(tone: Tone, text: string): string;
  /** Characters that fit on a line. */
  readonly columns: number;
}

/** What a command knows of where it runs. */
export interface Surroundings {
  /** Folder that holds `environments/`. */
  readonly project: string;
  /** Folder that relative paths begin at. */
  readonly cwd: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves when the person asks to stop (SIGINT, SIGTERM). Once asked for, a signal no longer ends the process. */
  interrupted(): Promise<void>;
}
