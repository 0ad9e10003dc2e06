import { styleText } from 'node:util';
import type { Terminal, Tone } from './terminal';

const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  faint: 'dim',
  strong: 'bold',
};

/** The parts of a process that a terminal uses. `process` itself has this type. */
export interface ProcessLike {
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Returns the terminal of a process. It respects `--color`, NO_COLOR and COLUMNS. `--quiet` silences progress. */
export function processTerminal(argv: readonly string[], { stdout, stderr, env }: ProcessLike): Terminal {
  const quiet = argv.includes('--quiet');
  // `styleText` exists from Node 20.12 on.
  const coloured = typeof styleText === 'function' && wantsColour(argv, stdout.isTTY === true, env);
  let erasable = false;
  const erase = (): void => {
    if (erasable) {
      stderr.write('\r\u001b[K');
      erasable = false;
    }
  };
  return {
    out(...lines) {
      erase();
      stdout.write(lines.map((line) => `${line}\n`).join(''));
    },
    err(...lines) {
      erase();
      stderr.write(lines.map((line) => `${line}\n`).join(''));
    },
    progress(phase, detail) {
      if (quiet) {
        return;
      }
      if (stderr.isTTY === true && env['TERM'] !== 'dumb') {
        erase();
        erasable = true;
        stderr.write(`‹${detail === undefined ? phase : `${phase}: ${detail}`}›`);
      } else if (env['CI'] && detail === undefined) {
        stderr.write(`${phase}\n`);
      }
    },
    tone: (tone, text) => (coloured ? styleText(STYLES[tone], text, { validateStream: false }) : text),
    columns: Number(env['COLUMNS']) || stdout.columns || 120,
  };
}

function wantsColour(argv: readonly string[], isTerminal: boolean, env: ProcessLike['env']): boolean {
  const at = argv.findIndex((a) => a === '--color' || a.startsWith('--color='));
  const choice = at === -1 ? 'auto' : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  return choice === 'always' || (choice !== 'never' && isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb');
}
