import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
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

/** What a person calls an environment: its name in `environments/`, or the path of a file. */
export function resolveEnvironment(nameOrPath: string): string {
  const looksLikeFile = /[/\\]|\.ya?ml$/.test(nameOrPath);
  return looksLikeFile ? nameOrPath : join('environments', `${nameOrPath}.yaml`);
}

/**
 * Reads and checks an environment by its name or its file's path.
 *
 * @throws ConfigError when the file is missing or has an error in it
 */
export function loadEnvironment(project: string, nameOrPath: string, today: string): CheckedEnvironment {
  const file = resolveEnvironment(nameOrPath);
  return readEnvironment(displayed(project, file), read(project, file, nameOrPath), today);
}

function displayed(project: string, file: string): string {
  const path = isAbsolute(file) ? relative(project, file) : file;
  return path.startsWith('..') ? file : path;
}

function read(project: string, file: string, asked: string): Uint8Array {
  try {
    return readFileSync(resolve(project, file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const names = environmentFiles(project).map((f) => f.slice('environments/'.length).replace(/\.ya?ml$/, ''));
    const [meant] = nearest(asked, names);
    const hint =
      meant === undefined ? `; environments here: ${names.join(', ') || 'none'}` : `; did you mean '${meant}'?`;
    const message = code === 'ENOENT' ? `there is no such file${hint}` : `cannot be read (${code})`;
    throw new ConfigError(file, [
      { file, line: 1, column: 1, length: 1, source: '', path: '', severity: 'error', message },
    ]);
  }
}
