import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { nearest } from '../catalog/nearest';
import { ConfigError } from './config-error';
import { type CheckedEnvironment, readEnvironment } from './read-environment';

/** The folder that holds `environments/`: `from` or the nearest folder above it; `from` itself where there is none. */
export function projectFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'environments'))) {
      return folder;
    }
    if (dirname(folder) === folder) {
      return resolve(from);
    }
  }
}

/** The environment files of a project, as paths relative to it, sorted. */
export function environmentFiles(project: string): readonly string[] {
  const folder = join(project, 'environments');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((n) => /\.ya?ml$/.test(n))
    .sort()
    .map((n) => join('environments', n));
}

/** Where environments are looked for. */
export interface Folders {
  /** Folder that holds `environments/`. */
  readonly project: string;
  /** Folder that relative paths begin at. */
  readonly cwd: string;
}

/** The file of an environment, by its name in `environments/` or by a path. */
export function environmentPath({ project, cwd }: Folders, nameOrPath: string): string {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  return isPath ? resolve(cwd, nameOrPath) : join(project, 'environments', `${nameOrPath}.yaml`);
}

/**
 * Reads and checks an environment by its name in `environments/`, or by the path of a file.
 *
 * @throws ConfigError when the file is missing or has an error in it
 */
export function loadEnvironment(folders: Folders, nameOrPath: string, today: string): CheckedEnvironment {
  const { project } = folders;
  const file = environmentPath(folders, nameOrPath);
  // Messages name a file of the project as its repository does, whatever folder the command runs in.
  const inside = relative(project, file);
  const shown = inside.startsWith('..') || isAbsolute(inside) ? nameOrPath : inside;
  return readEnvironment(shown, read(file, shown, project, nameOrPath), today);
}

function read(file: string, shown: string, project: string, asked: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const names = environmentFiles(project).map((f) => basename(f).replace(/\.ya?ml$/, ''));
    const [meant] = nearest(basename(asked).replace(/\.ya?ml$/, ''), names);
    const hint = names.includes(asked)
      ? `; rename ${asked}.yml to ${asked}.yaml`
      : meant === undefined
        ? `; environments here: ${names.join(', ') || 'none'}`
        : `; did you mean '${meant}'?`;
    const message = code === 'ENOENT' ? `there is no such file${hint}` : `cannot be read (${code})`;
    throw new ConfigError(shown, [
      { file: shown, line: 1, column: 1, length: 1, source: '', path: '', severity: 'error', message },
    ]);
  }
}
