import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diff } from '../../../lib/cli/commands/diff';
import { main } from '../../../lib/cli/main';
import { valid } from '../../config/valid-environment';
import type { Ran } from '../run';

/**
 * Variables with which git reads no configuration of this machine, and finds the repository of its folder even in a
 * hook.
 */
const ENV: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** A project below the root of a git repository, in which `diff` runs. */
export class DiffProject {
  readonly #root = mkdtempSync(join(tmpdir(), 'bedrock-access-diff-'));
  readonly project = join(this.#root, 'access-as-code');

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: readonly string[]): string {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    return execFileSync('git', [...author, ...args], { cwd: this.#root, env: ENV, encoding: 'utf8' });
  }

  write(file: string, text: string): void {
    const path = join(this.project, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  link(file: string, target: string): void {
    const path = join(this.project, file);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  remove(file: string): void {
    rmSync(join(this.project, file), { recursive: true });
  }

  /** Writes the small valid environment under another name, with some texts replaced. */
  environment(name: string, ...replaced: readonly (readonly [from: string, to: string])[]): void {
    const text = replaced.reduce((all, [from, to]) => all.replace(from, () => to), valid('name: dev', `name: ${name}`));
    this.write(`environments/${name}.yaml`, text);
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', `--message=${message}`);
  }

  /** Runs `diff` with these arguments. */
  async diff(args: readonly string[], env: Readonly<Record<string, string | undefined>> = ENV): Promise<Ran> {
    const [out, err]: [string[], string[]] = [[], []];
    const exitCode = await main(
      [diff],
      ['diff', ...args],
      {
        out: (...lines) => out.push(...lines),
        err: (...lines) => err.push(...lines),
        progress: () => undefined,
        tone: (_, text) => text,
        columns: 120,
      },
      {
        project: this.project,
        cwd: this.project,
        today: '2026-11-21',
        env,
        interrupted: () => new Promise(() => undefined),
      },
    );
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  }

  dispose(): void {
    rmSync(this.#root, { recursive: true });
  }
}
